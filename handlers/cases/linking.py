"""关联: a case, the emergency that it is about and the drafts that answer it, shown together."""

import re

from handlers.cases import meanings, texts
from handlers.cases.finding import allowed, numbered, said_number, sees
from handlers.cases.moving import move
from handlers.cases.naming import grade_of, lives_on, named
from handlers.cases.registry import registry
from handlers.cases.telling import handlers_of, office_of, tell
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import (
    CaseOfIncidentAsked,
    IncidentEnded,
    IncidentGraded,
    IncidentLinkAsked,
    IncidentLinked,
)
from handlers.kit.finding import draft_numbered
from handlers.rules.cases.flow import ENDED
from storage.models import Case, Incident
from storage.vocabulary import CaseId, CaseMove, Role

_LINKERS = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.OPINION_LIAISON,
        Role.DUTY,
        Role.LEAD_DUTY,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)
_INCIDENT = re.compile(r"紧急(?:信息)?\s*第?(\d{1,6})\s*号?")
_DRAFTS = (re.compile(r"稿件?\s*第?(\d{1,6})\s*号?"), re.compile(r"第?(\d{1,6})\s*号?稿件?"))
_NUMBER = re.compile(r"\d{1,6}")


@registry.command(
    "关联舆情",
    "关联",
    takes=Takes.WORDS,
    usage="关联舆情 3 紧急2（或：舆情3 关联 紧急信息2；舆情3 关联 稿件12）",
    purpose="把一起舆情和同一件事的紧急信息、回应它的稿件关联起来",
    shown_to=_LINKERS,
    means=meanings.link,
)
def link_opinion(ctx: Context, asked: Asked) -> str:
    return _link(ctx, asked.text, on=True)


@registry.command(
    "取消关联",
    takes=Takes.WORDS,
    usage="取消关联 3 紧急2（或：取消关联 3 稿件12）",
    purpose="取消一起舆情和紧急信息、稿件的关联",
    shown_to=_LINKERS,
)
def unlink_opinion(ctx: Context, asked: Asked) -> str:
    return _link(ctx, asked.text, on=False)


def _link(ctx: Context, said: str, *, on: bool) -> str:
    """Link the case with the incident or the draft that is named, or take that back, not *on*.

    Raises:
        UserError: one of them is not named, is not there, or is not the sender's to handle.
    """
    incident = _INCIDENT.search(said)
    draft = None if incident else _draft_said(said)
    other = incident or draft
    rest = f"{said[: other.start()]} {said[other.end() :]}" if other else said
    plain = _NUMBER.search(rest)
    number = said_number(rest) or (int(plain[0]) if plain else None)
    if other is None or number is None:
        raise UserError(texts.LINK_FORM)
    case = numbered(ctx, number)
    if draft is not None:
        return _link_draft(ctx, case, int(draft[1]), on=on)
    return link_numbered(ctx, case, int(other[1]), on=on)


def _draft_said(said: str) -> re.Match[str] | None:
    return next(filter(None, (form.search(said) for form in _DRAFTS)), None)


def link_on_page(ctx: Context, case: Case, said: str) -> str:
    """Link a case, which is locked, with what is named beside it: 紧急2, 2 or 稿件12.

    Raises:
        UserError: nothing is named, it is not there, or not the sender's.
    """
    if draft := _draft_said(said):
        return _link_draft(ctx, case, int(draft[1]), on=True)
    found = _NUMBER.search(said)
    if found is None:
        raise UserError(texts.LINK_FORM)
    return link_numbered(ctx, case, int(found[0]), on=True)


