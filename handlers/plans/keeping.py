"""What becomes of items and their nodes: added, moved, cancelled, done; their clocks follow.

Chat, pages and sheets come through here, and each step leaves its trace; who may is asked before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.plans import texts
from handlers.plans.naming import day_text, named, today_of
from handlers.plans.policy import PlanPolicy
from handlers.plans.registry import CHANGED, REMINDER
from handlers.rules.plans import OPEN, moments
from storage.models import PlanItem, PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import (
    NodeStatus,
    OutboxStatus,
    Outcome,
    PlanItemId,
    PlanNodeId,
    UnitId,
    UserId,
)

TIMER = "plan_node"
SETTLING = timedelta(minutes=10)
"""How long what is late already waits: a slip can be taken back, a call be switched off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an item says beside its number: *people* are members."""

    topic: str
    units: Sequence[UnitId]
    days: Sequence[date]
    people: Sequence[UserId] = ()
    why: str = ""
    kind: str = ""
    channel: str = ""
    weight: int = 1
    opens_calls: bool = True


def add(ctx: Context, bureau: UnitId, year: int, facts: Facts, *, tag: str = "plan:add") -> Planned:
    """Give an item its number, its units and its nodes, and set their clocks.

    *tag* is what the trace calls it: what came by a sheet is not taken back one by one.
    """
    item = PlanItem(
        id=PlanItemId(ctx.new_id()),
        bureau=bureau,
        year=year,
        number=ctx.uow.ledger.next_number(bureau, year, "plan"),
        topic=facts.topic,
        changed_by=ctx.sender.userid,
        changed_at=ctx.now,
        people=[str(member) for member in facts.people],
        why=facts.why,
        kind=facts.kind,
        channel=facts.channel,
        weight=facts.weight,
        opens_calls=facts.opens_calls,
    )
    ctx.uow.plans.add(item)
    ctx.uow.plans.own(item.id, facts.units)
    nodes = [add_node(ctx, item, day) for day in facts.days]
    ctx.audit(tag, item.id, after={"number": item.number, "days": _days(nodes)})
    return Planned(item, facts.units, nodes)


def add_node(ctx: Context, item: PlanItem, day: date) -> PlanNode:
    node = PlanNode(id=PlanNodeId(ctx.new_id()), item=item.id, due_on=day, first_on=day)
    ctx.uow.plans.add_node(node)
    set_clocks(ctx, node)
    return node


def move(ctx: Context, planned: Planned, node: PlanNode, day: date) -> None:
    """Let a node be on another day; whoever was reminded of it hears of that."""
    before = node.due_on
    told = _reminded(ctx, node)
    _place(ctx, node, day)
    _touch(ctx, planned.item)
    ctx.audit(
        "plan:move",
        planned.item.id,
        before={"node": node.id, "day": before.isoformat()},
        after={"node": node.id, "day": day.isoformat()},
    )
    today = today_of(ctx)
    said = texts.TOLD_MOVED.format(
        who=ctx.sender.name,
        name=named(planned.item),
        before=day_text(before, today),
        after=day_text(day, today),
    )
    _tell(ctx, node, told, said)


def cancel(ctx: Context, planned: Planned, nodes: Sequence[PlanNode], why: str) -> None:
    """Let nodes be no more; whoever was reminded of them hears of that."""
    before = {str(node.id): node.status for node in nodes}
    _touch(ctx, planned.item)
    ctx.audit(
        "plan:cancel", planned.item.id, before=before, after={"days": _days(nodes), "words": why}
    )
    for node in nodes:
        told = _reminded(ctx, node)
        _end(ctx, node, NodeStatus.CANCELLED, why)
        said = texts.TOLD_CANCELLED.format(
            who=ctx.sender.name,
            name=named(planned.item),
            day=day_text(node.due_on, today_of(ctx)),
        )
        _tell(ctx, node, told, said)


def finish(ctx: Context, planned: Planned, node: PlanNode, words: str) -> None:
    """Let a node be done by the office's word."""
    _touch(ctx, planned.item)
    ctx.audit(
        "plan:done",
        planned.item.id,
        before={node.id: node.status},
        after={"days": _days([node]), "words": words},
    )
    _end(ctx, node, NodeStatus.DONE, words)


