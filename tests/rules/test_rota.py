"""The duty roster: what a day needs, who takes it, how even that is, what is missing."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS
from handlers.rules.rota import (
    Filled,
    Nature,
    Pattern,
    Slot,
    Turn,
    days_of,
    fill,
    missing,
    needed,
    quality,
)
from storage.vocabulary import DutyPosition, ShiftKind, UserId

CALENDAR = WorkCalendar(exceptions=OFFICIAL_DAYS)
DUTY, LEAD, BACKUP = DutyPosition.DUTY, DutyPosition.LEAD, DutyPosition.BACKUP
DAY, NIGHT, WHOLE = ShiftKind.DAY, ShiftKind.NIGHT, ShiftKind.WHOLE
NEW_YEAR, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)


def people(letter: str, count: int) -> list[UserId]:
    return [UserId(f"{letter}{number:02}") for number in range(count)]


@pytest.mark.parametrize(
    ("day", "sensitive", "places"),
    [
        ("2026-09-21", False, "lead_duty night, duty night"),
        ("2026-09-21", True, "lead_duty whole, duty day 2, duty night 2"),
        ("2026-09-19", False, "lead_duty whole, duty day, duty night"),
        ("2026-10-01", False, "lead_duty whole 2, duty day, duty night"),
        ("2026-10-10", False, "lead_duty night 2, duty night"),  # a Saturday that is worked
        ("2026-10-01", True, "lead_duty whole 2, duty day 2, duty night 2"),
    ],
)
def test_what_a_day_needs(day: str, places: str, *, sensitive: bool) -> None:
    here = date.fromisoformat(day)
    [seen] = days_of(here, here, CALENDAR, [(here, here)] if sensitive else [])
    counted = Counter(f"{slot.position} {slot.kind}" for slot in needed(seen, Pattern()))
    said = [name if count == 1 else f"{name} {count}" for name, count in counted.items()]
    assert ", ".join(said) == places


def test_a_place_for_the_whole_day_may_be_had_in_two_shifts() -> None:
    day = date(2026, 10, 1)
    lead = Slot(day=day, kind=WHOLE, position=LEAD)
    halves = [Slot(day=day, kind=kind, position=LEAD) for kind in (DAY, NIGHT)]
    assert missing([lead], halves) == []
    assert missing([lead], halves[:1]) == [lead]
    assert missing(halves, [lead]) == []
    assert missing([lead, Slot(day=day, kind=WHOLE, position=LEAD, seat=1)], halves) != []


def a_year(duties: int, leads: int, away: list[tuple[UserId, date, date]]) -> Filled:
    pools = {DUTY: people("d", duties), LEAD: people("l", leads)}
    return fill(days_of(NEW_YEAR, YEAR_END, CALENDAR), Pattern(), pools, away=away)


def test_a_year_is_fair_to_everybody() -> None:
    """365 days among 24 people and 6 leaders: nobody is more than two of a sort ahead."""
    made = a_year(24, 6, [])
    natures = {day.day: day.nature for day in days_of(NEW_YEAR, YEAR_END, CALENDAR)}
    seen = quality(made.turns, natures)
    assert made.gaps == ()
    assert seen.in_a_row == ()
    for least, most in (seen.total, seen.weekends, seen.holidays):
        assert most - least <= 2
    assert seen.holidays[1] > 0


@given(
    duties=st.integers(1, 9),
    leads=st.integers(1, 5),
    first=st.integers(0, 300),
    length=st.integers(1, 40),
    sensitive=st.booleans(),
    absences=st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 340), st.integers(0, 30)), max_size=4
    ),
)
def test_every_place_is_taken_or_named(
    duties: int,
    leads: int,
    first: int,
    length: int,
    absences: list[tuple[int, int, int]],
    *,
    sensitive: bool,
) -> None:
    """And nobody is on while away, nor two days in a row, nor in two places at once."""
    begins = NEW_YEAR + timedelta(days=first)
    ends = begins + timedelta(days=length - 1)
    pools = {DUTY: people("d", duties), LEAD: people("l", leads)}
    everybody = pools[DUTY] + pools[LEAD]
    away = [
        (
            everybody[who % len(everybody)],
            NEW_YEAR + timedelta(days=start),
            NEW_YEAR + timedelta(days=start + more),
        )
        for who, start, more in absences
    ]
    days = days_of(begins, ends, CALENDAR, [(begins, ends)] if sensitive else [])
    made = fill(days, Pattern(), pools, away=away)
    wanted = sorted(slot for day in days for slot in needed(day, Pattern()))
    assert sorted([*(turn.slot for turn in made.turns), *made.gaps]) == wanted
    assert list(missing(wanted, [turn.slot for turn in made.turns])) != [] or not made.gaps
    assert quality(made.turns, {}).in_a_row == ()
    on = [(turn.member, turn.slot.day) for turn in made.turns]
    assert len(on) == len(set(on))
    assert not any(who == other and a <= day <= b for who, day in on for other, a, b in away)


@given(st.integers(5, 12), st.integers(0, 200))
def test_nobody_is_far_ahead(count: int, first: int) -> None:
    """With enough people for no two days in a row, over a quarter; what was before counts."""
    begins = NEW_YEAR + timedelta(days=first)
    days = days_of(begins, begins + timedelta(days=91), CALENDAR)
    pool = people("d", count)
    half = len(days) // 2
    early = fill(days[:half], Pattern(), {DUTY: pool, LEAD: people("l", 5)})
    natures = {day.day: day.nature for day in days}
    late = fill(
        days[half:],
        Pattern(),
        {DUTY: pool, LEAD: people("l", 5)},
        before=early.turns,
        natures=natures,
    )
    seen = quality((*early.turns, *late.turns), natures, pool)
    for least, most in (seen.total, seen.weekends, seen.holidays):
        assert most - least <= 3
    assert seen.in_a_row == ()


def test_a_bureau_may_have_no_leaders_and_more_days_between_two_duties() -> None:
    pattern = Pattern(lead=False, free_days=3)
    days = days_of(date(2026, 3, 2), date(2026, 3, 29), CALENDAR)
    made = fill(days, pattern, {DUTY: people("d", 9)})
    assert {turn.slot.position for turn in made.turns} == {DUTY}
    assert made.gaps == ()
    on = sorted((turn.member, turn.slot.day) for turn in made.turns)
    gaps = [(b - a).days for (who, a), (other, b) in pairwise(on) if who == other]
    assert min(gaps) == 4


def test_who_was_away_owes_nothing_and_who_is_new_makes_up_for_nobody() -> None:
    pool = people("d", 8)
    days = days_of(date(2026, 3, 2), date(2026, 6, 28), CALENDAR)
    leave = [(pool[0], date(2026, 3, 2), date(2026, 4, 30))]
    made = fill(days, Pattern(), {DUTY: pool}, away=leave)
    back = Counter(turn.member for turn in made.turns if turn.slot.day >= date(2026, 5, 1))
    assert back[pool[0]] <= max(back[one] for one in pool[1:]) + 1

    natures = {day.day: day.nature for day in days}
    new = UserId("new")
    later = days_of(date(2026, 6, 29), date(2026, 8, 30), CALENDAR)
    joined = fill(later, Pattern(), {DUTY: [*pool, new]}, before=made.turns, natures=natures)
    counted = Counter(turn.member for turn in joined.turns)
    assert counted[new] <= max(counted[one] for one in pool) + 1
    assert Nature.WEEKEND in natures.values()
    assert isinstance(joined.turns[0], Turn)
    assert BACKUP not in {turn.slot.position for turn in joined.turns}
