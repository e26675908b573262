"""The service's time, for the simulator's clock panel: where it can go, and what fires in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from bot.services import Services
from bot.simulated_time import PUSH, Stop, next_stop, run_until
from bot.simulator.clockwork import Happening
from handlers.kit.clocks import CLOCKS
from handlers.rules.calendar import WorkCalendar, local

LABELS: Mapping[str, str] = MappingProxyType({PUSH: "发送推迟的消息", **CLOCKS})
"""What is due, in words; what is missing here is shown by its name."""

UNSEEN = frozenset(
    {
        "look_for_silent_sources",
        "draft_daily_reports",
        "draft_weeks_and_months",
        "forget_old_hours",
        "tidy_prints",
        "forget_loose_pictures",
        "forget_old_posts",
        "refit_opinion_models",
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
        "ask_for_zero_reports",
        "list_zero_reports_to_office",
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
