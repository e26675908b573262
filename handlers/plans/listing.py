"""年度计划, 本月计划, 计划 3, 计划完成情况: what is planned, and how far it is."""

from collections.abc import Sequence
from datetime import date

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.listing import fitting
from handlers.plans import meanings, texts
from handlers.plans.naming import (
    call_named,
    call_of,
    day_text,
    keeps,
    named,
    seen,
    sees,
    state_of,
    today_of,
    unit_names,
    units_text,
)
from handlers.plans.registry import registry
from handlers.rules.calendar import local, period_bounds
from handlers.rules.plans import OPEN, Tally, is_overdue, tally
from storage.models import PlanNode
from storage.queries.plans import Planned

_Placed = tuple[Planned, PlanNode]


@registry.command(
    "年度计划",
    "今年计划",
    takes=Takes.NOTHING,
    usage="年度计划（或：本月计划、计划 3、计划完成情况）",
    purpose="看今年的宣传计划，科室看自己的",
    means=meanings.listing,
    changes=False,
)
def show_plan(ctx: Context, asked: Asked) -> str:
    """Show the plan of a year or of a month, one item, or how much of it is done."""
    slots = asked.slots
    if "plan_id" in slots:
        return show_item(ctx, seen(ctx, int(slots["plan_id"])))
    period = str(slots.get("period", today_of(ctx).year))
    year = int(period[:4])
    everything = ctx.uow.plans.of_year(ctx.sender.bureau, year)
    plan = _of_unit(ctx, sees(ctx, everything), str(slots.get("unit", "")))
    if not plan:
        empty = texts.NONE_OFFICE if keeps(ctx) else texts.NONE
        none = texts.NONE_YOURS if everything else empty
        return ctx.with_link(none.format(year=year), "plans")
    if "ask" in slots:
        return ctx.with_link(_progress(ctx, year, plan), "plans")
    if period != str(year):
        return ctx.with_link(_within(ctx, period, plan), "plans")
    return ctx.with_link(_year(ctx, year, plan), "plans")


@registry.command(
    "看计划",
    takes=Takes.NUMBER,
    usage="看计划 3",
    purpose="看一条计划的节点和约稿",
    changes=False,
)
def show_one_plan(ctx: Context, asked: Asked) -> str:
    return show_item(ctx, seen(ctx, asked.numbers[0]))


def show_item(ctx: Context, planned: Planned) -> str:
    """Say what an item asks for, and how far each node is."""
    item, today = planned.item, today_of(ctx)
    more = [item.kind, item.channel, f"权重{item.weight}" if item.weight > 1 else ""]
    more.append("" if item.opens_calls else texts.CALLS_STATE[False])
    lines = []
    for node in planned.nodes:
        call = call_of(ctx, node.call)
        asides = [
            texts.FIRST_ON.format(day=day_text(node.first_on, today))
            if node.first_on != node.due_on
            else "",
            texts.BY_CALL.format(call=call_named(call)) if call is not None else "",
            f"（{node.words}）" if node.words else "",
        ]
        day = day_text(node.due_on, today)
        state = state_of(node, today)
        lines.append(texts.DETAIL_NODE.format(day=day, state=state, aside="".join(asides)))
    said = texts.DETAIL.format(
        name=named(item),
        units=units_text(planned, unit_names(ctx, [planned])),
        more="".join(f"，{one}" for one in more if one),
        lines="\n".join(fitting(lines)),
    )
    return ctx.with_link(said, f"plans/items/{item.id}")


def _of_unit(ctx: Context, plan: Sequence[Planned], unit: str) -> Sequence[Planned]:
    if not unit:
        return plan
    names = unit_names(ctx, plan)
    if unit == "mine":
        return [one for one in plan if ctx.sender.unit in one.units]
    return [one for one in plan if any(unit in names[each] for each in one.units)]


def _placed(plan: Sequence[Planned]) -> Sequence[_Placed]:
    """Return the nodes of a plan, the first due first."""
    pairs = [(planned, node) for planned in plan for node in planned.nodes]
    return sorted(pairs, key=lambda pair: (pair[1].due_on, pair[0].item.number))


def _lines(ctx: Context, plan: Sequence[Planned], nodes: Sequence[_Placed]) -> Sequence[str]:
    names, today = unit_names(ctx, plan), today_of(ctx)
    return [
        texts.LINE.format(
            name=named(planned.item),
            day=day_text(node.due_on, today),
            units=units_text(planned, names),
            state=state_of(node, today),
        )
        for planned, node in nodes
    ]


def _as_fits(lines: Sequence[str]) -> str:
    shown = fitting(lines)
    more = [texts.MORE_LINES.format(count=len(lines) - len(shown))] * (len(shown) < len(lines))
    return "\n".join([*shown, *more])


def tally_of(plan: Sequence[Planned], today: date) -> Tally:
    return tally([(node.status, node.due_on) for one in plan for node in one.nodes], today)


def _year(ctx: Context, year: int, plan: Sequence[Planned]) -> str:
    """Say how far a year's plan is, with what is overdue and what comes next."""
    figures = tally_of(plan, today_of(ctx))
    said = texts.YEAR.format(
        year=year,
        items=len(plan),
        planned=figures.planned,
        figures=texts.FIGURES.format(
            done=figures.done,
            called=figures.called,
            overdue=figures.overdue,
            ahead=figures.ahead,
        ),
    )
    waiting = [pair for pair in _placed(plan) if pair[1].status in OPEN]
    lines = _as_fits(_lines(ctx, plan, waiting)) if waiting else texts.ALL_OVER
    return said + texts.AHEAD.format(lines=lines)


def _within(ctx: Context, period: str, plan: Sequence[Planned]) -> str:
    """List the nodes of a month, or of whatever else lies within a year."""
    first, end = (local(moment).date() for moment in period_bounds(period))
    here = [pair for pair in _placed(plan) if first <= pair[1].due_on < end]
    name = _named_period(period)
    if not here:
        return texts.NONE_IN_MONTH.format(month=name)
    return texts.MONTH.format(month=name, count=len(here), lines=_as_fits(_lines(ctx, plan, here)))


def _named_period(period: str) -> str:
    year, _, part = period.partition("-")
    return f"{year}年{int(part)}月" if part.isdigit() else period


def _progress(ctx: Context, year: int, plan: Sequence[Planned]) -> str:
    """Say how much of a plan is done, of all and of what is due, and what is overdue."""
    today = today_of(ctx)
    figures = tally_of(plan, today)
    rate = round(100 * figures.done / figures.planned) if figures.planned else 0
    said = texts.PROGRESS.format(
        year=year,
        planned=figures.planned,
        done=figures.done,
        rate=f"{rate}%",
        due=figures.due,
        due_done=figures.due_done,
    )
    late = [pair for pair in _placed(plan) if is_overdue(pair[1].status, pair[1].due_on, today)]
    if not late:
        return said + texts.NO_LATE
    lines = _as_fits(_lines(ctx, plan, late))
    return said + texts.LATE_LINES.format(count=len(late), lines=lines)
