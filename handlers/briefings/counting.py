"""舆情周报, 舆情月报: read from the cases of a period and of the one before it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.briefings.keeping import Drafted, kept
from handlers.kit.agreement import agreement_in_words, agreement_of, agreement_table
from handlers.kit.context import Context
from handlers.rules.calendar import local, period_bounds
from handlers.rules.opinion_statistics import (
    MONTHLY,
    NOBODYS,
    WEEKLY,
    CaseFact,
    Span,
    Statistics,
    StepFact,
    picture,
    statistics,
    week_name,
)
from handlers.rules.scoring.periods import period_of
from storage.models import Briefing, Case
from storage.vocabulary import (
    NOBODY,
    BriefingId,
    BriefingKind,
    BriefingStatus,
    CaseState,
    UnitId,
)

_STATES = {
    CaseState.REGISTERED: "待定级",
    CaseState.GRADED: "待交办",
    CaseState.ASSIGNED: "待签收",
    CaseState.ACKED: "已签收",
    CaseState.HANDLING: "处置中",
    CaseState.RESPONDED: "已回应",
    CaseState.WATCHING: "观察中",
    CaseState.CLOSED: "已办结",
    CaseState.REOPENED: "重新打开",
}
_DROPPED = frozenset({CaseState.MERGED, CaseState.FALSE_ALARM, CaseState.NOT_OURS})
_DAY = timedelta(days=1)
LENGTHS = {BriefingKind.WEEKLY: "week", BriefingKind.MONTHLY: "month"}


def before(day: date, kind: BriefingKind) -> date:
    """Return the first day of the week or month before the one that *day* is in."""
    return first_of(first_of(day, kind) - _DAY, kind)


def first_of(day: date, kind: BriefingKind) -> date:
    """Return the first day of the week or month that *day* is in."""
    return day.replace(day=1) if kind is BriefingKind.MONTHLY else day - day.weekday() * _DAY


def draft_statistics(ctx: Context, bureau: UnitId, kind: BriefingKind, first: date) -> Briefing:
    """Write the report of the week or month that begins on *first*; one that was not sent anew."""
    begins, ends = period_bounds(period_of(first, LENGTHS[kind]))
    facts = _facts(ctx, bureau, kind, first)
    content = kept(Drafted(report=statistics(facts), picture=picture(facts)))
    begun = ctx.uow.briefings.of_day(bureau, first, kind)
    if begun is None:
        begun = Briefing(
            id=BriefingId(ctx.new_id()),
            bureau=bureau,
            kind=kind,
            day=first,
            begins_at=begins,
            ends_at=ends,
            due_at=ctx.now,
            content=content,
            fresh=len(facts.now.cases),
            duty=[],
        )
        ctx.uow.briefings.add(begun)
        return begun
    begun.content, begun.fresh, begun.turn = content, len(facts.now.cases), begun.turn + 1
    begun.status, begun.released_by = BriefingStatus.DRAFTED, NOBODY
    return begun


def _facts(ctx: Context, bureau: UnitId, kind: BriefingKind, first: date) -> Statistics:
    begins, ends = period_bounds(period_of(first, LENGTHS[kind]))
    earlier, _ = period_bounds(period_of(before(first, kind), LENGTHS[kind]))
    spans = ((begins, ends), (earlier, begins))
    registered = [ctx.uow.cases.registered(bureau, *span) for span in spans]
    standing = [one for one in ctx.uow.cases.open_of(bureau) if one.state is not CaseState.CLUE]
    units = {one.unit for cases in (*registered, standing) for one in cases} - {bureau}
    names = dict(ctx.uow.members.unit_names(units)) if units else {}
    now, was = (
        _span(ctx, bureau, cases, span, names)
        for cases, span in zip(registered, spans, strict=True)
    )
    at = local(ctx.now)
    period = week_name(first) if kind is BriefingKind.WEEKLY else f"{first.year}年{first.month}月"
    title = WEEKLY if kind is BriefingKind.WEEKLY else MONTHLY
    return Statistics(
        title=title.format(period=period),
        at=f"{at.month}月{at.day}日{at:%H:%M}",
        now=now,
        before=was,
        steps=[
            StepFact(
                move=one.move,
                minutes=one.minutes or 0,
                limit=one.limit or 0,
                in_working_time=one.in_working_time,
            )
            for one in ctx.uow.briefings.steps(bureau, begins, ends)
        ],
        standing=Counter(names.get(one.unit, NOBODYS) for one in standing),
        late=Counter(names.get(one.unit, NOBODYS) for one in standing if one.overdue),
        agreed=agreement_in_words(ctx, bureau, begins, ends),
        decided=agreement_table(agreement_of(ctx, bureau, begins, ends)),
    )


def _span(
    ctx: Context,
    bureau: UnitId,
    cases: Sequence[Case],
    span: tuple[datetime, datetime],
    names: dict[UnitId, str],
) -> Span:
    ours = [one for one in cases if one.state in _STATES]
    return Span(
        cases=[
            CaseFact(
                name=f"{one.number}号舆情《{one.title}》",
                topic=one.topic,
                unit=names.get(one.unit, ""),
                suggested=one.suggested,
                graded=one.grade,
                state=_STATES[one.state],
            )
            for one in ours
        ],
        platforms=ctx.uow.opinion.platforms([one.id for one in ours], *span) if ours else {},
        closed=ctx.uow.briefings.closed(bureau, *span),
        dropped=sum(one.state in _DROPPED for one in cases),
    )
