"""撤销: what the sender just announced, moved or called off is taken back."""

from datetime import datetime

from handlers.gatherings import texts
from handlers.gatherings.commands import drop, put_to, tell_guests
from handlers.gatherings.registry import registry
from handlers.gatherings.telling import at, named, set_clocks
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from storage.models import AuditEntry, Gathering
from storage.vocabulary import GatheringStatus

_UNDONE = "gathering:undo"


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's last act on a gathering; None if he has not had one since.

    Whoever was told of it hears of this.

    Raises:
        UserError: the gathering has begun by now.
    """
    act = _last_act(ctx, event.since)
    gathering = ctx.uow.gatherings.get(act.subject) if act is not None else None
    if act is None or gathering is None:
        return None
    if gathering.begins_at <= ctx.now:
        raise UserError(texts.OVER.format(name=named(gathering)))
    count = _UNDO[act.tag](ctx, gathering, act)
    ctx.audit(_UNDONE, gathering.id, after={"act": act.tag})
    if gathering.status is GatheringStatus.CANCELLED:
        return texts.CANCELLED.format(name=named(gathering), count=count)
    return texts.PUT_BACK.format(name=named(gathering), count=count, **at(ctx, gathering))


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    touched = ctx.uow.gatherings.touched(ctx.sender.bureau, since)
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, touched, since) if touched else None
    return act if act is not None and act.tag in _UNDO else None


def _unannounce(ctx: Context, gathering: Gathering, _act: AuditEntry) -> int:
    return drop(ctx, gathering, texts.BY_MISTAKE)


def _move_back(ctx: Context, gathering: Gathering, act: AuditEntry) -> int:
    began = datetime.fromisoformat(act.before["begins_at"])
    return put_to(ctx, gathering, began, act.before["place"])


def _hold_again(ctx: Context, gathering: Gathering, _act: AuditEntry) -> int:
    gathering.status, gathering.changed_at = GatheringStatus.PLANNED, ctx.now
    gathering.revision += 1
    set_clocks(ctx, gathering)
    said = texts.TOLD_HELD_AGAIN.format(
        name=named(gathering), number=gathering.number, **at(ctx, gathering)
    )
    return tell_guests(ctx, gathering, said)


_UNDO = {
    "gathering:announce": _unannounce,
    "gathering:move": _move_back,
    "gathering:cancel": _hold_again,
}
