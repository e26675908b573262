"""Of timers that happen many at once, one that fails or has to wait does not keep the rest."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot import scheduler
from bot.services import Services
from handlers.kit.asked import Due
from handlers.kit.context import Context, Said
from handlers.kit.messages import Text
from handlers.kit.registry import Registry
from storage.models import Timer
from storage.vocabulary import ReminderStatus, UserId
from tests.faults.telling import PROMPT, also_able, texts
from tests.harness.service import Chat

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@on_sqlite
def test_one_that_fails_is_tried_again_alone(bureau: Chat) -> None:
    registry = Registry()

    @registry.timers_together("many")
    def say(ctx: Context, dues: Sequence[Due]) -> None:
        bob = UserId("bob")
        ctx.tell_each(
            PROMPT,
            [(bob, Said(content=Text(text=due.subject), subject=due.subject)) for due in dues],
        )
        if any(due.subject == "坏的" for due in dues):
            raise LookupError

    able = also_able(bureau, registry)
    with able.services.database.begin() as uow:
        ctx = able.services.context(uow)
        for subject in ("第一件", "坏的", "第二件"):
            ctx.set_timer("many", subject, ctx.now)
    assert scheduler.tick(able.services).count("many") == 3
    able.settle()
    assert sorted(texts(able, "bob")) == ["第一件", "第二件"]
    with able.services.database.begin() as uow:
        waiting = uow._session.scalars(
            select(Timer).where(Timer.kind == "many", Timer.attempts == 1)
        )
        assert [timer.subject for timer in waiting] == ["坏的"]


@on_sqlite
def test_each_kind_comes_together_though_others_are_due_between(bureau: Chat) -> None:
    registry, came = Registry(), list[str]()

    @registry.timers_together("many")
    def say(_ctx: Context, dues: Sequence[Due]) -> None:
        came.append(" ".join(due.subject for due in dues))

    @registry.timers_together("more")
    def say_more(_ctx: Context, dues: Sequence[Due]) -> None:
        came.append(" ".join(due.subject for due in dues))

    @registry.timer("alone")
    def say_alone(_ctx: Context, due: Due) -> None:
        came.append(due.subject)

    able = also_able(bureau, registry)
    with able.services.database.begin() as uow:
        ctx = able.services.context(uow)
        for place, kind in enumerate(("many", "alone", "more", "many", "alone", "more")):
            ctx.set_timer(kind, str(place), ctx.now - timedelta(minutes=9 - place))
    scheduler.tick(able.services)
    assert came == ["0 3", "1", "2 5", "4"]


@on_postgresql
def test_they_give_way_to_who_holds_what_one_of_them_needs(bureau: Chat) -> None:
    """Somebody drops his reminder while it comes due: neither waits for the other for ever."""
    for name in ("alice", "bob", "carol"):
        bureau.phone(name).says("提醒我 11点 交稿")
    bureau.clock.advance(timedelta(hours=1))
    database = bureau.services.database
    with ThreadPoolExecutor(1) as pool:
        with database.begin() as uow:
            (reminder,) = uow.reminders.waiting(UserId("bob"))
            reminder.status = ReminderStatus.CANCELLED
            uow._session.flush()
            ticking = pool.submit(scheduler.tick, bureau.services)
            _until_it_waits(bureau.services)
            uow.timers.cancel(reminder.id)
        assert ticking.result().count("personal_reminder") == 2
    bureau.settle()
    for name, told in (("alice", 1), ("bob", 0), ("carol", 1)):
        assert len(bureau.phone(name).received()) == 1 + told, "the answer, and the reminder"


def _until_it_waits(services: Services) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with services.database.reading() as uow:
            if uow._session.scalar(_WAITS):
                return
        time.sleep(0.01)
    raise TimeoutError
