"""Clocks jump and differ: everything that is due happens once, and nobody gets a storm."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import delivery, scheduler
from bot.services import Services
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.kit.registry import Registry
from storage.models import Timer
from storage.vocabulary import TimerStatus, UserId
from tests.faults.telling import PROMPT, also_able, outcomes, tell, texts
from tests.harness.service import MONDAY_TEN, Chat

_FIVE_PAST_TEN = MONDAY_TEN + timedelta(minutes=5)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _hand_in(bureau: Chat, count: int) -> None:
    alice = bureau.phone("alice")
    for number in range(1, count + 1):
        alice.says(f"投稿 第{number}篇\n正文。")
        alice.says("完成")
    bureau.settle()


def _shifted(services: Services, step: timedelta) -> Services:
    """Return the services of a process whose clock is off by *step*."""
    now = services.now
    return replace(services, now=lambda: now() + step)


def _together(*acts: Callable[[], object]) -> None:
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@on_sqlite
def test_after_days_that_nobody_saw_there_is_one_digest_and_no_storm(bureau: Chat) -> None:
    """The clock jumps three days at once: all that was due fires once, and is said in one text."""
    _hand_in(bureau, 5)
    before = len(texts(bureau, "bob"))
    bureau.clock.advance(timedelta(days=3))
    bureau.settle()
    fired = Counter(scheduler.tick(bureau.services))
    bureau.settle()
    assert fired["review_reminder"] == 15
    assert fired["review_escalation"] == 5
    (catch_up,) = texts(bureau, "bob")[before:]
    assert all(f"{number}号" in catch_up for number in range(1, 6))
    assert scheduler.tick(bureau.services) == []
    bureau.settle()
    assert len(texts(bureau, "bob")) == before + 1


@on_sqlite
def test_advancing_by_months_passes_all_recurring_work(bureau: Chat) -> None:
    """The administrator is reminded of next year's calendar although nothing else was due then."""
    bureau.clock.advance(timedelta(days=69))
    fired = bureau.advance(days=4)
    assert fired.count("warn_of_missing_calendar") == 1
    bureau.phone("root").hears("还没有2027年的放假安排", "xinshi calendar import")


def test_of_two_schedulers_at_once_each_timer_fires_in_one(bureau: Chat) -> None:
    """Also recurring work; their clocks differ by seconds."""
    registry, happened = Registry(), list[str]()

    @registry.timer("once")
    def fire(_ctx: Context, due: Due) -> None:
        happened.append(due.subject)

    @registry.timers_together("many")
    def fire_all(_ctx: Context, dues: Sequence[Due]) -> None:
        happened.extend(due.subject for due in dues)

    @registry.every("* * * * *")
    def minutely(ctx: Context) -> None:
        happened.append(f"{ctx.now:%H:%M}")

    able = also_able(bureau, registry)
    with able.services.database.begin() as uow:
        ctx = able.services.context(uow)
        for number in range(80):
            ctx.set_timer("many" if number % 40 < 20 else "once", str(number), ctx.now)
    ahead = _shifted(able.services, timedelta(seconds=3))
    _together(lambda: scheduler.tick(able.services), lambda: scheduler.tick(ahead))
    assert sorted(happened) == sorted([*map(str, range(80)), "02:00"])
    with able.services.database.begin() as uow:
        query = select(Timer.status).where(Timer.kind.in_(("many", "once")))
        assert set(uow._session.execute(query).scalars()) == {TimerStatus.FIRED}


@on_sqlite
def test_recurring_work_is_never_early(bureau: Chat) -> None:
    registry, ran = Registry(), list[datetime]()

    @registry.every("5 10 * * *")
    def at_five_past(ctx: Context) -> None:
        ran.append(ctx.now)

    able = also_able(bureau, registry)
    for _ in range(20):
        able.clock.advance(timedelta(seconds=17))
        scheduler.tick(able.services)
    _missed_yesterday, moment = ran
    assert timedelta(0) <= moment - _FIVE_PAST_TEN < timedelta(seconds=17)


