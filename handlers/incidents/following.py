"""续报, 终报, 已书面报告: what comes after the first word, and that each was sent up."""

from functools import partial

from handlers.incidents import clocks, meanings, signing, texts
from handlers.incidents.ending import end
from handlers.incidents.filling import add, next_report
from handlers.incidents.finding import named, note, open_ones, said_of, the_one
from handlers.incidents.papers import text_of, title_of_report
from handlers.incidents.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.calendar import local
from storage.models import Incident, IncidentReport
from storage.vocabulary import (
    IncidentAct,
    IncidentReportKind,
    IncidentReportStatus,
    IncidentStatus,
)

_UNCHANGED = frozenset({"无变化", "没有变化", "无新情况", "没有新情况", "情况无变化"})


@registry.command(
    "续报紧急",
    "紧急续报",
    takes=Takes.WORDS,
    usage="续报紧急 燃气已关断，2名伤者已送医（几件时：续报紧急3 …）",
    purpose="紧急信息续报，只报新情况，自动编号",
    means=meanings.follow,
    reads=meanings.news,
)
def follow_up(ctx: Context, asked: Asked) -> str:
    """Begin the next follow-up with what is new, and put it before its signers.

    Raises:
        UserError: it is not said what is new, or it may be a case that is meant.
    """
    if said_of(ctx, asked)[0] is None and not open_ones(ctx):
        raise UserError(texts.FOLLOW_NONE)
    return the_one(ctx, asked, "follow_up", followed)


def followed(ctx: Context, incident: Incident, words: str) -> str:
    report = signing.open_report(ctx, incident)
    unchanged = words.strip("。.") in _UNCHANGED
    if not words and report is None:
        raise UserError(texts.FOLLOW_WORDS.format(number=incident.number))
    if report is None:
        report = next_report(ctx, incident)
    noted = add(ctx, incident, words) if words and not unchanged else ""
    if words and not noted and not unchanged:
        report.words = "；".join(filter(None, (report.words, words)))
        incident.revision += 1
        note(ctx, incident, IncidentAct.ADDED, words)
    signing.offer(ctx, incident, report)
    said = _drafted(ctx, incident, report)
    if report.kind is IncidentReportKind.INITIAL:
        first = texts.FIRST_UNSIGNED.format(name=named(incident), report=title_of_report(report))
        return f"{first}\n{said}"
    return said


def _drafted(ctx: Context, incident: Incident, report: IncidentReport) -> str:
    said = texts.FOLLOWED.format(
        name=named(incident),
        report=title_of_report(report),
        text="\n".join(text_of(ctx, incident, report)),
        signers=signing.signers_words(ctx, incident),
    )
    return ctx.with_link(said, f"incidents/{incident.id}")


@registry.command(
    "终报紧急",
    "紧急终报",
    "终报",
    takes=Takes.WORDS,
    usage="终报紧急 现场已清理完毕，道路恢复通行",
    purpose="紧急信息终报，报出后办结",
    means=meanings.final,
    reads=meanings.of_number,
)
def final_report(ctx: Context, asked: Asked) -> str:
    """Begin the final report; a follow-up that is not signed yet becomes it.

    Raises:
        UserError: the result is not said, or the initial report is not signed.
    """
    return the_one(ctx, asked, "final_report", finish)


def finish(ctx: Context, incident: Incident, words: str) -> str:
    if not words:
        raise UserError(texts.FINAL_WORDS.format(number=incident.number))
    report = signing.open_report(ctx, incident)
    if report is not None and report.kind is IncidentReportKind.INITIAL:
        raise UserError(
            texts.NOTHING_SENT.format(
                name=named(incident),
                report=title_of_report(report),
                signers=signing.signers_words(ctx, incident),
            )
        )
    if report is None:
        report = next_report(ctx, incident, IncidentReportKind.FINAL)
    if report.kind is IncidentReportKind.FOLLOW_UP:
        words = "；".join(filter(None, (report.words, words)))
    report.kind, report.words = IncidentReportKind.FINAL, words
    incident.revision += 1
    signing.offer(ctx, incident, report)
    return _drafted(ctx, incident, report)


@registry.command(
    "已书面报告",
    "书面已报",
    "书面报了",
    takes=Takes.WORDS,
    usage="已书面报告 区委办（几件时：已书面报告3 区委办）",
    purpose="记下签发的紧急信息已报出，报给了谁",
    means=meanings.written,
    reads=lambda _heard: "",
)
def report_in_writing(ctx: Context, asked: Asked) -> str:
    """Note that what was signed was sent up; of the initial report that stops its clock.

    Raises:
        UserError: nothing signed waits to be sent.
    """
    to = str(asked.slots.get("incident_sent_to", ""))
    return the_one(ctx, asked, "report_in_writing", partial(sent, to=to))


def sent(ctx: Context, incident: Incident, words: str, *, to: str) -> str:
    to = to or words
    reports = ctx.uow.incidents.reports(incident.id)
    waiting = [one for one in reports if one.status is IncidentReportStatus.SIGNED]
    if not waiting:
        raise UserError(_nothing_to_send(ctx, incident, reports[-1]))
    if not to:
        kept = Asked(numbers=(incident.number,))
        return ctx.ask(texts.ASK_TO, "incident_sent_to", "report_in_writing", kept)
    for report in waiting:
        report.status = IncidentReportStatus.SENT
        report.sent_by, report.sent_to, report.sent_at = ctx.sender.userid, to, ctx.now
        note(ctx, incident, IncidentAct.SENT, f"{title_of_report(report)}，{to}")
    ctx.audit("incident:send", incident.id, after={"to": to, "position": waiting[-1].position})
    first = incident.written_at is None
    if first:
        incident.written_at, incident.written_by = ctx.now, ctx.sender.userid
        incident.written_to = to
    said = texts.SENT.format(
        name=named(incident),
        report="、".join(title_of_report(one) for one in waiting),
        when=f"{local(ctx.now):%H:%M}",
        to=to,
        state=clocks.state_word(ctx, incident, clocks.WRITTEN) if first else "",
    )
    if waiting[-1].kind is IncidentReportKind.FINAL:
        end(ctx, incident, IncidentStatus.CLOSED, waiting[-1].words)
        return said + texts.ENDED_BY_FINAL.format(name=named(incident))
    return said + (clocks.ask_why_late(ctx, incident, clocks.WRITTEN) if first else "")


def _nothing_to_send(ctx: Context, incident: Incident, last: IncidentReport) -> str:
    if last.status is IncidentReportStatus.DRAFT:
        return texts.NOTHING_SENT.format(
            name=named(incident),
            report=title_of_report(last),
            signers=signing.signers_words(ctx, incident),
        )
    return texts.ALL_SENT.format(name=named(incident), number=incident.number)
