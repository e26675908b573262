"""Counting when nobody waits: after what changed, every night, and once after the cut-off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import MonthCounted
from handlers.kit.finding import named
from handlers.kit.messages import MessageKind, Text
from handlers.kit.scoring import period_name, rules_by
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.scoring.lines import Score, ScoreLine, plain, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.naming import named_rules, row_name
from handlers.rules.scoring.periods import first_day, first_workday_after, last_day, month_closes
from handlers.rules.scoring.replay import changes
from handlers.rules.scoring.texts import signed
from handlers.scores import texts
from handlers.scores.commands import registry
from handlers.scores.ledger import Changed, Counted, counted, recount, use
from storage.models import Adoption, Unit
from storage.vocabulary import EntryStatus, Role, UnitId, UnitKind, Urgency, UserId

RECOUNT, MONTH_COUNTED, POINTS_TOLD = "score_recount", "month_counted", "points_told"
_LATEST_NOTICE = timedelta(days=10)
_SHOWN = 6

registry.message(MessageKind(name="points_told", urgency=Urgency.ROUTINE, mutable=True))
registry.message(MessageKind(name="score_changed", urgency=Urgency.ROUTINE))


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
            opens, _ = ctx.around.office_hours[0]
            morning = datetime.combine(today, opens, SHANGHAI)
            ctx.set_timer(MONTH_COUNTED, bureau, morning, stage=before, month=before)


@registry.timer(MONTH_COUNTED)
def count_closed_month(ctx: Context, due: Due) -> None:
    """Count a month whose cut-off is over, and say so to who waits for that."""
    bureau = ctx.uow.members.unit(UnitId(due.subject))
    month = str(due.payload["month"])
    _recount(ctx, bureau, month)
    ctx.emit(MonthCounted(bureau=bureau.id, month=month))


@registry.timer(POINTS_TOLD)
def tell_points(ctx: Context, due: Due) -> None:
    """Tell the authors of a use what it gave, by which rule, and what they have together now."""
    adoption = ctx.uow.adoptions.adoption(due.subject)
    if adoption is None or adoption.status is not EntryStatus.CONFIRMED:
        return
    authors: dict[UnitId, list[UserId]] = {}
    for share in ctx.uow.adoptions.shares(adoption.id):
        authors.setdefault(share.unit, []).append(share.member)
    units = [ctx.uow.members.unit(unit) for unit in sorted(authors)]
    day = last_day(first_day(adoption.counts_in), "month")
    made = counted(ctx.uow, adoption.bureau, units, day)
    if made is None:
        return
    use(ctx, made.stored)
    stage = adoption.decided_at.isoformat() if adoption.decided_at else ""
    for unit in units:
        said = _worth(ctx, adoption, unit, made)
        ctx.tell("points_told", authors[unit.id], Text(text=said), subject=adoption.id, stage=stage)


def _worth(ctx: Context, adoption: Adoption, unit: Unit, made: Counted) -> str:
    score = made.scores[unit.id]
    lines = [line for line in score.lines if line.cause == adoption.id]
    channel = ctx.uow.adoptions.channel_names([adoption.channel])[adoption.channel]
    return texts.POINTS_TOLD.format(
        name=named(ctx.uow.drafts.get(adoption.draft)),
        channel=channel,
        points=signed(total(lines)) if total(lines) else "0",
        why="；".join(_why(made.rules, line) for line in lines) or texts.NOT_COUNTED,
        unit=unit.name,
        period=period_name(made.period, local(ctx.now).date()),
        total=plain(score.points),
    )


def _why(rules: RuleSet, line: ScoreLine) -> str:
    """Say by which row of the rules a line is there, without what is being talked about anyway."""
    what = line.note.partition("，")[2]
    return f"{row_name(rules, line.rule)}：{what}"


def _recount(ctx: Context, unit: Unit, month: str) -> None:
    units = _sections(ctx, unit)
    made = recount(ctx, unit.bureau, units, last_day(first_day(month), "month"))
    if made is None:
        return
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
