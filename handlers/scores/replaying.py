"""A year's facts under another rule set: what each section would have had, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.scoring import of_period
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import first_day, months_of, parts_of, period_of, rolled_up
from handlers.rules.scoring.replay import Change, changes
from handlers.scores.ledger import scored
from storage.models import Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UnitId, UnitKind

Found = tuple[str, RuleSet, str]
"""A rule set's name, the rule set, and the period of it that a month is in."""


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
    units = [unit for unit in uow.members.units_of(bureau) if unit.kind is UnitKind.SECTION]
    months = [month for month in months_of(year) if first_day(month) <= today]

    def in_force(month: str) -> Found | None:
        found = of_period(uow, bureau, first_day(month))
        return None if found is None else (found[0].name, found[1], found[2])

    def other(month: str) -> Found:
        return name, rules, period_of(first_day(month), rules.period)

    before = _counted(uow, units, months, in_force)
    after = _counted(uow, units, months, other)
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
    uow: UnitOfWork,
    units: Sequence[Unit],
    months: Sequence[str],
    by: Callable[[str], Found | None],
) -> dict[UnitId, list[tuple[RuleSet, Score]]]:
    """Return the scores of each unit in the periods that *months* are in, with their rules."""
    scores: dict[UnitId, list[tuple[RuleSet, Score]]] = {unit.id: [] for unit in units}
    for name, rules, period in _each_once(months, by):
        found, _ = scored(uow, name, rules, units, period)
        for unit, score in found.items():
            scores[unit].append((rules, score))
    return scores


def _each_once(months: Sequence[str], by: Callable[[str], Found | None]) -> Iterator[Found]:
    done = set()
    for month in months:
        found = by(month)
        if found is None:
            continue
        for period in parts_of(month, found[1].period):
            if (found[0], period) not in done:
                done.add((found[0], period))
                yield found[0], found[1], period


def _year(year: str, counted: Sequence[tuple[RuleSet, Score]], other: RuleSet) -> Score:
    rules = counted[-1][0] if counted else other
    return rolled_up(rules, year, [score for _, score in counted])
