"""The reports of an incident as text and as the official paper; the ledger of a year."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.incidents import texts
from handlers.incidents.finding import names_of
from handlers.incidents.limits import limit_for
from handlers.kit.context import Context
from handlers.rules.calendar import local, period_bounds
from handlers.rules.incidents.limits import minutes_late
from handlers.rules.incidents.wording import ASKED, LABELS, Told, missing, name_of, paragraphs
from handlers.rules.notices.report import Annex, Column, Report, Section, Table
from handlers.rules.papers import Picture
from storage.models import Incident, IncidentReport
from storage.vocabulary import (
    CaseId,
    IncidentElement,
    IncidentReportKind,
    PictureOf,
    UnitId,
    UserId,
)

_COLUMNS = (
    ("编号", 3), ("接报时间", 7), ("事件", 12), ("等级", 4), ("建议等级", 4), ("报告人", 4),
    ("伤亡情况", 8), ("电话报告", 7), ("报给", 6), ("电话超时（分钟）", 4), ("超时原因", 6),
    ("书面初报", 7), ("报给", 6), ("书面超时（分钟）", 4), ("超时原因", 6), ("签发人", 4),
    ("续报次数", 3), ("状态", 4), ("办结情况", 8), ("关联舆情", 4),
    ("现场照片", 3),
)  # fmt: skip


_MOST_PICTURES = 20
"""How many photographs a file has room for: WeCom takes none of more than 20 MB."""


def known(elements: Mapping[str, str]) -> dict[IncidentElement, str]:
    return {each: str(elements[each]) for each in IncidentElement if elements.get(each)}


def title_of_report(report: IncidentReport) -> str:
    return name_of(IncidentReportKind(report.kind), report.position)


def missing_in(incident: Incident) -> list[IncidentElement]:
    return missing(known(incident.elements), incident.unknown)


def missing_words(incident: Incident) -> str:
    """Name what a report of it would not say yet; also what nobody knows."""
    lacks = [each for each in ASKED if not incident.elements.get(each)]
    return "、".join(LABELS[each] for each in lacks)


def text_of(ctx: Context, incident: Incident, report: IncidentReport) -> list[str]:
    """Return the paragraphs of a report: as signed, or as it would be signed now."""
    signed = report.signed_at is not None
    told = Told(
        kind=report.kind,
        known=known(report.elements if signed else incident.elements),
        before=known(_before(ctx, report)),
        received_at=incident.received_at,
        now=report.signed_at or ctx.now,
        words=report.words,
    )
    return paragraphs(told)


def _before(ctx: Context, report: IncidentReport) -> Mapping[str, str]:
    """Return what was known when the last report before this one was signed."""
    last = _signed_before(ctx, report)
    return last.elements if last is not None else {}


def _signed_before(ctx: Context, report: IncidentReport) -> IncidentReport | None:
    earlier = [
        one
        for one in ctx.uow.incidents.reports(report.incident)
        if one.position < report.position and one.signed_at is not None
    ]
    return earlier[-1] if earlier else None


def _pictures(ctx: Context, report: IncidentReport) -> tuple[Picture, ...]:
    """Return the pictures that came since the report before and until this one was signed."""
    last = _signed_before(ctx, report)
    since = last.signed_at if last is not None else None
    until = report.signed_at or ctx.now
    sent = [
        one
        for one in ctx.uow.pictures.of(PictureOf.INCIDENT, report.incident)
        if one.created_at <= until and (since is None or one.created_at > since)
    ]
    return tuple(
        Picture(
            caption=texts.PICTURE_CAPTION.format(
                place=place, when=f"{local(one.created_at):%Y-%m-%d %H:%M}"
            ),
            sha256=one.sha256,
        )
        for place, one in enumerate(sent, 1)
    )


def report_paper(ctx: Context, subject: str) -> Report:
    """Return a report of an incident as a paper.

    Raises:
        LookupError: there is no such report.
    """
    report = ctx.uow.incidents.report(subject)
    incident = ctx.uow.incidents.get(report.incident) if report is not None else None
    if report is None or incident is None:
        raise LookupError(f"no report {subject}")
    bureau = ctx.uow.members.unit(incident.bureau).name
    when = local(report.signed_at or ctx.now)
    signer = names_of(ctx, [report.signed_by])
    named = str(incident.elements.get(IncidentElement.CONTACT, ""))
    contact = named.removeprefix(LABELS[IncidentElement.CONTACT]).lstrip("：: ")
    number = f"紧急信息〔{incident.year}〕第{incident.number}号"
    pictures = _pictures(ctx, report)
    annexed = (_annexed(len(pictures)),) if pictures else ()
    facts = [number, f"签发人：{signer or '　　　　'}"]
    return Report(
        title=f"关于{incident.title}的{title_of_report(report)}",
        mark="　　　　".join(facts) + ("" if signer else texts.UNSIGNED_MARK),
        addressed=f"{to}：" if (to := limit_for(ctx, incident).to) else "",
        sections=(
            Section(
                key="text",
                heading="",
                paragraphs=(*text_of(ctx, incident, report), *annexed),
            ),
        ),
        signed=bureau,
        date=f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute}分",
        foot=f"联系人：{contact}" if contact else "",
        pictures=pictures[:_MOST_PICTURES],
    )


def _annexed(count: int) -> str:
    said = texts.ANNEX_PICTURES.format(count=count)
    if count <= _MOST_PICTURES:
        return said
    return said + texts.ANNEX_MORE.format(shown=_MOST_PICTURES)


def file_name(ctx: Context, incident: Incident, report: IncidentReport) -> str:
    bureau = ctx.uow.members.unit(incident.bureau).name
    name = f"紧急{incident.number}号"
    return texts.FILE.format(bureau=bureau, name=name, report=title_of_report(report))


def ledger_paper(ctx: Context, subject: str) -> Report:
    """Return the ledger of a bureau's year; *subject* is bureau:year."""
    bureau, year = subject.split(":")
    since, until = period_bounds(year)
    incidents = ctx.uow.incidents.between(UnitId(bureau), since, until)
    reports = ctx.uow.incidents.reports_of([one.id for one in incidents])
    people = {
        *(one.reported_by for one in incidents),
        *(report.signed_by for some in reports.values() for report in some),
    }
    names = ctx.uow.members.names(people)
    of = {one.case for one in incidents if one.case}
    cases = {str(one.id): f"{one.number}号" for one in ctx.uow.cases.some([*map(CaseId, of)])}
    sent = ctx.uow.pictures.of_each(PictureOf.INCIDENT, [one.id for one in incidents])
    rows = tuple(
        (*_row(one, reports[one.id], names, cases.get(one.case, "")), len(sent[one.id]) or None)
        for one in incidents
    )
    columns = tuple(Column(name=name, width=width) for name, width in _COLUMNS)
    return Report(
        title=ctx.uow.members.unit(UnitId(bureau)).name + texts.LEDGER_TITLE,
        annexes=(Annex(title=f"{year}年", table=Table(columns=columns, rows=rows)),),
    )


