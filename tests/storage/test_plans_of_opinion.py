"""What a post costs does not grow with what is stored: which index answers its questions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from storage.unit_of_work import Database, open_database
from storage.vocabulary import CaseId, ItemId
from tests.harness.databases import on_sqlite

NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)
# A million items, of which each bureau has all and each case five thousand.
STATISTICS = (
    ("opinion_items", "ix_opinion_items_bureau_found_at", "1000000 1000000 1"),
    ("opinion_items", "ix_opinion_items_case", "100000 5000 500 20"),
)


@pytest.fixture
def large(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    with opened.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        for table, index, counts in STATISTICS:
            row = {"tbl": table, "idx": index, "stat": counts}
            connection.execute(
                text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"), row
            )
    opened.engine.dispose()  # statistics are read when a connection is opened
    yield opened
    opened.close()


def plans(database: Database, ask: Any) -> list[str]:
    """Return how each statement is answered that is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as uow:
        ask(uow)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        return [
            row.detail
            for statement, values in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


@on_sqlite
def test_what_is_compared_is_read_by_its_number_alone(large: Database) -> None:
    [plan, *_] = plans(large, lambda uow: uow.opinion.earlier([1, 2, 3], NOW))
    assert plan == "SEARCH opinion_items USING INTEGER PRIMARY KEY (rowid=?)"


@on_sqlite
def test_who_spoke_in_a_hot_case_before_is_read_from_the_index(large: Database) -> None:
    asked = (CaseId("case"), ItemId(7), "抖音", "某号")
    [plan] = plans(large, lambda uow: uow.cases.says_so_before(*asked))
    assert plan.endswith("INDEX ix_opinion_items_case (case_id=? AND platform=? AND source=?)")
