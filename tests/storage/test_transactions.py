"""One transaction: what is undone with it, and what happens only after it."""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread

import pytest
from sqlalchemy import insert, make_url, select
from sqlalchemy.exc import DatabaseError, OperationalError, StatementError

from handlers.rules.calendar import SHANGHAI
from storage.models import Timer, Unit
from storage.turns import TURN
from storage.unit_of_work import Database, UnitOfWork, open_database
from storage.vocabulary import NOBODY, UnitId, UnitKind, UserId
from tests.harness.databases import on_sqlite

NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)


HUNG = """
import fcntl, sys
turn = open(sys.argv[1])
fcntl.flock(turn, fcntl.LOCK_EX)
print(1, flush=True)
sys.stdin.read()
"""


class CrashError(Exception):
    """What went wrong in a test."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def add_bureau(uow: UnitOfWork, name: str = "区住建局") -> None:
    identity = UnitId(name)
    uow.members.add_unit(
        Unit(id=identity, bureau=identity, parent=None, kind=UnitKind.BUREAU, name=name, path=name)
    )


def bureaus(database: Database) -> list[str]:
    with database.begin() as uow:
        return [name for name in ("a", "b", "c") if uow.members.unit_at(name)]


def test_a_kept_savepoint_falls_with_the_transaction_around_it(database: Database) -> None:
    """SQLite's driver would keep it in the file (STYLE §9.1)."""
    with suppress(CrashError), database.begin() as uow:
        with uow.attempt():
            add_bureau(uow, "a")
        raise CrashError
    assert bureaus(database) == []


def test_an_undone_savepoint_takes_only_what_was_in_it(database: Database) -> None:
    with database.begin() as uow:
        add_bureau(uow, "a")
        with suppress(CrashError), uow.attempt():
            add_bureau(uow, "b")
            raise CrashError
        with uow.attempt():
            add_bureau(uow, "c")
    assert bureaus(database) == ["a", "c"]


def test_a_savepoint_in_a_savepoint_is_undone_with_the_outer_one(database: Database) -> None:
    with database.begin() as uow:
        with suppress(CrashError), uow.attempt():
            with uow.attempt():
                add_bureau(uow, "a")
            with suppress(CrashError), uow.attempt():
                add_bureau(uow, "b")
                raise CrashError
            raise CrashError
        add_bureau(uow, "c")
    assert bureaus(database) == ["c"]


def test_what_is_put_off_is_written_before_anything_is_asked_and_undone_with_its_savepoint(
    database: Database,
) -> None:
    def promise(uow: UnitOfWork, name: str) -> None:
        due = {"id": name, "kind": "k", "subject": name, "key": name, "due_at": NOW}
        uow.timers.set({**due, "payload": {}, "created_at": NOW})
        uow.ledger.audit(
            {"at": NOW, "tag": "k:set", "subject": "s", "actor": name, "on_behalf_of": NOBODY,
             "before": {}, "after": {}, "inbound": ""}
        )  # fmt: skip

    with database.begin() as uow:
        promise(uow, "a")
        with suppress(CrashError), uow.attempt():
            promise(uow, "b")
            raise CrashError
        with suppress(CrashError), uow.attempt():
            promise(uow, "c")
            assert len(uow.timers.due(NOW, 9)) == 2, "c is asked for"
            raise CrashError
        promise(uow, "d")
        assert [one.actor for one in uow.ledger.entries("s")] == ["a", "d"]
        promise(uow, "e")
    with database.begin() as uow:
        assert [one.id for one in uow.timers.due(NOW, 9)] == ["a", "d", "e"]
        assert [one.actor for one in uow.ledger.entries("s")] == ["a", "d", "e"]


@on_sqlite
def test_who_writes_again_and_again_lets_those_who_wait_write_first(
    database: Database, database_url: str
) -> None:
    """A worker that judges thousands of posts does not keep the chat from its answers."""

    def write(name: str) -> None:
        with database.begin() as uow:
            add_bureau(uow, name)
            wrote.append(name)

    def waits() -> bool:
        with Path(f"{make_url(database_url).database}{TURN}").open() as turn:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    wrote: list[str] = []
    chat = Thread(target=write, args=["b"])
    with database.begin() as uow:
        add_bureau(uow, "a")
        chat.start()
        while not waits():
            pass
    write("c")
    chat.join()
    assert wrote == ["b", "c"]


