"""A bureau's own weights: held by what agrees, moved by what does not, never by one alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.opinion.refit import (
    LEAST_DECISIONS,
    Lesson,
    Outcome,
    average_precision,
    fit,
    is_held_back,
    measure,
    refit,
    weigh,
)
from handlers.rules.opinion.risk import WEIGHTS
from handlers.rules.opinion.top import SHIPPED, Top
from storage.vocabulary import Grade, ItemVerdict, UserId

PARTS = tuple(WEIGHTS)
shares = st.fixed_dictionaries({name: st.floats(0, 1) for name in PARTS})


def lesson(number: int, person: str = "carol", **more: object) -> Lesson:
    """Return a machine's find with a decided grade; the numbers make each another one."""
    facts = {
        "group": f"case {number}",
        "person": UserId(person),
        "verdict": ItemVerdict.RIGHT,
        "grade": Grade.BLUE,
        "relevance": 1.0,
        "parts": {name: (number * step % 10) / 10 for step, name in enumerate(PARTS, 3)},
        "points": number % 10,
        "floor": Grade.BLUE,
        "reported": False,
        "eligible": True,
        **more,
    }
    return Lesson(**facts)  # type: ignore[arg-type]


def agreeing(count: int) -> list[Lesson]:
    """Return finds of which people decided what the machine suggests."""
    plain = [lesson(number, f"person {number % 4}") for number in range(count)]
    return [replace(one, grade=one.judged(SHIPPED)) for one in plain]


def taught(lessons: Sequence[Lesson]) -> Top:
    return fit(list(zip(lessons, weigh(lessons), strict=True)))


def spread_counts(one: Lesson) -> Lesson:
    """Return that people give two points more to what is everywhere."""
    felt = replace(SHIPPED, lifts={**SHIPPED.lifts, "扩散": 2.0})
    return replace(one, grade=one.judged(felt), verdict=ItemVerdict.REGRADED)


@cache
def spread_matters() -> tuple[Lesson, ...]:
    return tuple(spread_counts(one) for one in agreeing(120))


def test_decisions_that_agree_change_nothing() -> None:
    assert taught(agreeing(80)).write() == SHIPPED.write()
    assert refit(agreeing(80), SHIPPED).outcome is Outcome.SAME


def test_what_people_think_graver_is_learned_and_kept() -> None:
    """And once more from the same decisions, nothing changes."""
    found = refit(spread_matters(), SHIPPED)
    assert found.outcome is Outcome.KEPT
    assert found.after.exact > found.before.exact
    assert found.top.lifts["扩散"] > 0.3
    assert refit(spread_matters(), replace(found.top, version=1)).outcome is Outcome.SAME


def test_false_alarms_raise_the_line_and_what_was_missed_lowers_it() -> None:
    mild = dict.fromkeys(PARTS, 0.3)
    alarms = [lesson(one, points=1, parts=mild, grade=None) for one in range(40)]
    false = [replace(one, verdict=ItemVerdict.FALSE_ALARM) for one in alarms]
    top = taught(false)
    assert false[0].judged(SHIPPED) is Grade.BLUE
    assert false[0].judged(top) is None
    quiet = dict.fromkeys(PARTS, 0.18)
    missed = [lesson(one, points=1, parts=quiet, verdict=ItemVerdict.MISSED) for one in range(40)]
    assert missed[0].judged(SHIPPED) is None
    assert missed[0].judged(taught(missed)) is Grade.BLUE
    elsewhere = [
        replace(one, verdict=ItemVerdict.NOT_LOCAL, relevance=0.6, parts=dict.fromkeys(PARTS, 0.4))
        for one in alarms
    ]
    doubtful = taught(elsewhere)
    assert doubtful.doubt > 0
    assert doubtful.weights == taught([]).weights


@given(
    parts=shares, more=shares, points=st.integers(0, 12), relevance=st.sampled_from([0.3, 0.6, 1])
)
def test_more_risk_never_lowers_anything_by_learned_weights(
    parts: dict[str, float], more: dict[str, float], points: int, relevance: float
) -> None:
    top = taught_once()
    graver = {name: max(part, more[name]) for name, part in parts.items()}
    assert top.risk(relevance, graver) >= top.risk(relevance, parts) - 1e-9
    assert top.risk(1, parts) >= top.risk(relevance, parts)
    order = list(Grade)
    light = top.grade(points, parts, Grade.BLUE)
    assert order.index(top.grade(points, graver, Grade.BLUE)) >= order.index(light)
    assert order.index(top.grade(points + 1, parts, Grade.BLUE)) >= order.index(light)
    assert order.index(top.grade(points, parts, Grade.ORANGE)) >= order.index(Grade.ORANGE)


