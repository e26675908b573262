"""撤销: what the sender has just done to the plan is taken back."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.plans import texts
from handlers.plans.keeping import cancel, place_back, restore
from handlers.plans.naming import day_text, days_text, named, open_nodes, today_of
from handlers.plans.registry import registry
from storage.models import AuditEntry, PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import NodeStatus, PlanItemId

_LATEST = 20
"""How many items are looked at: who undoes something within minutes has just had it in hand."""


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's last act on the plan; None if he has not had one in hand since.

    Raises:
        UserError: somebody has gone on from it, or it can only be put right by another act.
    """
    act = _last_act(ctx, event.since)
    planned = ctx.uow.plans.lock(PlanItemId(act.subject)) if act is not None else None
    if act is None or planned is None:
        return None
    last = ctx.uow.ledger.entries(planned.item.id)[-1]
    if last.id != act.id:
        who = ctx.uow.members.names([last.actor]).get(last.actor, texts.SERVICE)
        raise UserError(texts.GONE_ON.format(name=named(planned.item), who=who))
    undoes = _UNDONE.get(act.tag)
    if undoes is None:
        raise UserError(texts.NOT_UNDOABLE.format(name=named(planned.item)))
    said = undoes(ctx, planned, act)
    ctx.audit("plan:undo", planned.item.id, after={"act": act.tag})
    return said


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    recent = ctx.uow.plans.touched_since(ctx.sender.bureau, since, _LATEST)
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, recent, since) if recent else None
    return None if act is None or act.tag == "plan:undo" else act


def _add(ctx: Context, planned: Planned, _act: AuditEntry) -> str:
    cancel(ctx, planned, open_nodes(planned), "")
    return texts.UNDONE_ADD.format(name=named(planned.item))


def _move(ctx: Context, planned: Planned, act: AuditEntry) -> str:
    node = _nodes(planned)[act.before["node"]]
    place_back(ctx, node, date.fromisoformat(act.before["day"]))
    day = day_text(node.due_on, today_of(ctx))
    return texts.UNDONE_MOVE.format(name=named(planned.item), day=day)


def _cancel(ctx: Context, planned: Planned, act: AuditEntry) -> str:
    nodes = _restored(ctx, planned, act)
    return texts.UNDONE_CANCEL.format(name=named(planned.item), days=days_text(ctx, nodes))


def _done(ctx: Context, planned: Planned, act: AuditEntry) -> str:
    nodes = _restored(ctx, planned, act)
    return texts.UNDONE_DONE.format(name=named(planned.item), day=days_text(ctx, nodes))


def _restored(ctx: Context, planned: Planned, act: AuditEntry) -> list[PlanNode]:
    nodes = _nodes(planned)
    for node, status in act.before.items():
        restore(ctx, nodes[node], NodeStatus(status))
    return [nodes[node] for node in act.before]


def _calls(_ctx: Context, planned: Planned, act: AuditEntry) -> str:
    planned.item.opens_calls = bool(act.before["on"])
    state = texts.CALLS_STATE[planned.item.opens_calls]
    return texts.UNDONE_CALLS.format(name=named(planned.item), state=state)


def _nodes(planned: Planned) -> Mapping[str, PlanNode]:
    return {node.id: node for node in planned.nodes}


_UNDONE: Mapping[str, Callable[[Context, Planned, AuditEntry], str]] = {
    "plan:add": _add,
    "plan:move": _move,
    "plan:cancel": _cancel,
    "plan:done": _done,
    "plan:calls": _calls,
}
