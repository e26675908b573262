"""The plan as its pages show it: a year by month, and one item with all that came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handlers.kit.context import Context
from handlers.kit.finding import named as draft_named
from handlers.kit.finding import seen_by, viewer
from handlers.plans import texts
from handlers.plans.listing import tally_of
from handlers.plans.naming import (
    call_named,
    day_text,
    keeps,
    named,
    owed_call,
    sees,
    state_of,
    today_of,
    unit_names,
    units_text,
)
from handlers.rules.calendar import short_time
from handlers.rules.calls import DONE, ORDERED
from handlers.rules.plans import OPEN, Tally, is_overdue
from handlers.rules.visibility import DraftFacts, may_see_points
from storage.models import Adoption, Draft, PlanNode
from storage.queries.calls import Answering
from storage.queries.plans import Planned
from storage.vocabulary import CallId, DraftId, DraftStatus, EntryStatus, PlanItemId, UnitId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOnPage:
    """A year's plan: *months* are (month, its nodes as lines); *late* the lines that are overdue.

    *years* are those that have a plan.
    """

    year: int
    years: Sequence[int]
    items: int
    figures: Tally
    months: Sequence[tuple[int, Sequence[Mapping[str, Any]]]]
    late: Sequence[Mapping[str, Any]]
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UseOnPage:
    """An adoption of a draft, and the points that it gave; None where nobody is to see them."""

    words: str
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOnPage:
    """A draft that answers a call; *id* is empty where the visitor may not open it."""

    id: str
    name: str
    status: DraftStatus
    handed_in: bool
    on_time: bool
    uses: Sequence[UseOnPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOfNode:
    id: str
    name: str
    due: str
    done: int
    ordered: int
    drafts: Sequence[DraftOnPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeOnPage:
    """A node with what came of it; *day* as a form takes it, *asks* the call that would follow."""

    id: str
    day: str
    date: str
    state: str
    late: bool
    first_on: str
    words: str
    open: bool
    calls: Sequence[CallOfNode]
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOnPage:
    id: str
    name: str
    facts: Sequence[tuple[str, str]]
    nodes: Sequence[NodeOnPage]
    history: Sequence[str]
    keeps: bool
    opens_calls: bool
    open: bool


def year_on_page(ctx: Context, year: int) -> YearOnPage:
    """Return what the sender may see of his bureau's plan of a year."""
    plan = sees(ctx, ctx.uow.plans.of_year(ctx.sender.bureau, year))
    names, today = unit_names(ctx, plan), today_of(ctx)
    pairs = sorted(
        ((node, planned) for planned in plan for node in planned.nodes),
        key=lambda pair: (pair[0].due_on, pair[1].item.number),
    )
    months: dict[int, list[Mapping[str, Any]]] = {}
    late = []
    for node, planned in pairs:
        line = {
            "id": planned.item.id,
            "name": named(planned.item),
            "day": day_text(node.due_on, today),
            "units": units_text(planned, names),
            "state": state_of(node, today),
            "late": is_overdue(node.status, node.due_on, today),
            "status": node.status,
            "kind": planned.item.kind,
            "channel": planned.item.channel,
        }
        months.setdefault(node.due_on.month, []).append(line)
        late += [line] if line["late"] else []
    return YearOnPage(
        year=year,
        years=sorted({*ctx.uow.plans.years(ctx.sender.bureau), year}),
        items=len(plan),
        figures=tally_of(plan, today),
        months=list(months.items()),
        late=late,
        keeps=keeps(ctx),
    )


def item_on_page(ctx: Context, item_id: str) -> ItemOnPage | None:
    """Return an item with all that came of it, if there is one and the sender may see it."""
    planned = ctx.uow.plans.get(PlanItemId(item_id))
    if planned is None or not sees(ctx, [planned]):
        return None
    item, today = planned.item, today_of(ctx)
    calls = _calls(ctx, planned)
    return ItemOnPage(
        id=item.id,
        name=named(item),
        facts=_facts(ctx, planned),
        nodes=[
            NodeOnPage(
                id=node.id,
                day=day_text(node.due_on, today),
                date=node.due_on.isoformat(),
                state=state_of(node, today),
                late=is_overdue(node.status, node.due_on, today),
                first_on=day_text(node.first_on, today) if node.first_on != node.due_on else "",
                words=node.words,
                open=node.status in OPEN,
                calls=[calls[node.call]] if node.call in calls else (),
                asks=_asks(ctx, node),
            )
            for node in planned.nodes
        ],
        history=_history(ctx, planned),
        keeps=keeps(ctx),
        opens_calls=item.opens_calls,
        open=any(node.status in OPEN for node in planned.nodes),
    )


