"""The calendar changed: what was so much working time away is counted anew."""

from collections.abc import Collection

from handlers.kit.context import Context
from handlers.kit.events import CalendarChanged, ClocksRecounted
from handlers.rules.calendar import WorkCalendar, recounted


def recount_clocks(ctx: Context, kinds: Collection[str], before: WorkCalendar) -> int:
    """Give the timers of *kinds* the moments that the calendar says now; return how many moved.

    What is due already, or was named by a date and an hour, stays where it is.
    """
    ctx.emit(CalendarChanged())
    calendar = ctx.calendar()
    moments = {}
    for timer in ctx.uow.timers.standing(kinds):
        if timer.due_at <= ctx.now:
            continue
        due = recounted(timer.due_at, ctx.now, before, calendar)
        if due != timer.due_at:
            timer.due_at = due
            moments[timer.kind, timer.subject, timer.payload.get("stage_no")] = due
    if moments:
        ctx.emit(ClocksRecounted(moments=moments))
    return len(moments)
