"""What a hold does to the clocks of a review: they stop, and go on with what was left."""

from datetime import datetime

from handlers.kit.context import Context
from handlers.rules.calendar import add_working_hours, working_time
from handlers.rules.review_flow import Move, after
from storage.models import Draft, ReviewHold, ReviewTask
from storage.vocabulary import NOBODY, DraftStatus, HoldId, TimerStatus


def stop(ctx: Context, draft: Draft, task: ReviewTask, until: datetime, reason: str) -> ReviewHold:
    """Put the draft off until a moment; no clock of what it waits for runs meanwhile.

    Raises:
        IllegalMoveError: it does not wait at a gate.
    """
    draft.status = after(draft.status, Move.HOLD)
    for waiting in ctx.uow.reviews.open_tasks(draft.id):
        ctx.uow.timers.pause(waiting.id)
    hold = ReviewHold(
        id=HoldId(ctx.new_id()),
        draft=draft.id,
        task=task.id,
        held_by=ctx.sender.userid,
        held_at=ctx.now,
        until=until,
        reason=reason,
    )
    ctx.uow.moves.hold(hold)
    ctx.set_timer("review_hold", hold.id, until)
    ctx.audit("draft:hold", draft.id, after={"until": until.isoformat(), "gate": task.gate})
    return hold


def go_on(ctx: Context, draft: Draft) -> ReviewHold | None:
    """End the hold that stands on the draft, if one does; each clock gets the time it had left.

    What was set for three working hours ahead when the draft was put off is set for three working
    hours ahead again: the time of the hold is charged to nobody.
    """
    if draft.status is not DraftStatus.ON_HOLD:
        return None
    draft.status = after(draft.status, Move.RESUME)
    hold = over(ctx, draft)
    if hold is None:
        return None
    for task in ctx.uow.reviews.open_tasks(draft.id):
        _wind_up(ctx, task, hold.held_at)
    ctx.audit("draft:resume", draft.id, after={"held_since": hold.held_at.isoformat()})
    return hold


def over(ctx: Context, draft: Draft) -> ReviewHold | None:
    """Write down that the hold on the draft is over; None if none stands."""
    hold = ctx.uow.moves.held(draft.id)
    if hold is not None:
        hold.ended_at = ctx.now
        hold.ended_by = ctx.me.userid if ctx.me is not None else NOBODY
        ctx.uow.timers.cancel(hold.id)
    return hold


def _wind_up(ctx: Context, task: ReviewTask, held_at: datetime) -> None:
    """Give the task and each of its clocks the working time that they had left."""
    calendar = ctx.calendar()
    if left := working_time(held_at, task.due_at, calendar):
        task.due_at = add_working_hours(ctx.now, left, calendar)
    for timer in ctx.uow.timers.paused(task.id):
        left = working_time(held_at, timer.due_at, calendar)
        timer.due_at = add_working_hours(ctx.now, left, calendar)
        timer.status = TimerStatus.PENDING