def _link_draft(ctx: Context, case: Case, number: int, *, on: bool) -> str:
    """Note that a draft answers a case, which is locked, or that it does not.

    Raises:
        UserError: there is no such draft for the sender, it stands so already, or the case is not
            his to handle.
    """
    allowed(ctx, case, CaseMove.LINK)
    draft = draft_numbered(ctx, number)
    called = texts.LINKED_DRAFT.format(number=draft.number, title=draft.title)
    cases = ctx.uow.cases
    if on and not cases.link_draft(case.id, draft.id, ctx.sender.userid, ctx.now):
        raise UserError(texts.LINKED_BEFORE.format(name=named(case), other=called))
    if not on and not cases.unlink_draft(case.id, draft.id):
        raise UserError(texts.NOT_LINKED.format(name=named(case), other=called))
    # Who reads the lines of a case need not see its drafts.
    noted = texts.HIDDEN_DRAFT.format(number=draft.number)
    words = noted if on else texts.UNLINKED_WORDS.format(other=noted)
    move(ctx, case, CaseMove.LINK, words=words)
    ctx.show("opinion", [case.number])
    form = texts.DRAFT_LINKED if on else texts.UNLINKED
    return form.format(name=named(case), other=called)


def link_numbered(ctx: Context, case: Case, incident: int, *, on: bool) -> str:
    """Link a case, which is locked, with the incident of that number, or take that back.

    Raises:
        UserError: there is no such incident, or one of them is not the sender's to handle.
    """
    allowed(ctx, case, CaseMove.LINK)
    asked = IncidentLinkAsked(case_id=case.id, case_name=named(case), number=incident, on=on)
    called = "".join(ctx.emit(asked))
    words = called if on else texts.UNLINKED_WORDS.format(other=called)
    move(ctx, case, CaseMove.LINK, words=words)
    told = texts.TOLD_LINKED if on else texts.TOLD_UNLINKED
    said_to = told.format(name=named(case), who=ctx.sender.name, incident=called)
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, said_to)
    ctx.show("opinion", [case.number])
    form = texts.LINKED if on else texts.UNLINKED
    return form.format(name=named(case), other=called)


@registry.on(IncidentLinked)
def note_incident(ctx: Context, event: IncidentLinked) -> None:
    """Write down that an incident was reported with the case."""
    case = ctx.uow.cases.lock(event.case_id)
    if case is not None:
        move(ctx, case, CaseMove.LINK, words=event.name)


@registry.on(CaseOfIncidentAsked)
def of_incident(ctx: Context, event: CaseOfIncidentAsked) -> str | None:
    case = ctx.uow.cases.get(event.case_id)
    if case is None or not sees(ctx, case):
        return None
    return texts.OF_INCIDENT.format(
        name=named(case), grade=texts.GRADES[grade_of(case)], state=texts.STATES[case.state]
    )


@registry.on(IncidentGraded)
def hear_of_the_grade(ctx: Context, event: IncidentGraded) -> None:
    """Who deals with a case hears how grave its emergency is held to be."""
    found = _of(ctx, event.incident_id)
    if found is not None:
        case, incident = found
        said = texts.INCIDENT_GRADED.format(
            incident=event.name,
            name=named(case),
            grade=texts.GRADES[incident.counts_as],
            number=case.number,
        )
        _tell(ctx, case, said, f"incident {event.grade}")


@registry.on(IncidentEnded)
def hear_of_the_end(ctx: Context, event: IncidentEnded) -> None:
    """Who deals with a case hears that its emergency is over; the case is not."""
    found = _of(ctx, event.incident_id)
    if found is not None:
        case, incident = found
        called = texts.INCIDENT_NAME.format(number=incident.number, title=incident.title)
        said = texts.INCIDENT_OVER.format(incident=called, name=named(case), why=event.why)
        _tell(ctx, case, said, "incident over")


def _of(ctx: Context, incident_id: str) -> tuple[Case, Incident] | None:
    incident = ctx.uow.incidents.get(incident_id)
    if incident is None or not incident.case:
        return None
    case = ctx.uow.cases.get(CaseId(incident.case))
    lives = lives_on(ctx, case) if case is not None else None
    return (lives, incident) if lives is not None and lives.state not in ENDED else None


def _tell(ctx: Context, case: Case, said: str, stage: str) -> None:
    members = {*handlers_of(ctx, case), *office_of(ctx, case)}
    tell(ctx, case, members, said, f"{stage} {ctx.now.isoformat()}")
