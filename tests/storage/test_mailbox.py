"""The mailbox: each once, taken by one, recorded by who holds it; and found by an index."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from storage.models import Inbound, OutboxMessage, Timer, Unit
from storage.unit_of_work import Database, UnitOfWork, open_database
from storage.vocabulary import (
    InboundStatus,
    OutboxId,
    OutboxStatus,
    Outcome,
    TimerStatus,
    UnitId,
    UnitKind,
    Urgency,
)

NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def promise(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": OutboxId(name),
        "kind": "answer",
        "subject": "s",
        "stage": "",
        "recipient": "alice",
        "dedup_key": name,
        "urgency": Urgency.PROMPT,
        "content": {"type": "text", "text": name},
        "digest": name,
        "created_at": NOW,
        "due_at": NOW,
        "expires_at": NOW + timedelta(days=2),
        "status": OutboxStatus.WAITING,
        **changes,
    }


def put(database: Database, *rows: dict[str, Any]) -> None:
    with database.begin() as uow:
        uow.outbox.promise(rows)


def take(database: Database, lease: str, now: datetime = NOW, limit: int = 10) -> list[str]:
    with database.begin() as uow:
        return [row.id for row in uow.outbox.lease(lease, now, MINUTE, limit)]


def row_of(database: Database, name: str) -> OutboxMessage:
    with database.begin() as uow:
        row = uow.outbox.get(OutboxId(name))
        assert row
        return row


def test_the_same_thing_is_promised_once(database: Database) -> None:
    put(database, promise("1"))
    with database.begin() as uow:
        uow.outbox.promise([promise("2", dedup_key="1"), promise("3")])
        assert uow.outbox.get(OutboxId("2")) is None
        assert uow.outbox.get(OutboxId("3")) is not None


def test_the_most_urgent_and_then_the_oldest_is_taken_first(database: Database) -> None:
    put(
        database,
        promise("routine", urgency=Urgency.ROUTINE, due_at=NOW - 9 * MINUTE),
        promise("late", due_at=NOW - 2 * MINUTE),
        promise("early", due_at=NOW - 3 * MINUTE),
        promise("alert", urgency=Urgency.ALERT),
        promise("tomorrow", due_at=NOW + timedelta(days=1)),
        promise("ended", status=OutboxStatus.ENDED),
    )
    assert take(database, "one", limit=3) == ["alert", "early", "late"]
    assert take(database, "two") == ["routine"]
    assert take(database, "three") == []


def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_records_nothing(
    database: Database,
) -> None:
    """The process that died, or was only slow, must not write over what the second one did."""
    put(database, promise("1"))
    assert take(database, "slow") == ["1"]
    assert take(database, "second", NOW + MINUTE) == []
    assert take(database, "second", NOW + 2 * MINUTE) == ["1"]
    assert row_of(database, "1").attempts == 2

    with database.begin() as uow:
        uow.outbox.settle("slow", [OutboxId("1")], {"outcome": Outcome.FAILED, "note": "slow"})
    row = row_of(database, "1")
    assert (row.status, row.outcome, row.note) == (OutboxStatus.LEASED, None, "")

    ended = {"status": OutboxStatus.ENDED, "outcome": Outcome.SENT}
    with database.begin() as uow:
        uow.outbox.settle("second", [OutboxId("1")], ended)
    assert row_of(database, "1").outcome is Outcome.SENT


def test_what_is_being_sent_is_not_dropped_and_what_waits_is(database: Database) -> None:
    put(database, promise("leaving"))
    take(database, "one")
    put(
        database,
        promise("waiting"),
        promise("another subject", subject="t"),
        promise("another kind", kind="incident"),
    )
    with database.begin() as uow:
        uow.outbox.drop("s", ["answer"], "已撤稿")
    outcomes = {
        name: row_of(database, name).outcome
        for name in ("leaving", "waiting", "another subject", "another kind")
    }
    assert outcomes == {
        "leaving": None,
        "waiting": Outcome.OBSOLETE,
        "another subject": None,
        "another kind": None,
    }


def at_once(count: int, act: Callable[[int], None]) -> None:
    """Do it in *count* threads that begin together; raise what one of them raised."""
    barrier, errors = threading.Barrier(count), list[BaseException]()

    def run(number: int) -> None:
        barrier.wait()
        try:
            act(number)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_workers_that_take_at_once_never_take_the_same(database: Database) -> None:
    put(database, *[promise(f"{number:03}") for number in range(60)])
    taken: list[str] = []

    def work(number: int) -> None:
        for turn in range(30):
            taken.extend(take(database, f"{number}.{turn}", limit=5))

    at_once(4, work)
    assert sorted(taken) == [f"{number:03}" for number in range(60)]


def test_numbers_given_out_at_once_are_a_row_without_gaps(database: Database) -> None:
    """For each bureau and year its own."""
    with database.begin() as uow:
        for name in ("a", "b"):
            identity = UnitId(name)
            uow.members.add_unit(
                Unit(id=identity, bureau=identity, parent=None, kind=UnitKind.BUREAU,
                     name=name, path=name)
            )  # fmt: skip
    given: list[tuple[str, int]] = []

    def ask(number: int) -> None:
        bureau = "ab"[number % 2]
        for _ in range(5):
            with database.begin() as uow:
                given.append((bureau, uow.ledger.next_number(UnitId(bureau), 2026, "draft")))

    at_once(8, ask)
    assert sorted(given) == [(bureau, number) for bureau in "ab" for number in range(1, 21)]
    with database.begin() as uow:
        assert uow.ledger.next_number(UnitId("a"), 2027, "draft") == 1


def test_a_timer_is_claimed_by_one_and_set_once(database: Database) -> None:
    timer = {"id": "t", "kind": "k", "subject": "s", "key": "k", "due_at": NOW, "payload": {},
             "created_at": NOW}  # fmt: skip
    with database.begin() as uow:
        uow.timers.set(timer)
    with database.begin() as uow:
        uow.timers.set({**timer, "id": "u"})
        assert uow.timers.due(NOW, 10) == [("t", "k")]
    claimed: list[str] = []

    def claim(_number: int) -> None:
        with database.begin() as uow:
            if found := uow.timers.claim(timer["id"]):  # type: ignore[arg-type]  # a plain string
                claimed.append(found.id)

    at_once(4, claim)
    assert claimed == ["t"]


def test_a_timer_that_was_cancelled_is_not_due_and_not_claimed(database: Database) -> None:
    with database.begin() as uow:
        for name, subject in (("1", "s"), ("2", "other")):
            uow.timers.set(
                {"id": name, "kind": "k", "subject": subject, "key": name, "due_at": NOW,
                 "payload": {}, "created_at": NOW}
            )  # fmt: skip
        uow.timers.cancel("s")
        assert uow.timers.due(NOW, 10) == [("2", "k")]


@pytest.fixture
def crowded(database: Database) -> Database:
    """A database with years of ended rows, and the statistics that its planner needs."""
    long_ago = [NOW - timedelta(days=400) + MINUTE * n for n in range(3000)]
    ended = {"status": OutboxStatus.ENDED, "outcome": Outcome.SENT}
    outbox = [promise(str(n), due_at=due, **ended) for n, due in enumerate(long_ago)]
    outbox += [promise(f"open {n}", outcome=None, due_at=NOW - MINUTE * n) for n in range(20)]
    timers = [
        {"id": str(n), "kind": "k", "subject": str(n), "key": str(n), "due_at": due, "payload": {},
         "created_at": due, "incident": "", "attempts": 0,
         "status": TimerStatus.FIRED if n > 20 else TimerStatus.PENDING}
        for n, due in enumerate(long_ago)
    ]  # fmt: skip
    inbound = [
        {"id": str(n), "key": str(n), "sender": "alice", "kind": "TextMessage", "payload": {},
         "received_at": due, "status": InboundStatus.FAILED if n < 5 else InboundStatus.HANDLED}
        for n, due in enumerate(long_ago)
    ]  # fmt: skip
    with database.engine.begin() as connection:
        for table, rows in ((OutboxMessage, outbox), (Timer, timers), (Inbound, inbound)):
            connection.execute(insert(table), rows)
        connection.exec_driver_sql("ANALYZE")
    return database


QUESTIONS: dict[str, Callable[[UnitOfWork], object]] = {
    "ix_outbox_open lease": lambda uow: uow.outbox.lease("l", NOW, MINUTE, 100),
    "ix_outbox_open has_due": lambda uow: uow.outbox.has_due(NOW),
    "ix_outbox_open next_due": lambda uow: uow.outbox.next_due(NOW),
    "ix_timers_due due": lambda uow: uow.timers.due(NOW, 200),
    "ix_timers_due next_after": lambda uow: uow.timers.next_after(NOW),
    "ix_inbound_failed failed": lambda uow: uow.inbox.failed(10),
}


def test_what_waits_is_found_without_reading_what_ended(crowded: Database) -> None:
    for question, ask in QUESTIONS.items():
        with recorded(crowded.engine) as asked, crowded.begin() as uow:
            ask(uow)
        plans = "\n".join(plan_of(crowded.engine, *one) for one in asked)
        assert question.split()[0] in plans, f"{question}: {plans}"


class recorded:  # noqa: N801 - reads as a statement
    """Collects the statements that run on an engine, with their parameters."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked: list[tuple[str, Any]] = []

    def _note(self, _conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "WITH")):
            self._asked.append((statement, parameters))

    def __enter__(self) -> list[tuple[str, Any]]:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self._asked

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)


def plan_of(engine: Engine, statement: str, parameters: Any) -> str:
    """Return the plan that does for any parameters: the one that is kept for a prepared statement.

    A condition that only a parameter's value fulfils finds no partial index in it.
    """
    if engine.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN " + statement
        parameters = (None,) * len(parameters)
    else:
        numbers = {name: f"${number}" for number, name in enumerate(parameters, 1)}
        named = re.sub(r"%\((\w+)\)s", lambda found: numbers[found[1]], statement)
        explain, parameters = "EXPLAIN (GENERIC_PLAN) " + named, None
    with engine.begin() as connection:
        rows = connection.exec_driver_sql(explain, parameters).all()
    return "\n".join(str(cell) for row in rows for cell in row)


def test_what_was_promised_after_its_moment_waits_since_it_was_promised(
    database: Database,
) -> None:
    put(database, promise("caught up", due_at=NOW - 3 * timedelta(days=1)))
    with database.begin() as uow:
        assert uow.figures.outbox(NOW).first == NOW
    put(database, promise("later", created_at=NOW - MINUTE, due_at=NOW - MINUTE / 2))
    with database.begin() as uow:
        assert uow.figures.outbox(NOW).first == NOW - MINUTE / 2