def _row(
    incident: Incident, reports: Sequence[IncidentReport], names: Mapping[UserId, str], case: str
) -> list[str | int | None]:
    signed = [one for one in reports if one.signed_at is not None]
    grade = texts.GRADES[incident.grade] if incident.grade is not None else ""
    follow_ups = sum(one.kind is IncidentReportKind.FOLLOW_UP for one in signed)
    return [
        incident.number,
        _moment(incident.received_at),
        incident.title,
        grade,
        texts.GRADES[incident.suggested],
        names.get(incident.reported_by, ""),
        str(incident.elements.get(IncidentElement.CASUALTIES, "")),
        _moment(incident.phoned_at),
        incident.phoned_to,
        late_by(incident.phone_due, incident.phoned_at),
        incident.phone_reason,
        _moment(incident.written_at),
        incident.written_to,
        late_by(incident.written_due, incident.written_at),
        incident.written_reason,
        names.get(signed[0].signed_by, "") if signed else "",
        follow_ups,
        texts.STATUS[incident.status],
        incident.ended_words,
        case,
    ]


def late_by(due: datetime, done: datetime | None) -> int | None:
    """Return how many minutes late it was done; None where it was in time or is not done."""
    return (minutes_late(due, done) or None) if done is not None else None


def _moment(moment: datetime | None) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment is not None else ""