def switch_calls(ctx: Context, planned: Planned, *, on: bool) -> None:
    """Let the nodes of an item call upon its units by themselves, or not."""
    planned.item.opens_calls = on
    _touch(ctx, planned.item)
    ctx.audit("plan:calls", planned.item.id, before={"on": not on}, after={"on": on})


def restore(ctx: Context, node: PlanNode, status: NodeStatus) -> None:
    """Let a node that was ended by a slip be what it was, with its clocks."""
    node.status, node.words = status, ""
    _place(ctx, node, node.due_on)


def place_back(ctx: Context, node: PlanNode, day: date) -> None:
    """Let a node that was moved by a slip be on its day again."""
    _place(ctx, node, day)


def _place(ctx: Context, node: PlanNode, day: date) -> None:
    node.due_on = day
    node.revision += 1
    set_clocks(ctx, node)


def _end(ctx: Context, node: PlanNode, status: NodeStatus, words: str) -> None:
    node.status, node.words = status, words
    quieten(ctx, node)


def quieten(ctx: Context, node: PlanNode) -> None:
    """Say nothing more about a node by the clock; what has not left yet is dropped."""
    ctx.uow.timers.cancel(node.id)
    ctx.uow.outbox.drop(node.id, [REMINDER], "settled")


def set_clocks(ctx: Context, node: PlanNode) -> None:
    """Set the clocks of a node anew, as far as they are ahead; what is late comes soon, once."""
    quieten(ctx, node)
    if node.status not in OPEN or node.due_on < today_of(ctx):
        return
    wanted = clocks_of(ctx, node)
    late = [days for days, at in wanted.items() if at <= ctx.now]
    for days, at in wanted.items():
        if at > ctx.now:
            _set_clock(ctx, node, days, at)
    if late and node.status is NodeStatus.PLANNED:
        _set_clock(ctx, node, min(late), ctx.now + SETTLING)


def clocks_of(ctx: Context, node: PlanNode) -> dict[int, datetime]:
    """Return when something happens before a node, by how many working days before."""
    policy = ctx.policy(PlanPolicy)
    return dict(moments(node.due_on, {*policy.remind_days, policy.call_days}, ctx.calendar()))


def _set_clock(ctx: Context, node: PlanNode, days: int, at: datetime) -> None:
    ctx.set_timer(
        TIMER, node.id, at, stage=f"{days} {node.revision}", days=days, revision=node.revision
    )


def _reminded(ctx: Context, node: PlanNode) -> Collection[UserId]:
    """Return who has been reminded of a node; called before anything is dropped."""
    return {
        row.recipient
        for row in ctx.uow.outbox.about(node.id, [REMINDER])
        if row.status is OutboxStatus.LEASED
        or row.outcome in {Outcome.SENT, Outcome.DIGESTED, Outcome.MERGED}
    }


def _tell(ctx: Context, node: PlanNode, members: Collection[UserId], said: str) -> None:
    others = sorted(set(members) - {ctx.sender.userid})
    ctx.tell(CHANGED, others, Text(text=said), subject=node.id, stage=ctx.now.isoformat())


def _touch(ctx: Context, item: PlanItem) -> None:
    item.changed_by, item.changed_at = ctx.sender.userid, ctx.now


def _days(nodes: Sequence[PlanNode]) -> list[str]:
    return [node.due_on.isoformat() for node in nodes]


def long_enough(what: str, words: str, limit: int) -> None:
    """Refuse words that are too long to be shown.

    Raises:
        UserError: they are.
    """
    if len(words) > limit:
        raise UserError(texts.LONG_WORDS.format(what=what, characters=len(words), limit=limit))
