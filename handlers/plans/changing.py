"""An item becomes what a sheet says of it: what that changes in words, and the change itself.

Its nodes are matched by their days; where as many go as come they are moved, in their order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.context import Context
from handlers.plans import texts
from handlers.plans.keeping import Facts, add_node, cancel, move
from handlers.plans.naming import call_named, day_text, owed_call, today_of
from storage.models import PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import NodeStatus, UserId

_PLAIN = ("topic", "why", "kind", "channel", "weight", "opens_calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """What becomes of the nodes of an item: moved to a day, gone, new."""

    moved: Sequence[tuple[PlanNode, date]]
    gone: Sequence[PlanNode]
    new: Sequence[date]


def facts_now(planned: Planned) -> Facts:
    """Return what an item says now; what was cancelled of it is not asked for any more."""
    item = planned.item
    return Facts(
        topic=item.topic,
        units=list(planned.units),
        days=[node.due_on for node in planned.nodes if node.status is not NodeStatus.CANCELLED],
        people=[UserId(member) for member in item.people],
        why=item.why,
        kind=item.kind,
        channel=item.channel,
        weight=item.weight,
        opens_calls=item.opens_calls,
    )


def _nodes(planned: Planned, wanted: Sequence[date]) -> Nodes:
    standing = [node for node in planned.nodes if node.status is not NodeStatus.CANCELLED]
    days = {node.due_on for node in standing}
    new = [day for day in wanted if day not in days]
    gone = [node for node in standing if node.due_on not in wanted]
    if len(new) == len(gone):
        open_ones = [node.status is not NodeStatus.DONE for node in gone]
        if all(open_ones):
            return Nodes(moved=list(zip(gone, new, strict=True)), gone=[], new=[])
    return Nodes(moved=[], gone=gone, new=new)


def changes_of(ctx: Context, planned: Planned, facts: Facts) -> Sequence[str]:
    """Say in words what an item would change into."""
    now, today = facts_now(planned), today_of(ctx)
    said = [
        texts.ROW_CHANGE.format(what=texts.WHAT[key], before=before, after=after)
        for key, before, after in _compared(ctx, now, facts)
    ]
    nodes = _nodes(planned, facts.days)
    for node, day in nodes.moved:
        was, is_to_be = day_text(node.due_on, today), day_text(day, today)
        said.append(texts.ROW_CHANGE.format(what="节点", before=was, after=is_to_be))
    for node in nodes.gone:
        call = owed_call(ctx, node)
        aside = texts.ROW_NODE_CALL.format(call=call_named(call)) if call else ""
        gone = day_text(node.due_on, today)
        said.append(texts.ROW_NODES_GONE.format(days=gone, aside=aside))
    if nodes.new:
        days = "、".join(day_text(day, today) for day in nodes.new)
        said.append(texts.ROW_NODES_NEW.format(days=days))
    return said


def _compared(ctx: Context, now: Facts, facts: Facts) -> Sequence[tuple[str, str, str]]:
    before, after = _shown(ctx, now), _shown(ctx, facts)
    return [(key, before[key], after[key]) for key in before if before[key] != after[key]]


def _shown(ctx: Context, facts: Facts) -> Mapping[str, str]:
    """Return what is said of an item in the words of a sheet."""
    units = ctx.uow.members.unit_names(facts.units)
    people = ctx.uow.members.names(facts.people)
    return {
        "topic": facts.topic,
        "why": facts.why,
        "units": "、".join(units[unit] for unit in facts.units),
        "people": "、".join(people[member] for member in facts.people if member in people),
        "kind": facts.kind,
        "channel": facts.channel,
        "weight": str(facts.weight),
        "opens_calls": texts.YES if facts.opens_calls else texts.NO,
    }


def change(ctx: Context, planned: Planned, facts: Facts) -> Sequence[PlanNode]:
    """Let an item be what *facts* say; return the nodes that are no more."""
    item = planned.item
    compared = _compared(ctx, facts_now(planned), facts)
    nodes = _nodes(planned, facts.days)
    for key in _PLAIN:
        setattr(item, key, getattr(facts, key))
    item.people = [str(member) for member in facts.people]
    item.changed_by, item.changed_at = ctx.sender.userid, ctx.now
    ctx.uow.plans.own(item.id, facts.units)
    for node, day in nodes.moved:
        move(ctx, planned, node, day)
    if nodes.gone:
        cancel(ctx, planned, nodes.gone, "")
    for day in nodes.new:
        add_node(ctx, item, day)
    # The last trace of it, so that nothing of a sheet is taken back by itself.
    ctx.audit(
        "plan:change",
        item.id,
        before={key: before for key, before, _ in compared},
        after={key: after for key, _, after in compared},
    )
    return nodes.gone
