"""What stands on the papers of this capability, by their kind and subject."""

from handlers.kit.context import Context
from handlers.reports import texts
from handlers.reports.figures import figures_of
from handlers.reports.notices import day_of, figures_in, read
from handlers.reports.policy import ReportPolicy
from handlers.rules.calendar import local
from handlers.rules.notices import building
from handlers.rules.notices.report import Chart, Report
from storage.models import Notice, NoticeVersion
from storage.vocabulary import NoticeId, NoticeStatus, PaperKind, UnitId

REPORTS = frozenset(
    {
        PaperKind.NOTICE,
        PaperKind.NOTICE_SHEET,
        PaperKind.ASSESSMENT,
        PaperKind.ASSESSMENT_SHEET,
        PaperKind.ONE_PAGE,
    }
)
SHEETS = frozenset({PaperKind.NOTICE_SHEET, PaperKind.ASSESSMENT_SHEET})


def report_of(ctx: Context, kind: PaperKind, subject: str) -> Report:
    """Return what stands on a paper; *subject* is an id with a version or a period behind it."""
    identity, _, part = subject.partition(":")
    whole = kind in SHEETS
    if kind in {PaperKind.NOTICE, PaperKind.NOTICE_SHEET}:
        notice, text = _notice(ctx, NoticeId(identity), int(part))
        return notice_report(ctx, notice, text, whole=whole)
    now = local(ctx.now)
    at = f"{now.year}年{now.month}月{now.day}日 {now:%H:%M}"
    if kind is PaperKind.ONE_PAGE:
        bureau = ctx.uow.members.unit(UnitId(identity)).bureau
        figures = figures_of(ctx, bureau, part)
        unit = figures.unit(identity)
        if unit is None:
            raise ValueError(f"no section {identity}")
        return building.one_page(figures, unit, at=at)
    return building.assessment(figures_of(ctx, UnitId(identity), part), whole=whole, at=at)


def notice_report(
    ctx: Context, notice: Notice, text: NoticeVersion, *, whole: bool = False
) -> Report:
    """Return a text of a notice as it is read; one that is not released says so."""
    figures = read(text.figures)
    made = local(text.created_at)
    return building.notice(
        figures,
        text.free,
        full=text.full,
        whole=whole,
        signed=ctx.policy(ReportPolicy).signed_by or texts.SIGNED_BY.format(bureau=figures.bureau),
        on=day_of(notice, text),
        at=f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}",
        mark="" if notice.status is NoticeStatus.RELEASED else building.DRAFT,
        appeal_until=notice.appeal_until,
    )


def picture_of(ctx: Context, subject: str) -> Chart:
    """Return the one picture of a notice."""
    identity, _, _number = subject.partition(":")
    notice, _text = _notice(ctx, NoticeId(identity), int(_number))
    figures = figures_in(ctx, notice)
    return building.trend_chart(figures.trend, figures.bureau)


def _notice(ctx: Context, identity: NoticeId, number: int) -> tuple[Notice, NoticeVersion]:
    notice = ctx.uow.notices.find(identity)
    if notice is None:
        raise ValueError(f"no notice {identity}")
    return notice, ctx.uow.notices.text(identity, number)
