"""A year's facts under another rule set: what each section would have had, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from handlers.kit.scoring import parts_within
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import begins, ends, parts_of, rolled_up
from handlers.rules.scoring.replay import Change, changes
from handlers.scores.ledger import scored
from storage.models import Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UnitId


class Counting(NamedTuple):
    """A rule set with its name, a period, and the first and last day of that which count."""

    name: str
    rules: RuleSet
    period: str
    span: tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A section's year as it was counted and as it would be; *changes* add up to the difference.

    They do so where neither year is rounded, bounded or wiped out as a whole.
    """

    unit: str
    before: Score
    after: Score
    changes: Sequence[Change]


def replay(
    uow: UnitOfWork, bureau: UnitId, name: str, rules: RuleSet, year: str, today: date
) -> Sequence[Replayed]:
    """Count the year of a bureau up to *today* by the rules that were in force and by *rules*.

    Nothing is written. A month without rules in force counts nothing before.
    """
    units = uow.members.sections_of(bureau)
    in_force = [
        Counting(each.stored.name, each.rules, each.period, each.span)
        for each in parts_within(uow, bureau, year, today)
    ]
    other = [
        Counting(name, rules, period, (begins(period), ends(period)))
        for period in parts_of(year, rules.period)
        if begins(period) <= today
    ]
    before = _counted(uow, units, in_force)
    after = _counted(uow, units, other)
    return [
        Replayed(
            unit=unit.name,
            before=_year(year, before[unit.id], rules),
            after=_year(year, after[unit.id], rules),
            changes=changes(
                [score for _, score in before[unit.id]], [score for _, score in after[unit.id]]
            ),
        )
        for unit in units
    ]


def _counted(
    uow: UnitOfWork, units: Sequence[Unit], by: Sequence[Counting]
) -> dict[UnitId, list[tuple[RuleSet, Score]]]:
    """Return the scores of each unit in each period, with their rules."""
    scores: dict[UnitId, list[tuple[RuleSet, Score]]] = {unit.id: [] for unit in units}
    for each in by:
        found, _ = scored(uow, each.name, each.rules, units, each.period, each.span)
        for unit, score in found.items():
            scores[unit].append((each.rules, score))
    return scores


def _year(year: str, counted: Sequence[tuple[RuleSet, Score]], other: RuleSet) -> Score:
    rules = counted[-1][0] if counted else other
    return rolled_up(rules, year, [score for _, score in counted])
