"""Items of the plan as people name them, found for whoever asks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.plans import texts
from handlers.rules.calendar import SHANGHAI, local, shifted
from handlers.rules.calls import OWED, closing_of
from handlers.rules.plans import OPEN, is_overdue
from handlers.rules.visibility import may_keep_plan, may_see_plan_item, may_see_whole_plan
from storage.models import Call, PlanItem, PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import NO_CALL, CallId, NodeStatus, PlanItemId, UnitId

CALL_NAME = "{number}号约稿《{topic}》"


def today_of(ctx: Context) -> date:
    return local(ctx.now).date()


def named(item: PlanItem) -> str:
    return texts.NAME.format(number=item.number, topic=item.topic)


def day_text(day: date, today: date) -> str:
    """Write a day as briefly as *today* allows: 9月28日, 2027年1月5日."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def days_text(ctx: Context, nodes: Iterable[PlanNode]) -> str:
    return "、".join(day_text(node.due_on, today_of(ctx)) for node in nodes)


def state_of(node: PlanNode, today: date) -> str:
    if is_overdue(node.status, node.due_on, today):
        return texts.OVERDUE
    if node.status in OPEN and node.due_on == today:
        return texts.DUE_TODAY
    return texts.STATES[node.status]


def open_nodes(planned: Planned) -> Sequence[PlanNode]:
    return [node for node in planned.nodes if node.status in OPEN]


def keeps(ctx: Context) -> bool:
    return may_keep_plan(viewer(ctx), ctx.sender.bureau)


def seen(ctx: Context, number: int) -> Planned:
    """Return the item of that number in the sender's bureau, locked: this year's, else the next.

    Raises:
        UserError: there is none, or it is not his to see; the two are told alike.
    """
    years = ctx.uow.plans.years_of(ctx.sender.bureau, number)
    found = _nearest(years, today_of(ctx).year)
    planned = ctx.uow.plans.lock(found) if found is not None else None
    if planned is None or not sees(ctx, [planned]):
        raise UserError(texts.NOT_FOUND.format(number=number))
    return planned


def _nearest(years: Sequence[tuple[int, PlanItemId]], this: int) -> PlanItemId | None:
    """Return the item of *this* year, else of the first after it, else of the last before."""
    ahead = [item for year, item in years if year >= this]
    if ahead:
        return ahead[0]
    return years[-1][1] if years else None


def kept(ctx: Context, number: int) -> Planned:
    """Return an item that the sender may change, locked.

    Raises:
        UserError: he may not, or there is none.
    """
    planned = seen(ctx, number)
    if not keeps(ctx):
        raise UserError(texts.MAY_NOT_KEEP)
    return planned


def sees(ctx: Context, items: Sequence[Planned]) -> Sequence[Planned]:
    """Return those of *items*, of the sender's bureau, that he may see."""
    who, bureau = viewer(ctx), ctx.sender.bureau
    ours = [one for one in items if one.item.bureau == bureau]
    if may_see_whole_plan(who, bureau):
        return ours
    lineages = ctx.uow.members.lineages({unit for one in ours for unit in one.units})
    return [
        one
        for one in ours
        if may_see_plan_item(who, bureau, [lineages[unit] for unit in one.units])
    ]


def unit_names(ctx: Context, items: Collection[Planned]) -> Mapping[UnitId, str]:
    return ctx.uow.members.unit_names({unit for one in items for unit in one.units})


def units_text(planned: Planned, names: Mapping[UnitId, str]) -> str:
    return "、".join(names[unit] for unit in planned.units)


def owed_call(ctx: Context, node: PlanNode) -> Call | None:
    """Return the call of a node to which somebody still owes something."""
    call = ctx.uow.calls.get(node.call) if node.call != NO_CALL else None
    if call is None:
        return None
    owed = any(part.state in OWED for part in ctx.uow.calls.parts(call.id))
    return call if owed else None


def call_named(call: Call) -> str:
    return CALL_NAME.format(number=call.number, topic=call.topic)


def call_of(ctx: Context, call: CallId) -> Call | None:
    return ctx.uow.calls.get(call) if call != NO_CALL else None


def due_of(ctx: Context, day: date) -> datetime:
    """Return when units hand in for a node: when the office closes on its last working day."""
    calendar = ctx.calendar()
    last = shifted(day, "previous", calendar.is_workday)
    if last < today_of(ctx):
        last = day
    return closing_of(datetime.combine(last, datetime.min.time(), SHANGHAI), calendar)


def is_done(node: PlanNode) -> bool:
    return node.status is NodeStatus.DONE
