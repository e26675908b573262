"""The service's time, for the simulator's clock panel: where it can go, and what fires in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from bot.services import Services
from bot.simulated_time import PUSH, Stop, next_stop, run_until
from bot.simulator.clockwork import Happening
from handlers.rules.calendar import WorkCalendar, local

LABELS: Mapping[str, str] = MappingProxyType(
    {
        PUSH: "发送推迟的消息",
        "inbound_retry": "重新处理收到的消息",
        "cron_retry": "重试例行工作",
        "personal_reminder": "个人提醒",
        "review_reminder": "催办审核",
        "review_escalation": "转请替补审核",
        "review_hold": "暂放到期",
        "call_reminder": "催交约稿",
        "call_unclaimed": "催认领约稿",
        "alert_climb": "警报转下一步",
        "alert_lease": "问警报是否还在处理",
        "alert_unanswered": "没有回复的警报转下一步",
        "alert_follow_up": "警报后续事项",
        "alert_news": "警报的新情况",
        "alert_silence_ends": "静默结束",
        "delegation_begins": "代审开始",
        "delegation_ends": "代审结束",
        "tell_what_waits": "早上的待审清单",
        "archive_what_has_ended": "归档",
        "tell_of_secrecy_reviews": "保密审查月度汇总",
        "adoption_unconfirmed": "催办确认采用",
        "instruction_follow_up": "提醒反馈批示",
        "ask_before_the_cutoff": "截止前催登记采用",
        "tell_who_is_behind_elsewhere": "月中提醒学习强国进度",
        "look_through_the_library": "核对范文库",
        "library_rebuild": "核对范文库",
        "score_recount": "重算得分",
        "recount_every_night": "每晚重算得分",
        "assessment": "算考核表",
        "one_page": "做一页纸",
        "notice_recount": "重算通报",
        "month_counted": "截止后计分，起草通报",
        "duty_shift": "提醒值班",
        "duty_takeover": "催接班",
        "duty_swap": "换班到期",
        "sensitive_period": "重要时段",
        "look_at_holiday_rosters": "检查节日值班表",
        "warn_who_is_short": "检查任务进度",
        "gathering_reminder": "提醒开会",
        "count_messages": "统计昨天的消息",
        "warn_of_idle_channels": "查久未更新的账号",
        "report_burden": "减负月报",
        "warn_of_missing_calendar": "检查明年的日历",
        "warn_of_year_without_calendar": "检查今年的日历",
    }
)
"""What is due, in words; what is missing here is shown by its name."""

UNSEEN = frozenset(
    {
        "score_recount",
        "recount_every_night",
        "look_through_the_library",
        "count_messages",
        "warn_of_idle_channels",
        "report_burden",
        "library_rebuild",
        "tell_of_secrecy_reviews",
        "look_at_holiday_rosters",
        "warn_who_is_short",
        "ask_before_the_cutoff",
        "tell_who_is_behind_elsewhere",
    }
)
"""What goes on without a word to anybody, most days at least: nobody wants to be taken to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceClockwork:
    """Moves the clock of *services*; *settle* does what a worker would, if none is running."""

    services: Services
    settle: Callable[[], object] | None = None

    def advance(self, length: timedelta) -> Sequence[Happening]:
        return self._run_until(self.services.now() + length)

    def to_next_morning(self) -> Sequence[Happening]:
        with self.services.database.reading() as uow:
            calendar = self.services.context(uow).calendar()
        return self._run_until(next_morning(self.services.now(), calendar))

    def to_next_due(self) -> Sequence[Happening]:
        stop = next_stop(self.services, but=UNSEEN)
        return self._run_until(stop.at) if stop else []

    def upcoming(self) -> Happening | None:
        stop = next_stop(self.services, but=UNSEEN)
        return _in_words(stop) if stop else None

    def _run_until(self, moment: datetime) -> Sequence[Happening]:
        return [_in_words(stop) for stop in run_until(self.services, moment, self.settle)]


def next_morning(now: datetime, calendar: WorkCalendar) -> datetime:
    """Return when the office next opens for a day."""
    day = local(now).date()
    while calendar.opening(day) <= now or not calendar.is_workday(day):
        day += timedelta(days=1)
    return calendar.opening(day).astimezone(UTC)


def _in_words(stop: Stop) -> Happening:
    return Happening(what=LABELS.get(stop.kind, stop.kind), at=stop.at)
