"""撤销: what the sender just ordered, or just answered to a call, is taken back."""

from collections.abc import Mapping
from datetime import datetime

from handlers.calls import texts
from handlers.calls.naming import named_call, unit_names
from handlers.calls.parts import follow
from handlers.calls.registry import registry
from handlers.calls.steering import cancel_all
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from storage.models import AuditEntry, Call
from storage.vocabulary import NOBODY, CallId, PartState

_LATEST = 20
"""How many calls are looked at: who undoes something within minutes has just had it in hand."""
_READ = "call:receive"
_NOTHING_TO_UNDO = frozenset({"call:undo", "call:bind", _READ})
_ANSWERS = frozenset({"call:claim", "call:decline", "call:nothing"})


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's last act on a call; None if he has not had one in hand since.

    Raises:
        UserError: somebody has gone on from it, or it can only be put right by another act.
    """
    act = _last_act(ctx, event.since)
    if act is None:
        return None
    call = ctx.uow.calls.lock(CallId(act.subject))
    done = [one for one in ctx.uow.ledger.entries(call.id) if one.tag != _READ]
    last = done[-1]
    if last.id != act.id:
        names = ctx.uow.members.names([last.actor])
        who = names.get(last.actor, "")
        raise UserError(texts.GONE_ON.format(name=named_call(call), who=who))
    if act.tag in _ANSWERS:
        return _undo_answer(ctx, call, act.before)
    if act.tag == "call:issue":
        cancel_all(ctx, call)
        ctx.audit("call:undo", call.id, after={"act": act.tag})
        return texts.UNDONE_ISSUE.format(name=named_call(call))
    raise UserError(texts.NOT_UNDOABLE.format(name=named_call(call), number=call.number))


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    recent = ctx.uow.calls.touched_since(ctx.sender.bureau, since, _LATEST)
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, recent, since) if recent else None
    return None if act is None or act.tag in _NOTHING_TO_UNDO else act


def _undo_answer(ctx: Context, call: Call, was: Mapping[str, str]) -> str:
    """Let a part be again what it was before the unit answered."""
    part = next(one for one in ctx.uow.calls.parts(call.id) if one.id == was["part"])
    before, part.state = part.state, PartState(was["state"])
    part.moved_by, part.moved_at, part.words, part.suggested = ctx.sender.userid, ctx.now, "", ""
    if part.state is not PartState.CLAIMED:
        part.claimed_by = NOBODY
    follow(ctx, call, part, before)
    ctx.audit("call:undo", call.id, after={"part": part.id, "state": part.state})
    return texts.UNDONE.format(
        name=named_call(call),
        unit=unit_names(ctx, [part])[part.unit],
        state=texts.STATES[part.state],
    )
