"""What comes by itself: in December and monthly, that days off are not in the calendar."""

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.reminders import texts
from handlers.reminders.commands import registry
from handlers.rules.calendar import local
from storage.vocabulary import Role, Urgency

registry.message(MessageKind(name="calendar_missing", urgency=Urgency.ROUTINE))


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
