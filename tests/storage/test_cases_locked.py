"""The cases that many posts concern are locked with one question, and never crosswise."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text

from storage.models import Case, Unit
from storage.unit_of_work import Database, open_database
from storage.vocabulary import CaseId, CaseState, Grade, UnitId, UnitKind

NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
HOME = UnitId("区住建局")
_WAITS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
MERGED = {"c": "b", "b": "a"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with cases a, b and c, of which the later ones were merged into the earlier."""
    opened = open_database(database_url)
    with opened.begin() as uow:
        uow.members.add_unit(
            Unit(id=HOME, bureau=HOME, parent=None, kind=UnitKind.BUREAU, name=HOME, path=HOME)
        )
        for number, name in enumerate("abcd", 1):
            into = MERGED.get(name, "")
            uow.cases.add(
                Case(
                    id=CaseId(name),
                    bureau=HOME,
                    unit=HOME,
                    year=2026,
                    number=number,
                    title=name,
                    state=CaseState.MERGED if into else CaseState.REGISTERED,
                    merged_into=CaseId(into),
                    suggested=Grade.BLUE,
                    found_at=NOW,
                    registered_at=NOW,
                    touched_at=NOW,
                    clock_at=NOW,
                )
            )
    yield opened
    opened.close()


def test_they_are_locked_at_once_with_what_they_were_merged_into(database: Database) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with database.begin() as uow:
        uow.cases.lock_all([CaseId("d"), CaseId("c")])
        locked = [uow.cases.lock(CaseId(name)) for name in "abcd"]
        uow.cases.lock_all([CaseId("b")])
    assert [case.number for case in locked if case is not None] == [1, 2, 3, 4]
    assert sum("FROM cases" in statement for statement in asked) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_locks_many_holds_none_that_comes_after_the_one_he_waits_for(
    database: Database,
) -> None:
    """Somebody names two cases, which are locked one by one, while a batch concerns both."""

    def judge() -> list[bool]:
        with database.begin() as uow:
            uow.cases.lock_all([CaseId("d"), CaseId("a")])
            return [uow.cases.lock(CaseId(name)) is not None for name in "ad"]

    with ThreadPoolExecutor(1) as beside, database.begin() as uow:
        assert uow.cases.lock(CaseId("a"))
        judged = beside.submit(judge)
        with database.engine.connect() as connection:
            while not connection.execute(_WAITS).scalar_one():
                connection.rollback()
        uow.wait_briefly()
        assert uow.cases.lock(CaseId("d"))
        assert not judged.done()
    assert judged.result() == [True, True]
