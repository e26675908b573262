"""What comes by itself: that days off are not in the calendar; that a channel stands still."""

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.reminders import texts
from handlers.reminders.commands import registry
from handlers.rules.calendar import local
from storage.vocabulary import Role, Topic, Urgency

registry.message(MessageKind(name="calendar_missing", urgency=Urgency.ROUTINE))
registry.message(MessageKind(name="channel_idle", urgency=Urgency.ROUTINE, topic=Topic.REMINDER))

_FORGOTTEN = 60
"""Days after which a channel is not idle but out of use."""


@registry.every("0 9 1,15,28 12 *")
def warn_of_missing_calendar(ctx: Context) -> None:
    """In December: next year's working days are not in the calendar yet (domain-rules R17)."""
    _warn(ctx, local(ctx.now).year + 1)


@registry.every("0 9 1 * *")
def warn_of_year_without_calendar(ctx: Context) -> None:
    """Once a month: this very year is counted from Monday to Friday."""
    _warn(ctx, local(ctx.now).year)


def _warn(ctx: Context, year: int) -> None:
    if ctx.calendar().knows(year):
        return
    said = Text(text=texts.CALENDAR_MISSING.format(year=year))
    ctx.tell(
        "calendar_missing",
        ctx.uow.members.anywhere(Role.ADMIN),
        said,
        subject=f"calendar:{year}",
        stage=f"{local(ctx.now):%Y-%m-%d}",
    )


@registry.every("20 9 * * *")
def warn_of_idle_channels(ctx: Context) -> None:
    """Tell the office of its sites and accounts that had nothing new for 7, 10, 13 days (R12).

    Each step once; on days off the next working day tells of the last step that was passed.
    """
    today = local(ctx.now).date()
    if not ctx.calendar().is_workday(today):
        return
    for bureau in ctx.uow.members.bureaus():
        for channel in ctx.uow.idle.of(bureau.id):
            since = local(channel.last).date()
            days = (today - since).days
            passed = [step for step in texts.IDLE if step <= days]
            if passed and days < _FORGOTTEN:
                said = texts.IDLE[passed[-1]].format(channel=channel.name, days=days)
                office = ctx.uow.members.holding(Role.OFFICE, bureau.id)
                stage = f"{since} {passed[-1]}"
                ctx.tell("channel_idle", office, Text(text=said), subject=channel.id, stage=stage)
