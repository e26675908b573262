"""When something counts, which version of the rules it counts under, and what a year adds up to."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS
from handlers.rules.scoring.engine import score
from handlers.rules.scoring.facts import Adoption, Breach, Facts
from handlers.rules.scoring.lines import Score, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import (
    counting_day,
    ends,
    evidence_until,
    last_day,
    length_of,
    period_of,
    rolled_up,
    stretches,
    version_on,
)

CALENDAR = WorkCalendar(exceptions=OFFICIAL_DAYS)
SEPTEMBER = date(2026, 9, 15)


def rules(**keys: object) -> RuleSet:
    return RuleSet.model_validate(keys)


@pytest.mark.parametrize(
    ("length", "period", "last"),
    [
        ("week", "2026-W38", date(2026, 9, 20)),
        ("month", "2026-09", date(2026, 9, 30)),
        ("quarter", "2026-Q3", date(2026, 9, 30)),
        ("half", "2026-H2", date(2026, 12, 31)),
        ("year", "2026", date(2026, 12, 31)),
    ],
)
def test_a_day_is_in_one_period_of_each_length(length: str, period: str, last: date) -> None:
    assert (period_of(SEPTEMBER, length), last_day(SEPTEMBER, length)) == (period, last)
    assert period_of(last, length) == period


def test_the_first_days_of_a_year_may_be_in_the_last_week_of_another() -> None:
    assert period_of(date(2027, 1, 1), "week") == "2026-W53"


@pytest.mark.parametrize(
    ("cutoff", "until"),
    [
        (None, date(2026, 10, 5)),
        ({"day": 5}, date(2026, 10, 5)),
        ({"day": 5, "workday_shift": "next"}, date(2026, 10, 8)),
        ({"day": 5, "workday_shift": "previous"}, date(2026, 9, 30)),
        ({"day": 31}, date(2026, 10, 31)),
    ],
)
def test_evidence_counts_until_the_cut_off_whatever_the_holidays_are(
    cutoff: object, until: date
) -> None:
    """1 to 7 October are holidays."""
    assert evidence_until(rules(cutoff=cutoff), SEPTEMBER, CALENDAR.is_workday) == until


def test_a_short_month_ends_its_cut_off() -> None:
    set_ = rules(cutoff={"day": 31})
    assert evidence_until(set_, date(2026, 1, 9), CALENDAR.is_workday) == date(2026, 2, 28)


def test_a_use_belongs_to_the_day_it_was_adopted_or_handed_in() -> None:
    days = (date(2026, 8, 30), date(2026, 9, 2))
    assert counting_day(rules(), *days) == days[1]
    assert counting_day(rules(count_by="submitted_at"), *days) == days[0]


def test_the_version_in_force_on_a_day_is_found() -> None:
    first = rules(base=1)
    second = rules(base=2, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    third = rules(base=3, valid_from=date(2026, 7, 1))
    versions = [third, first, second]
    assert version_on(versions, date(2025, 12, 31)) is first
    assert version_on(versions, date(2026, 6, 30)) is second
    assert version_on(versions, date(2026, 7, 1)) is third
    assert version_on([second], date(2027, 1, 1)) is None


@given(
    st.lists(st.sampled_from(("week", "month", "quarter", "half", "year")), min_size=1, max_size=4),
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), min_size=3, max_size=3, unique=True),
)
def test_each_day_counts_once_whatever_the_lengths_become(
    lengths: list[str], days: list[date]
) -> None:
    since = [None, *sorted(days)]
    versions = [
        rules(period=length, valid_from=day) for length, day in zip(lengths, since, strict=False)
    ]
    found = stretches(versions)
    counted = sorted(
        stretch.span(period)
        for stretch in found
        for year in ("2024", "2025", "2026", "2027", "2028")
        for period in stretch.within(year)
    )
    for (_, last), (first, _) in pairwise(counted):
        assert first == last + timedelta(days=1)
    for stretch in found:
        cut = [each for each in stretch.within("2026") if stretch.span(each)[1] < ends(each)]
        assert all(length_of(each) == "week" for each in cut)


def test_new_lengths_take_over_where_the_longer_period_begins() -> None:
    for before, after, since, change in (
        ("month", "week", date(2026, 9, 1), date(2026, 9, 1)),
        ("week", "month", date(2026, 9, 15), date(2026, 10, 1)),
        ("month", "quarter", date(2026, 8, 1), date(2026, 10, 1)),
        ("month", "month", date(2026, 8, 2), date(2026, 9, 1)),
    ):
        versions = [rules(period=before), rules(period=after, valid_from=since)]
        assert [each.first for each in stretches(versions)] == [date.min, change]


def months(set_: RuleSet, *facts: Facts) -> list[Score]:
    return [score("r", set_, each) for each in facts]


def test_a_year_is_the_sum_or_the_mean_of_its_months() -> None:
    uses = [tuple(Adoption(item=str(item)) for item in range(count)) for count in (1, 2, 2)]
    facts = [Facts(period=f"2026-0{n}", adoptions=use) for n, use in enumerate(uses, 1)]
    for rollup, points in (("sum", "50"), ("mean", "16.67")):
        set_ = rules(adoption=[{"points": 10}], rollup=rollup)
        year = rolled_up(set_, "2026", months(set_, *facts))
        assert year.points == total(year.lines) == Decimal(points)
        assert [line.cause for line in year.lines[:3]] == ["2026-01", "2026-02", "2026-03"]


def test_a_year_that_counts_nothing_keeps_what_was_taken_off() -> None:
    set_ = rules(
        adoption=[{"points": 10}],
        penalty={"urgent_concealed": {"points": -20, "effect": "zero_year"}},
    )
    good = Facts(period="2026-01", adoptions=(Adoption(item="1"), Adoption(item="2")))
    better = Facts(period="2026-02", adoptions=tuple(Adoption(item=str(n)) for n in range(5)))
    bad = Facts(period="2026-03", breaches=(Breach(event="urgent_concealed"),))
    year = rolled_up(set_, "2026", months(set_, good, better, bad))
    assert year.points == total(year.lines) == Decimal(-20)
    assert year.zero_year


def test_a_year_without_scores_is_nothing() -> None:
    assert rolled_up(rules(), "2026", []).points == 0
