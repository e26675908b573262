"""What an entry of the register was worth, in the words its authors hear with the entry."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.kit.context import Context
from handlers.kit.scoring import period_name, rules_by
from handlers.rules.attribution import counted_on
from handlers.rules.calendar import local
from handlers.rules.scoring.lines import Score, ScoreLine, plain, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.naming import row_name
from handlers.rules.scoring.periods import first_day, last_day
from handlers.rules.scoring.texts import signed
from handlers.scores import texts
from handlers.scores.ledger import counted, use
from storage.models import Adoption, Deduction, Instruction
from storage.vocabulary import AdoptionId, UnitId

Entry = Adoption | Instruction | Deduction


def points_of(ctx: Context, entry: Entry) -> str:
    """Say what *entry* gives to whom and by which rule; empty where no rules are in force.

    What somebody has altogether is said where he is the only one: all who have part read it.
    """
    units = [ctx.uow.members.unit(unit) for unit in sorted(units_of(ctx, entry))]
    made = counted(ctx.uow, entry.bureau, units, _day(ctx, entry))
    if made is None:
        return ""
    use(ctx, made.stored)
    scores = [made.scores[unit.id] for unit in units]
    if made.rules.subject == "person":
        scores = [score for of_unit in made.people.values() for score in of_unit.values()]
    found = {
        score: lines
        for score in scores
        if (lines := [line for line in score.lines if line.cause == entry.id])
    }
    why = "；".join(dict.fromkeys(_why(made.rules, line) for of in found.values() for line in of))
    if len(found) > 1 or (found and len(units) > 1):
        return texts.POINTS_SHARED.format(points=_each(found), why=why)
    if not found:
        return texts.NO_POINTS
    ((score, lines),) = found.items()
    return texts.POINTS.format(
        points=_signed(lines),
        why=why,
        unit=score.subject,
        period=period_name(made.period, local(ctx.now).date()),
        total=plain(score.points),
    )


def _day(ctx: Context, entry: Entry) -> date:
    """Return a day of the period that *entry* counts in: its month's last, or by weeks its own."""
    last = last_day(first_day(entry.counts_in), "month")
    rules = rules_by(ctx.uow, entry.bureau, last)
    if rules.period != "week":
        return last
    handed_in = None
    if not isinstance(entry, Deduction):
        handed_in = ctx.uow.drafts.get(entry.draft).submitted_at
    return counted_on(
        rules,
        _happened(entry),
        local(entry.entered_at).date(),
        late=entry.late,
        submitted=local(handed_in).date() if handed_in else None,
    )


def _happened(entry: Entry) -> date:
    if isinstance(entry, Adoption):
        return entry.adopted_on
    return entry.given_on if isinstance(entry, Instruction) else entry.happened_on


def units_of(ctx: Context, entry: Entry) -> set[UnitId]:
    """Return every unit that has part in *entry*."""
    if not isinstance(entry, Adoption):
        return {entry.unit}
    return {entry.unit, *ctx.uow.scores.adoption_units(AdoptionId(entry.id))}


def _each(found: Mapping[Score, Sequence[ScoreLine]]) -> str:
    return "、".join(f"{score.subject}{_signed(lines)}分" for score, lines in found.items())


def _signed(lines: Sequence[ScoreLine]) -> str:
    points = total(lines)
    return signed(points) if points else "0"


def _why(rules: RuleSet, line: ScoreLine) -> str:
    """Say by which row of the rules a line is there, without what is being talked about anyway."""
    breach = line.rule.startswith("penalty.")
    what = line.note.rpartition("，")[2] if breach else line.note.partition("，")[2]
    return f"{row_name(rules, line.rule)}：{what}"
