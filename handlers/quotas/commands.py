"""配额: how far a section is with its tasks, where it leads, and which sections are short."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.registry import Registry
from handlers.kit.scoring import looked_at, period_name, usual_period
from handlers.quotas import meanings, texts
from handlers.quotas.progress import Board, Progress, board
from handlers.rules.calendar import local, period_bounds
from handlers.rules.quota_pace import IsWorkday, forecast, workdays_left
from handlers.rules.scoring.lines import plain
from handlers.rules.scoring.periods import months_of
from handlers.rules.scoring.texts import MEASURE_NAMES
from storage.models import Unit
from storage.vocabulary import NOBODY, Role, UnitKind

_SHOWN = 10
_OVERSEERS = (Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY, Role.ADMIN)

registry = Registry(theme="得分")


@registry.command(
    "配额",
    takes=Takes.NOTHING,
    usage="配额（别的时间：本季度任务、今年任务）",
    purpose="看任务还差几篇，照现在的进度到期能有几篇",
    means=meanings.quota,
    changes=False,
)
def show_quota(ctx: Context, asked: Asked) -> str:
    """Show a section its own figures, and those who oversee sections which are short.

    Raises:
        UserError: quotas are not looked at by such a period, or a unit is named that is not seen.
    """
    today = local(ctx.now).date()
    usual = usual_period(ctx.uow, ctx.sender.bureau, today)
    period = str(asked.slots.get("period", usual))
    if not looked_at(ctx.uow, ctx.sender.bureau, period, today):
        raise UserError(texts.NO_SUCH_PERIOD)
    own = ctx.uow.members.unit(ctx.sender.unit)
    seen = overseen(ctx, _OVERSEERS)
    name = str(asked.slots.get("unit", "mine"))
    if name != "mine" and not (seen and "status" in asked.slots):
        return _figures(ctx, _named(name, [own, *seen]), period)
    if own.kind is UnitKind.SECTION and own not in seen:
        return _figures(ctx, own, period)
    if not seen:
        return texts.NO_TARGET.format(unit=own.name)
    return _overview(ctx, seen, period, str(asked.slots.get("status", "unmet")))


def _named(name: str, seen: Sequence[Unit]) -> Unit:
    """Return the unit that is named, if the sender may see it."""
    for unit in seen:
        if name in unit.name or unit.name in name:
            return unit
    raise UserError(texts.NOT_SEEN.format(name=name))


def overseen(ctx: Context, roles: Sequence[Role]) -> Sequence[Unit]:
    """Return the sections that the sender oversees by one of *roles*."""
    held = ctx.uow.members.roles_of(ctx.sender.userid)
    scopes = {scope for role in roles for scope in held.get(role, ())}
    if not scopes:
        return []
    sections = ctx.uow.members.sections_of(ctx.sender.bureau)
    return [unit for unit in sections if {unit.id, unit.parent} & scopes]


def _figures(ctx: Context, unit: Unit, period: str) -> str:
    """Write down every task of one unit; of its officers' own tasks only the sender's."""
    found = [
        each
        for each in board(ctx, unit.bureau, [unit], period)[unit.id]
        if each.member in {NOBODY, ctx.sender.userid}
    ]
    if not found:
        return texts.NO_TARGET.format(unit=unit.name)
    lines = [
        _usual(ctx, unit, each) if each.duty.plain else _line(ctx, unit, each) for each in found
    ]
    is_workday = ctx.calendar().is_workday
    lines += dict.fromkeys(line for each in found if (line := pace(ctx, each, is_workday)))
    return ctx.with_link("\n".join(lines), f"units/{unit.id}/{period}")


def _usual(ctx: Context, unit: Unit, progress: Progress) -> str:
    months = months_of(progress.window.period)
    used = ctx.uow.adoptions.counted_in([unit.id], months).get(unit.id, 0)
    return texts.OWN.format(
        unit=unit.name,
        period=_period(ctx, progress),
        target=plain(progress.target),
        sent=plain(progress.done),
        signed=progress.signed,
        used=texts.USED.format(count=used) if used else "",
        left=_left(progress),
    )


def _line(ctx: Context, unit: Unit, progress: Progress) -> str:
    return texts.LINE.format(
        name=duty_name(progress) or MEASURE_NAMES.get(progress.duty.quota.measure, ""),
        whose=texts.EACH if progress.member else unit.name,
        period=_period(ctx, progress),
        done=plain(progress.done),
        target=plain(progress.target),
        word=progress.duty.word,
        left=_left(progress),
    )


def duty_name(progress: Progress) -> str:
    """Return what a task is called; empty where it is the usual one."""
    quota = progress.duty.quota
    return quota.name or ("" if quota.measure == "submitted" else MEASURE_NAMES[quota.measure])


def _left(progress: Progress) -> str:
    if not progress.missing:
        return texts.DONE
    return texts.LEFT.format(missing=plain(progress.missing), word=progress.duty.word)


def pace(ctx: Context, progress: Progress, is_workday: IsWorkday) -> str:
    """Say where it leads at the present pace; empty where it is done or the time is over."""
    today = local(ctx.now).date()
    at_end = forecast(progress.done, progress.window, today, is_workday)
    if at_end is None or not progress.missing:
        return ""
    left = workdays_left(progress.window, today, is_workday)
    return texts.PACE.format(
        period=_period(ctx, progress),
        forecast=plain(at_end),
        word=progress.duty.word,
        days=left,
    )


def _period(ctx: Context, progress: Progress) -> str:
    return period_name(progress.window.period, local(ctx.now).date())


def _overview(ctx: Context, units: Sequence[Unit], period: str, status: str) -> str:
    """Say which of *units* are short, have handed in nothing, or are done."""
    found = board(ctx, ctx.sender.bureau, units, period)
    known = {"period": period_name(period, local(ctx.now).date()), "count": len(units)}
    short = [unit for unit in units if any(each.missing for each in _of(found, unit))]
    done = [unit for unit in units if unit not in short]
    if status == "zero":
        none = [unit for unit in units if _sent_nothing(found, unit)]
        if not none:
            return texts.NO_ZERO.format(**known)
        return texts.ZERO.format(**known, zero=len(none), lines=_listed(found, none))
    if status == "met" and done:
        return texts.MET.format(**known, done=len(done), lines=_listed(found, done))
    if not short:
        return texts.ALL_DONE.format(**known)
    said = texts.OVERVIEW.format(**known, done=len(done), lines=_listed(found, short))
    return ctx.with_link(said, "quotas") if len(short) > _SHOWN else said


def _of(found: Board, unit: Unit) -> Sequence[Progress]:
    return [each for each in found[unit.id] if not each.member]


def _sent_nothing(found: Board, unit: Unit) -> bool:
    return any(
        each.target and not each.done and each.duty.quota.measure == "submitted"
        for each in _of(found, unit)
    )


def _listed(found: Board, units: Sequence[Unit]) -> str:
    lines = [
        texts.SHORT.format(unit=unit.name, figures="，".join(map(_short, _of(found, unit))))
        for unit in units[:_SHOWN]
    ]
    if left := len(units) - len(lines):
        lines.append(texts.AND_MORE.format(count=left))
    return "\n".join(lines)


def _short(progress: Progress) -> str:
    return f"{duty_name(progress)}{plain(progress.done)}/{plain(progress.target)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How far a unit is this month with what it is to hand in, or with its first other task."""

    unit: str
    target: Decimal
    sent: Decimal
    signed: int


def figures_seen(ctx: Context) -> Sequence[Figures]:
    """Return this month's figures of the units that the sender may see: overseen, and his own."""
    own = ctx.uow.members.unit(ctx.sender.unit)
    units = overseen(ctx, _OVERSEERS) or ([own] if own.kind is UnitKind.SECTION else [])
    month = f"{local(ctx.now):%Y-%m}"
    found = board(ctx, ctx.sender.bureau, units, month)
    signed = ctx.uow.drafts.signed([unit.id for unit in units], *period_bounds(month))
    return [
        Figures(
            unit=unit.name,
            target=first.target,
            sent=first.done,
            signed=signed.get(unit.id, 0),
        )
        for unit in units
        if (first := next(iter(_of(found, unit)), None)) is not None
    ]
