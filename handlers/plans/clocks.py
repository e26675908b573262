"""What nodes do by the clock: they call upon their units for drafts, remind them, tell the office.

The office hears of the calls in one message for each half hour, which waits for a digest, not of
each.
"""

from datetime import UTC, datetime, timedelta

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import CallAsked
from handlers.kit.listing import fitting
from handlers.kit.messages import Text
from handlers.kit.writers import people_of
from handlers.plans import texts
from handlers.plans.keeping import TIMER
from handlers.plans.naming import (
    call_named,
    call_of,
    day_text,
    due_of,
    named,
    today_of,
    unit_names,
)
from handlers.plans.policy import PlanPolicy
from handlers.plans.registry import NEWS, REMINDER, registry
from handlers.rules.calendar import local, short_time
from handlers.rules.calls import OWED
from handlers.rules.plans import OPEN, workdays_until
from storage.models import Call, PlanItem, PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import NO_CALL, CallId, NodeStatus, PlanNodeId, Role, UnitId, UserId

_NEWS_TIMER = "plan_news"
_BUNDLE = timedelta(minutes=30)


@registry.timer(TIMER)
def node_comes(ctx: Context, due: Due) -> None:
    """Call upon the units of a node if that is to be now, else remind them of it."""
    node = ctx.uow.plans.node(PlanNodeId(due.subject))
    planned = ctx.uow.plans.lock(node.item) if node is not None else None
    if node is None or planned is None:
        return
    if node.status not in OPEN or node.revision != due.payload["revision"]:
        return
    days = int(due.payload["days"])
    if _opens(ctx, planned, node, days):
        _open(ctx, planned, node)
    else:
        _remind(ctx, planned, node, f"{days} {node.revision}")


def _opens(ctx: Context, planned: Planned, node: PlanNode, days: int) -> bool:
    return (
        planned.item.opens_calls
        and node.call == NO_CALL
        and days <= ctx.policy(PlanPolicy).call_days
        and due_of(ctx, node.due_on) > ctx.now
    )


def _open(ctx: Context, planned: Planned, node: PlanNode) -> None:
    """Let a call be issued for a node; its notice is the reminder of the units."""
    item, due_at = planned.item, due_of(ctx, node.due_on)
    asked = CallAsked(
        bureau=item.bureau,
        by=item.changed_by,
        item=item.id,
        topic=item.topic,
        angle=_angle(ctx, item, node),
        due_at=due_at.astimezone(UTC),
        units=tuple(planned.units),
        weight=item.weight,
    )
    call = ctx.uow.calls.lock(CallId(ctx.emit(asked)[0]))
    node.call, node.status = call.id, NodeStatus.CALLED
    ctx.audit("plan:open", item.id, after={"node": node.id, "call": call.id})
    _tell_people(ctx, planned, node, call)
    moment = _bundled(ctx.now)
    until = moment.isoformat()
    ctx.set_timer(
        _NEWS_TIMER, f"plan:{item.bureau}", moment, stage=until, bureau=item.bureau, until=until
    )


def _angle(ctx: Context, item: PlanItem, node: PlanNode) -> str:
    day = day_text(node.due_on, today_of(ctx))
    lines = [texts.ANGLE.format(number=item.number, day=day)]
    lines += [texts.ANGLE_WHY.format(why=item.why)] if item.why else []
    lines += [texts.ANGLE_KIND.format(kind=item.kind)] if item.kind else []
    lines += [texts.ANGLE_CHANNEL.format(channel=item.channel)] if item.channel else []
    return "\n".join(lines)


def _tell_people(ctx: Context, planned: Planned, node: PlanNode, call: Call) -> None:
    """Tell those who answer for an item and did not get the call's own notice."""
    item, names = planned.item, unit_names(ctx, [planned])
    people = people_of(ctx, item.bureau, planned.units)
    writers = {one for each in people.values() for one in each.writers}
    said = texts.PERSON_OF_CALL.format(
        name=named(item),
        day=day_text(node.due_on, today_of(ctx)),
        call=call_named(call),
        units="、".join(names[unit] for unit in planned.units),
        due=short_time(call.due_at, ctx.now),
    )
    others = [one for one in _active(ctx, item) if one not in writers]
    ctx.tell(REMINDER, others, Text(text=said), subject=node.id, stage=f"call {node.revision}")


def _active(ctx: Context, item: PlanItem) -> list[UserId]:
    return list(ctx.uow.members.people([UserId(one) for one in item.people]))


def _remind(ctx: Context, planned: Planned, node: PlanNode, stage: str) -> None:
    """Remind the units that still owe something, and those who answer for it.

    A call of the same day has just told them.
    """
    call = call_of(ctx, node.call)
    units = _owing(ctx, planned, call)
    if not units or (call is not None and local(call.ordered_at).date() == today_of(ctx)):
        return
    item, names = planned.item, unit_names(ctx, [planned])
    people = people_of(ctx, item.bureau, units)
    day = today_of(ctx)
    left = workdays_until(day, node.due_on, ctx.calendar().is_workday)
    following = (
        texts.NEXT_WRITE
        if call is None
        else texts.NEXT_ANSWER.format(call=call_named(call), number=call.number)
    )
    said = texts.REMIND.format(
        name=named(item),
        day=day_text(node.due_on, day),
        left=texts.LEFT.format(days=left) if node.due_on > day else texts.LEFT_TODAY,
        units="、".join(names[unit] for unit in planned.units if unit in units),
        next=following,
    )
    writers = [one for each in people.values() for one in each.writers]
    recipients = dict.fromkeys([*writers, *_active(ctx, item)])
    ctx.tell(REMINDER, recipients, Text(text=said), subject=node.id, stage=stage)


def _owing(ctx: Context, planned: Planned, call: Call | None) -> list[UnitId]:
    """Return the units of a node that have not handed in; all of them where nobody was called."""
    if call is None:
        return list(planned.units)
    return [part.unit for part in ctx.uow.calls.parts(call.id) if part.state in OWED]


def _bundled(now: datetime) -> datetime:
    """Return the end of the half hour that *now* is in."""
    start = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    return start + _BUNDLE


@registry.timer(_NEWS_TIMER)
def tell_of_calls(ctx: Context, due: Due) -> None:
    """Tell the office of the calls that the plan opened in the half hour that is over."""
    bureau = UnitId(str(due.payload["bureau"]))
    until = datetime.fromisoformat(str(due.payload["until"]))
    calls = ctx.uow.calls.planned_in(bureau, until - _BUNDLE, until)
    opened = {
        node.call: (planned.item, node)
        for planned in ctx.uow.plans.some({call.plan_item for call in calls})
        for node in planned.nodes
    }
    lines = [
        texts.NEWS_LINE.format(
            call=call_named(call),
            plan=named(opened[call.id][0]),
            day=day_text(opened[call.id][1].due_on, today_of(ctx)),
        )
        for call in calls
        if call.id in opened
    ]
    if not lines:
        return
    shown = fitting(lines)
    more = [texts.MORE_LINES.format(count=len(lines) - len(shown))] * (len(shown) < len(lines))
    said = texts.NEWS.format(count=len(lines), lines="\n".join([*shown, *more]))
    office = ctx.uow.members.holding(Role.OFFICE, bureau)
    ctx.tell(NEWS, office, Text(text=said), subject=due.subject, stage=until.isoformat())
