"""The life of a notice: drafted from figures, changed by the office, released once."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import MonthSummedUp
from handlers.kit.messages import MessageKind, Paper, Text
from handlers.kit.scoring import RankingPolicy
from handlers.reports import texts
from handlers.reports.commands import registry
from handlers.reports.figures import figures_of
from handlers.rules.calendar import add_working_days, local, short_time
from handlers.rules.notices.figures import Figures, UnitFigures, period_name, short_name
from handlers.rules.notices.wording import summary, title_of
from handlers.rules.scoring.lines import plain
from storage.models import Notice, NoticeVersion
from storage.vocabulary import (
    NOBODY,
    NoticeId,
    NoticeStatus,
    PaperKind,
    Role,
    UnitId,
    Urgency,
    UserId,
)

registry.message(MessageKind(name="notice_drafted", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="notice_released", urgency=Urgency.ROUTINE))
registry.message(
    MessageKind(
        name="report_paper", urgency=Urgency.PROMPT, resend_when_unsure=False, mutable=False
    )
)

TOLD = frozenset({Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
"""Who gets a notice that is released."""

MOST_FREE = 600
_CHANGES_SHOWN = 5
_adapter = TypeAdapter(Figures)


def drafted(ctx: Context, bureau: UnitId, month: str) -> Notice | None:
    """Return the notice of a month, drafted now where there is none; None: there are no units."""
    if notice := ctx.uow.notices.of(bureau, month):
        return notice
    figures = figures_of(ctx, bureau, month)
    if not figures.units:
        return None
    notice = Notice(id=NoticeId(ctx.new_id()), bureau=bureau, period=month, created_at=ctx.now)
    ctx.uow.notices.add(notice, _text(ctx, notice.id, 1, _written(figures), {}))
    ctx.audit("notice:draft", notice.id, after={"period": month})
    return notice


def tell_office(ctx: Context, notice: Notice) -> None:
    """Tell the office that a notice is drafted, each with his own link, and the file."""
    figures = figures_in(ctx, notice)
    said = texts.DRAFTED.format(
        period=period_name(notice.period),
        month=short_name(notice.period),
        summary=summary(figures, None),
    )
    more = ctx.emit(MonthSummedUp(bureau=notice.bureau, month=notice.period))
    said = "\n".join([said, *more])
    office = ctx.uow.members.holding(Role.OFFICE, notice.bureau)
    for member in office:
        link = ctx.link(f"notices/{notice.id}", member)
        text = f"{said}\n{link}" if link else said
        ctx.tell("notice_drafted", [member], Text(text=text), subject=notice.id)
    paper = paper_of(notice, PaperKind.NOTICE)
    ctx.tell("notice_drafted", office, paper, subject=notice.id, stage="file")


def figures_in(ctx: Context, notice: Notice) -> Figures:
    """Return the figures that a notice tells."""
    return read(ctx.uow.notices.text(notice.id, notice.version).figures)


def read(written: Mapping[str, Any]) -> Figures:
    return _adapter.validate_python(written)


def edit(ctx: Context, notice: Notice, section: str, text: str) -> str:
    """Let the office's own paragraph of a section be *text*; empty removes it.

    Raises:
        UserError: the notice is released, the text is too long, or there is none to remove.
    """
    may_change(ctx, notice)
    if len(text) > MOST_FREE:
        raise UserError(texts.TOO_LONG.format(most=MOST_FREE, count=len(text)))
    old = ctx.uow.notices.text(notice.id, notice.version)
    words = {"period": period_name(notice.period), "section": texts.SECTIONS[section]}
    if not text and section not in old.free:
        raise UserError(texts.NO_PARAGRAPH.format(**words))
    rewrite(ctx, notice, old.figures, {**old.free, section: text})
    said = texts.EDITED if text else texts.REMOVED
    return said.format(**words, version=notice.version, text=text, month=short_name(notice.period))


def save(ctx: Context, notice: Notice, free: Mapping[str, str]) -> str:
    """Let *free* be all paragraphs of the office's own.

    Raises:
        UserError: the notice is released, or a paragraph is too long.
    """
    may_change(ctx, notice)
    if too_long := [text for text in free.values() if len(text) > MOST_FREE]:
        raise UserError(texts.TOO_LONG.format(most=MOST_FREE, count=len(too_long[0])))
    old = ctx.uow.notices.text(notice.id, notice.version)
    words = {"period": period_name(notice.period), "month": short_name(notice.period)}
    if {key: text for key, text in free.items() if text} == old.free:
        return texts.NOTHING_WRITTEN.format(**words, version=notice.version)
    rewrite(ctx, notice, old.figures, free)
    return texts.SAVED.format(**words, version=notice.version)


def rewrite(
    ctx: Context, notice: Notice, figures: Mapping[str, Any], free: Mapping[str, str]
) -> None:
    """Make the next text of a notice; the one before is kept."""
    kept = {section: text for section, text in free.items() if text}
    number = notice.version + 1
    ctx.uow.notices.rewrite(notice, _text(ctx, notice.id, number, figures, kept))
    ctx.audit("notice:write", notice.id, after={"version": number, "free": kept})


def recount(ctx: Context, notice: Notice) -> str:
    """Take the figures as they are now; a text of the office stays."""
    may_change(ctx, notice)
    old = ctx.uow.notices.text(notice.id, notice.version)
    fresh = figures_of(ctx, notice.bureau, notice.period)
    found = changes(read(old.figures), fresh)
    words = {"period": period_name(notice.period), "month": short_name(notice.period)}
    if not found:
        return texts.NOTHING_CHANGED.format(**words, version=notice.version)
    rewrite(ctx, notice, _written(fresh), old.free)
    return texts.RECOUNTED.format(**words, version=notice.version, changes=told(found))


def stale(ctx: Context, notice: Notice) -> Sequence[str]:
    """Return what is otherwise by now than the notice tells; a released one stays as it is."""
    if notice.status is NoticeStatus.RELEASED:
        return ()
    return changes(figures_in(ctx, notice), figures_of(ctx, notice.bureau, notice.period))


def changes(before: Figures, after: Figures) -> Sequence[str]:
    """Say what became of the figures, unit by unit."""
    known = {unit.id: unit for unit in before.units}
    found = [
        _change(known.get(unit.id), unit) for unit in after.units if known.get(unit.id) != unit
    ]
    gone = known.keys() - {unit.id for unit in after.units}
    return [*found, *(texts.OTHER_CHANGED.format(unit=known[unit].name) for unit in sorted(gone))]


def told(found: Sequence[str]) -> str:
    more = texts.MORE_CHANGED.format(count=len(found)) if len(found) > _CHANGES_SHOWN else ""
    return "、".join(found[:_CHANGES_SHOWN]) + more


def release(ctx: Context, notice: Notice, version: int) -> str:
    """Release a notice, once and for all, and push it to those who are told.

    Raises:
        UserError: it is released already, has another text by now, or its figures are old.
    """
    may_change(ctx, notice)
    words = {"period": period_name(notice.period), "month": short_name(notice.period)}
    if notice.version != version:
        raise UserError(texts.STALE.format(**words, version=notice.version))
    if found := stale(ctx, notice):
        raise UserError(texts.CHANGED.format(**words, changes=told(found)))
    notice.status = NoticeStatus.RELEASED
    notice.released_at, notice.released_by = ctx.now, ctx.sender.userid
    if days := figures_in(ctx, notice).appeal_days:
        notice.appeal_until = local(add_working_days(ctx.now, days, ctx.calendar())).date()
    ctx.audit("notice:release", notice.id, after={"version": version})
    return texts.RELEASED.format(**words, count=_push(ctx, notice))


def recipients(ctx: Context, notice: Notice) -> Sequence[tuple[UserId, UnitId]]:
    return ctx.uow.reports.holders(notice.bureau, TOLD)


def _push(ctx: Context, notice: Notice) -> int:
    """Promise three lines, one picture and the file to everybody; return how many they are."""
    figures = figures_in(ctx, notice)
    units = {unit.id: unit for unit in figures.units}
    everybody = recipients(ctx, notice)
    by_unit: dict[UnitFigures | None, list[UserId]] = {}
    for member, unit in everybody:
        by_unit.setdefault(units.get(unit), []).append(member)
    for own, members in by_unit.items():
        said = texts.PUSHED.format(
            title=title_of(figures), summary=summary(figures, own), appeal=_appeal(notice)
        )
        ctx.tell("notice_released", members, Text(text=said), subject=notice.id)
    members = [member for member, _ in everybody]
    for kind in (PaperKind.NOTICE_PICTURE, PaperKind.NOTICE):
        paper = paper_of(notice, kind)
        ctx.tell("notice_released", members, paper, subject=notice.id, stage=kind)
    return len(members)


def _appeal(notice: Notice) -> str:
    """Say until when units may object to their points; empty where they may not."""
    until = notice.appeal_until
    if until is None:
        return ""
    month = short_name(notice.period)
    return texts.APPEAL.format(until=f"{until.month}月{until.day}日", month=month)


def paper_of(notice: Notice, kind: PaperKind) -> Paper:
    """Return a paper of the present text of a notice; it is made when it is sent."""
    period = period_name(notice.period)
    if kind is PaperKind.NOTICE_PICTURE:
        name = texts.PICTURE_FILE.format(period=period)
    else:
        form = texts.NOTICE_FILE if notice.status is NoticeStatus.RELEASED else texts.DRAFT_FILE
        ending = "xlsx" if kind is PaperKind.NOTICE_SHEET else "docx"
        name = form.format(period=period, version=notice.version, ending=ending)
    return Paper(paper=kind, subject=f"{notice.id}:{notice.version}", filename=name)


def may_change(ctx: Context, notice: Notice) -> None:
    """Raise UserError where the notice is released."""
    if notice.status is NoticeStatus.RELEASED and notice.released_at is not None:
        who = ctx.uow.members.names([notice.released_by]).get(notice.released_by, "")
        at = short_time(notice.released_at, ctx.now)
        period = period_name(notice.period)
        raise UserError(texts.ALREADY_RELEASED.format(period=period, at=at, who=who))


def _text(
    ctx: Context,
    notice: NoticeId,
    number: int,
    figures: Mapping[str, Any],
    free: Mapping[str, str],
) -> NoticeVersion:
    return NoticeVersion(
        notice=notice,
        number=number,
        figures=dict(figures),
        free=dict(free),
        full=ctx.policy(RankingPolicy).public,
        created_at=ctx.now,
        created_by=ctx.me.userid if ctx.me else NOBODY,
    )


def _written(figures: Figures) -> Mapping[str, Any]:
    written: Mapping[str, Any] = _adapter.dump_python(figures, mode="json")
    return written


def _change(before: UnitFigures | None, after: UnitFigures) -> str:
    was = before or UnitFigures(id=after.id, name=after.name)
    if was.points != after.points:
        return texts.POINTS_CHANGED.format(
            unit=after.name, before=plain(was.points), after=plain(after.points)
        )
    if was.submitted != after.submitted:
        return texts.COUNTS_CHANGED.format(
            unit=after.name, before=was.submitted, after=after.submitted
        )
    if was.adopted != after.adopted:
        return texts.ADOPTED_CHANGED.format(
            unit=after.name, before=was.adopted, after=after.adopted
        )
    return texts.OTHER_CHANGED.format(unit=after.name)


def day_of(notice: Notice, text: NoticeVersion) -> Any:
    """Return the day that stands below the signature: that of the release, or of the text."""
    return local(notice.released_at or text.created_at).date()
