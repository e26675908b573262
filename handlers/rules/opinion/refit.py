"""A bureau's own weights, made from what its people decided; kept only if they judge no worse.

    marks ── lessons ──┬── three parts of four ── fitted ──┐
                       └── the fourth, by case ────────────┴── measured before and after ── kept?

What is asked of the weights is linear: a risk at or above a line, points at or above a step. A
lesson that the shipped weights already get right only holds them where they are; one that they get
wrong pulls. So lessons that all agree change nothing, and what is fitted is the same whatever was
in force before. The loss is the square of what is missing (a straight line where much is), plus how
far the weights are from those that ship; they stay within bounds, never below nought.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from itertools import product
from operator import mul
from typing import Any, Final, NamedTuple

from handlers.rules.opinion.agreement import level
from handlers.rules.opinion.grading import STEPS
from handlers.rules.opinion.risk import WEIGHTS
from handlers.rules.opinion.top import SHIPPED, WORTH, Top
from storage.vocabulary import Grade, ItemVerdict, UserId

LEAST_DECISIONS: Final = 30
LEAST_HELD_BACK: Final = 5
MOST_LESSONS: Final = 4000
ONE_PERSON: Final = 1 / 3
"""The most that the decisions of one person weigh, of all."""

_PARTS: Final = tuple(WEIGHTS)
_GRADED: Final = tuple(Grade)[1:]
_HELD_BACK_OF: Final = 4
_ROUNDS, _PULL = 200, 2.0
_WAYS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_MOST_MISSING = 2.0
"""From so much missing on a lesson pulls no harder: what cannot be mended turns nothing else."""
_ENOUGH_RISK, _ENOUGH_POINTS = 3.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one person decided about one item, with what the machine went by.

    *group* is the case or thread, which is never parted; *grade* is None where it was nothing of
    ours. *reported*: a member reported it, so that it is worth a case by itself. *eligible*: what a
    machine found may raise a case if it is grave.
    """

    group: str
    person: UserId
    verdict: ItemVerdict
    grade: Grade | None
    relevance: float
    parts: Mapping[str, float]
    points: int
    floor: Grade
    reported: bool
    eligible: bool

    @classmethod
    def read(
        cls,
        group: str,
        person: UserId,
        verdict: ItemVerdict,
        grade: Grade | None,
        seen: Mapping[str, Any],
    ) -> "Lesson | None":
        """Return the lesson of a mark with what was *seen*; None of an item from before weights."""
        if "points" not in seen:
            return None
        return cls(
            group=group,
            person=person,
            verdict=verdict,
            grade=grade,
            relevance=seen["relevance"],
            parts=seen["parts"],
            points=seen["points"],
            floor=Grade(seen["floor"]),
            reported=seen["reported"],
            eligible=seen["eligible"],
        )

    def judged(self, top: Top) -> Grade | None:
        """Return what *top* makes of it."""
        grade = top.grade(self.points, self.parts, self.floor)
        stake = top.risk(self.relevance, self.parts)
        raised = self.reported or (self.eligible and top.alarms(stake, grade))
        return grade if raised else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How well weights agree with lessons, 0 to 1 each: average precision of the risk, grades."""

    ap: float
    exact: float
    within_one: float

    @property
    def whole(self) -> float:
        return self.ap + self.exact + self.within_one

    def no_worse(self, other: "Measured") -> bool:
        return all(mine >= its - 1e-9 for mine, its in self._beside(other))

    def better(self, other: "Measured") -> bool:
        return any(mine > its + 1e-9 for mine, its in self._beside(other))

    def _beside(self, other: "Measured") -> Iterator[tuple[float, float]]:
        yield self.ap, other.ap
        yield self.exact, other.exact
        yield self.within_one, other.within_one


@unique
class Outcome(StrEnum):
    """What became of a refit."""

    KEPT = "kept"
    TOO_FEW = "too_few"
    SAME = "same"
    NO_BETTER = "no_better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """Weights that were tried, and how they did on what was held back, beside those in force.

    *decisions* is how many matters were decided, *held_back* how many of them were kept aside.
    """

    outcome: Outcome
    top: Top
    decisions: int
    held_back: int
    before: Measured
    after: Measured


def refit(lessons: Sequence[Lesson], in_force: Top) -> Refit:
    """Fit weights to *lessons*; they are kept only if they do no worse on what is held back.

    Each of the two heads may be kept without the other.
    """
    groups = {lesson.group for lesson in lessons}
    held = {group for group in groups if is_held_back(group)}
    weights = weigh(lessons)
    rows = list(zip(lessons, weights, strict=True))
    learned = [row for row in rows if row[0].group not in held]
    kept_back = [row for row in rows if row[0].group in held]
    top, outcome = in_force, Outcome.TOO_FEW
    if len(groups) >= LEAST_DECISIONS and len(held) >= LEAST_HELD_BACK:
        fitted = fit(learned)
        tried = [
            (one, _outcome(one, in_force, learned, kept_back)) for one in _heads(fitted, in_force)
        ]
        kept = (each for each in tried if each[1] is Outcome.KEPT)
        top, outcome = next(kept, tried[0])
    return Refit(
        outcome=outcome,
        top=top,
        decisions=len(groups),
        held_back=len(held),
        before=measure(in_force, kept_back),
        after=measure(top, kept_back),
    )


Weighted = tuple[Lesson, float]


def _heads(fitted: Top, in_force: Top) -> Iterator[Top]:
    """Yield what may be kept: both heads, else that of the grade alone, else that of the risk."""
    yield fitted
    yield replace(in_force, lifts=fitted.lifts, steps=fitted.steps)
    yield replace(in_force, weights=fitted.weights, doubt=fitted.doubt, line=fitted.line)


def _outcome(
    top: Top, in_force: Top, learned: Sequence[Weighted], held: Sequence[Weighted]
) -> Outcome:
    if top.write() == in_force.write():
        return Outcome.SAME
    before, after = measure(in_force, held), measure(top, held)
    if not after.no_worse(before):
        return Outcome.WORSE
    better = after.better(before) or measure(top, learned).better(measure(in_force, learned))
    return Outcome.KEPT if better else Outcome.NO_BETTER


def is_held_back(group: str) -> bool:
    """Tell whether a case is on the side that weights are measured on: always the same one."""
    return hashlib.sha256(group.encode()).digest()[0] % _HELD_BACK_OF == 0


def weigh(lessons: Sequence[Lesson]) -> list[float]:
    """Return what each lesson weighs: one for each matter that a person decided.

    Nobody's decisions weigh more than a third of all matters together, so that no single person
    turns the weights.
    """
    items = Counter((lesson.group, lesson.person) for lesson in lessons)
    matters: defaultdict[UserId, set[str]] = defaultdict(set)
    for lesson in lessons:
        matters[lesson.person].add(lesson.group)
    most = ONE_PERSON * len({lesson.group for lesson in lessons})
    share = {person: min(1.0, most / len(each)) for person, each in matters.items()}
    return [share[lesson.person] / items[lesson.group, lesson.person] for lesson in lessons]


def measure(top: Top, rows: Sequence[Weighted]) -> Measured:
    """Measure weights on lessons; nothing to measure counts as all right."""
    total = sum(weight for _, weight in rows)
    if not total:
        return Measured(ap=1.0, exact=1.0, within_one=1.0)
    gaps = [
        (abs(level(lesson.judged(top)) - level(lesson.grade)), weight) for lesson, weight in rows
    ]
    ranked = [
        (top.risk(one.relevance, one.parts), one.grade is not None, weight) for one, weight in rows
    ]
    return Measured(
        ap=average_precision(ranked),
        exact=sum(weight for gap, weight in gaps if not gap) / total,
        within_one=sum(weight for gap, weight in gaps if gap <= 1) / total,
    )


def average_precision(ranked: Iterable[tuple[float, bool, float]]) -> float:
    """Return the average precision of scores; each has whether it is right, and its weight.

    Equal scores count together; without any that is right it is 1.
    """
    steps: defaultdict[float, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for score, right, weight in ranked:
        steps[score][right] += weight
    seen = found = area = 0.0
    for _, (others, those) in sorted(steps.items(), reverse=True):
        found, seen = found + those, seen + those + others
        area += those * found / seen if seen else 0.0
    return area / found if found else 1.0


class _Row(NamedTuple):
    """`base + slope · change` is to be at least nought (*up*), or below it; *enough* is plenty."""

    base: float
    slope: tuple[float, ...]
    up: bool
    enough: float
    weight: float


class _Bound(NamedTuple):
    """A weight: what ships, how far it is easily moved, and between what it stays."""

    shipped: float
    easily: float
    least: float
    most: float


_RISK_BOUNDS = (
    *(_Bound(weight, 0.1, weight / 3, weight * 3) for weight in WEIGHTS.values()),
    _Bound(0.0, 10.0, 0.0, 40.0),
    _Bound(WORTH, 5.0, 10.0, 40.0),
)
_GRADE_BOUNDS = (
    *(_Bound(0.0, 1.0, 0.0, 3.0) for _ in _PARTS),
    *(_Bound(step, 0.7, step - 1.4, step + 1.4) for step in STEPS),
)


def fit(rows: Sequence[Weighted]) -> Top:
    """Return the weights that lessons, each with its own weight, lead to from those that ship.

    Each head goes as much of the way as serves these lessons best, and no further.
    """
    stakes = _solve([row for one, weight in rows for row in _of_risk(one, weight)], _RISK_BOUNDS)
    points = _solve([row for one, weight in rows for row in _of_grade(one, weight)], _GRADE_BOUNDS)
    best, most = SHIPPED, measure(SHIPPED, rows).whole
    for far, further in product(_WAYS, repeat=2):
        top = _top(_partly(stakes, _RISK_BOUNDS, far), _partly(points, _GRADE_BOUNDS, further))
        if (whole := measure(top, rows).whole) > most + 1e-9:
            best, most = top, whole
    return best


def _partly(found: Sequence[float], bounds: Sequence[_Bound], way: float) -> list[float]:
    """Return what lies so much of the way from what ships to what was found."""
    return [
        bound.shipped + way * (value - bound.shipped)
        for value, bound in zip(found, bounds, strict=True)
    ]


def _top(stakes: Sequence[float], points: Sequence[float]) -> Top:
    *weights, doubt, line = stakes
    *lifts, one, two, three = points
    whole = sum(weights)
    return Top(
        weights=_named(weight / whole for weight in weights),
        doubt=round(doubt / whole, 1),
        line=round(line / whole, 1),
        lifts=_named(lifts),
        steps=(round(one, 2), round(two, 2), round(three, 2)),
    )


def _named(values: Iterable[float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in zip(_PARTS, values, strict=True)}


def _of_risk(one: Lesson, weight: float) -> Iterator[_Row]:
    """Yield what is asked of the risk: where it alone decides whether a find is worth a case.

    What is somebody else's says nothing about how grave it is, so that it moves the doubt alone.
    """
    if one.reported or not one.eligible:
        return
    if SHIPPED.grade(one.points, one.parts, one.floor) is not Grade.BLUE:
        return
    stake = SHIPPED.risk(one.relevance, one.parts) - WORTH
    parts = [100 * one.relevance * one.parts[name] for name in _PARTS]
    if one.verdict is ItemVerdict.NOT_LOCAL:
        slope = (*(0.0 for _ in _PARTS), one.relevance - 1, 0.0)
    else:
        slope = (*parts, one.relevance - 1, -1.0)
    yield _Row(stake, slope, one.grade is not None, _ENOUGH_RISK, weight)


def _of_grade(one: Lesson, weight: float) -> Iterator[_Row]:
    """Yield what is asked of the points at each step that no floor has decided.

    A false alarm of what a machine found asks for no more than blue.
    """
    if one.verdict is ItemVerdict.NOT_LOCAL or (one.grade is None and one.reported):
        return
    parts = tuple(one.parts[name] for name in _PARTS)
    for place, (grade, step) in enumerate(zip(_GRADED, STEPS, strict=True)):
        if level(one.floor) >= level(grade):
            continue
        slope = (*parts, *(-1.0 if place == other else 0.0 for other in range(len(STEPS))))
        up = level(one.grade) >= level(grade)
        yield _Row(one.points - step, slope, up, _ENOUGH_POINTS, weight)


def _solve(rows: Collection[_Row], bounds: Sequence[_Bound]) -> list[float]:
    """Return the weights within *bounds* of the least loss: one answer, for it is convex.

    Steps of projected gradients with momentum (FISTA), of a length that never overshoots.
    """
    asked = [_scaled(row, bounds) for row in rows if _within_reach(row, bounds)]
    steepest = _PULL + sum(weight * _square(slope) for slope, _, weight in asked)
    here = before = [0.0] * len(bounds)
    ahead, momentum = here, 1.0
    for _ in range(_ROUNDS):
        slope = [_PULL * each for each in ahead]
        for direction, target, weight in asked:
            missing = target - sum(map(mul, direction, ahead))
            if missing > 0:
                pull = weight * min(missing, _MOST_MISSING)
                slope = [each - pull * along for each, along in zip(slope, direction, strict=True)]
        before, here = (
            here,
            [
                min(max(each - down / steepest, low), high)
                for each, down, (low, high) in zip(ahead, slope, _limits(bounds), strict=True)
            ],
        )
        after = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = [
            now + (momentum - 1) / after * (now - was)
            for now, was in zip(here, before, strict=True)
        ]
        momentum = after
    return [one.shipped + one.easily * moved for one, moved in zip(bounds, here, strict=True)]


def _within_reach(row: _Row, bounds: Sequence[_Bound]) -> bool:
    """Tell whether any weights can do what a row asks: what none can mend is not asked of them."""
    sign = 1.0 if row.up else -1.0
    reach = sum(
        max(sign * each * (one.least - one.shipped), sign * each * (one.most - one.shipped))
        for each, one in zip(row.slope, bounds, strict=True)
    )
    return sign * row.base + reach >= 0


def _scaled(row: _Row, bounds: Sequence[_Bound]) -> tuple[list[float], float, float]:
    """Return how a row moves with the weights, how much it wants, and what it weighs.

    In units of what is enough. What is wrong wants enough; what is right wants to keep what it has
    of that.
    """
    sign = 1.0 if row.up else -1.0
    has = sign * row.base / row.enough
    right = has >= 0 if row.up else has > 0
    wants = (min(1.0, has) if right else 1.0) - has
    slope = [
        sign * each * bound.easily / row.enough
        for each, bound in zip(row.slope, bounds, strict=True)
    ]
    return slope, wants, row.weight


def _limits(bounds: Sequence[_Bound]) -> list[tuple[float, float]]:
    return [
        ((one.least - one.shipped) / one.easily, (one.most - one.shipped) / one.easily)
        for one in bounds
    ]


def _square(values: Iterable[float]) -> float:
    return sum(value * value for value in values)
