"""Which rule set a bureau counts by: the one answer for everybody who asks."""

from datetime import date

from handlers.rules.attribution import SILENT
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import first_day, months_of, period_of
from storage.models import StoredRuleSet
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UnitId


def in_force(uow: UnitOfWork, bureau: UnitId, day: date) -> tuple[StoredRuleSet, RuleSet] | None:
    """Return the rule set of a bureau on *day*: of those that have begun, the latest."""
    for stored in reversed(uow.scores.rule_sets(bureau)):
        if stored.valid_from <= day:
            rules = RuleSet.model_validate(stored.table)
            if rules.valid_until is None or day <= rules.valid_until:
                return stored, rules
    return None


def of_period(
    uow: UnitOfWork, bureau: UnitId, day: date
) -> tuple[StoredRuleSet, RuleSet, str] | None:
    """Return the rules of the period that *day* is in, and its name.

    They are those in force when it began; where none were then, those that began within it.
    """
    if (found := in_force(uow, bureau, day)) is None:
        return None
    began = first_day(months_of(period_of(day, found[1].period))[0])
    stored, rules = in_force(uow, bureau, began) or found
    return stored, rules, period_of(day, rules.period)


def rules_by(uow: UnitOfWork, bureau: UnitId, day: date) -> RuleSet:
    """Return what the period of *day* is counted by; a bureau without rules goes by the usual."""
    found = of_period(uow, bureau, day)
    return SILENT if found is None else found[1]
