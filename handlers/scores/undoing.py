"""撤销: what the sender did about deductions and objections in the last two minutes."""

from collections.abc import Callable
from datetime import datetime

from handlers.kit.context import Context
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.scores import texts
from handlers.scores.answering import open_again, withdraw
from handlers.scores.commands import registry
from handlers.scores.deductions import called
from handlers.scores.taking_back import put_back, take_back
from storage.models import Deduction

_Act = tuple[datetime, Callable[[], str]]


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    """Return when the sender last did something about a deduction or an objection."""
    acts = _acts(ctx, event.since)
    return acts[0][0].isoformat() if acts else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the last of them; with an answer goes the deduction that it took back."""
    acts = _acts(ctx, event.since)
    return acts[0][1]() if acts else None


def _acts(ctx: Context, since: datetime) -> list[_Act]:
    """Return what the sender did from *since* on, the latest first, and how each is undone.

    What he undid is no act: 撤销 again goes on to what he did before.
    """
    me, found = ctx.sender.userid, ctx.uow.deductions
    acts: list[_Act] = []
    if (answered := found.answered_by(me, since)) and answered.answered_at:
        acts.append((answered.answered_at, lambda: open_again(ctx, answered)))
    if filed := found.filed_by(me, since):
        acts.append((filed.filed_at, lambda: withdraw(ctx, filed)))
    if entered := found.entered_by(me, since):
        acts.append((entered.entered_at, lambda: _take_back(ctx, entered)))
    back = found.taken_back_by(me, since)
    if back and back.taken_back_at and back.taken_back_why != texts.UNDONE_WHY:
        acts.append((back.taken_back_at, lambda: _put_back(ctx, back)))
    return sorted(acts, key=lambda act: act[0], reverse=True)


def _take_back(ctx: Context, entry: Deduction) -> str:
    found = ctx.uow.deductions.with_draft(entry)
    take_back(ctx, found, texts.UNDONE_WHY)
    return texts.UNDONE_DEDUCTION.format(what=called(ctx, found))


def _put_back(ctx: Context, entry: Deduction) -> str:
    found = ctx.uow.deductions.with_draft(entry)
    put_back(ctx, found)
    return texts.DEDUCTION_AGAIN.format(what=called(ctx, found))
