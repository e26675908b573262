"""Public holidays by name."""

from datetime import date

import pytest

from handlers.rules.calendar import WorkCalendar
from handlers.rules.holidays import holidays_from
from handlers.rules.official_days import OFFICIAL_DAYS

OFFICIAL = WorkCalendar(exceptions=OFFICIAL_DAYS)
UNKNOWN = WorkCalendar(exceptions={})


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
        ("春节", date(2026, 2, 15), date(2026, 2, 23)),
        ("清明", date(2026, 4, 4), date(2026, 4, 6)),
        ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
        ("端午", date(2026, 6, 19), date(2026, 6, 21)),
        ("中秋", date(2026, 9, 25), date(2026, 9, 27)),
        ("国庆", date(2026, 10, 1), date(2026, 10, 7)),
    ],
)
def test_the_days_off_are_those_of_the_official_notice(name: str, first: date, last: date) -> None:
    found = {
        each.name: each
        for each in holidays_from(date(2026, 1, 1), OFFICIAL)
        if each.day.year == 2026
    }
    assert (found[name].first, found[name].last) == (first, last)


def test_without_a_notice_they_are_the_statutory_days_and_the_weekend_beside_them() -> None:
    found = {
        each.name: each
        for each in holidays_from(date(2027, 1, 1), UNKNOWN)
        if each.day.year == 2027
    }
    assert (found["春节"].first, found["春节"].last) == (date(2027, 2, 5), date(2027, 2, 8))
    assert (found["国庆"].first, found["国庆"].last) == (date(2027, 10, 1), date(2027, 10, 3))
    assert (found["中秋"].first, found["中秋"].last) == (date(2027, 9, 15), date(2027, 9, 15))


def test_what_is_over_is_left_out_and_what_has_begun_is_not() -> None:
    names = [each.name for each in holidays_from(date(2026, 10, 3), OFFICIAL)]
    assert names[:2] == ["国庆", "元旦"]


def test_in_a_year_beyond_the_tables_the_fixed_ones_remain() -> None:
    names = {each.name for each in holidays_from(date(2060, 1, 1), UNKNOWN)}
    assert names == {"元旦", "劳动节", "国庆"}
