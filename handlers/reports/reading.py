"""通报: reading a notice, changing its paragraphs, taking its figures anew, releasing it."""

import re

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.scoring import rules_by
from handlers.reports import meanings, texts
from handlers.reports.assessments import send_assessment
from handlers.reports.commands import registry
from handlers.reports.figures import figures_of
from handlers.reports.notices import (
    drafted,
    edit,
    figures_in,
    paper_of,
    recipients,
    release,
    stale,
    told,
)
from handlers.reports.recounting import promise_recount
from handlers.reports.sheets import last_month, named_period
from handlers.rules.calendar import local, short_time
from handlers.rules.notices.figures import period_name, short_name
from handlers.rules.notices.wording import FREE, summary
from handlers.rules.scoring.periods import first_day, last_day, month_closes, months_of
from handlers.rules.visibility import may_make_notices, may_read_drafted_notices
from storage.models import Notice
from storage.vocabulary import NoticeStatus, PaperKind, Role

COMMAND = "release_notice"
_EDIT = re.compile(r"改\s+(?P<section>\S+)\s*(?P<text>.*)", re.DOTALL)
_REMOVE = "删除"
_RECOUNT = re.compile(r"重算|更新数字")
_OFFICE = frozenset({Role.OFFICE})
_SHEET = re.compile(r"考核|考评")


@registry.command(
    "通报",
    takes=Takes.WORDS,
    usage="通报 8月（办公室：通报 改 下月 内容，通报 重算）",
    purpose="看每月信息工作通报",
    means=meanings.report,
    changes=False,
)
def show_notice(ctx: Context, asked: Asked) -> str:
    """Show a notice and send its file; the office changes it with the same word.

    Raises:
        UserError: there is none for the sender, or what he wants is not his to do.
    """
    if found := _EDIT.match(asked.text):
        return _edit(ctx, found["section"], found["text"].strip())
    period = named_period(ctx, asked)
    if asked.slots.get("action") == "publish":
        group = texts.TO_GROUP if asked.slots.get("target") == "group" else ""
        return _confirm(ctx, period) + group
    if _SHEET.search(asked.text) or (period and len(months_of(period)) > 1):
        return send_assessment(ctx, asked)
    if _RECOUNT.match(asked.text):
        return promise_recount(ctx, _own(ctx, period))
    return _show(ctx, asked, period)


@registry.command(
    "发布通报",
    takes=Takes.WORDS,
    usage="发布通报 8月",
    purpose="发布通报，推送给各科室和领导",
    shown_to=_OFFICE,
)
def release_notice(ctx: Context, asked: Asked) -> str:
    """Ask before a notice is released; release it once that is confirmed.

    Raises:
        UserError: it is not the sender's to release, there is none, or it is not to be released
            as it stands.
    """
    period = named_period(ctx, asked)
    if "version" not in asked.slots:
        return _confirm(ctx, period)
    return release(ctx, _own(ctx, period), int(asked.slots["version"]))


def _confirm(ctx: Context, period: str) -> str:
    notice = _own(ctx, period)
    words = {"period": period_name(notice.period), "month": short_name(notice.period)}
    if found := stale(ctx, notice):
        raise UserError(texts.CHANGED.format(**words, changes=told(found)))
    if notice.status is NoticeStatus.RELEASED:
        return release(ctx, notice, notice.version)
    sure = Asked(slots={"period": notice.period, "version": notice.version})
    question = texts.CONFIRM.format(
        **words,
        version=notice.version,
        count=len(recipients(ctx, notice)),
        summary=summary(figures_in(ctx, notice), None),
    )
    let_be = Option(label="", command="", text=texts.NOT_RELEASED.format(**words))
    return ctx.offer(question, Option.of(COMMAND, sure), let_be, confirming=COMMAND)


def _edit(ctx: Context, word: str, text: str) -> str:
    section = FREE.get(word)
    if section is None or not text:
        raise UserError(texts.HOW_TO_EDIT)
    notice = _own(ctx, "")
    return edit(ctx, notice, section, "" if text == _REMOVE else text)


def _own(ctx: Context, period: str) -> Notice:
    """Return the notice of a month, or the latest one, for the office.

    Raises:
        UserError: the sender is not of the office, or there is none.
    """
    if not may_make_notices(viewer(ctx), ctx.sender.bureau):
        raise UserError(texts.ONLY_OFFICE)
    notice = _found(ctx, period)
    if notice is None:
        raise UserError(texts.NONE_YET.format(period=period_name(period or last_month(ctx))))
    return ctx.uow.notices.lock(notice)


def _found(ctx: Context, period: str) -> Notice | None:
    if period:
        return ctx.uow.notices.of(ctx.sender.bureau, period)
    return ctx.uow.notices.latest(ctx.sender.bureau, released=False)


def _show(ctx: Context, asked: Asked, period: str) -> str:
    """Show the notice of a month, or the latest that the sender may read."""
    who, bureau = viewer(ctx), ctx.sender.bureau
    reads_drafts = may_read_drafted_notices(who, bureau)
    notice = (
        ctx.uow.notices.of(bureau, period)
        if period
        else ctx.uow.notices.latest(bureau, released=not reads_drafts)
    )
    asked_for = period or last_month(ctx)
    if notice is None and may_make_notices(who, bureau):
        if last_day(first_day(asked_for), "month") >= local(ctx.now).date():
            return _so_far(ctx, asked_for)
        notice = drafted(ctx, bureau, asked_for)
        if notice is None:
            raise UserError(texts.NO_UNITS)
    if notice is None or not (reads_drafts or notice.status is NoticeStatus.RELEASED):
        raise UserError(texts.NONE_YET.format(period=period_name(asked_for)))
    return _told(ctx, asked, notice)


def _so_far(ctx: Context, month: str) -> str:
    """Tell the figures of a month that is not over."""
    figures = figures_of(ctx, ctx.sender.bureau, month)
    rules = rules_by(ctx.uow, ctx.sender.bureau, first_day(month))
    until = month_closes(rules, month, ctx.calendar().is_workday)
    said = texts.NOT_OVER.format(
        period=period_name(month),
        summary=summary(figures, None),
        until=f"{until.month}月{until.day}日",
    )
    return ctx.with_link(said, f"bureau/{month}")


def _told(ctx: Context, asked: Asked, notice: Notice) -> str:
    figures = figures_in(ctx, notice)
    sheet = asked.slots.get("format") == "xlsx" or "excel" in asked.text.lower()
    paper = paper_of(notice, PaperKind.NOTICE_SHEET if sheet else PaperKind.NOTICE)
    ctx.tell("report_paper", [ctx.sender.userid], paper, subject=notice.id, stage=ctx.new_id())
    ctx.show("report", [], period=notice.period)
    words = {
        "period": period_name(notice.period),
        "summary": summary(figures, figures.unit(ctx.sender.unit)),
    }
    if notice.status is NoticeStatus.RELEASED and notice.released_at is not None:
        at = short_time(notice.released_at, ctx.now)
        said = texts.STATUS_RELEASED.format(**words, at=at, files=texts.FILES)
    else:
        mine = may_make_notices(viewer(ctx), ctx.sender.bureau)
        following = texts.NEXT.format(month=short_name(notice.period)) if mine else texts.FILES
        said = texts.STATUS_DRAFTED.format(**words, version=notice.version, next=following)
    if asked.slots.get("format") == "pdf":
        said += texts.NO_PDF
    return ctx.with_link(said, f"notices/{notice.id}")
