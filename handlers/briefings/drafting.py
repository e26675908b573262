"""What a day's report says: read from the cases, written down as it was read."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, time, timedelta

from handlers.kit.context import Context
from handlers.rules.briefings import CaseLine, Day, Elsewhere, chat_text, daily, finished
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.notices.report import Report, Section
from handlers.rules.opinion.posters import account_of, unnamed
from storage.models import Briefing, Case
from storage.vocabulary import NOBODY, BriefingId, BriefingStatus, CaseState, UnitId

_SENT_AT = time(17, 30)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=14)


def draft(ctx: Context, bureau: UnitId) -> Briefing:
    """Write the report of today, since the last one until now; one that was written is anew."""
    today = local(ctx.now).date()
    begun = ctx.uow.briefings.of_day(bureau, today)
    last = ctx.uow.briefings.latest(bureau, before=today)
    begins = max(last.ends_at, ctx.now - _LONGEST) if last is not None else ctx.now - _DAY
    day = _read(ctx, bureau, begins, last.fresh if last is not None else None)
    content = asdict(daily(day))
    if begun is None:
        begun = Briefing(
            id=BriefingId(ctx.new_id()),
            bureau=bureau,
            day=today,
            begins_at=begins,
            ends_at=ctx.now,
            due_at=datetime.combine(today, _SENT_AT, SHANGHAI),
            content=content,
            fresh=len(day.fresh),
            duty=list(day.duty),
        )
        ctx.uow.briefings.add(begun)
        return begun
    begun.content, begun.fresh, begun.duty = content, len(day.fresh), list(day.duty)
    begun.ends_at, begun.status, begun.released_by = ctx.now, BriefingStatus.DRAFTED, NOBODY
    begun.turn += 1
    return begun


def text_of(ctx: Context, briefing: Briefing) -> str:
    """Return a report as it is read in the chat."""
    return chat_text(report_of(ctx, briefing))


def report_of(ctx: Context, briefing: Briefing) -> Report:
    """Return a report as it was drafted, with what the liaison added and who released it."""
    content = briefing.content
    sections = [
        Section(key=one["key"], heading=one["heading"], paragraphs=tuple(one["paragraphs"]))
        for one in content["sections"]
    ]
    by = briefing.released_by
    return finished(
        content["title"],
        content["addressed"],
        sections,
        note=briefing.note,
        checked=ctx.uow.members.names([by])[by] if by != NOBODY else "",
        duty=briefing.duty,
    )


def _read(ctx: Context, bureau: UnitId, begins: datetime, before: int | None) -> Day:
    fresh = ctx.uow.briefings.fresh(bureau, begins, ctx.now)
    unended = ctx.uow.cases.open_of(bureau)
    standing = [one for one in unended if one.state is not CaseState.CLUE]
    units = ctx.uow.members.unit_names({one.unit for one in [*fresh, *standing]} - {bureau})
    lines = {one.id: _line(one, units.get(one.unit, "")) for one in [*fresh, *standing]}
    return Day(
        begins=begins,
        ends=ctx.now,
        fresh=[lines[one.id] for one in fresh],
        standing=[lines[one.id] for one in standing],
        late=sum(bool(one.overdue) for one in standing),
        closed=ctx.uow.briefings.closed(bureau, begins, ctx.now),
        clues=len(unended) - len(standing),
        before=before,
        duty=_on_duty(ctx, bureau),
        elsewhere=list(_elsewhere(ctx, bureau, begins)),
    )


def _elsewhere(ctx: Context, bureau: UnitId, begins: datetime) -> Iterator[Elsewhere]:
    """Yield what other places have of what the bureau watches for, which no alert tells."""
    for one in ctx.uow.briefings.elsewhere(bureau, begins, ctx.now):
        if one.topics and one.weighed.get("elsewhere"):
            title = unnamed(one.title, account_of(one.platform, one.source))
            yield Elsewhere(title=title, topic=one.topics[0], grade=one.suggested)


def _on_duty(ctx: Context, bureau: UnitId) -> list[str]:
    """Return who is on duty, or comes on today: in office hours nobody need be."""
    on = [one.name for one in ctx.uow.duty.on_duty(bureau, ctx.now)]
    later, today = ctx.uow.duty.following(bureau, ctx.now), local(ctx.now).date()
    return on or [one.name for one in later if one.shift.day == today]


def _line(case: Case, unit: str) -> CaseLine:
    return CaseLine(
        title=case.title,
        grade=case.grade or case.suggested,
        decided=case.grade is not None,
        platform=case.platform,
        heat=f"互动{peak}" if (peak := case.heat_peak or case.heat_found) else "",
        topic=case.topic,
        demands=case.demands,
        unit=unit if case.assigned_at is not None else "",
        acked_at=case.acked_at,
        measures=case.measures,
        answered=case.answered_where if case.answered_at is not None else "",
        due_at=case.due_at,
        watch_until=case.watch_until,
    )


def daily_paper(ctx: Context, subject: str) -> Report:
    """Return the report of that id, to be written as a document."""
    return report_of(ctx, ctx.uow.briefings.some(BriefingId(subject)))