def _facts(ctx: Context, planned: Planned) -> Sequence[tuple[str, str]]:
    item = planned.item
    people = [UserId(one) for one in item.people]
    names = ctx.uow.members.names(people)
    pairs = (
        ("units", units_text(planned, unit_names(ctx, [planned]))),
        ("people", "、".join(names[one] for one in people if one in names)),
        ("why", item.why),
        ("kind", item.kind),
        ("channel", item.channel),
        ("weight", str(item.weight) if item.weight > 1 else ""),
        ("opens_calls", texts.YES if item.opens_calls else texts.NO),
    )
    return [(texts.WHAT[key], value) for key, value in pairs if value]


def _asks(ctx: Context, node: PlanNode) -> str:
    call = owed_call(ctx, node) if node.status in OPEN else None
    return call_named(call) if call is not None else ""


def _calls(ctx: Context, planned: Planned) -> Mapping[CallId, CallOfNode]:
    """Return the calls that an item opened, each with its drafts, their uses and points."""
    calls = ctx.uow.calls.of_plan_item(planned.item.bureau, planned.item.id)
    parts = ctx.uow.calls.parts_of([call.id for call in calls])
    answers = ctx.uow.calls.answers([part.id for each in parts.values() for part in each])
    drafts = {one.id: one for one in ctx.uow.drafts.some([one.draft for one in answers])}
    shown = _drafts(ctx, drafts)
    return {
        call.id: CallOfNode(
            id=call.id,
            name=call_named(call),
            due=short_time(call.due_at, ctx.now),
            done=sum(part.state in DONE for part in parts[call.id]),
            ordered=sum(part.state in ORDERED for part in parts[call.id]),
            drafts=[
                _draft(drafts[one.draft], shown[one.draft], one)
                for one in answers
                if one.part in {part.id for part in parts[call.id]}
            ],
        )
        for call in calls
    }


def _drafts(
    ctx: Context, drafts: Mapping[DraftId, Draft]
) -> Mapping[DraftId, tuple[bool, Sequence[UseOnPage]]]:
    """Return whether the sender may open each draft, and its uses with the points they gave."""
    uses = ctx.uow.adoptions.of_drafts(drafts, (EntryStatus.CONFIRMED,))
    units = {draft.unit for draft in drafts.values()}
    points = ctx.uow.scores.points_of(units, [use.id for use in uses])
    channels = ctx.uow.adoptions.channel_names({use.channel for use in uses})
    lineages, who = ctx.uow.members.lineages(units), viewer(ctx)
    found = {}
    for draft in drafts.values():
        facts = DraftFacts(author=draft.author, status=draft.status, lineage=lineages[draft.unit])
        counted = may_see_points(who, ctx.sender.unit, lineages[draft.unit])
        shown = [
            UseOnPage(
                words=_use_words(use, channels[use.channel]),
                points=_sum(points.get(use.id)) if counted else None,
            )
            for use in uses
            if use.draft == draft.id
        ]
        found[draft.id] = (seen_by(ctx, who, facts, draft), shown)
    return found


def _use_words(use: Adoption, channel: str) -> str:
    return f"{channel} {use.adopted_on.month}月{use.adopted_on.day}日采用"


def _sum(points: Mapping[UnitId, Decimal] | None) -> Decimal | None:
    return sum(points.values(), Decimal(0)) if points else None


def _draft(draft: Draft, shown: tuple[bool, Sequence[UseOnPage]], answer: Answering) -> DraftOnPage:
    may_open, uses = shown
    return DraftOnPage(
        id=draft.id if may_open else "",
        name=draft_named(draft),
        status=draft.status,
        handed_in=answer.handed_in_at is not None,
        on_time=answer.on_time,
        uses=uses,
    )


def _history(ctx: Context, planned: Planned) -> Sequence[str]:
    """Return what was done with an item, by whom, the latest last; in words."""
    entries = [
        entry
        for entry in ctx.uow.ledger.entries(planned.item.id)
        if entry.tag.removeprefix("plan:") in texts.HISTORY
    ]
    names = ctx.uow.members.names({entry.actor for entry in entries})
    return [
        texts.HISTORY_LINE.format(
            when=short_time(entry.at, ctx.now),
            who=names.get(entry.actor, texts.SERVICE),
            did=texts.HISTORY[entry.tag.removeprefix("plan:")],
            what=_what(entry.tag, entry.before, entry.after),
        )
        for entry in entries
    ]


def _what(tag: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say of one step what it changed."""
    if tag == "plan:move":
        return f"：{before['day']} → {after['day']}"
    if tag == "plan:change":
        said = [f"{texts.WHAT[key]}“{was}”→“{after[key]}”" for key, was in before.items()]
        return "：" + "，".join(said) if said else ""
    if tag == "plan:calls":
        return f"：{texts.CALLS_STATE[bool(after['on'])]}"
    days = "、".join(after.get("days", ()))
    words = str(after.get("words", ""))
    more = "，".join(filter(None, (days, words)))
    return f"：{more}" if more else ""
