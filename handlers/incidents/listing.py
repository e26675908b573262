"""What is in hand, one incident as it stands, and its log; for chat and pages."""

from collections.abc import Sequence

from handlers.incidents import clocks, meanings, texts
from handlers.incidents.finding import named, names_of, numbered, open_ones, sees, talk_of
from handlers.incidents.papers import known, missing_words, text_of, title_of_report
from handlers.incidents.pictures import count_of
from handlers.incidents.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.events import CaseOfIncidentAsked
from handlers.kit.listing import fitting
from handlers.rules.calendar import local, short_time
from handlers.rules.incidents.limits import minutes_late
from handlers.rules.incidents.wording import LABELS
from storage.models import Incident, IncidentEntry, IncidentReport
from storage.vocabulary import CaseId, IncidentReportStatus


def list_open(ctx: Context) -> str:
    mine = open_ones(ctx)
    if not mine:
        return texts.NONE_OPEN
    lines = [line_of(ctx, one) for one in mine]
    said = texts.LIST.format(count=len(mine), lines="\n".join(fitting(lines)))
    return ctx.with_link(said, "incidents")


def line_of(ctx: Context, incident: Incident) -> str:
    return texts.LINE.format(
        name=named(incident), grade=grade_of(incident), state=brief_state(ctx, incident)
    )


def grade_of(incident: Incident) -> str:
    word = texts.GRADES[incident.counts_as]
    return word if incident.grade is not None else f"暂按{word}"


def brief_state(ctx: Context, incident: Incident) -> str:
    """Say what is owed next of an incident, and by when."""
    if not incident.is_open:
        return texts.STATUS[incident.status]
    states = []
    if incident.phoned_at is None:
        states.append(texts.STATE_PHONE.format(due=f"{local(incident.phone_due):%H:%M}"))
    if incident.written_at is None:
        states.append(texts.STATE_WRITTEN.format(due=f"{local(incident.written_due):%H:%M}"))
    if not states:
        last = ctx.uow.incidents.reports(incident.id)[-1]
        done = texts.STATE_DONE.format(last=f"{title_of_report(last)}{report_state(ctx, last)}")
        states.append(done)
    return "、".join(states)


@registry.command(
    "看紧急",
    takes=Takes.NUMBER,
    usage="看紧急3",
    purpose="看一件紧急信息：时限、要素、各次报告",
    means=meanings.show,
    changes=False,
)
def show_incident(ctx: Context, asked: Asked) -> str:
    number = asked.numbers[0] if asked.numbers else asked.slots.get("incident")
    if number is None:
        return list_open(ctx)
    incident = numbered(ctx, int(number))
    talk_of(ctx, incident)
    reports = ctx.uow.incidents.reports(incident.id)
    lacks = missing_words(incident)
    lines = [
        texts.REPORT_LINE.format(report=title_of_report(one), state=report_state(ctx, one))
        for one in reports
    ]
    case = case_of(ctx, incident)
    said = texts.SHOW.format(
        of=texts.OF_INCIDENT.format(case=case) if case else "",
        name=named(incident),
        grade=grade_of(incident),
        status=texts.STATUS[incident.status],
        when=short_time(incident.received_at, ctx.now),
        clocks=clocks.states_of(ctx, incident),
        text="\n".join(text_of(ctx, incident, reports[0])),
        pictures=texts.PICTURES_OF.format(count=sent) if (sent := count_of(ctx, incident)) else "",
        lack=texts.MISSING.format(what=lacks) + "\n" if lacks else "",
        reports="\n".join(lines),
    )
    return ctx.with_link(said, f"incidents/{incident.id}")


def case_of(ctx: Context, incident: Incident) -> str:
    """Name the case of public opinion that an incident belongs to, if the sender may see it."""
    if not incident.case:
        return ""
    return "".join(ctx.emit(CaseOfIncidentAsked(case_id=CaseId(incident.case))))


def report_state(ctx: Context, report: IncidentReport) -> str:
    match report.status:
        case IncidentReportStatus.DRAFT:
            return texts.REPORT_DRAFT
        case IncidentReportStatus.SIGNED:
            when = short_time(report.signed_at or ctx.now, ctx.now)
            return texts.REPORT_SIGNED.format(who=names_of(ctx, [report.signed_by]), when=when)
        case IncidentReportStatus.SENT:
            when = short_time(report.sent_at or ctx.now, ctx.now)
            return texts.REPORT_SENT.format(when=when, to=report.sent_to)


def entries_of(ctx: Context, incident: Incident) -> Sequence[tuple[IncidentEntry, str]]:
    """Return the log of an incident, each line in words."""
    log = ctx.uow.incidents.log(incident.id)
    names = ctx.uow.members.names({one.actor for one in log})
    return [
        (
            one,
            texts.ACTS[one.act].format(who=names.get(one.actor, texts.CLOCKWORK), words=one.words),
        )
        for one in log
    ]


def facts_of(incident: Incident) -> Sequence[tuple[str, str]]:
    """Return what is known of an incident as names and values, in the order of the form."""
    said = known(incident.elements)
    return [(LABELS[each], said[each]) for each in LABELS if each in said]


def seen(ctx: Context, incident: str) -> Incident | None:
    """Return an incident that the sender may see; None if there is none such."""
    found = ctx.uow.incidents.get(incident)
    return found if found is not None and sees(ctx, found) else None


def clocks_late(ctx: Context, incident: Incident) -> Sequence[tuple[str, int]]:
    """Return of both clocks how many minutes late each was stopped, or is by now."""
    until = incident.ended_at or ctx.now
    return [
        (
            which,
            minutes_late(clocks.due_of(incident, which), clocks.done_at(incident, which) or until),
        )
        for which in (clocks.PHONE, clocks.WRITTEN)
    ]


def lateness(ctx: Context, incident: Incident) -> str:
    """Say which reports were late; empty where none was."""
    late = [which for which, minutes in clocks_late(ctx, incident) if minutes]
    return "、".join(texts.LATE_ONE[which] for which in late)
