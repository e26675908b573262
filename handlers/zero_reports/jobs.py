"""Who is silent is asked on the last working day of a month; the office hears on the next one."""

from datetime import date, timedelta

from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.calendar import WorkCalendar, local
from handlers.zero_reports import texts
from handlers.zero_reports.commands import listed
from handlers.zero_reports.registry import ASKED, LISTED, registry
from handlers.zero_reports.standing import (
    is_used,
    month_before,
    month_name,
    standing,
    this_month,
)
from storage.vocabulary import Role

_DAY = timedelta(days=1)


@registry.every("0 9 * * *")
def ask_for_zero_reports(ctx: Context) -> None:
    """On the last working day of a month, who writes for a unit that is silent."""
    today = local(ctx.now).date()
    if not _is_last_workday(today, ctx.calendar()):
        return
    month = this_month(ctx)
    for bureau in ctx.uow.members.bureaus():
        if not is_used(ctx, bureau.id):
            continue
        silent = standing(ctx, bureau.id, month).silent
        names = ctx.uow.members.unit_names(silent)
        for unit, writers in silent.items():
            said = texts.ASK.format(unit=names[unit], month=month_name(month, today))
            ctx.tell(ASKED, writers, Text(text=said), subject=unit, stage=month)


@registry.every("0 9 1-15 * *")
def list_zero_reports_to_office(ctx: Context) -> None:
    """On the first working day of a month that the service sees, how units stood in the last one.

    Nothing where all of them handed in.
    """
    today = local(ctx.owed_since or ctx.now).date()
    if not ctx.calendar().is_workday(today) or _was_told(ctx, today):
        return
    month = month_before(today)
    for bureau in ctx.uow.members.bureaus():
        if not is_used(ctx, bureau.id):
            continue
        found = standing(ctx, bureau.id, month)
        if found.zero or found.silent:
            office = ctx.uow.members.holding(Role.OFFICE, bureau.id)
            said = Text(text=listed(ctx, month, found))
            ctx.tell(LISTED, office, said, subject=f"zero:{bureau.id}:{month}")


def _was_told(ctx: Context, today: date) -> bool:
    """Tell whether this was looked at on an earlier working day of the month."""
    is_workday = ctx.calendar().is_workday
    ran = ctx.uow.timers.ran(list_zero_reports_to_office.__name__, ctx.now - 31 * _DAY)
    days = {local(moment).date() for moment in ran}
    return any(today.replace(day=1) <= day < today and is_workday(day) for day in days)


def _is_last_workday(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether it is a working day, and no other of its month comes after it."""
    after = day + _DAY
    while not calendar.is_workday(after):
        after += _DAY
    return calendar.is_workday(day) and after.month != day.month
