"""Before the end of a period who is short is warned, and nobody else; each time once.

A day on which nobody looked, since the service was away, is made up for when somebody does.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.kit.scoring import period_name, usual_period
from handlers.quotas import texts
from handlers.quotas.commands import duty_name, pace, registry
from handlers.quotas.progress import Progress, QuotaPolicy, board
from handlers.rules.calendar import local
from handlers.rules.quota_pace import owed_warning, warning_days
from handlers.rules.scoring.lines import plain
from storage.models import Unit
from storage.vocabulary import Role, Topic, UnitId, Urgency, UserId

registry.message(MessageKind(name="quota_warning", urgency=Urgency.ROUTINE, topic=Topic.REMINDER))

_LOOKED_BACK = timedelta(days=62)

Holders = Mapping[Role, Mapping[UnitId, Sequence[UserId]]]


@registry.every("0 9 * * *")
def warn_who_is_short(ctx: Context) -> None:
    """Warn the officers of sections that are short; the last time their heads as well."""
    policy = ctx.policy(QuotaPolicy)
    is_workday = ctx.calendar().is_workday
    today = local(ctx.now).date()
    if not policy.warnings or not is_workday(today):
        return
    looked_on = _looked_on(ctx, today, is_workday)
    for bureau in ctx.uow.members.bureaus():
        units = ctx.uow.members.sections_of(bureau.id)
        found = board(ctx, bureau.id, units, usual_period(ctx.uow, bureau.id, today))
        holders = ctx.uow.members.holders(bureau.id, {Role.OFFICER, Role.SECTION_HEAD})
        for unit in units:
            for each in found[unit.id]:
                days = warning_days(each.window, is_workday, policy.warn_on)
                owed = owed_warning(days, looked_on, today)
                if each.missing and owed:
                    leads = pace(ctx, each, is_workday)
                    _warn(ctx, unit, each, holders, leads, owed)


def _looked_on(ctx: Context, today: date, is_workday: Callable[[date], bool]) -> date | None:
    """Return the last working day before today on which it was looked who is short."""
    ran = ctx.uow.timers.ran(warn_who_is_short.__name__, ctx.now - _LOOKED_BACK)
    days = {local(moment).date() for moment in ran}
    return max((day for day in days if day < today and is_workday(day)), default=None)


def _warn(
    ctx: Context,
    unit: Unit,
    progress: Progress,
    holders: Holders,
    leads: str,
    owed: tuple[date, bool],
) -> None:
    """Warn once for the day that is owed, which may have been slept through."""
    day, last = owed
    quota = progress.duty.quota
    form = texts.WARNED_YOU if progress.member else texts.WARNED
    period = period_name(progress.window.period, local(ctx.now).date())
    said = form.format(
        unit=unit.name,
        period=period,
        name=duty_name(progress),
        target=plain(progress.target),
        verb=texts.VERBS[quota.measure],
        done=plain(progress.done),
        missing=plain(progress.missing),
        word=progress.duty.word,
        pace=leads,
    )
    if last:
        said = f"{said}\n{texts.LAST_WARNING.format(period=period)}"
    ctx.tell(
        "quota_warning",
        _told(progress, unit, holders, last=last),
        Text(text=said),
        subject=unit.id,
        stage=f"{progress.window.period} {quota.called} {day}",
    )


def _told(progress: Progress, unit: Unit, holders: Holders, *, last: bool) -> Collection[UserId]:
    """Return whose it is: the officer's own, or the unit's officers'; at last the head's too."""
    if progress.member:
        return [progress.member]
    heads = holders[Role.SECTION_HEAD].get(unit.id, ())
    officers = [] if progress.duty.quota.per == "person" else holders[Role.OFFICER].get(unit.id, ())
    return sorted({*officers, *heads}) if last else officers or heads
