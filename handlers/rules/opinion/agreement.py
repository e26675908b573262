"""How often people decided what the machine had suggested."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from storage.vocabulary import Grade

LEVELS: tuple[Grade | None, ...] = (None, *Grade)
"""All that can be suggested and decided, the lightest first; None: nothing of ours."""


class Decision(NamedTuple):
    """What the machine had suggested about one matter, and what a person decided."""

    suggested: Grade | None
    decided: Grade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How many decisions there were: *table* by what was suggested and what was decided.

    *within_one* are those that are at most one level apart, equal ones among them; *too_high* and
    *too_low* say how the machine was wrong. A level is one of `LEVELS`.
    """

    table: Mapping[Decision, int]
    count: int
    exact: int
    within_one: int
    too_high: int
    too_low: int

    def row(self, suggested: Grade | None) -> tuple[int, ...]:
        """Return how what was *suggested* was decided, by `LEVELS`."""
        return tuple(self.table.get(Decision(suggested, decided), 0) for decided in LEVELS)


def level(grade: Grade | None) -> int:
    """Return where a grade stands in `LEVELS`."""
    return LEVELS.index(grade)


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Count decisions beside suggestions."""
    table = Counter(decisions)
    gaps: Counter[int] = Counter()
    for decision, times in table.items():
        gaps[level(decision.suggested) - level(decision.decided)] += times
    return Agreement(
        table=dict(table),
        count=gaps.total(),
        exact=gaps[0],
        within_one=sum(gaps[gap] for gap in (-1, 0, 1)),
        too_high=sum(times for gap, times in gaps.items() if gap > 0),
        too_low=sum(times for gap, times in gaps.items() if gap < 0),
    )