@on_sqlite
def test_a_process_that_keeps_the_turn_and_does_nothing_stops_nobody_for_ever(
    database: Database, database_url: str
) -> None:
    """It is waited for as long as for SQLite's own lock; who only looks does not wait at all."""
    turn = f"{make_url(database_url).database}{TURN}"
    with database.begin() as uow:
        add_bureau(uow, "a")
    with Popen([sys.executable, "-c", HUNG, turn], stdin=PIPE, stdout=PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        hasty = open_database(database_url, busy_seconds=0.05)
        with hasty.reading() as uow:
            assert uow.members.unit_at("a")
        held = "another process has kept the turn to write"
        with pytest.raises(OperationalError, match=held), hasty.begin() as uow:
            add_bureau(uow, "b")
        process.communicate()
    with hasty.begin() as uow:
        add_bureau(uow, "b")
    hasty.close()
    assert bureaus(database) == ["a", "b"]


@on_sqlite
def test_what_lies_in_the_log_is_written_back_beside_those_who_commit(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.begin() as uow:
        add_bureau(uow, "a")
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    file = str(make_url(database_url).database)
    shutil.copy(file, before)
    database.write_back()
    shutil.copy(file, after)
    assert [_names(copy) for copy in (before, after)] == [[], ["a"]]


def _names(file: Path) -> list[str]:
    copy = open_database(f"sqlite:///{file}")
    try:
        return bureaus(copy)
    finally:
        copy.close()


def test_what_is_to_happen_after_the_commit_happens_after_it_and_in_order(
    database: Database,
) -> None:
    happened: list[str] = []

    def note(what: str) -> None:
        happened.append(f"{what}, with {bureaus(database)}")

    with database.begin() as uow:
        uow.after_commit.append(lambda: note("first"))
        add_bureau(uow, "a")
        with suppress(CrashError), uow.attempt():
            uow.after_commit.append(lambda: note("undone"))
            with uow.attempt():
                uow.after_commit.append(lambda: note("undone with it"))
            raise CrashError
        with uow.attempt():
            uow.after_commit.append(lambda: note("second"))
        assert happened == []
    assert happened == ["first, with ['a']", "second, with ['a']"]


def test_nothing_happens_after_a_transaction_that_failed(database: Database) -> None:
    happened: list[str] = []
    with suppress(CrashError), database.begin() as uow:
        uow.after_commit.append(lambda: happened.append("rang"))
        raise CrashError
    assert happened == []


def test_one_failing_ring_does_not_keep_the_next_from_ringing(database: Database) -> None:
    happened: list[str] = []

    def fail() -> None:
        raise CrashError

    with database.begin() as uow:
        uow.after_commit += [fail, lambda: happened.append("rang")]
        add_bureau(uow, "a")
    assert happened == ["rang"]
    assert bureaus(database) == ["a"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET actor = 'mallory'", "DELETE FROM audit_entries"],
)
def test_the_database_refuses_to_change_the_audit(database: Database, statement: str) -> None:
    with database.begin() as uow:
        uow.ledger.audit(
            {
                "at": NOW,
                "tag": "draft:approve",
                "subject": "d1",
                "actor": UserId("bob"),
                "on_behalf_of": NOBODY,
                "before": {},
                "after": {},
                "inbound": "",
            }
        )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        database.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    with database.begin() as uow:
        [kept] = uow.ledger.entries("d1")
        assert kept.actor == "bob"


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="naive datetime"), database.begin() as uow:
        uow.timers.due(naive, 1)


def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    in_shanghai = NOW.astimezone(SHANGHAI)
    values = {"id": "t", "kind": "k", "subject": "s", "key": "k", "payload": {}, "created_at": NOW}
    with database.begin() as uow:
        uow.timers.set({**values, "due_at": in_shanghai})
    with database.engine.connect() as connection:
        due = connection.execute(select(Timer.due_at)).scalar_one()
    assert due == NOW
    assert due.utcoffset() == timedelta(0)


def test_what_a_statement_was_given_does_not_show_in_its_error(database: Database) -> None:
    row = {
        "id": "t",
        "kind": "k",
        "subject": "s",
        "key": "k",
        "due_at": NOW,
        "created_at": NOW,
        "status": "pending",
        "attempts": 0,
        "incident": "",
        "payload": {"text": "正文"},
    }
    with pytest.raises(DatabaseError) as failed, database.engine.begin() as connection:
        connection.execute(insert(Timer), [row, row])
    assert "正文" not in str(failed.value)
