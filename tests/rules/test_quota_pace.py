"""When who is short is warned, in which stretch a task is looked at, and where a pace leads."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.rules.calendar import WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS
from handlers.rules.quota_pace import forecast, warning_days, window, workdays_left

IS_WORKDAY = WorkCalendar(exceptions=OFFICIAL_DAYS).is_workday


@pytest.mark.parametrize(
    ("length", "asked", "period", "times"),
    [
        ("month", "2026-09", "2026-09", 1),
        ("month", "2026-Q3", "2026-Q3", 3),
        ("month", "2026", "2026", 12),
        ("quarter", "2026", "2026", 4),
        ("quarter", "2026-H2", "2026-H2", 2),
        ("quarter", "2026-08", "2026-Q3", 1),
        ("year", "2026-Q3", "2026", 1),
    ],
)
def test_shorter_tasks_are_rolled_up_and_longer_ones_keep_their_own_time(
    length: str, asked: str, period: str, times: int
) -> None:
    found = window(length, asked)
    assert (found.period, found.times) == (period, times)


@pytest.mark.parametrize(
    ("asked", "days", "last"),
    [
        # The 20th of September is a working Sunday, the 25th to 27th are off.
        ("2026-09", ["2026-09-10", "2026-09-20"], "2026-09-28"),
        # The 10th is a working Saturday, the 25th a Sunday.
        ("2026-10", ["2026-10-10", "2026-10-20", "2026-10-26"], "2026-10-28"),
        ("2026-02", ["2026-02-10"], "2026-02-26"),
        ("2026-Q3", ["2026-09-10", "2026-09-20"], "2026-09-28"),
    ],
)
def test_warned_is_on_working_days_and_last_two_of_them_before_the_end(
    asked: str, days: list[str], last: str
) -> None:
    found = warning_days(window("month", asked), IS_WORKDAY)
    assert {day.isoformat(): final for day, final in found.items()} == {
        **dict.fromkeys(days, False),
        last: True,
    }


def test_the_pace_of_the_working_days_so_far_leads_to_the_end() -> None:
    september = window("month", "2026-09")
    monday = date(2026, 9, 21)
    days = [16, 6]  # of 22 working days so far, with the 21st; left without it
    assert forecast(Decimal(8), september, monday, IS_WORKDAY) == 8 * sum(days) // days[0]
    assert workdays_left(september, monday, IS_WORKDAY) == days[1]
    assert forecast(Decimal(0), september, monday, IS_WORKDAY) == 0
    assert forecast(Decimal(8), september, date(2026, 10, 1), IS_WORKDAY) is None
    assert forecast(Decimal(8), window("month", "2026-10"), date(2026, 10, 1), IS_WORKDAY) is None
