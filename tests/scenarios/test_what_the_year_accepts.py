"""What the checker of a lived year takes for right, and what not: cases that it had wrong once."""

from dataclasses import fields
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.living import days
from benchmarks.living.duties_of_alarms import alerts_climb
from benchmarks.living.invariants import merged_is_accounted_for
from benchmarks.living.people import founded
from benchmarks.living.record import Record

MONDAY_TEN = days.at(date(2026, 9, 21), 10)
BUREAU = founded(units=2, people=40)


def lived(**rows: Any) -> Record:
    """Return a record of half a day in which nothing is but *rows*."""
    empty: dict[str, Any] = dict.fromkeys((one.name for one in fields(Record)), ())
    half_a_day = {"since": MONDAY_TEN, "until": MONDAY_TEN + timedelta(hours=4), "bureau": BUREAU}
    return Record(**{**empty, **half_a_day, "left": {}, **rows})


@pytest.mark.parametrize(("told", "right"), [("o1", True), ("h1", False), ("office1", False)])
def test_a_case_goes_to_the_officer_of_a_section_without_a_head(told: str, right: bool) -> None:  # noqa: FBT001 - a column of the table
    alert = SimpleNamespace(
        id="alert",
        kind="case_task",
        grade="blue",
        code="54",
        unit="unit",
        subject="case_task:case",
        raised_at=MONDAY_TEN,
    )
    push = SimpleNamespace(kind="alert", subject="alert", recipient=told, created_at=MONDAY_TEN)
    record = lived(
        alerts=[alert],
        units=[SimpleNamespace(id="unit", name=BUREAU.sections[0])],
        outbox=[push],
        left={BUREAU.heads[0]: MONDAY_TEN - days.DAY},
    )
    assert (not [*alerts_climb(record)]) is right


@pytest.mark.parametrize(("status", "right"), [("waiting", True), ("ended", False)])
def test_what_was_merged_may_wait_with_what_it_was_merged_into(status: str, right: bool) -> None:  # noqa: FBT001 - a column of the table
    def push(name: str, status: str, outcome: str | None, note: str) -> SimpleNamespace:
        return SimpleNamespace(
            id=name,
            kind="call_reminder",
            stage="1 half",
            recipient="o1",
            content={"text": "请在周五前交稿"},
            message_id="",
            parts_sent=0,
            created_at=MONDAY_TEN,
            status=status,
            outcome=outcome,
            note=note,
        )

    into = push("first", status, None if status == "waiting" else "expired", "")
    record = lived(outbox=[into, push("second", "ended", "merged", "as first")])
    assert (not [*merged_is_accounted_for(record)]) is right
