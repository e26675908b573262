"""The ledger: which rules are in force, and the lines that they make of the facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from handlers.kit.context import Context
from handlers.rules.scoring.engine import Scorer
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import months_of, period_of
from handlers.scores.facts import facts_of
from storage.models import StoredRuleSet, Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UnitId


def in_force(uow: UnitOfWork, bureau: UnitId, day: date) -> tuple[StoredRuleSet, RuleSet] | None:
    """Return the rule set of a bureau on *day*: of those that have begun, the latest."""
    found = None
    for stored in uow.scores.rule_sets(bureau):
        rules = RuleSet.model_validate(stored.table)
        ended = rules.valid_until is not None and rules.valid_until < day
        if stored.valid_from <= day and not ended:
            found = stored, rules
    return found


def _of_period(
    uow: UnitOfWork, bureau: UnitId, day: date
) -> tuple[StoredRuleSet, RuleSet, str] | None:
    """Return the rules of the period that *day* is in: those in force when it began.

    Where none were then, those that began within it.
    """
    if (found := in_force(uow, bureau, day)) is None:
        return None
    period = period_of(day, found[1].period)
    began = date.fromisoformat(f"{months_of(period)[0]}-01")
    stored, rules = in_force(uow, bureau, began) or found
    return stored, rules, period_of(day, rules.period)


def recompute(
    ctx: Context, bureau: UnitId, units: Sequence[Unit], day: date
) -> tuple[RuleSet, Sequence[Score]] | None:
    """Make the ledger of the period of *day* anew for *units*; None: no rules are in force.

    A score that changes is audited with what it was; a rule set that was used is used for ever.
    """
    if (found := _of_period(ctx.uow, bureau, day)) is None:
        return None
    stored, rules, period = found
    ids = [unit.id for unit in units]
    before = ctx.uow.scores.totals(ids, period)
    scorer = Scorer(stored.name, rules)
    scores = {
        unit.id: scorer.score(facts) for unit, facts in facts_of(ctx.uow, rules, units, period)
    }
    ctx.uow.scores.replace(
        ids,
        period,
        [
            {
                "unit": unit,
                "period": period,
                "position": position,
                "bureau": bureau,
                "rule_set": stored.id,
                "rule": line.rule,
                "cause": line.cause,
                "points": line.points,
                "note": line.note,
            }
            for unit, score in scores.items()
            for position, line in enumerate(score.lines)
        ],
    )
    if stored.used_at is None:
        stored.used_at = ctx.now
    _audit(ctx, period, before, scores)
    return rules, list(scores.values())


def _audit(
    ctx: Context,
    period: str,
    before: Mapping[UnitId, Decimal],
    scores: Mapping[UnitId, Score],
) -> None:
    for unit, score in scores.items():
        if (was := before.get(unit)) is not None and was != score.points:
            ctx.audit(
                "score:change",
                unit,
                before={"period": period, "points": str(was)},
                after={"period": period, "points": str(score.points), "rules": score.rules},
            )
