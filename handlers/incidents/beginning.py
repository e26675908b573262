"""An incident begins: clocks run, people are alerted, a report is ready at once."""

from datetime import datetime

from handlers.incidents import clocks, pictures, signing, texts
from handlers.incidents.filling import ask_next
from handlers.incidents.finding import named, names_of, note, talk_of
from handlers.incidents.grading import graded_words, raise_alert, say_grade
from handlers.incidents.linking import belong
from handlers.incidents.papers import missing_words
from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.incidents import reading
from handlers.rules.incidents.grading import suggested
from storage.models import Incident, IncidentReport
from storage.vocabulary import (
    ConversationState,
    IncidentAct,
    IncidentElement,
    IncidentId,
    IncidentReportId,
    IncidentReportKind,
)

_NAMED = 6
"""How many of those who were told are named one by one."""


def begin(
    ctx: Context,
    words: str,
    said_at: datetime | None = None,
    case: str = "",
    pictures_of: str = "",
) -> str:
    """Register an incident, alert duty and leaders, put the report before its signers; answer.

    The clocks run from when it was said; it may belong to a *case* of public opinion.
    Pictures that came before it are those *pictures_of* a key.
    """
    aside = _set_aside(ctx)
    incident = _registered(ctx, words, said_at or ctx.now)
    report = IncidentReport(
        id=IncidentReportId(ctx.new_id()),
        incident=incident.id,
        position=0,
        kind=IncidentReportKind.INITIAL,
        opened_by=ctx.sender.userid,
        opened_at=ctx.now,
    )
    ctx.uow.incidents.add_report(report)
    clocks.set_clocks(ctx, incident)
    note(ctx, incident, IncidentAct.REPORTED, words)
    ctx.audit("incident:report", incident.id, after={"number": incident.number})
    if case:
        belong(ctx, incident, case)
    alerted = raise_alert(ctx, incident)
    signing.offer(ctx, incident, report)
    more = say_grade(ctx, incident)
    said = texts.BEGUN.format(
        name=named(incident),
        when=f"{local(incident.received_at):%H:%M}",
        graded=graded_words(incident),
        told=_told(ctx, incident, alerted) if alerted else "",
        clocks=clocks.states_of(ctx, incident),
        signers=signing.signers_words(ctx, incident),
    )
    lacks = missing_words(incident)
    if pictures_of and (kept := pictures.adopt(ctx, incident, pictures_of)):
        said += f"\n{kept}"
    talk_of(ctx, incident)
    said += "\n" + (texts.MISSING.format(what=lacks) if lacks else texts.COMPLETE)
    lines = [aside + ctx.with_link(said, f"incidents/{incident.id}"), *more]
    if ctx.talk is not None and (question := ask_next(ctx, incident)):
        lines.append(question)
    return "\n".join(lines)


def _told(ctx: Context, incident: Incident, alert: str) -> str:
    """Say whom the alert reached, by their names: who reports it sees whether to telephone."""
    standing = ctx.uow.alerts.standing(incident.bureau, f"incident:{incident.id}")
    people = [seat.member for one in standing for seat in ctx.uow.alerts.recipients(one.id)]
    if not people:
        return texts.TOLD_NOBODY.format(alert=alert)
    who = names_of(ctx, people[:_NAMED])
    if len(people) > _NAMED:
        who = texts.TOLD_CROWD.format(who=who, count=len(people))
    return texts.TOLD_ALERT.format(who=who, alert=alert)


def _set_aside(ctx: Context) -> str:
    """Say that a draft in the middle of which this came is kept."""
    composing = ctx.talk is not None and ctx.talk.state is ConversationState.COMPOSING
    if composing:
        ctx.turn(ConversationState.IDLE)
    return texts.SET_ASIDE if composing else ""


def _registered(ctx: Context, words: str, said_at: datetime) -> Incident:
    elements = reading.read(words, said_at)
    elements.setdefault(IncidentElement.CONTACT, ctx.sender.name)
    harmed = reading.harmed(elements)
    grade, _ = suggested(harmed.dead, harmed.hurt + harmed.poisoned, reading.loss_of(elements))
    year = local(said_at).year
    incident = Incident(
        id=IncidentId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        unit=ctx.sender.unit,
        year=year,
        number=ctx.uow.ledger.next_number(ctx.sender.bureau, year, "incident"),
        title=reading.title_of(elements, words),
        words=words,
        elements={element.value: said for element, said in elements.items()},
        reported_by=ctx.sender.userid,
        reported_at=said_at,
        received_at=said_at,
        phone_due=said_at,
        written_due=said_at,
        suggested=grade,
    )
    ctx.uow.incidents.add(incident)
    return incident
