"""零报告: said by who writes for a unit or heads it; the list of them for who oversees all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import NothingToReport
from handlers.kit.finding import viewer
from handlers.kit.writers import unit_said
from handlers.rules.calendar import local, short_time
from handlers.rules.visibility import may_see_all_points
from handlers.zero_reports import meanings, texts
from handlers.zero_reports.registry import registry
from handlers.zero_reports.standing import (
    Standing,
    drafts_in,
    is_used,
    month_before,
    month_name,
    standing,
    this_month,
)
from storage.models import Unit
from storage.vocabulary import Role

_SENDERS = frozenset({Role.OFFICER, Role.SECTION_HEAD})
_READERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_MONTH = re.compile(r"\d{4}-\d{2}")
_NAMED = 40
"""How many units a list names."""


@registry.command(
    "零报告",
    takes=Takes.NOTHING,
    usage="零报告（补报上个月：上月零报告）",
    purpose="科室本月没有内容可报，回一声",
    shown_to=_SENDERS,
    means=meanings.send,
)
def send_zero_report(ctx: Context, asked: Asked) -> str:
    """Answer the call that waits for the unit, else report that it has nothing for the month.

    Where a month is said, that is meant and no call. Raises:
        UserError: it is not the sender's to say, the unit is not clear, it has handed in something,
            or the month is another than this and the last one.
    """
    unit = _whose(ctx, str(asked.slots.get("unit", "")))
    if "period" not in asked.slots and (said := ctx.emit(NothingToReport(unit=unit.id))):
        return "\n".join([*said, texts.ALSO_THE_MONTH])
    return _report(ctx, unit, str(asked.slots.get("period", this_month(ctx))))


@registry.form("zero_report")
def send_from_page(ctx: Context, form: Form) -> str:
    """Report from the page of tasks that the sender's unit has nothing for this month.

    Raises:
        UserError: as `send_zero_report`.
    """
    unit = ctx.uow.members.unit(ctx.sender.unit)
    return _report(ctx, _whose(ctx, unit.name), form.fields["month"])


@registry.command(
    "零报告情况",
    "零报告名单",
    takes=Takes.NOTHING,
    usage="零报告情况（别的月份：8月零报告情况）",
    purpose="看哪些科室零报告、哪些没有动静",
    shown_to=_READERS,
    means=meanings.look,
    changes=False,
)
def list_zero_reports(ctx: Context, asked: Asked) -> str:
    """Say who reported that there is nothing, and who said nothing at all.

    Raises:
        UserError: it is not the sender's to see, or the bureau has no zero reports.
    """
    if not _oversees(ctx):
        raise UserError(texts.NOT_SEEN)
    if not is_used(ctx, ctx.sender.bureau):
        raise UserError(texts.OFF)
    month = str(asked.slots.get("period", this_month(ctx)))
    if not _MONTH.fullmatch(month) or month > this_month(ctx):
        raise UserError(texts.LIST_MONTH)
    found = standing(ctx, ctx.sender.bureau, month)
    return listed(ctx, month, found) or texts.NOBODY_OWES.format(month=_name(ctx, month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The names of units that reported that they have nothing this month, and of silent ones."""

    zero: Sequence[str]
    silent: Sequence[str]


def seen(ctx: Context) -> Seen | None:
    """Return how the units stand this month; None for who does not see that, or without any."""
    if not _oversees(ctx) or not is_used(ctx, ctx.sender.bureau):
        return None
    found = standing(ctx, ctx.sender.bureau, this_month(ctx))
    names = ctx.uow.members.unit_names([*found.zero, *found.silent])
    return Seen(
        zero=[names[unit] for unit in found.zero], silent=[names[unit] for unit in found.silent]
    )


def has_nothing_yet(ctx: Context) -> bool:
    """Tell whether the sender's own unit owes something this month, and is silent so far."""
    own, bureau = ctx.sender.unit, ctx.sender.bureau
    if own not in {unit.id for unit in _units(ctx)} or not is_used(ctx, bureau):
        return False
    return own in standing(ctx, bureau, this_month(ctx)).silent


def _oversees(ctx: Context) -> bool:
    return may_see_all_points(viewer(ctx), ctx.sender.bureau)


def listed(ctx: Context, month: str, found: Standing) -> str:
    """Name who stands how in a month; empty where nobody owes anything."""
    units = [*found.zero, *found.silent]
    names = ctx.uow.members.unit_names(units)
    lines = [
        form.format(count=len(those), names=_joined(names[unit] for unit in those))
        for form, those in ((texts.ZERO, found.zero), (texts.SILENT, found.silent))
        if those
    ]
    if found.handed_in:
        lines.append(texts.HANDED_IN.format(count=len(found.handed_in)))
    if not lines:
        return ""
    return texts.TOLD.format(month=_name(ctx, month), lines="\n".join(lines))


def _report(ctx: Context, unit: Unit, month: str) -> str:
    if not is_used(ctx, unit.bureau):
        raise UserError(texts.OFF)
    today = local(ctx.now).date()
    if month not in {this_month(ctx), month_before(today)}:
        raise UserError(texts.WHICH_MONTH)
    words = {"unit": unit.name, "month": _name(ctx, month)}
    if count := drafts_in(ctx, unit.id, month):
        raise UserError(texts.HAS_DRAFTS.format(count=count, **words))
    if (sent := ctx.uow.zero_reports.get(unit.id, month)) is not None:
        who = ctx.uow.members.names([sent.said_by])[sent.said_by]
        when = short_time(sent.said_at, ctx.now)
        raise UserError(texts.ALREADY.format(who=who, when=when, **words))
    ctx.uow.zero_reports.add(
        {
            "unit": unit.id,
            "period": month,
            "bureau": unit.bureau,
            "said_by": ctx.sender.userid,
            "said_at": ctx.now,
        }
    )
    ctx.audit("zero_report:send", unit.id, after={"period": month})
    return texts.SENT.format(**words)


def _whose(ctx: Context, said: str) -> Unit:
    """Return the unit that the sender speaks for: the one named, else his own, else his only one.

    Raises:
        UserError: he speaks for none, or it is not clear for which.
    """
    units = _units(ctx)
    if not units:
        raise UserError(texts.NOT_YOURS)
    by_name = {unit.name: unit for unit in units}
    if said and said != "mine":
        meant = unit_said(said, by_name)
        if meant is None:
            raise UserError(texts.NOT_YOURS)
        return by_name[meant]
    own = [unit for unit in units if unit.id == ctx.sender.unit] or units
    if len(own) > 1:
        raise UserError(texts.WHICH_UNIT.format(unit=own[0].name))
    return own[0]


def _units(ctx: Context) -> list[Unit]:
    """Return the sections for which the sender writes, or which he heads."""
    roles = ctx.uow.members.roles_of(ctx.sender.userid)
    scopes = {scope for role in _SENDERS for scope in roles.get(role, ())}
    return [unit for unit in ctx.uow.members.sections_of(ctx.sender.bureau) if unit.id in scopes]


def _joined(names: Iterable[str]) -> str:
    every = list(names)
    said = "、".join(every[:_NAMED])
    return said if len(every) <= _NAMED else texts.NAMES_MORE.format(names=said)


def _name(ctx: Context, month: str) -> str:
    return month_name(month, local(ctx.now).date())
