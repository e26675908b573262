"""舆情周报, 舆情月报, and each report in free words: shown to whoever reads it, released."""

from datetime import date, timedelta

from handlers.briefings import texts
from handlers.briefings.counting import LENGTHS, before, draft_statistics, first_of
from handlers.briefings.drafting import text_of
from handlers.briefings.jobs import shown_draft
from handlers.briefings.keeping import lines_of, paper_of, report_of
from handlers.briefings.people import LIAISON, READERS, reads, releases, when_drafted
from handlers.briefings.registry import FILE, registry
from handlers.briefings.releasing import release
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import OpinionReportAsked
from handlers.rules.calendar import local, period_bounds
from handlers.rules.opinion_statistics import period_said, week_name
from handlers.rules.scoring.periods import length_of
from storage.models import Briefing
from storage.vocabulary import BriefingKind, BriefingStatus

_FORMS = {"weekly_report": BriefingKind.WEEKLY, "monthly_report": BriefingKind.MONTHLY}
_EXAMPLES = {BriefingKind.WEEKLY: "上周", BriefingKind.MONTHLY: "10月"}
_DAY = timedelta(days=1)


@registry.command(
    "舆情周报",
    takes=Takes.WORDS,
    usage="舆情周报（或：舆情周报 上周）",
    purpose="看一周的舆情统计",
    shown_to=READERS,
    lightly=True,
)
def show_week(ctx: Context, asked: Asked) -> str:
    return _show(ctx, BriefingKind.WEEKLY, asked.text)


@registry.command(
    "舆情月报",
    takes=Takes.WORDS,
    usage="舆情月报 10月",
    purpose="看一月的舆情统计",
    shown_to=READERS,
    lightly=True,
)
def show_month(ctx: Context, asked: Asked) -> str:
    return _show(ctx, BriefingKind.MONTHLY, asked.text)


@registry.command(
    "发舆情周报",
    takes=Takes.NOTHING,
    usage="发舆情周报",
    purpose="同意上周的舆情周报，发给领导和办公室",
    shown_to=LIAISON,
)
def release_week(ctx: Context, _asked: Asked) -> str:
    return _release(ctx, BriefingKind.WEEKLY)


@registry.command(
    "发舆情月报",
    takes=Takes.NOTHING,
    usage="发舆情月报",
    purpose="同意上月的舆情月报，发给领导和办公室",
    shown_to=LIAISON,
)
def release_month(ctx: Context, _asked: Asked) -> str:
    return _release(ctx, BriefingKind.MONTHLY)


@registry.command(
    "重拟舆情周报",
    takes=Takes.NOTHING,
    usage="重拟舆情周报",
    purpose="按现在的数字重写上周的舆情周报",
    shown_to=LIAISON,
)
def redraft_week(ctx: Context, _asked: Asked) -> str:
    return _redraft(ctx, BriefingKind.WEEKLY)


@registry.command(
    "重拟舆情月报",
    takes=Takes.NOTHING,
    usage="重拟舆情月报",
    purpose="按现在的数字重写上月的舆情月报",
    shown_to=LIAISON,
)
def redraft_month(ctx: Context, _asked: Asked) -> str:
    return _redraft(ctx, BriefingKind.MONTHLY)


@registry.on(OpinionReportAsked)
def answer_free_words(ctx: Context, event: OpinionReportAsked) -> str:
    """Show what was asked for in free words: a day's, a week's, a month's report.

    Raises:
        UserError: it is not the sender's to read, or there is none.
    """
    if event.form in _FORMS:
        return _shown_of(ctx, _FORMS[event.form], event.period)
    if not reads(ctx):
        raise UserError(texts.NOT_SEEN)
    return _daily(ctx, event.period)


def _daily(ctx: Context, period: str) -> str:
    """Return the daily report of a day, the last one where none is named.

    Raises:
        UserError: there is none of that day.
    """
    today = local(ctx.now).date()
    if period and length_of(period) == "month" and len(period) == len("2026-09-21"):
        day = today.fromisoformat(period)
        found = ctx.uow.briefings.of_day(ctx.sender.bureau, day)
        if found is not None and found.status is not BriefingStatus.SENT and not releases(ctx):
            found = None
        if found is None:
            raise UserError(texts.NO_DAILY.format(day=f"{day.month}月{day.day}日"))
    else:
        found = ctx.uow.briefings.latest(ctx.sender.bureau, before=today + _DAY, sent=True)
        if found is None:
            raise UserError(texts.NONE.format(when=when_drafted(ctx, texts.WHEN_DAILY)))
    text = text_of(ctx, found)
    return text if found.status is BriefingStatus.SENT else texts.WAITS.format(text=text)


