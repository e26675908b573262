"""In the first ten days of a quarter the office is reminded of the notice of the last one (R8)."""

from datetime import date, timedelta

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.reports import texts
from handlers.reports.commands import registry
from handlers.reports.policy import ReportPolicy
from handlers.rules.calendar import local, period_bounds, shifted
from handlers.rules.notices.figures import period_name, short_name
from storage.vocabulary import Role, Topic, Urgency

KIND = "quarter_notice"
_LAST_DAY = 10
_MONTHS = 3

registry.message(MessageKind(name=KIND, urgency=Urgency.ROUTINE, topic=Topic.REMINDER))


@registry.every(f"0 9 1-{_LAST_DAY} * *")
def remind_of_quarter(ctx: Context) -> None:
    """Tell the office once, on the first working day of those ten, until when and how."""
    today, calendar = local(ctx.now).date(), ctx.calendar()
    quarter = _just_over(today)
    if not quarter or not ctx.policy(ReportPolicy).quarterly or not calendar.is_workday(today):
        return
    until = shifted(today.replace(day=_LAST_DAY), "previous", calendar.is_workday)
    said = texts.QUARTER.format(
        period=period_name(quarter),
        short=short_name(quarter),
        until=f"{until.month}月{until.day}日",
    )
    _, end = period_bounds(quarter)
    for bureau in ctx.uow.members.bureaus():
        if ctx.uow.drafts.any_before(bureau.id, end):
            office = ctx.uow.members.holding(Role.OFFICE, bureau.id)
            ctx.tell(KIND, office, Text(text=said), subject=bureau.id, stage=quarter)


def _just_over(today: date) -> str:
    """Return the quarter before today's, where today is in a quarter's first month."""
    if today.month % _MONTHS != 1:
        return ""
    before = today.replace(day=1) - timedelta(days=1)
    return f"{before.year}-Q{before.month // _MONTHS}"
