"""When the check of the day is to begin."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rules.calendar import WorkCalendar
from handlers.rules.canary import is_owed

NINE_TEN = datetime(2026, 9, 21, 1, 10, tzinfo=UTC)
"""Monday, 09:10 in Shanghai."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "at", "last", "owed"),
    [
        (NINE_TEN, "09:10", None, True),
        (NINE_TEN - MINUTE, "09:10", None, False),
        (NINE_TEN + MINUTE, "09:10", NINE_TEN - DAY, True),
        (NINE_TEN + MINUTE, "09:10", NINE_TEN, False),
        (NINE_TEN + MINUTE, "09:10", NINE_TEN - MINUTE, True),
        (NINE_TEN + MINUTE, "", None, False),
        (NINE_TEN - DAY, "09:10", None, False),
    ],
    ids=["time", "early", "yesterday", "done", "asked for before", "off", "Sunday"],
)
def test_once_a_working_day_from_its_time_on(
    now: datetime,
    at: str,
    last: datetime | None,
    owed: bool,  # noqa: FBT001 - the expectation
) -> None:
    assert is_owed(now, at, last, WorkCalendar(exceptions={}).is_workday) is owed