def _show(ctx: Context, kind: BriefingKind, words: str) -> str:
    """Show the report of the week or month that *words* name; the last one where they name none."""
    if not words:
        return _shown_of(ctx, kind, "")
    period = period_said(words, local(ctx.now).date())
    if not period or length_of(period) != LENGTHS[kind]:
        raise UserError(
            texts.NOT_READ_PERIOD.format(name=texts.NAMES[kind], example=_EXAMPLES[kind])
        )
    return _shown_of(ctx, kind, period)


def _shown_of(ctx: Context, kind: BriefingKind, period: str) -> str:
    """Show the report of a period and send its file; who releases it sees it before.

    Raises:
        UserError: it is not the sender's to read, or there is none.
    """
    if not reads(ctx):
        raise UserError(texts.READERS_ONLY)
    if period and length_of(period) != LENGTHS[kind]:
        period = ""
    today, name = local(ctx.now).date(), texts.NAMES[kind]
    first = local(period_bounds(period)[0]).date() if period else before(today, kind)
    if first >= first_of(today, kind):
        raise UserError(texts.NOT_OVER.format(period=_called(kind, first), name=name))
    found = ctx.uow.briefings.of_day(ctx.sender.bureau, first, kind)
    if found is not None and found.status is not BriefingStatus.SENT and not releases(ctx):
        found = None
    if found is None and not period:
        found = ctx.uow.briefings.latest(ctx.sender.bureau, before=today, sent=True, kind=kind)
    if found is None:
        said = texts.NO_STATISTICS.format(
            period=_called(kind, first), name=name, when=when_drafted(ctx, texts.WHEN[kind])
        )
        raise UserError(said)
    send_file(ctx, found)
    if found.status is BriefingStatus.DRAFTED:
        return shown_draft(ctx, found)
    return lines_of(ctx, found) + "\n" + texts.FILE_COMES


def send_file(ctx: Context, briefing: Briefing) -> None:
    """Promise the sender the document of a report."""
    stage = ctx.now.isoformat()
    ctx.tell(FILE, [ctx.sender.userid], paper_of(briefing), subject=briefing.id, stage=stage)


def _release(ctx: Context, kind: BriefingKind) -> str:
    found = _last(ctx, kind)
    title = report_of(ctx, found).title
    return texts.RELEASED_SOON.format(title=title, count=release(ctx, found), untouched="")


def _redraft(ctx: Context, kind: BriefingKind) -> str:
    _refuse_others(ctx, kind)
    first = before(local(ctx.now).date(), kind)
    found = ctx.uow.briefings.of_day(ctx.sender.bureau, first, kind)
    if found is not None and found.status is BriefingStatus.SENT:
        raise UserError(texts.ALREADY_SENT.format(name=texts.NAMES[kind]))
    made = draft_statistics(ctx, ctx.sender.bureau, kind, first)
    send_file(ctx, made)
    return shown_draft(ctx, made)


def _last(ctx: Context, kind: BriefingKind) -> Briefing:
    _refuse_others(ctx, kind)
    first = before(local(ctx.now).date(), kind)
    found = ctx.uow.briefings.of_day(ctx.sender.bureau, first, kind)
    if found is None:
        said = texts.NO_STATISTICS.format(
            period=_called(kind, first), name=texts.NAMES[kind], when=texts.WHEN[kind]
        )
        raise UserError(said)
    return found


def _refuse_others(ctx: Context, kind: BriefingKind) -> None:
    if not releases(ctx):
        raise UserError(texts.RELEASED_BY_LIAISON.format(name=texts.NAMES[kind]))


def _called(kind: BriefingKind, first: date) -> str:
    return week_name(first) if kind is BriefingKind.WEEKLY else f"{first.year}年{first.month}月"
