"""撤销: what the office has just done with a clue is taken back, and the clue is open again."""

from datetime import datetime

from handlers.clues import texts
from handlers.clues.commands import short, state_of, tell_finders
from handlers.clues.registry import SETTLED, registry
from handlers.kit.context import Context
from handlers.kit.events import LastActAsked, UndoAsked
from storage.models import AuditEntry
from storage.vocabulary import NOBODY, ClueId, ClueStatus

_REOPENED = "reopened"
_LATEST = 20
"""How many clues are looked at: who undoes something within minutes has just had it in hand."""


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    settled = ctx.uow.clues.settled_since(ctx.sender.userid, since, _LATEST)
    return ctx.uow.ledger.latest_by(ctx.sender.userid, settled, since) if settled else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Open the clue again that the sender has settled; None if he has settled none since.

    What had been merged into it comes along. A draft or a call that was begun stays.
    """
    act = _last_act(ctx, event.since)
    clue = ctx.uow.clues.lock(act.subject) if act is not None else None
    if act is None or clue is None or clue.status is ClueStatus.OPEN:
        return None
    before, stays = state_of(clue), texts.STAYS.get(clue.status, "")
    clue.status, clue.into, clue.why = ClueStatus.OPEN, ClueId(""), ""
    clue.settled_by, clue.settled_at = NOBODY, None
    for one in act.after["brought"]:
        if (brought := ctx.uow.clues.get(one)) is not None:
            brought.into = clue.id
    ctx.audit("clue:reopen", clue.id, before={"state": before})
    ctx.uow.outbox.drop(clue.id, [SETTLED], _REOPENED)
    tell_finders(ctx, clue, _REOPENED, texts.TOLD_REOPENED)
    return texts.UNDONE.format(number=clue.number, words=short(clue)) + stays
