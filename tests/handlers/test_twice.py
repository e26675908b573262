"""Whatever time sets off may be set off twice: the second time changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import scheduler
from bot.capabilities import all_capabilities
from bot.config import Config
from bot.services import Services
from handlers.cases.moving import set_clocks
from handlers.duty.saving import Place, save
from handlers.incidents.pictures import keep as keep_picture
from handlers.kit.asked import Due, Upload
from handlers.kit.context import Context
from handlers.kit.events import AlertAsked
from handlers.rules.calendar import local
from handlers.rules.rota import Slot
from handlers.troubles import capability as troubles
from storage.models import OutsideFigure, Source, Unit
from storage.vocabulary import (
    CanaryStep,
    DutyPosition,
    Grade,
    OutsideMeasure,
    ShiftKind,
    SourceId,
    SourceKind,
    TimerId,
    UnitId,
    UserId,
)
from tests.harness.databases import Beginning, Postgres, Sqlite
from tests.harness.offline import Say, hand_in, offline, resumed, saying
from tests.harness.rows import Rows, all_rows, counts
from tests.harness.service import MONDAY_TEN, ROSTER, import_rules, settings

SILENT = {
    "warn_of_idle_channels",
    "count_messages",
    "report_burden",
    "archive_what_has_ended",
    "look_through_the_library",
    "recount_every_night",
    "refit_opinion_models",
    "forget_old_posts",
    "forget_old_hours",
    "tidy_prints",
    "forget_loose_pictures",
}
"""Recurring work that tells nobody."""
SPEAKS_LATER = {
    "draft_weeks_and_months": 7,
    "tell_of_secrecy_reviews": 9,
    "ask_before_the_cutoff": 9,
    "tell_who_is_behind_elsewhere": 24,
    "look_at_holiday_rosters": 2,
    "ask_for_zero_reports": 9,
    "list_zero_reports_to_office": 17,
    "remind_of_quarter": 17,
}
"""Recurring work that has something to say on some days only, and in how many days the next is."""
QUIET_TIMERS = {"score_recount", "library_rebuild", "case_again", "case_grave"}
"""Timers that tell nobody; what a case has to tell again leaves with its alert's next news."""
DAILY = {
    "draft_weeks_and_months",
    "draft_daily_reports",
    "look_for_silent_sources",
    "warn_of_idle_channels",
    "report_burden",
    "count_messages",
    "tell_what_waits",
    "recount_every_night",
    "warn_who_is_short",
    "ask_before_the_cutoff",
    "tell_who_is_behind_elsewhere",
    "look_at_holiday_rosters",
    "remind_of_quarter",
    "ask_for_zero_reports",
    "list_zero_reports_to_office",
    "forget_old_posts",
    "forget_old_hours",
    "tidy_prints",
    "forget_loose_pictures",
}
LIAISON = "lena,林娜,区住建局/办公室,opinion_liaison,,\n"
RULES = """\
[[alert_policy]]
grades = ["red"]
step = [{ tell = ["office"], wait = "10m" }, { tell = ["principal"], wait = "10m" }]
follow_up = [{ name = "facts", words = "请报初步情况", after = "30m", every = "2h" }]
[[contingency]]
name = "坍塌预案"
words = ["倒塌"]
task = [{ words = "疏散周边", tell = ["section_head"], within = "10m" }]
[[rule_set]]
name = "bureau"
base = 6
adoption = [{ level = "any", points = 4 }]
quota = [{ measure = "submitted", targets = 3 }]
"""


