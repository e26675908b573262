"""The ledger: the lines that a bureau's rules make of the facts, and what changes in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.kit.context import Context
from handlers.kit.scoring import Part, part_on, score_of
from handlers.rules.scoring.engine import Scorer
from handlers.rules.scoring.lines import Score, ScoreLine, total
from handlers.rules.scoring.model import RuleSet
from handlers.scores import texts
from handlers.scores.facts import facts_of
from storage.models import StoredRuleSet, Unit
from storage.queries.scores import Line
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import NOBODY, UnitId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the facts are worth now: a score for each unit, by the rules of one period.

    By rules about people *people* has each one's, and his unit's lines have him as their subject.
    """

    stored: StoredRuleSet
    rules: RuleSet
    period: str
    scores: Mapping[UnitId, Score]
    people: Mapping[UnitId, Mapping[UserId, Score]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A unit whose lines became others; *before* has none where it was never counted."""

    unit: Unit
    before: Score
    after: Score


def counted(uow: UnitOfWork, bureau: UnitId, units: Sequence[Unit], day: date) -> Counted | None:
    """Return what *units* have in the period of *day*, without touching the ledger.

    None: no rules are in force.
    """
    if (part := part_on(uow, bureau, day)) is None:
        return None
    stored, rules, period = part.stored, part.rules, part.period
    scores, people = scored(uow, stored.name, rules, units, period, part.span)
    return Counted(stored=stored, rules=rules, period=period, scores=scores, people=people)


def scored(
    uow: UnitOfWork,
    name: str,
    rules: RuleSet,
    units: Sequence[Unit],
    period: str,
    span: tuple[date, date],
) -> tuple[Mapping[UnitId, Score], Mapping[UnitId, Mapping[UserId, Score]]]:
    """Return the score of each unit, and of each person where the rules are about people.

    Of a week that other periods cut *span* are the first and the last day that count.
    """
    scorer = Scorer(name, rules)
    scores: dict[UnitId, Score] = {}
    people: dict[UnitId, dict[UserId, Score]] = {unit.id: {} for unit in units}
    for unit, member, facts in facts_of(uow, rules, units, period, span):
        if member:
            people[unit.id][member] = scorer.score(facts)
        else:
            scores[unit.id] = scorer.score(facts)
    if rules.subject == "person":
        scores = {unit.id: _together(name, unit, period, people[unit.id]) for unit in units}
    return scores, people


def _together(name: str, unit: Unit, period: str, people: Mapping[UserId, Score]) -> Score:
    """Return a unit's score by rules about people: the sum of theirs, each line with its name."""
    lines = tuple(
        replace(line, subject=member, note=texts.WHOSE.format(name=score.subject, note=line.note))
        for member, score in people.items()
        for line in score.lines
    )
    return Score(rules=name, subject=unit.name, period=period, points=total(lines), lines=lines)


def recount(
    ctx: Context, bureau: UnitId, units: Sequence[Unit], part: Part
) -> tuple[Counted, Sequence[Changed]] | None:
    """Make the ledger of a period anew for *units*; None: no rules are in force any more.

    1. Nobody else counts by this rule set meanwhile, so that rules and facts are read after his.
    2. The lines of the units that have others now are replaced; those of the others stay.
    3. A score that changes is audited with what it was; rules that were used are used for ever.
    """
    ctx.uow.scores.lock(part.stored)
    made = counted(ctx.uow, bureau, units, part.span[1])
    if made is None:
        return None
    use(ctx, made.stored)
    ids = [unit.id for unit in units]
    known = ctx.uow.scores.lines_of(ids, made.period)
    changed = [
        Changed(
            unit=unit,
            before=score_of(made.stored.name, made.rules, unit.name, made.period, had),
            after=after,
        )
        for unit in units
        if _differ(had := known.get(unit.id, ()), made.stored, after := made.scores[unit.id])
    ]
    _replace(ctx.uow, made, changed)
    for each in changed:
        if each.before.lines and each.before.points != each.after.points:
            ctx.audit(
                "score:change",
                each.unit.id,
                before={"period": made.period, "points": str(each.before.points)},
                after={
                    "period": made.period,
                    "points": str(each.after.points),
                    "rules": made.stored.name,
                },
            )
    return made, changed


def use(ctx: Context, stored: StoredRuleSet) -> None:
    """Let a rule set be unchangeable from now on: somebody was told what it makes of his work."""
    if stored.used_at is None:
        stored.used_at = ctx.now


def _differ(lines: Sequence[Line], stored: StoredRuleSet, score: Score) -> bool:
    had = [(line.rule_set, *_content(line), line.member) for line in lines]
    has = [(stored.id, *_content(line), _member(line, score)) for line in score.lines]
    return had != has


def _content(line: Line | ScoreLine) -> tuple[object, ...]:
    return line.rule, line.cause, line.points, line.note


def _member(line: ScoreLine, score: Score) -> UserId:
    return NOBODY if line.subject == score.subject else UserId(line.subject)


def _replace(uow: UnitOfWork, made: Counted, changed: Sequence[Changed]) -> None:
    uow.scores.replace(
        [each.unit.id for each in changed],
        made.period,
        [
            {
                "unit": each.unit.id,
                "period": made.period,
                "position": position,
                "bureau": made.stored.bureau,
                "rule_set": made.stored.id,
                "rule": line.rule,
                "cause": line.cause,
                "points": line.points,
                "note": line.note,
                "member": _member(line, each.after),
            }
            for each in changed
            for position, line in enumerate(each.after.lines)
        ],
    )
