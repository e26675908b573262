"""Weeks as periods: each is in one month, and what is counted by weeks adds up in any order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.quota_pace import warning_days, window
from handlers.rules.scoring.engine import score
from handlers.rules.scoring.facts import Breach, Calls, Facts
from handlers.rules.scoring.lines import total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import (
    begins,
    ends,
    evidence_until,
    home_of,
    months_of,
    parts_of,
    period_of,
    rolled_up,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
RULES = RuleSet.model_validate(
    {
        "period": "week",
        "base": 3,
        "call": {"done": 2, "missed": -5},
        "penalty": {"late_submit": -1, "urgent_concealed": {"points": -20, "effect": "zero_year"}},
    }
)


@given(DAYS)
def test_a_week_is_in_one_month_and_one_year(day: date) -> None:
    week = period_of(day, "week")
    assert begins(week) <= day <= ends(week)
    (month,) = parts_of(week, "month")
    assert week in parts_of(month, "week")
    assert month in months_of(week)
    year = f"{home_of(week):%Y}"
    assert week[:4] == year
    of_months = [each for month in months_of(year) for each in parts_of(month, "week")]
    assert of_months == list(parts_of(year, "week"))
    assert evidence_until(RULES, day, lambda _day: True) > ends(week)


@given(DAYS)
def test_of_a_week_is_warned_once_while_it_is_not_over(day: date) -> None:
    within = window("week", period_of(day, "week"))
    ((warned, last),) = warning_days(within, lambda each: each.weekday() < 5).items()
    assert (last, warned) == (True, within.last - timedelta(days=4))
    assert not warning_days(within, lambda _day: False)


BREACHES = st.builds(
    Breach, event=st.sampled_from(("late_submit", "urgent_concealed")), ref=st.text(max_size=2)
)
CALLS = st.builds(Calls, outcome=st.sampled_from(("done", "missed")), weight=st.integers(1, 3))


@given(st.lists(st.tuples(st.lists(BREACHES), st.lists(CALLS)), max_size=4))
def test_lines_of_breaches_and_calls_add_up_whatever_their_order(
    weeks: list[tuple[list[Breach], list[Calls]]],
) -> None:
    scores = []
    for number, (breaches, calls) in enumerate(weeks, 36):
        period = f"2026-W{number}"
        facts = Facts(period=period, breaches=tuple(breaches), calls=tuple(calls))
        other = Facts(
            period=period, breaches=tuple(reversed(breaches)), calls=tuple(reversed(calls))
        )
        found = score("weekly", RULES, facts)
        assert found == score("weekly", RULES, other)
        assert found.points == total(found.lines)
        scores.append(found)
    if scores:
        month = rolled_up(RULES, "2026-09", scores)
        assert month.points == total(month.lines)
