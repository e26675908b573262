"""How an alert climbs: waits, policies, the next rung, codes, what a silence may hold back."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import SHANGHAI, WorkCalendar
from handlers.rules.escalation import (
    FollowUp,
    Policy,
    Reach,
    Skip,
    Step,
    Why,
    chosen,
    is_wait,
    later,
    may_silence,
    next_code,
    next_rung,
    rank,
)
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.vocabulary import Grade, UserId

BOB, CAROL, DAN, EVE = map(UserId, ("bob", "carol", "dan", "eve"))
NOBODY_THERE = Reach(())
CALENDAR = WorkCalendar(exceptions=OFFICIAL_DAYS)

reaches = st.builds(
    Reach,
    st.lists(st.sampled_from((BOB, CAROL, DAN, EVE)), max_size=3, unique=True).map(tuple),
    st.lists(st.just(UserId("gone")), max_size=1).map(tuple),
)


@pytest.mark.parametrize(
    ("wait", "moment"),
    [
        ("15m", "2026-09-11 17:15"),
        ("2h", "2026-09-11 19:00"),
        ("1d", "2026-09-12 17:00"),
        ("4wh", "2026-09-14 12:00"),  # Friday at five: half an hour is left, Monday has the rest
    ],
)
def test_a_wait_runs_by_the_clock_or_by_working_hours(wait: str, moment: str) -> None:
    friday = datetime(2026, 9, 11, 17, 0, tzinfo=SHANGHAI)
    assert f"{later(friday, wait, CALENDAR).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    "written", ["", "0m", "15", "15s", "1.5h", "-2h", "12345m", "2h ", "半小时"]
)
def test_what_is_no_wait_is_refused(written: str) -> None:
    assert not is_wait(written)
    with pytest.raises(ValueError, match="not a wait"):
        later(datetime(2026, 9, 21, tzinfo=SHANGHAI), written, CALENDAR)


def test_grades_are_in_the_order_of_their_weight() -> None:
    assert sorted(Grade, key=rank) == [Grade.BLUE, Grade.YELLOW, Grade.ORANGE, Grade.RED]


STEPS = (Step(tell=("duty", "office"), wait="10m"),)


def test_a_policy_comes_back_from_its_json() -> None:
    whole = Policy(
        steps=(*STEPS, Step(tell=("principal",), wait="1wh")),
        kind="case",
        grades=(Grade.ORANGE, Grade.RED),
        each=True,
        repeats=3,
        follow_ups=(FollowUp(name="facts", words="请报初步情况", after="30m", every="2h"),),
    )
    for policy in (whole, Policy(steps=STEPS)):
        assert Policy.read(json.loads(json.dumps(policy.write()))) == policy


def test_the_first_policy_that_fits_is_taken() -> None:
    graver = Policy(steps=STEPS, kind="case", grades=(Grade.RED,))
    cases = Policy(steps=STEPS, kind="case")
    rest = Policy(steps=STEPS, grades=(Grade.BLUE,))
    every = (graver, cases, rest)
    assert chosen(every, "case", Grade.RED) is graver
    assert chosen(every, "case", Grade.BLUE) is cases
    assert chosen(every, "duty", Grade.BLUE) is rest
    with pytest.raises(LookupError, match="no policy for duty red"):
        chosen(every, "duty", Grade.RED)


def test_rungs_without_anybody_new_are_passed_at_once_and_say_why() -> None:
    gone = UserId("gone")
    steps = [Reach((BOB,)), NOBODY_THERE, Reach((), (gone,)), Reach((BOB,)), Reach((BOB, EVE))]
    rung = next_rung(1, steps, told=[BOB])
    assert (rung.step, rung.members, rung.again) == (4, (EVE,), False)
    assert rung.skipped == (
        Skip(1, Why.NOBODY),
        Skip(2, Why.UNREACHABLE, (gone,)),
        Skip(3, Why.TOLD_BEFORE),
    )


def test_the_highest_that_finds_anybody_is_told_again_where_it_can_climb_no_further() -> None:
    steps = [Reach((BOB,)), Reach((CAROL,)), NOBODY_THERE]
    rung = next_rung(2, steps, told=[BOB, CAROL])
    assert (rung.step, rung.members, rung.again) == (1, (CAROL,), True)


def test_an_alert_that_nobody_can_be_told_of_stays_where_it_is() -> None:
    rung = next_rung(0, [NOBODY_THERE, NOBODY_THERE], told=[])
    assert (rung.step, rung.members, rung.again) == (0, (), True)
    assert [skip.why for skip in rung.skipped] == [Why.NOBODY, Why.NOBODY]


@given(st.lists(reaches, min_size=1, max_size=5), st.data())
def test_an_alert_climbs_until_everybody_was_told_and_never_down(
    steps: list[Reach], data: st.DataObject
) -> None:
    """However the rungs are filled: each person once, then the last ones again and again."""
    everybody = {member for reach in steps for member in reach.members}
    told: list[UserId] = data.draw(st.lists(st.sampled_from((BOB, EVE)), max_size=2, unique=True))
    place, lowest = 0, 0
    for _ in steps:
        rung = next_rung(place, steps, told)
        assert rung.step >= lowest
        assert rung.members or not everybody
        if rung.again:
            break
        assert not set(rung.members) & set(told)
        told += rung.members
        place, lowest = rung.step + 1, rung.step
    last = next_rung(len(steps), steps, told)
    assert last.again
    assert bool(last.members) == bool(everybody)
    assert everybody <= set(told)


def test_codes_have_two_digits_as_long_as_they_last_and_come_back_late() -> None:
    assert [next_code(number, ()) for number in (1, 2, 99, 100, 101)] == [1, 2, 99, 1, 2]
    assert next_code(1, {1, 2, 3}) == 4
    assert next_code(99, {99}) == 1
    assert next_code(1, range(1, 100)) == 100
    assert next_code(950, range(1, 1000)) in range(1000, 10_000)
    with pytest.raises(LookupError, match="no code"):
        next_code(1, range(1, 10_000))


@given(st.integers(1, 5000), st.sets(st.integers(1, 130)))
def test_a_code_is_never_one_that_stands(number: int, taken: set[int]) -> None:
    code = next_code(number, taken)
    assert code not in taken
    assert code <= 99 or set(range(1, 100)) <= taken


@pytest.mark.parametrize(
    ("kind", "grade", "may"),
    [
        ("case", Grade.BLUE, True),
        ("case", Grade.YELLOW, True),
        ("case", Grade.ORANGE, False),
        ("case", Grade.RED, False),
        ("notice", Grade.BLUE, False),
        ("incident", Grade.BLUE, False),
        ("duty", Grade.YELLOW, False),
        ("canary", Grade.BLUE, False),
    ],
)
def test_a_silence_holds_back_what_is_light_and_no_emergency(
    kind: str, grade: Grade, *, may: bool
) -> None:
    assert may_silence(kind, grade) is may
