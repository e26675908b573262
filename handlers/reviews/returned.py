"""A returned draft is to come back by a date; its author is reminded before it (R5)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from handlers.kit.context import Context
from handlers.reviews import texts
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import add_working_hours, short_time
from storage.models import Draft
from storage.vocabulary import DraftId

RETURN_DUE = "return_due"
_BEFORE = 0.5  # working days


def wait_for_return(ctx: Context, draft: Draft) -> str:
    """Set the reminder half a working day before the date; return what the author reads of it."""
    days = ctx.policy(ReviewPolicy).return_days
    if not days:
        return ""
    ctx.set_timer(
        RETURN_DUE,
        draft.id,
        _after(ctx, ctx.now, days - _BEFORE),
        stage=f"v{draft.version} {ctx.now.isoformat()}",
        version=draft.version,
    )
    return texts.AUTHOR_RETURN_BY.format(until=short_time(_after(ctx, ctx.now, days), ctx.now))


def date_after(ctx: Context, reminder: datetime) -> datetime:
    """Return the date that a *reminder* comes before."""
    return _after(ctx, reminder, _BEFORE)


def dates_of(ctx: Context, drafts: Collection[DraftId]) -> Mapping[DraftId, datetime]:
    """Return until when drafts are wanted again that were returned and are not yet handed in."""
    reminders = ctx.uow.timers.latest(RETURN_DUE, drafts)
    return {DraftId(draft): date_after(ctx, moment) for draft, moment in reminders.items()}


def _after(ctx: Context, moment: datetime, days: float) -> datetime:
    calendar = ctx.calendar()
    hours = calendar.day_length.total_seconds() / 3600
    return add_working_hours(moment, hours * days, calendar)
