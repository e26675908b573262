"""The same facts under another rule set: what becomes more, what less, and by which lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handlers.rules.scoring.lines import Score, ScoreLine, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one cause gave before and gives after, in one sort of lines (`adoption`, `quota`)."""

    period: str
    sort: str
    cause: str
    before: tuple[ScoreLine, ...]
    after: tuple[ScoreLine, ...]

    @property
    def points(self) -> Decimal:
        return total(self.after) - total(self.before)


def changes(before: Iterable[Score], after: Iterable[Score]) -> tuple[Change, ...]:
    """Return what differs between the scores of one subject, period by period, in their order.

    The points of the changes are together what the subject has more, or less.
    """
    old, new = _by_cause(before), _by_cause(after)
    found = (
        Change(
            period=key[0],
            sort=key[1],
            cause=key[2],
            before=tuple(old.get(key, ())),
            after=tuple(new.get(key, ())),
        )
        for key in dict.fromkeys((*old, *new))
    )
    return tuple(change for change in found if change.points)


def _by_cause(scores: Iterable[Score]) -> dict[tuple[str, str, str], list[ScoreLine]]:
    found: dict[tuple[str, str, str], list[ScoreLine]] = defaultdict(list)
    for score in scores:
        for line in score.lines:
            sort = line.rule.partition(".")[0].partition("[")[0]
            found[score.period, sort, line.cause].append(line)
    return found