@on_sqlite
def test_a_clock_that_jumps_an_hour_ahead_and_back_does_everything_once(bureau: Chat) -> None:
    """Nothing is early, nothing is done again in the hour that comes twice, nothing is left out."""
    registry = Registry()
    struck: list[tuple[str, datetime]] = []
    ran: list[tuple[datetime, datetime]] = []

    @registry.timer("once")
    def strike(ctx: Context, due: Due) -> None:
        struck.append((due.subject, ctx.now))

    @registry.every("*/15 * * * *")
    def quarterly(ctx: Context) -> None:
        assert ctx.owed_since
        ran.append((ctx.owed_since, ctx.now))

    able, here, minute = also_able(bureau, registry), MONDAY_TEN, timedelta(minutes=1)
    able = replace(able, services=replace(able.services, now=lambda: here))
    alice = able.phone("alice")
    alice.says("提醒我 11点 交稿")
    alice.hears("11:00", "交稿")
    dues = [MONDAY_TEN + number * 10 * minute for number in range(24)]
    with able.services.database.begin() as uow:
        for due_at in dues:
            able.services.context(uow).set_timer("once", due_at.isoformat(), due_at)

    for step in [*[5] * 6, 60, *[5] * 3, -60, *[5] * 39]:
        here += step * minute
        scheduler.tick(able.services)
        able.settle()

    assert [subject for subject, _ in struck] == [due_at.isoformat() for due_at in dues]
    assert all(datetime.fromisoformat(subject) <= at for subject, at in struck)
    assert sorted(owed for owed, _ in ran) == [
        MONDAY_TEN + number * 15 * minute for number in range(17)
    ]
    assert all(owed <= at for owed, at in ran)
    alice.hears("交稿")
    alice.hears_nothing()


def test_what_was_to_leave_at_once_leaves_though_the_clock_was_an_hour_ahead(bureau: Chat) -> None:
    """Also where the machine that promised it is ahead of the one that sends; the rest waits."""
    ahead = _shifted(bureau.services, timedelta(hours=1))
    said = {"现在": None, "十二点": bureau.clock() + timedelta(hours=2)}
    with ahead.database.begin() as uow:
        for words, due_at in said.items():
            ctx = ahead.context(uow)
            ctx.tell(PROMPT, [UserId("bob")], Text(text=words), subject=words, due_at=due_at)
    bureau.services.redis.flushdb()
    bureau.settle()
    assert texts(bureau, "bob") == ["现在"]
    bureau.advance(hours=2)
    assert texts(bureau, "bob") == ["现在", "十二点"]


@pytest.mark.parametrize("seconds", [-20, 20])
def test_workers_whose_clocks_differ_send_each_message_once(bureau: Chat, seconds: int) -> None:
    wanted = [f"第{number}件" for number in range(15)]
    tell(bureau, PROMPT, wanted, "bob", "carol")
    bureau.clock.advance(timedelta(seconds=30))
    other = _shifted(bureau.services, timedelta(seconds=seconds))
    _together(lambda: delivery.drain(bureau.services), lambda: delivery.drain(other))
    for member in ("bob", "carol"):
        assert sorted(texts(bureau, member)) == sorted(wanted)
    assert outcomes(bureau, PROMPT) == {"sent"}


@on_sqlite
def test_a_worker_that_was_asleep_after_taking_does_not_send(bureau: Chat) -> None:
    """Its lease ran out meanwhile: another may be sending the same."""
    tell(bureau, PROMPT, ["好"], "bob")
    calls, _ = delivery._take(bureau.services, "asleep")
    assert calls
    bureau.clock.advance(timedelta(seconds=61))
    delivery._send_all(bureau.services, "asleep", calls, lambda: False)
    assert texts(bureau, "bob") == []
    bureau.settle()
    assert texts(bureau, "bob") == ["好"]
