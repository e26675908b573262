"""加计划, 改计划, 取消计划, 完成计划, 计划不约稿: the office keeps the year's plan."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import CallDropped, CallMoved
from handlers.kit.writers import unit_said
from handlers.plans import meanings, texts
from handlers.plans.keeping import (
    Facts,
    add,
    cancel,
    clocks_of,
    finish,
    long_enough,
    move,
    switch_calls,
)
from handlers.plans.naming import (
    call_named,
    day_text,
    days_text,
    due_of,
    keeps,
    kept,
    named,
    open_nodes,
    owed_call,
    state_of,
    today_of,
    unit_names,
    units_text,
)
from handlers.plans.policy import PlanPolicy
from handlers.plans.registry import registry
from handlers.rules.calendar import local, short_time
from handlers.rules.plans import MOST_NODES, TOPIC_LIMIT, WORDS_LIMIT, Wish, read_wish
from storage.models import PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import CallId, Role, UnitId, UserId

KEEPERS = frozenset({Role.OFFICE})


@registry.command(
    "加计划",
    "加一条计划",
    "新增计划",
    "添加计划",
    "增加计划",
    takes=Takes.WORDS,
    usage="加计划 国庆燃气安全宣传 9月28日 物业科 燃气科",
    purpose="往年度计划里加一条",
    shown_to=KEEPERS,
)
def add_plan(ctx: Context, asked: Asked) -> str:
    """Add an item that is said in one line.

    Raises:
        UserError: the sender does not keep the plan, or something of it is missing or unknown.
    """
    if not keeps(ctx):
        raise UserError(texts.MAY_NOT_KEEP)
    wish = read_wish(asked.text, today_of(ctx))
    if wish is None:
        raise UserError(texts.WISH_FORM)
    facts = facts_of(ctx, wish)
    planned = add(ctx, ctx.sender.bureau, facts.days[0].year, facts)
    return texts.ADDED.format(
        name=named(planned.item),
        days=days_text(ctx, planned.nodes),
        units=units_text(planned, unit_names(ctx, [planned])),
        then=_then(ctx, planned),
    )


def _then(ctx: Context, planned: Planned) -> str:
    """Say what the nodes of a new item will do; the first may be so near that it does it soon."""
    policy, first = ctx.policy(PlanPolicy), planned.nodes[0]
    if not planned.item.opens_calls:
        return texts.THEN_REMINDS.format(days="、".join(map(str, policy.remind_days)))
    late = clocks_of(ctx, first)[policy.call_days] <= ctx.now
    form = texts.THEN_CALLS_SOON if late else texts.THEN_CALLS
    day = day_text(first.due_on, today_of(ctx))
    return form.format(days=policy.call_days, number=planned.item.number, day=day)


def facts_of(ctx: Context, wish: Wish) -> Facts:
    """Return what an item is to be, with its units and people found.

    Raises:
        UserError: something is missing, too long, over or unknown.
    """
    if len(wish.topic) > TOPIC_LIMIT:
        said = texts.LONG_TOPIC.format(characters=len(wish.topic), limit=TOPIC_LIMIT)
        raise UserError(said)
    for what, words in (("why", wish.why), ("kind", wish.kind), ("channel", wish.channel)):
        long_enough(texts.WHAT[what], words, WORDS_LIMIT)
    if wish.unread:
        raise UserError(texts.BAD_DAY.format(said="、".join(wish.unread)))
    if not wish.days:
        raise UserError(texts.NO_DAY.format(topic=wish.topic))
    _check_days(ctx, wish.days)
    if not wish.names:
        raise UserError(texts.NO_UNITS.format(topic=wish.topic))
    return Facts(
        topic=wish.topic,
        units=_units(ctx, wish.names),
        days=wish.days,
        people=_people(ctx, wish.people),
        why=wish.why,
        kind=wish.kind,
        channel=wish.channel,
        weight=wish.weight,
        opens_calls=wish.opens_calls,
    )


def _check_days(ctx: Context, days: Sequence[date]) -> None:
    today = today_of(ctx)
    said = "、".join(day_text(day, today) for day in days)
    if len(days) > MOST_NODES:
        raise UserError(texts.MANY_DAYS.format(most=MOST_NODES))
    if days[0] < today:
        raise UserError(texts.PAST.format(day=day_text(days[0], today)))
    if days[0].year != days[-1].year:
        raise UserError(texts.TWO_YEARS.format(days=said))


def _units(ctx: Context, names: Sequence[str]) -> Sequence[UnitId]:
    by_name = {unit.name: unit.id for unit in ctx.uow.members.sections_of(ctx.sender.bureau)}
    meant = {name: unit_said(name, by_name) for name in names}
    if unknown := [name for name in names if meant[name] is None]:
        close = [near for name in unknown for near in get_close_matches(name, by_name, n=1)]
        hint = texts.HINT.format(names="、".join(close)) if close else ""
        raise UserError(texts.UNKNOWN_UNITS.format(names="、".join(unknown), hint=hint))
    return [by_name[name] for name in dict.fromkeys(meant.values()) if name]


def _people(ctx: Context, names: Sequence[str]) -> Sequence[UserId]:
    members = ctx.uow.members.of_bureau(ctx.sender.bureau) if names else ()
    found: list[UserId] = []
    for name in names:
        called = [one.userid for one in members if name in {one.name, one.userid, *one.aliases}]
        if len(called) != 1:
            said = texts.NAMESAKES if called else texts.UNKNOWN_PEOPLE
            raise UserError(said.format(names=name))
        found += called
    return list(dict.fromkeys(found))


@registry.command(
    "改计划",
    takes=Takes.NUMBER_AND_MOMENT,
    usage="改计划 3 12月5日（或：计划 3 改到12月5日）",
    purpose="改计划节点的日期",
    shown_to=KEEPERS,
    means=meanings.move,
)
def move_plan(ctx: Context, asked: Asked) -> str:
    """Move the next node of an item; a call that it opened is asked about.

    Raises:
        UserError: the sender does not keep the plan, or the day is missing or over.
    """
    if "follow" in asked.slots:
        kept(ctx, asked.numbers[0])
        return _follow(ctx, CallId(asked.slots["follow"]), str(asked.slots["day"]))
    planned = kept(ctx, _number(asked))
    day = _day(asked)
    if day is None:
        raise UserError(texts.MOVE_HOW.format(number=planned.item.number))
    return moved(ctx, planned, next_node(ctx, planned), day, ask=True)


def moved(ctx: Context, planned: Planned, node: PlanNode, day: date, *, ask: bool) -> str:
    """Move a node and say so; *ask* whether its call is to follow.

    Raises:
        UserError: the day is over, or it is the same.
    """
    today, before = today_of(ctx), node.due_on
    if day < today:
        raise UserError(texts.PAST.format(day=day_text(day, today)))
    if day == before:
        said = texts.SAME_DAY.format(name=named(planned.item), day=day_text(day, today))
        raise UserError(said)
    move(ctx, planned, node, day)
    said = texts.MOVED.format(
        name=named(planned.item),
        before=day_text(before, today),
        after=day_text(day, today),
        aside="" if ctx.calendar().is_workday(day) else texts.DAY_OFF,
    )
    call = owed_call(ctx, node)
    if call is None or not ask:
        return said
    due = short_time(due_of(ctx, day), ctx.now)
    question = texts.ASK_CALL_MOVED.format(call=call_named(call), due=due)
    slots = {"follow": call.id, "day": day.isoformat()}
    return ctx.offer(
        f"{said}\n{question}",
        Option(label="", command="move_plan", numbers=(planned.item.number,), slots=slots),
        Option(label="", command="", text=texts.CALL_LEFT.format(call=call_named(call))),
        confirming="move_plan",
    )


def _follow(ctx: Context, call: CallId, day: str) -> str:
    due = due_of(ctx, date.fromisoformat(day))
    return "\n".join(ctx.emit(CallMoved(call=call, due_at=due)))


@registry.command(
    "取消计划",
    takes=Takes.NUMBER_AND_TEXT,
    usage="取消计划 3 原因",
    purpose="取消计划里的一条，不再提醒和约稿",
    shown_to=KEEPERS,
    means=meanings.cancel,
)
def cancel_plan(ctx: Context, asked: Asked) -> str:
    """Cancel what is open of an item; calls that it opened are asked about.

    Raises:
        UserError: the sender does not keep the plan, or nothing of it is open.
    """
    if "drop" in asked.slots:
        kept(ctx, asked.numbers[0])
        calls = [CallId(each) for each in asked.slots["drop"]]
        return dropped(ctx, calls, asked.text)
    planned = kept(ctx, _number(asked))
    nodes = open_nodes(planned)
    if not nodes:
        raise UserError(_nothing_open(ctx, planned))
    why = "" if asked.slots else asked.text
    return cancelled(ctx, planned, nodes, why, ask=True)


def cancelled(
    ctx: Context, planned: Planned, nodes: Sequence[PlanNode], why: str, *, ask: bool
) -> str:
    """Cancel nodes and say so; *ask* whether their calls go with them."""
    long_enough("原因", why, WORDS_LIMIT)
    whole = len(nodes) == len(open_nodes(planned))
    calls = [call for node in nodes if (call := owed_call(ctx, node)) is not None]
    cancel(ctx, planned, nodes, why)
    form = texts.CANCELLED if whole else texts.CANCELLED_NODE
    said = form.format(name=named(planned.item), days=days_text(ctx, nodes))
    if not calls or not ask:
        return said
    names = "、".join(map(call_named, calls))
    return ctx.offer(
        f"{said}\n{texts.ASK_CALL_DROPPED.format(call=names)}",
        Option(
            label="",
            command="cancel_plan",
            numbers=(planned.item.number,),
            text=why or named(planned.item),
            slots={"drop": [call.id for call in calls]},
        ),
        Option(label="", command="", text=texts.CALL_LEFT.format(call=names)),
        confirming="cancel_plan",
    )


def dropped(ctx: Context, calls: Sequence[CallId], why: str) -> str:
    """Cancel the calls of what was cancelled; return what is said of them."""
    said = [line for call in calls for line in ctx.emit(CallDropped(call=call, why=why))]
    return "\n".join(said)


@registry.command(
    "完成计划",
    takes=Takes.NUMBER_AND_TEXT,
    usage="完成计划 3 说明",
    purpose="记一个计划节点已完成（没有约稿的）",
    shown_to=KEEPERS,
    means=meanings.done,
    reads=lambda _heard: "",
)
def finish_plan(ctx: Context, asked: Asked) -> str:
    """Note that the next node of an item is done.

    Raises:
        UserError: the sender does not keep the plan, or nothing of it is open.
    """
    planned = kept(ctx, _number(asked))
    return finished(ctx, planned, next_node(ctx, planned), asked.text)


def finished(ctx: Context, planned: Planned, node: PlanNode, words: str) -> str:
    """Let a node be done and say so."""
    long_enough("说明", words, WORDS_LIMIT)
    call = owed_call(ctx, node)
    finish(ctx, planned, node, words)
    aside = texts.DONE_CALL_OPEN.format(call=call_named(call), number=call.number) if call else ""
    return texts.DONE.format(
        name=named(planned.item), day=day_text(node.due_on, today_of(ctx)), aside=aside
    )


@registry.command(
    "计划不约稿",
    takes=Takes.NUMBER,
    usage="计划不约稿 3",
    purpose="这条计划到时只提醒，不自动约稿",
    shown_to=KEEPERS,
    means=meanings.no_calls,
)
def stop_calls(ctx: Context, asked: Asked) -> str:
    return switched(ctx, kept(ctx, _number(asked)), on=False)


@registry.command(
    "计划约稿",
    takes=Takes.NUMBER,
    usage="计划约稿 3",
    purpose="这条计划到时自动约稿",
    shown_to=KEEPERS,
)
def start_calls(ctx: Context, asked: Asked) -> str:
    return switched(ctx, kept(ctx, asked.numbers[0]), on=True)


def switched(ctx: Context, planned: Planned, *, on: bool) -> str:
    """Let an item call upon its units by itself, or not, and say so.

    Raises:
        UserError: it is so already.
    """
    if planned.item.opens_calls is on:
        raise UserError(texts.CALLS_SAME.format(name=named(planned.item)))
    switch_calls(ctx, planned, on=on)
    form = texts.CALLS_ON if on else texts.CALLS_OFF
    return form.format(name=named(planned.item), days=ctx.policy(PlanPolicy).call_days)


def next_node(ctx: Context, planned: Planned) -> PlanNode:
    """Return the node that is meant where none is named: the first that is open.

    Raises:
        UserError: none is.
    """
    nodes = open_nodes(planned)
    if not nodes:
        raise UserError(_nothing_open(ctx, planned))
    return nodes[0]


def _nothing_open(ctx: Context, planned: Planned) -> str:
    today = today_of(ctx)
    states = "、".join(
        f"{day_text(node.due_on, today)}{state_of(node, today)}" for node in planned.nodes
    )
    return texts.NO_OPEN_NODE.format(name=named(planned.item), states=states)


def _number(asked: Asked) -> int:
    if asked.numbers:
        return asked.numbers[0]
    if "plan_id" not in asked.slots:
        raise UserError(texts.MOVE_HOW.format(number=3))
    return int(asked.slots["plan_id"])


def _day(asked: Asked) -> date | None:
    if asked.at is not None:
        return local(asked.at).date()
    said = asked.slots.get("day")
    return date.fromisoformat(str(said)) if said else None
