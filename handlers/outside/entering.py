"""What is fresh in a checked sheet: staged piece by piece, then there at once and told once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.events import OutsideFiguresEntered
from handlers.kit.messages import Text
from handlers.kit.sheets import Judged, Seen
from handlers.outside import texts
from storage.models import OutsideStaged, Sheet, Unit
from storage.queries.outside import Change, Short
from storage.vocabulary import OutsideMeasure, Role, UnitId

Key = tuple[UnitId, str, str]
_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says of a unit's month in a source."""

    unit: Unit
    month: str
    source: str
    values: Mapping[OutsideMeasure, int]
    target: int

    @property
    def key(self) -> Key:
        return self.unit.id, self.month, self.source

    def target_of(self, measure: OutsideMeasure) -> int:
        return self.target if measure is OutsideMeasure.ADOPTED else 0


def stage(ctx: Context, sheet: Sheet, judged: Sequence[Judged], _seen: Seen) -> None:
    """Write down what the rows bring, where nobody looks yet."""
    rows: list[Row] = [one.what for one in judged]
    ctx.uow.outside.stage(
        [
            OutsideStaged(
                sheet=sheet.id,
                unit=row.unit.id,
                month=row.month,
                source=row.source,
                measure=measure,
                value=value,
                target=row.target_of(measure),
            )
            for row in rows
            for measure, value in row.values.items()
        ]
    )


def release(ctx: Context, sheet: Sheet, _seen: Seen) -> str:
    """Let all of it be there, have scores counted, remind who is short; say who they are.

    What it changes is audited with what it was.
    """
    months = ctx.uow.outside.staged_months(sheet.id)
    if not months:
        return texts.NOTHING_NEW.format(file=sheet.filename)
    count = ctx.uow.outside.staged_rows(sheet.id)
    for change in (changes := ctx.uow.outside.changes(sheet.id)):
        before, after = _audited(change)
        ctx.audit("outside:change", change.unit, before=before, after=after)
    last = max(months)
    short = ctx.uow.outside.staged_short(sheet.id, last)
    aimed = ctx.uow.outside.staged_aimed(sheet.id, last)
    ctx.uow.outside.release(sheet.id, changes, ctx.sender.userid, ctx.now)
    ctx.emit(OutsideFiguresEntered(bureau=sheet.bureau, months=months))
    _remind(ctx, sheet, short)
    said = texts.ALL_REACHED if aimed else ""
    if short:
        names = list({one.unit: one.name for one in short}.values())
        more = texts.MORE_UNITS if len(names) > _NAMED else ""
        said = texts.SHORT_TOLD.format(count=len(names), units="、".join(names[:_NAMED]) + more)
    return texts.ENTERED.format(file=sheet.filename, count=count, short=said)


def discard(ctx: Context, sheet: Sheet) -> None:
    """Forget what was staged of a sheet."""
    ctx.uow.outside.forget_staged(sheet.id)


def _audited(change: Change) -> tuple[Mapping[str, object], Mapping[str, object]]:
    about = {"month": change.month, "source": change.source, "measure": change.measure}
    return (
        {**about, "value": change.old, "target": change.old_target},
        {**about, "value": change.new, "target": change.new_target},
    )


def _remind(ctx: Context, sheet: Sheet, short: Sequence[Short]) -> None:
    """Tell officers and heads of the units whose latest month is below its target."""
    officers = ctx.uow.members.holders(sheet.bureau, {Role.OFFICER, Role.SECTION_HEAD})
    for one in short:
        said = texts.REMIND.format(
            source=one.source,
            month=int(one.month[-2:]),
            unit=one.name,
            value=one.value,
            target=one.target,
            missing=one.target - one.value,
        )
        told = {
            *officers[Role.OFFICER].get(one.unit, ()),
            *officers[Role.SECTION_HEAD].get(one.unit, ()),
        }
        stage = f"{one.unit} {one.source}"
        others = sorted(told - {ctx.sender.userid})
        ctx.tell("outside_short", others, Text(text=said), subject=sheet.id, stage=stage)
