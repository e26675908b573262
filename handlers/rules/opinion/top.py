"""What decides in the end: how the parts of a judgement are weighed, as a bureau's marks made it.

Two heads on the same parts, each with few weights that are never negative: more of a part never
lowers anything.

    risk  = 100 · relevance · Σ weight · part − doubt · (1 − relevance)      a case from `line` on
    grade : points + Σ lift · part, against three steps; never below the floors of `grading`
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Self

from handlers.rules.opinion.grading import STEPS, grade_by
from handlers.rules.opinion.risk import WEIGHTS, risk
from storage.vocabulary import Grade

WORTH: Final = 20.0
NO_LIFTS: Final[Mapping[str, float]] = MappingProxyType(dict.fromkeys(WEIGHTS, 0.0))
_ORDER: Final = tuple(Grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The weights of a version; 0 are those that ship.

    *weights* of the parts of the risk; *doubt* is what is taken off a risk that is not certainly
    ours; *line* the risk from which a machine's find is worth a case. *lifts* are the points that a
    whole part adds to a grade, *steps* the points above which it is yellow, orange, red.
    """

    version: int = 0
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    doubt: float = 0.0
    line: float = WORTH
    lifts: Mapping[str, float] = field(default_factory=lambda: NO_LIFTS)
    steps: tuple[float, float, float] = STEPS

    @classmethod
    def read(cls, version: int, written: Mapping[str, Any]) -> Self:
        """Return what `write` wrote; a database may have forgotten in which order."""
        one, two, three = written["steps"]
        return cls(
            version=version,
            weights={name: written["weights"][name] for name in WEIGHTS},
            doubt=written["doubt"],
            line=written["line"],
            lifts={name: written["lifts"][name] for name in WEIGHTS},
            steps=(one, two, three),
        )

    def write(self) -> dict[str, Any]:
        """Return it as it is stored; its version stands beside it."""
        return {
            "weights": dict(self.weights),
            "doubt": self.doubt,
            "line": self.line,
            "lifts": dict(self.lifts),
            "steps": list(self.steps),
        }

    def risk(self, relevance: float, parts: Mapping[str, float]) -> float:
        """Return how much is at stake, 0 to 100."""
        return max(0.0, risk(relevance, parts, self.weights) - self.doubt * (1 - relevance))

    def added(self, parts: Mapping[str, float]) -> float:
        """Return the points that the parts add to a grade, to two places."""
        return round(sum(lift * parts[name] for name, lift in self.lifts.items()), 2)

    def grade(self, points: int, parts: Mapping[str, float], floor: Grade) -> Grade:
        """Return the grade of so many points, never below *floor*."""
        return max(grade_by(points + self.added(parts), self.steps), floor, key=_ORDER.index)

    def alarms(self, stake: float, grade: Grade) -> bool:
        """Tell whether what a machine found, and may alarm, is grave enough."""
        return stake >= self.line or grade is not Grade.BLUE


SHIPPED: Final = Top()