def make_waiting(url: str, folder: Path) -> None:  # noqa: PLR0915 - a line for each kind
    """Make a bureau in which something waits for every kind of timer."""
    with offline(settings(url, folder / "no-redis", folder), ROSTER + LIAISON) as built:
        import_rules(built, RULES)
        say = saying(built)
        hand_in(say, "alice")
        say("alice", "提醒我 明天9点 交稿")
        say("carol", "会议通知 周三下午两点 三楼会议室 信息员培训 全体信息员")
        used = hand_in(say, "alice")
        for reviewer in ("bob", "carol", "dan"):
            say(reviewer, f"通过 {used}")
        say("alice", f"登记采用 {used} 市政府网站 今天 https://example.cn/1")
        say("carol", f"登记批示 {used} 王副市长 今天 批示：请推广")
        say("bob", "代审 赵磊 明天")
        say("heidi", f"退回 {hand_in(say, 'mallory')} 标题太长")
        say("bob", f"暂放 {hand_in(say, 'alice')} 周三")
        say("carol", f"登记采用 {used} 市日报 今天 第3期")
        say("carol", "考核表 今年")
        say("alice", "一页纸")
        say("carol", "通报 8月")
        say("carol", "通报 重算 8月")
        say("carol", "约稿 节前燃气检查做法 周五下班前 物业科 燃气科 各1篇")
        for topic in ("秋季检查", "冬季消防"):
            say("carol", f"加计划 {topic} 9月28日 物业科")
        node, _ = timer_of(built, "plan_node")
        scheduler.fire(built, node)
        say("lena", "重拟日报")
        put_on_duty(built)
        say("carol", "重要时段 检修 明天")
        say("bob", "我明天换给陈静")
        say("alice", "交班 未办：城西停电")
        with built.database.begin() as uow:
            ctx = built.context(uow)
            for bureau in uow.scores.bureaus_with_rules():
                ctx.set_timer("month_counted", bureau, built.now(), month="2026-09")
            wards = uow.members.unit_at("区住建局/物业科")
            assert wards is not None
            uow.outside.add_all([figure(wards, "2026-10")])
            built.registry.cron["look_through_the_library"].run(ctx)
            uow.sources.add(silent_source(ctx, wards.bureau))
        alert(built, say)
        check_itself(built)
        opinion(built, say)
        say("alice", "紧急信息：城南工地围墙倒塌，3人死亡")
        say("dan", "签发紧急1")
        say("alice", "已书面报告1 区委办")
        send_picture(built)


WAITING = Beginning("waiting", make_waiting)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    copies: Sqlite | Postgres = request.getfixturevalue(f"{request.param}_copies")
    return copies.anew(WAITING)


@pytest.fixture
def services(config: Config) -> Iterator[Services]:
    reviews = config.reviews.model_copy(update={"morning_digest": True})
    quotas = config.quotas.model_copy(update={"warnings": True})
    reports = config.reports.model_copy(update={"quarterly": True})
    zero = config.zero_reports.model_copy(update={"on": True})
    more = {"reviews": reviews, "quotas": quotas, "reports": reports, "zero_reports": zero}
    with resumed(config.model_copy(update=more)) as built:
        yield built


def alert(services: Services, say: Say) -> None:
    """Let one alert be open and come again, one be taken, and one wait for whoever took it."""
    say("carol", "静默 微博 2小时 系统演练")
    with services.database.begin() as uow:
        wards = uow.members.unit_at("区住建局/物业科")
        assert wards is not None
        for key in "1123":
            asked = AlertAsked(
                unit=wards.id,
                kind="call",
                key=key,
                grade=Grade.RED,
                source="12345",
                title="电梯困人",
                text="电梯困人",
            )
            services.context(uow).emit(asked)
        silenced = AlertAsked(
            unit=wards.id,
            kind="call",
            key="4",
            grade=Grade.BLUE,
            source="微博",
            title="停水",
            text="停水",
        )
        services.context(uow).emit(silenced)
    for code in (3, 2):
        say("carol", f"收到 {code}")
    lease, _ = timer_of(services, "alert_lease")
    scheduler.fire(services, lease)


def check_itself(services: Services) -> None:
    """Let a self-check have come to its timer."""
    with services.database.begin() as uow:
        ctx = services.context(uow)
        troubles.begin(ctx, "2026-09-21")
        run = uow.canaries.last()
        assert run is not None
        troubles.go_on(ctx, run, CanaryStep.TIMER)


def opinion(services: Services, say: Say) -> None:
    """Let one case be handled, with more to tell of it soon, and one be watched."""
    say("alice", "抖音有人发视频说金色家园烂尾 点赞2万")
    say("alice", "微博有人说翠湖小区停水三天没人管")
    assert "转入观察" in say("carol", "观察舆情 2 1天")
    assert "按哪样报" in say("mallory", "3号楼电梯困人，有人拍了视频")
    with services.database.begin() as uow:
        bureau = uow.members.unit_at("区住建局")
        assert bureau is not None
        case = uow.cases.latest_numbered(bureau.id, 1)
        assert case is not None
        case.alerted = {**case.alerted, "now": {**case.alerted["now"], "harmed": 3}}
        case.acked_at = case.clock_at = services.now()
        ctx = services.context(uow)
        set_clocks(ctx, case)
        for kind in ("case_again", "case_grave"):
            ctx.set_timer(kind, f"{case.id}:again", services.now() + timedelta(minutes=30))


