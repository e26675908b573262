"""Counting when nobody waits: after what changed, every night, and once after the cut-off."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import MonthCounted
from handlers.kit.messages import MessageKind, Text
from handlers.kit.scoring import Part, parts_touching, period_name, rules_by
from handlers.rules.calendar import first_workday_after, local
from handlers.rules.scoring.lines import Score, plain
from handlers.rules.scoring.naming import named_rules
from handlers.rules.scoring.periods import (
    first_day,
    home_of,
    last_day,
    month_closes,
)
from handlers.rules.scoring.replay import changes
from handlers.rules.scoring.texts import signed
from handlers.scores import texts
from handlers.scores.anew import RECOUNT
from handlers.scores.commands import registry
from handlers.scores.ledger import Changed, Counted, recount
from storage.models import Unit
from storage.vocabulary import Role, Topic, UnitId, UnitKind, Urgency

MONTH_COUNTED = "month_counted"
_LATEST_NOTICE = timedelta(days=10)
_SHOWN = 6

registry.message(MessageKind(name="score_changed", urgency=Urgency.ROUTINE, topic=Topic.RANKING))


@registry.timer(RECOUNT)
def recount_month(ctx: Context, due: Due) -> None:
    """Make the ledger of a section, or of all of a bureau, anew for the month of the timer."""
    unit = ctx.uow.members.unit(UnitId(due.subject))
    _recount(ctx, unit, str(due.payload["month"]))


@registry.every("30 2 * * *")
def recount_every_night(ctx: Context) -> None:
    """Let each bureau's this and last month be counted anew, each in a transaction of its own.

    The last one, in the morning of the first working day after its cut-off, for the notice.
    """
    today = local(ctx.now).date()
    last = today.replace(day=1) - timedelta(days=1)
    this, before = f"{today:%Y-%m}", f"{last:%Y-%m}"
    is_workday = ctx.calendar().is_workday
    for bureau in ctx.uow.scores.bureaus_with_rules():
        for month in (this, before):
            ctx.set_timer(RECOUNT, bureau, ctx.now, stage=f"{month} {today}", month=month)
        closes = month_closes(rules_by(ctx.uow, bureau, last), before, is_workday)
        first = first_workday_after(closes, is_workday)
        if first <= today < first + _LATEST_NOTICE:
            morning = ctx.calendar().opening(today)
            ctx.set_timer(MONTH_COUNTED, bureau, morning, stage=before, month=before)


@registry.timer(MONTH_COUNTED)
def count_closed_month(ctx: Context, due: Due) -> None:
    """Count a month whose cut-off is over, and say so to who waits for that."""
    bureau = ctx.uow.members.unit(UnitId(due.subject))
    month = str(due.payload["month"])
    _recount(ctx, bureau, month)
    ctx.emit(MonthCounted(bureau=bureau.id, month=month))


def _recount(ctx: Context, unit: Unit, month: str) -> None:
    units, today = _sections(ctx, unit), local(ctx.now).date()
    first = first_day(month)
    last = min(last_day(first, "month"), today)
    for part in parts_touching(ctx.uow, unit.bureau, first, last):
        _recount_period(ctx, unit.bureau, units, part)


def _recount_period(ctx: Context, bureau: UnitId, units: Sequence[Unit], part: Part) -> None:
    made = recount(ctx, bureau, units, part)
    if made is None:
        return
    month = f"{home_of(part.period):%Y-%m}"
    closes = month_closes(made[0].rules, month, ctx.calendar().is_workday)
    if local(ctx.now).date() > closes:
        for changed in made[1]:
            if changed.before.lines and changed.before.points != changed.after.points:
                _tell_of_change(ctx, made[0], changed)


def _sections(ctx: Context, unit: Unit) -> Sequence[Unit]:
    if unit.kind is not UnitKind.BUREAU:
        return [unit]
    units = ctx.uow.members.units_of(unit.id)
    return [each for each in units if each.kind is not UnitKind.BUREAU]


def _tell_of_change(ctx: Context, made: Counted, changed: Changed) -> None:
    """Show the office and the section what a month that was closed has become, and by what."""
    unit = changed.unit
    heads = ctx.uow.members.holding(Role.SECTION_HEAD, unit.id)
    told = sorted({*heads, *ctx.uow.members.holding(Role.OFFICE, unit.id)})
    said = texts.CHANGED.format(
        unit=unit.name,
        period=period_name(made.period, local(ctx.now).date()),
        before=plain(changed.before.points),
        after=plain(changed.after.points),
        rules=named_rules(made.stored.name, made.rules),
        lines="\n".join(_differences(changed.before, changed.after)),
    )
    ctx.tell(
        "score_changed",
        told,
        Text(text=said),
        subject=unit.id,
        stage=f"{made.period} {ctx.now.isoformat()}",
    )


def _differences(before: Score, after: Score) -> list[str]:
    """Return what became more or less, the largest first."""
    found = sorted(changes([before], [after]), key=lambda each: -abs(each.points))
    said = []
    for each in found[:_SHOWN]:
        form = texts.NO_LONGER if not each.after else texts.LINE
        note = "；".join(line.note for line in each.after or each.before)
        said.append(form.format(points=signed(each.points), note=note))
    if left := found[_SHOWN:]:
        points = signed(sum((each.points for each in left), start=Decimal(0)))
        said.append(texts.AND_MORE.format(count=len(left), points=points))
    return said
