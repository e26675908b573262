"""How grave: the classes and who is on duty suggest it, a leader decides; clocks follow at once."""

from handlers.incidents import clocks, meanings, texts
from handlers.incidents.finding import behalf, leads, named, note, on_duty, standing_in, the_one
from handlers.incidents.papers import known
from handlers.incidents.registry import TOLD, registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertAsked, IncidentGraded
from handlers.kit.messages import Text
from handlers.rules.calendar import local
from handlers.rules.escalation import rank
from handlers.rules.incidents import reading
from handlers.rules.incidents.grading import Suggestion, suggested
from handlers.rules.visibility import may_grade_incident
from storage.models import Incident
from storage.vocabulary import Grade, IncidentAct

_WORDS = sorted(texts.GRADE_WORDS, key=len, reverse=True)


def _suggestion(incident: Incident) -> Suggestion:
    elements = known(incident.elements)
    harmed = reading.harmed(elements)
    return suggested(harmed.dead, harmed.hurt + harmed.poisoned, reading.loss_of(elements))


def graded_words(incident: Incident) -> str:
    """Say how grave an incident counts as, and what that rests on."""
    why = _suggestion(incident).why
    return texts.GRADED_SUGGESTED.format(
        grade=texts.GRADES[incident.counts_as], why=texts.WHY.format(why=why) if why else ""
    )


def weigh_again(ctx: Context, incident: Incident) -> list[str]:
    """Let the alert say the new numbers; follow the grade that they suggest, until one is decided.

    What is suggested only goes up: who corrects a number down decides the grade.
    """
    found = _suggestion(incident)
    if rank(found.grade) <= rank(incident.suggested):
        raise_alert(ctx, incident)
        return []
    before = incident.counts_as
    incident.suggested = found.grade
    note(ctx, incident, IncidentAct.PROPOSED, f"{texts.GRADES[found.grade]}（{found.why}）")
    if incident.counts_as is before:
        raise_alert(ctx, incident)
        return []
    said = texts.REGRADED.format(grade=texts.GRADES[found.grade], why=found.why)
    return [said, *_follow(ctx, incident)]


def _follow(ctx: Context, incident: Incident) -> list[str]:
    """Set the clocks by the grade that counts now, alert by it, and let others hear of it."""
    clocks.set_clocks(ctx, incident)
    raise_alert(ctx, incident)
    return say_grade(ctx, incident)


@registry.command(
    "紧急定级",
    takes=Takes.WORDS,
    usage="紧急定级 较大（几件时：紧急定级3 较大）",
    purpose="定紧急信息的等级：一般、较大、重大、特别重大",
    means=meanings.regrade,
    reads=meanings.of_number,
)
def grade_incident(ctx: Context, asked: Asked) -> str:
    """Decide how grave an incident is, or propose it where deciding is not the sender's.

    Raises:
        UserError: no grade is named, or it is that one already.
    """
    return the_one(ctx, asked, "grade_incident", graded)


def graded(ctx: Context, incident: Incident, words: str) -> str:
    word = next((each for each in _WORDS if each in words), None)
    if word is None:
        raise UserError(texts.GRADE_FORM.format(number=incident.number))
    return grade(ctx, incident, texts.GRADE_WORDS[word])


def grade(ctx: Context, incident: Incident, wanted: Grade) -> str:
    """Decide or propose the grade; see `grade_incident`."""
    before = incident.counts_as
    lineage = ctx.uow.members.lineage(incident.unit)
    absent = behalf(ctx, lambda who: may_grade_incident(who, wanted, lineage))
    if absent is None:
        return _propose(ctx, incident, wanted)
    if incident.grade is wanted:
        raise UserError(texts.GRADE_SAME.format(name=named(incident), grade=texts.GRADES[wanted]))
    incident.grade, incident.graded_by = wanted, ctx.sender.userid
    note(ctx, incident, IncidentAct.GRADED, texts.GRADES[wanted] + standing_in(ctx, absent))
    change = {"before": {"grade": before}, "after": {"grade": wanted}}
    ctx.audit("incident:grade", incident.id, **change, on_behalf_of=absent)
    more = _follow(ctx, incident) if wanted is not before else []
    said = {
        "name": named(incident),
        "grade": texts.GRADES[wanted],
        "before": texts.GRADES[before],
        "clocks": clocks.states_of(ctx, incident),
    }
    others = [one for one in on_duty(ctx, incident) if one != ctx.sender.userid]
    told = Text(text=texts.GRADE_TOLD.format(who=ctx.sender.name, **said))
    stage = f"graded {ctx.now.isoformat()}"
    ctx.tell(TOLD, others, told, subject=incident.id, stage=stage, source=texts.SOURCE)
    return "\n".join([texts.GRADED_NOW.format(**said), *more])


def _propose(ctx: Context, incident: Incident, wanted: Grade) -> str:
    """Let clocks and alert follow a graver grade at once; leaders decide it."""
    if rank(wanted) <= rank(incident.counts_as):
        raise UserError(
            texts.GRADE_SAME.format(name=named(incident), grade=texts.GRADES[incident.counts_as])
        )
    incident.suggested = wanted
    word = texts.GRADES[wanted]
    note(ctx, incident, IncidentAct.PROPOSED, word)
    ctx.audit("incident:propose", incident.id, after={"grade": wanted})
    more = _follow(ctx, incident) if incident.grade is None else []
    said = texts.PROPOSED_TOLD.format(
        who=ctx.sender.name, name=named(incident), grade=word, number=incident.number
    )
    stage = f"proposed {wanted}"
    told = leads(ctx, incident)
    ctx.tell(TOLD, told, Text(text=said), subject=incident.id, stage=stage, source=texts.SOURCE)
    return "\n".join([texts.GRADE_PROPOSED.format(grade=word, number=incident.number), *more])


def raise_alert(ctx: Context, incident: Incident) -> str:
    """Raise the alert of an incident, or let it say more; return how the alert is called."""
    reporter = ctx.uow.members.names([incident.reported_by]).get(incident.reported_by, "")
    raised = ctx.emit(
        AlertAsked(
            unit=incident.unit,
            kind="incident",
            key=incident.id,
            grade=incident.counts_as,
            source=texts.SOURCE,
            title=texts.ALERT_TITLE.format(number=incident.number, title=incident.title),
            text=texts.ALERT_TEXT.format(
                words=incident.words,
                who=reporter,
                when=f"{local(incident.received_at):%H:%M}",
                phone=f"{local(incident.phone_due):%H:%M}",
                written=f"{local(incident.written_due):%H:%M}",
            ),
        )
    )
    return raised[0] if raised else ""


def say_grade(ctx: Context, incident: Incident) -> list[str]:
    """Say how grave the incident counts as; return what others want to be said."""
    words = "\n".join([incident.title, incident.words, *known(incident.elements).values()])
    return ctx.emit(
        IncidentGraded(
            incident_id=incident.id,
            grade=incident.counts_as,
            bureau=incident.bureau,
            unit=incident.unit,
            name=named(incident),
            words=words,
        )
    )