def send_picture(services: Services) -> None:
    """Let bob have sent a picture of the incident."""
    with services.database.begin() as uow:
        bob = uow.members.person(UserId("bob"))
        assert bob is not None
        incident = uow.incidents.latest_numbered(bob.bureau, 1)
        assert incident is not None
        upload = Upload(media_id="m1", filename="")
        keep_picture(services.context(uow, me=bob), incident, upload)


def put_on_duty(services: Services) -> None:
    """Let alice be on duty and dan lead her until tomorrow morning, and bob be on after them."""
    today = local(services.now()).date()
    with services.database.begin() as uow:
        carol = uow.members.person(UserId("carol"))
        ctx = services.context(uow, me=carol)
        assert carol
        places = [
            Place(
                slot=Slot(day=today + day, kind=ShiftKind.WHOLE, position=position),
                member=UserId(member),
            )
            for member, position, day in (
                ("alice", DutyPosition.DUTY, timedelta(0)),
                ("dan", DutyPosition.LEAD, timedelta(0)),
                ("bob", DutyPosition.DUTY, timedelta(days=1)),
            )
        ]
        save(ctx, carol.bureau, {place.slot.day for place in places}, places)


def silent_source(ctx: Context, bureau: UnitId) -> Source:
    """Return a source that has brought nothing for ten days."""
    return Source(
        id=SourceId(ctx.new_id()),
        bureau=bureau,
        number=1,
        name="晚报",
        kind=SourceKind.PUSH,
        platform="",
        added_by=UserId("carol"),
        added_at=ctx.now - timedelta(days=10),
    )


def figure(unit: Unit, month: str) -> OutsideFigure:
    """Return that a unit has one item in 学习强国 in a month, of three that it is to have."""
    return OutsideFigure(
        unit=unit.id,
        month=month,
        source="学习强国",
        measure=OutsideMeasure.ADOPTED,
        bureau=unit.bureau,
        value=1,
        target=3,
        entered_by=UserId("carol"),
        entered_at=MONDAY_TEN,
    )


def timer_of(services: Services, kind: str) -> tuple[TimerId, Due]:
    rows = all_rows(services.database)["timers"]
    waiting = (row for row in rows if row["kind"] == kind and row["status"] == "pending")
    row = min(waiting, key=lambda row: row["due_at"])
    due = Due(subject=row["subject"], payload=row["payload"], due_at=row["due_at"])
    return TimerId(row["id"]), due


def grown(before: Rows, after: Rows) -> set[str]:
    return {name for name in after if after[name] != before[name]}


@pytest.mark.parametrize("kind", sorted(all_capabilities().timers))
def test_a_timer_that_fires_twice_acts_once(services: Services, kind: str) -> None:
    timer, due = timer_of(services, kind)
    before = all_rows(services.database)
    assert scheduler.fire(services, timer) == kind
    once = all_rows(services.database)
    if kind not in QUIET_TIMERS:
        assert "outbox" in grown(before, once), "it has something to say"

    assert scheduler.fire(services, timer) == ""
    assert all_rows(services.database) == once
    with services.database.begin() as uow:
        services.registry.timers[kind](services.context(uow), due)
    assert all_rows(services.database) == once


@pytest.mark.parametrize("name", sorted(all_capabilities().cron))
def test_recurring_work_that_runs_twice_acts_once(services: Services, name: str) -> None:
    """Also when the second process does not know of the first one's run."""
    entry = services.registry.cron[name]
    if days := SPEAKS_LATER.get(name):
        services.now.advance(timedelta(days=days))  # type: ignore[attr-defined]  # a test's clock
    with services.database.begin() as uow:
        entry.run(services.context(uow))
    once = all_rows(services.database)
    if name not in SILENT:
        assert counts(once)["outbox"] > 1
    with services.database.begin() as uow:
        entry.run(services.context(uow))
    assert all_rows(services.database) == once


def test_the_scheduler_runs_recurring_work_once_for_each_moment(services: Services) -> None:
    """And a moment that was slept through for more than a day is let go."""
    clock = services.now
    clock.advance(timedelta(days=70, hours=23))  # type: ignore[attr-defined]  # a test's clock
    ran = scheduler.run_cron(services)
    assert sorted(ran) == sorted(services.registry.cron)
    once = all_rows(services.database)
    assert scheduler.run_cron(services) == []
    assert all_rows(services.database) == once
    clock.advance(timedelta(days=2))  # type: ignore[attr-defined]  # a test's clock
    assert set(scheduler.run_cron(services)) <= DAILY
