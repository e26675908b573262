"""What nodes make of what happens elsewhere: to their calls, to the calendar, at a month's end."""

from datetime import timedelta

from handlers.kit.context import Context
from handlers.kit.events import CalendarChanged, CallReopened, CallSettled, MonthSummedUp
from handlers.plans import texts
from handlers.plans.keeping import TIMER, clocks_of, quieten, set_clocks
from handlers.plans.naming import named, today_of
from handlers.plans.registry import registry
from handlers.rules.calendar import local, period_bounds
from handlers.rules.calls import DONE, OWED
from handlers.rules.plans import is_overdue, tally
from storage.vocabulary import NodeStatus, PartState, PlanNodeId

_SHOWN = 5


@registry.on(CallSettled)
def settle(ctx: Context, event: CallSettled) -> None:
    """A node is done when its call is over and one of its units has handed in.

    If the call was cancelled the node is only planned again; it opens no second one by itself.
    """
    node = ctx.uow.plans.opened(event.call)
    if node is None or node.status is NodeStatus.CANCELLED:
        return
    states = {part.state for part in ctx.uow.calls.parts(event.call)}
    if states & OWED:
        return
    if states & DONE:
        node.status = NodeStatus.DONE
        quieten(ctx, node)
    elif states <= {PartState.CANCELLED} and node.status is NodeStatus.CALLED:
        node.status = NodeStatus.PLANNED


@registry.on(CallReopened)
def reopen(ctx: Context, event: CallReopened) -> None:
    """A unit owes its draft again: the node is not done."""
    node = ctx.uow.plans.opened(event.call)
    if node is None or node.status not in {NodeStatus.DONE, NodeStatus.PLANNED}:
        return
    node.status, node.words = NodeStatus.CALLED, ""
    node.revision += 1
    set_clocks(ctx, node)


@registry.on(CalendarChanged)
def count_anew(ctx: Context, _event: CalendarChanged) -> None:
    """Count back from each node again; what is late by the new calendar comes at once."""
    for timer in ctx.uow.timers.standing([TIMER]):
        node = ctx.uow.plans.node(PlanNodeId(timer.subject))
        if node is None or timer.due_at <= ctx.now:
            continue
        moment = clocks_of(ctx, node).get(int(timer.payload["days"]))
        if moment is not None:
            timer.due_at = max(moment, ctx.now)


@registry.on(MonthSummedUp)
def sum_up(ctx: Context, event: MonthSummedUp) -> str:
    """Say how many nodes of a month were done, and which are overdue now; nothing without any."""
    start, end = (local(moment).date() for moment in period_bounds(event.month))
    last, today = end - timedelta(days=1), today_of(ctx)
    plan = ctx.uow.plans.of_year(event.bureau, start.year)
    nodes = [(one.status, one.due_on) for planned in plan for one in planned.nodes]
    month = tally([(status, day) for status, day in nodes if start <= day <= last], last)
    late = [
        planned.item
        for planned in plan
        if any(is_overdue(node.status, node.due_on, today) for node in planned.nodes)
    ]
    if not month.planned and not late:
        return ""
    names = "、".join(named(item) for item in late[:_SHOWN]) + "等" * (len(late) > _SHOWN)
    return texts.MONTH_SUMMARY.format(
        month=f"{start.month}月",
        due=month.planned,
        done=month.done,
        late=texts.MONTH_LATE.format(count=len(late), names=names) if late else "",
    )