@cache
def taught_once() -> Top:
    mixed = [*spread_matters(), *(replace(one, grade=None) for one in agreeing(40))]
    return taught(mixed)


def test_worse_on_what_is_held_back_is_refused() -> None:
    """What is learned from says the opposite of what is held back."""
    lessons = [
        one if not is_held_back(one.group) else replace(one, grade=one.judged(SHIPPED))
        for one in spread_matters()
    ]
    found = refit(lessons, SHIPPED)
    assert found.outcome is Outcome.WORSE
    assert found.after.exact < found.before.exact


def test_what_is_held_back_teaches_nothing() -> None:
    """Nearly all decisions disagree, and all that do are held back: nothing is there to learn."""
    sound = agreeing(160)
    disagreeing = [spread_counts(one) for one in sound if is_held_back(one.group)]
    lessons = [*disagreeing, *[one for one in sound if not is_held_back(one.group)][:6]]
    assert taught(lessons).lifts["扩散"] > 0
    assert refit(lessons, SHIPPED).outcome is Outcome.SAME


def test_the_grade_is_learned_where_the_risk_is_not() -> None:
    """What is learned of alarms is wrong of those that are held back; of grades it is right."""
    mild = [
        lesson(number, f"p{number % 9}", points=1, parts=dict.fromkeys(PARTS, 0.3))
        for number in range(1000, 1060)
    ]
    alarms = [one if is_held_back(one.group) else replace(one, grade=None) for one in mild]
    found = refit([*spread_matters(), *alarms], SHIPPED)
    assert found.outcome is Outcome.KEPT
    assert (found.top.weights, found.top.line) == (SHIPPED.weights, SHIPPED.line)
    assert found.top.lifts["扩散"] > 0.3


def test_a_case_stays_on_its_side_in_every_process() -> None:
    held_back = [number for number in range(24) if is_held_back(f"case {number}")]
    assert held_back == [2, 16, 17, 22]


def test_few_decisions_are_too_few_however_many_items_they_are_about() -> None:
    few = [replace(one, group=f"case {place % 9}") for place, one in enumerate(spread_matters())]
    found = refit(few, SHIPPED)
    assert (found.outcome, found.decisions, found.top) == (Outcome.TOO_FEW, 9, SHIPPED)
    assert LEAST_DECISIONS > 9


def test_one_person_weighs_a_third_at_most_and_a_case_as_much_as_any_other() -> None:
    """A hundred items of one case count once; a hundred cases of one person a third."""
    crowd = [lesson(1, "alone") for _ in range(100)]
    others = [lesson(number, f"person {number}") for number in range(2, 12)]
    weights = weigh([*crowd, *others])
    assert sum(weights[:100]) <= 1 + 1e-9
    many = [lesson(number, "alone") for number in range(100, 200)]
    weights = weigh([*many, *others])
    assert sum(weights[:100]) <= 110 / 3 + 1e-9
    assert weights[100:] == [1.0] * 10


def test_one_person_alone_does_not_turn_what_others_hold() -> None:
    """He calls every alarm false; six others decided as suggested."""
    sound = [replace(one, person=UserId(f"p{place % 6}")) for place, one in enumerate(agreeing(60))]
    poison = [
        replace(one, group=f"more {one.group}", person=UserId("alone"), grade=None)
        for one in agreeing(60)
        if one.grade
    ]
    top = taught([*sound, *poison])
    weighed = [(one, 1.0) for one in sound]
    assert measure(top, weighed).exact >= 0.9


def test_average_precision_counts_equal_scores_together() -> None:
    assert average_precision([(3, True, 1), (2, False, 1), (1, True, 1)]) == (1 + 2 / 3) / 2
    assert average_precision([(1, True, 1), (1, False, 1)]) == 0.5
    assert average_precision([(1, False, 1)]) == 1
