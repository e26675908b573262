"""What an entry of the register was worth, in the words its authors hear with the entry."""

from collections.abc import Mapping, Sequence

from handlers.kit.context import Context
from handlers.kit.scoring import period_name
from handlers.rules.calendar import local
from handlers.rules.scoring.lines import ScoreLine, plain, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.naming import row_name
from handlers.rules.scoring.periods import first_day, last_day
from handlers.rules.scoring.texts import signed
from handlers.scores import texts
from handlers.scores.ledger import counted, use
from storage.models import Adoption, Instruction
from storage.vocabulary import AdoptionId, UnitId


def points_of(ctx: Context, entry: Adoption | Instruction) -> str:
    """Say what *entry* gives to whom and by which rule; empty where no rules are in force.

    What a unit has altogether is said where it is the only one, since all who have part read it.
    """
    units = [ctx.uow.members.unit(unit) for unit in sorted(units_of(ctx, entry))]
    made = counted(ctx.uow, entry.bureau, units, last_day(first_day(entry.counts_in), "month"))
    if made is None:
        return ""
    use(ctx, made.stored)
    found = {
        made.scores[unit.id].subject: [
            line for line in made.scores[unit.id].lines if line.cause == entry.id
        ]
        for unit in units
    }
    why = "；".join(dict.fromkeys(_why(made.rules, line) for of in found.values() for line in of))
    if len(units) > 1:
        return texts.POINTS_SHARED.format(points=_each(found), why=why) if why else ""
    (score,) = made.scores.values()
    return texts.POINTS.format(
        points=_signed(found[score.subject]),
        why=why or texts.NOT_COUNTED,
        unit=score.subject,
        period=period_name(made.period, local(ctx.now).date()),
        total=plain(score.points),
    )


def units_of(ctx: Context, entry: Adoption | Instruction) -> set[UnitId]:
    """Return every unit that has part in *entry*."""
    if isinstance(entry, Instruction):
        return {entry.unit}
    return {entry.unit, *ctx.uow.scores.adoption_units(AdoptionId(entry.id))}


def _each(found: Mapping[str, Sequence[ScoreLine]]) -> str:
    return "、".join(f"{name}{_signed(lines)}分" for name, lines in found.items() if lines)


def _signed(lines: Sequence[ScoreLine]) -> str:
    points = total(lines)
    return signed(points) if points else "0"


def _why(rules: RuleSet, line: ScoreLine) -> str:
    """Say by which row of the rules a line is there, without what is being talked about anyway."""
    what = line.note.partition("，")[2]
    return f"{row_name(rules, line.rule)}：{what}"
