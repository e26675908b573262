"""舆情看板: what stands, how hot it is and what is owed, by section, topic and platform."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.cases import meanings, texts
from handlers.cases.finding import seen
from handlers.cases.moving import owed_of
from handlers.cases.naming import grade_of, named
from handlers.cases.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from handlers.rules.cases.board import (
    MONTH,
    UNASSIGNED,
    Box,
    platform_chart,
    topic_chart,
)
from handlers.rules.escalation import rank
from handlers.rules.notices.report import Chart
from handlers.rules.opinion.heat import (
    MOST_CURVES,
    SINCE,
    Said,
    heat,
    heat_chart,
    interactions,
    pace,
)
from handlers.rules.visibility import ALERTS_SEEN_BY
from storage.models import Case
from storage.queries.opinion import Spread
from storage.vocabulary import CaseId, Role, UnitId

_WHOLE = frozenset(
    {
        Role.OFFICE,
        Role.OPINION_LIAISON,
        Role.DUTY,
        Role.LEAD_DUTY,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)
"""Who sees all cases of the bureau, and so every section on the map."""

_CURVES = "热度（近7天，每12小时减半）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case on the board; *owed* is the next step and by when, *late* that it should be done."""

    id: CaseId
    name: str
    colour: str
    grade: str
    state: str
    unit: str
    heat: int
    peak: str
    pace: str
    trend: str
    owed: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a visitor sees of his bureau's public opinion; *recent* posts of the last 3 hours."""

    rows: tuple[Row, ...]
    late: int
    recent: int
    curves: Chart | None
    topics: Chart | None
    platforms: Chart | None
    sections: tuple[Box, ...]


def board(ctx: Context) -> Board:
    """Count what the sender may see: what stands, and what the last thirty days brought."""
    bureau = ctx.sender.bureau
    since = ctx.now - MONTH
    standing = ctx.uow.cases.open_of(bureau)
    lately = ctx.uow.cases.registered(bureau, since, ctx.now)
    everything = {case.id: case for case in (*standing, *lately)}
    visible = {case.id for case in seen(ctx, list(everything.values()))}
    mine = [case for case in standing if case.id in visible]
    spread = ctx.uow.opinion.spread([case.id for case in mine], ctx.now - SINCE)
    posts = {case: _said(found) for case, found in spread.items()}
    units = _sections(ctx, mine)
    rows = sorted(
        (_row(ctx, case, posts[case.id], units.get(case.unit, UNASSIGNED)) for case in mine),
        key=lambda row: (not row.late, -rank(grade_of(everything[row.id])), -row.heat),
    )
    return Board(
        rows=tuple(rows),
        late=sum(row.late for row in rows),
        recent=sum(pace(each, ctx.now).recent for each in posts.values()),
        curves=heat_chart(_curves(mine, posts), ctx.now, _CURVES),
        topics=topic_chart(
            [(case.topic, case.registered_at) for case in lately if case.id in visible], ctx.now
        ),
        platforms=platform_chart(ctx.uow.opinion.platforms(visible, since)),
        sections=_boxes(ctx, mine, rows, units),
    )


def _said(found: Sequence[Spread]) -> list[Said]:
    return [
        Said(at=one.found_at, platform=one.platform, interactions=interactions(one.heat))
        for one in found
    ]


def _curves(cases: Sequence[Case], posts: Mapping[CaseId, list[Said]]) -> dict[str, list[Said]]:
    return {f"{case.number}号": posts[case.id] for case in cases}


def _row(ctx: Context, case: Case, posts: Sequence[Said], unit: str) -> Row:
    owed = min(owed_of(ctx, case), key=lambda one: one.due_at, default=None)
    speed = pace(posts, ctx.now)
    grade = grade_of(case)
    return Row(
        id=case.id,
        name=named(case),
        colour=grade.value,
        grade=texts.GRADES[grade] + ("" if case.grade else "，待定"),
        state=texts.STATES[case.state],
        unit=unit,
        heat=round(heat(posts, ctx.now)),
        peak=case.heat_peak,
        pace=f"近3小时{speed.recent}条",
        trend=speed.word,
        owed=_owed(texts.STEPS[owed.step], owed.due_at, ctx.now) if owed else _next(ctx, case),
        late=owed is not None and owed.due_at <= ctx.now,
    )


def _next(ctx: Context, case: Case) -> str:
    """Say what comes next where no step has a limit that runs."""
    when = short_time(case.watch_until, ctx.now) if case.watch_until else ""
    return texts.COMES_NEXT.get(case.state, "").format(when=when)


def _owed(step: str, due: datetime, now: datetime) -> str:
    return f"{step}，限{short_time(due, now)}"


def _sections(ctx: Context, cases: Sequence[Case]) -> Mapping[UnitId, str]:
    """Return the sections that the visitor's map shows: all, or his own and those of his cases."""
    who = viewer(ctx)
    sections = ctx.uow.members.sections_of(ctx.sender.bureau)
    own = {unit for scopes in who.roles.values() for unit in scopes} | {one.unit for one in cases}
    whole = bool(_WHOLE & who.roles.keys())
    return {one.id: one.name for one in sections if whole or one.id in own}


def _boxes(
    ctx: Context, cases: Sequence[Case], rows: Sequence[Row], units: Mapping[UnitId, str]
) -> tuple[Box, ...]:
    late = {row.id for row in rows if row.late}
    standing = Counter(case.unit for case in cases)
    overdue = Counter(case.unit for case in cases if case.id in late)
    named_units = dict(units)
    if standing[ctx.sender.bureau]:
        named_units[ctx.sender.bureau] = UNASSIGNED
    boxes = [
        Box(name=name, standing=standing[unit], late=overdue[unit])
        for unit, name in named_units.items()
    ]
    return tuple(sorted(boxes, key=lambda box: (-box.late, -box.standing)))


@registry.command(
    "舆情看板",
    "看板",
    takes=Takes.NOTHING,
    usage="舆情看板",
    purpose="看舆情总体情况、热度和超时",
    shown_to=ALERTS_SEEN_BY,
    means=meanings.board,
    changes=False,
)
def show_board(ctx: Context, _asked: Asked) -> str:
    """Say how many cases stand, how many are late, which is the hottest, and where all of it is."""
    found = board(ctx)
    if not found.rows:
        return ctx.with_link(texts.BOARD_EMPTY, "opinion")
    hottest = max(found.rows, key=lambda row: row.heat)
    late = [row.name for row in found.rows if row.late][:MOST_CURVES]
    said = texts.BOARD.format(
        count=len(found.rows),
        late=found.late,
        recent=found.recent,
        hottest=hottest.name,
        heat=hottest.heat,
        trend=hottest.trend,
        names=texts.BOARD_LATE.format(names="、".join(late)) if late else "",
    )
    return ctx.with_link(said, "opinion")
