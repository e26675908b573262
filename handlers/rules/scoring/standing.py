"""Who stands where: places within groups, ties, awards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import groupby

from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet

_NOTHING = Decimal(0)

TIE_BREAKERS = ("adopted", "submitted")
"""What a bureau may look at where points are equal: items that were used, or handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a subject stands in its group; the first is 1. *tied*: others stand there too."""

    subject: str
    group: str
    points: Decimal
    place: int
    tied: bool
    awarded: bool

    @property
    def called(self) -> str:
        """Return the place as people say it: 第2名, 并列第2名."""
        return f"{'并列' if self.tied else ''}第{self.place}名"


def group_of(rules: RuleSet, subject: str) -> str:
    """Return the first group one of whose patterns fits; without one, the group without a name."""
    fitting = (
        name
        for name, patterns in rules.groups.items()
        if any(fnmatchcase(subject, pattern) for pattern in patterns)
    )
    return next(fitting, "")


def places(
    rules: RuleSet,
    scores: Sequence[Score],
    figures: Mapping[str, Mapping[str, Decimal]] | None = None,
    homes: Mapping[str, str] | None = None,
) -> tuple[Place, ...]:
    """Return the places of all subjects, group by group, the first first.

    Args:
        rules: says which groups there are, what breaks a tie and how many have an award.
        scores: one of each subject.
        homes: the unit of each subject that is a person: the groups are of units.
        figures: what breaks ties (`TIE_BREAKERS`), by subject; more is better.
    """
    known = figures or {}

    def home(score: Score) -> str:
        return group_of(rules, (homes or {}).get(score.subject, score.subject))

    def worth(score: Score) -> tuple[Decimal, ...]:
        of = known.get(score.subject, {})
        return (score.points, *(of.get(name, _NOTHING) for name in rules.tie_breakers))

    def order(score: Score) -> tuple[object, ...]:
        group = groups.index(home(score))
        return (group, *(-figure for figure in worth(score)), score.subject)

    groups = [*rules.groups, ""]
    ranked = sorted(scores, key=order)
    found: list[Place] = []
    for group, members in groupby(ranked, key=home):
        tied = [list(alike) for _, alike in groupby(members, key=worth)]
        found += _placed(rules, group, tied)
    return tuple(found)


def _placed(rules: RuleSet, group: str, tied: Sequence[Sequence[Score]]) -> Iterator[Place]:
    before = 0
    for number, alike in enumerate(tied):
        place = (number if rules.ties == "dense" else before) + 1
        for score in alike:
            eligible = score.passed is not False and not score.vetoes and not score.zero_year
            yield Place(
                subject=score.subject,
                group=group,
                points=score.points,
                place=place,
                tied=len(alike) > 1,
                awarded=eligible and place <= rules.awards,
            )
        before += len(alike)
