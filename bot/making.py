"""Papers, made when they are wanted: facts in one reading, then the file, then the media store."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

from bot.documents import charts
from bot.documents.approval_form import approval_form_file
from bot.documents.article import article_file
from bot.documents.bulletin import bulletin_file
from bot.documents.paper import ReadPicture
from bot.documents.report import report_file
from bot.documents.workbook import workbook_file
from bot.media import keep, path_of
from bot.services import Services
from handlers.briefings.capability import briefing_paper, daily_paper, picture_paper
from handlers.bulletins.capability import bulletin_of
from handlers.drafts import papers
from handlers.duty.capability import roster_paper
from handlers.incidents.papers import ledger_paper, report_paper
from handlers.kit.context import Context
from handlers.kit.messages import Document, Image, Paper
from handlers.reports.papers import REPORTS, SHEETS, picture_of, report_of
from handlers.rules.notices.report import Chart, Report
from storage.vocabulary import DraftId, IssueId, PaperKind

Write = Callable[[ReadPicture, datetime], bytes]
_PAPERS: Mapping[PaperKind, Callable[[Context, str], Report]] = MappingProxyType(
    {
        PaperKind.DUTY_ROSTER: roster_paper,
        PaperKind.DUTY_ROSTER_SHEET: roster_paper,
        PaperKind.INCIDENT_REPORT: report_paper,
        PaperKind.INCIDENT_LEDGER: ledger_paper,
        PaperKind.OPINION_DAILY: daily_paper,
        PaperKind.OPINION_REPORT: briefing_paper,
    }
)
_PICTURES: Mapping[PaperKind, Callable[[Context, str], Chart]] = MappingProxyType(
    {PaperKind.NOTICE_PICTURE: picture_of, PaperKind.OPINION_PICTURE: picture_paper}
)
_WORKBOOKS = frozenset({PaperKind.DUTY_ROSTER_SHEET, PaperKind.INCIDENT_LEDGER})


def made(services: Services, paper: Paper) -> Document | Image:
    """Make a paper and keep it; return what is sent."""
    with services.database.reading() as uow:
        ctx = services.context(uow)
        write = writer(ctx, paper.paper, paper.subject)
        now = ctx.now
    sha256 = keep(services.media_dir, write(partial(_read, services), now))
    if paper.paper in _PICTURES:
        return Image(sha256=sha256, filename=paper.filename)
    return Document(sha256=sha256, filename=paper.filename)


def written(services: Services, write: Write) -> bytes:
    """Return the file of a paper whose facts have been read."""
    return write(partial(_read, services), services.now())


def writer(ctx: Context, kind: PaperKind, subject: str) -> Write:
    """Read the facts; return what writes them, with no database any more."""
    if kind in REPORTS:
        report = report_of(ctx, kind, subject)
        write = workbook_file if kind in SHEETS else report_file
        return lambda _read, now: write(report, now)
    if kind in _PAPERS:
        paper = _PAPERS[kind](ctx, subject)
        if kind in _WORKBOOKS:
            return lambda _read, now: workbook_file(paper, now)
        return lambda read, now: report_file(paper, now, read)
    if kind in _PICTURES:
        chart = _PICTURES[kind](ctx, subject)
        return lambda _read, _now: charts.png(chart)
    if kind is PaperKind.BULLETIN:
        return partial(bulletin_file, bulletin_of(ctx, IssueId(subject)))
    draft = ctx.uow.drafts.get(DraftId(subject))
    if kind is PaperKind.APPROVAL_FORM:
        return partial(approval_form_file, papers.approval_form(ctx, draft))
    return partial(article_file, papers.article(ctx, draft))


def _read(services: Services, sha256: str) -> bytes:
    return path_of(services.media_dir, sha256).read_bytes()
