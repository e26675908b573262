"""What a report says: as it was drafted and kept, and as it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from handlers.briefings import texts
from handlers.briefings.drafting import daily_paper
from handlers.briefings.policy import BriefingPolicy
from handlers.kit.context import Context
from handlers.kit.messages import Paper
from handlers.rules.calendar import local
from handlers.rules.notices.report import Chart, Report
from handlers.rules.opinion_statistics import headlines
from handlers.rules.special_reports import DRAFT, NUMBER, read_through, summary
from storage.models import Briefing
from storage.vocabulary import (
    NOBODY,
    BriefingId,
    BriefingKind,
    BriefingStatus,
    PaperKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A report before anybody has read it, and the one picture that goes with it, if it has one."""

    report: Report
    picture: Chart | None = None


_adapter = TypeAdapter(Drafted)


def kept(drafted: Drafted) -> dict[str, Any]:
    """Return a report as its row keeps it."""
    written: dict[str, Any] = _adapter.dump_python(drafted, mode="json")
    return written


def drafted_in(content: Mapping[str, Any]) -> Drafted:
    return _adapter.validate_python(content)


def report_of(ctx: Context, briefing: Briefing) -> Report:
    """Return a report as it is read: with what a person wrote, who released it, and its mark."""
    if briefing.kind is BriefingKind.DAILY:
        return daily_paper(ctx, briefing.id)
    report = drafted_in(briefing.content).report
    released = briefing.status is not BriefingStatus.DRAFTED
    if briefing.kind is BriefingKind.SPECIAL:
        report = read_through(report, briefing.edits, released=released)
    on = local(briefing.released_at if released and briefing.released_at else ctx.now)
    by = briefing.released_by
    checked = ctx.uow.members.names([by])[by] if by != NOBODY else texts.NOBODY_YET
    facts = [
        NUMBER.format(year=briefing.day.year, number=briefing.number) if briefing.number else "",
        texts.CHECKED.format(name=checked),
    ]
    return replace(
        report,
        mark="　　　　".join(filter(None, facts)) + ("" if released else DRAFT),
        signed=ctx.policy(BriefingPolicy).signed_by or ctx.uow.members.unit(briefing.bureau).name,
        date=f"{on.year}年{on.month}月{on.day}日",
    )


def lines_of(ctx: Context, briefing: Briefing) -> str:
    """Return the three lines that are read first: what it is, how things stand, what next."""
    report = report_of(ctx, briefing)
    rest = summary(report) if briefing.kind is BriefingKind.SPECIAL else headlines(report)
    title = report.title + (
        texts.NUMBERED.format(number=briefing.number) if briefing.number else ""
    )
    return "\n".join([f"【{title}】", *rest])


def picture_in(ctx: Context, briefing: BriefingId) -> Chart | None:
    return drafted_in(ctx.uow.briefings.some(briefing).content).picture


def briefing_paper(ctx: Context, subject: str) -> Report:
    """Return the report of that id, to be written as a document."""
    return report_of(ctx, ctx.uow.briefings.some(BriefingId(subject)))


def paper_of(briefing: Briefing) -> Paper:
    """Return the document of a report; it is made when it is sent."""
    return Paper(
        paper=PaperKind.OPINION_REPORT, subject=briefing.id, filename=texts.file_name(briefing)
    )


def picture_of(briefing: Briefing) -> Paper:
    """Return the picture of a report; it is made when it is sent."""
    return Paper(
        paper=PaperKind.OPINION_PICTURE,
        subject=f"briefing:{briefing.id}",
        filename=texts.PICTURE_FILE,
    )
