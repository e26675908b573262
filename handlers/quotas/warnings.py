"""Before the end of a period who is short is warned, and nobody else; each time once."""

from collections.abc import Collection, Mapping, Sequence

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.kit.scoring import period_name, usual_period
from handlers.quotas import texts
from handlers.quotas.commands import duty_name, pace, registry
from handlers.quotas.progress import Progress, QuotaPolicy, board
from handlers.rules.calendar import local
from handlers.rules.quota_pace import warning_days
from handlers.rules.scoring.lines import plain
from storage.models import Unit
from storage.vocabulary import Role, Topic, UnitId, Urgency, UserId

registry.message(MessageKind(name="quota_warning", urgency=Urgency.ROUTINE, topic=Topic.REMINDER))

Holders = Mapping[Role, Mapping[UnitId, Sequence[UserId]]]


@registry.every("0 9 * * *")
def warn_who_is_short(ctx: Context) -> None:
    """Warn the officers of sections that are short; the last time their heads as well."""
    policy = ctx.policy(QuotaPolicy)
    is_workday = ctx.calendar().is_workday
    today = local(ctx.now).date()
    if not policy.warnings or not is_workday(today):
        return
    for bureau in ctx.uow.members.bureaus():
        units = ctx.uow.members.sections_of(bureau.id)
        found = board(ctx, bureau.id, units, usual_period(ctx.uow, bureau.id, today))
        holders = ctx.uow.members.holders(bureau.id, {Role.OFFICER, Role.SECTION_HEAD})
        for unit in units:
            for each in found[unit.id]:
                days = warning_days(each.window, is_workday, policy.warn_on)
                if each.missing and today in days:
                    leads = pace(ctx, each, is_workday)
                    _warn(ctx, unit, each, holders, leads, last=days[today])


def _warn(
    ctx: Context, unit: Unit, progress: Progress, holders: Holders, leads: str, *, last: bool
) -> None:
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
        stage=f"{progress.window.period} {quota.called} {local(ctx.now).date()}",
    )


def _told(progress: Progress, unit: Unit, holders: Holders, *, last: bool) -> Collection[UserId]:
    """Return whose it is: the officer's own, or the unit's officers'; at last the head's too."""
    if progress.member:
        return [progress.member]
    heads = holders[Role.SECTION_HEAD].get(unit.id, ())
    officers = [] if progress.duty.quota.per == "person" else holders[Role.OFFICER].get(unit.id, ())
    return sorted({*officers, *heads}) if last else officers or heads
