"""An incident and the case of public opinion about it: linked, and told of each other."""

from collections.abc import Iterator
from datetime import datetime

from handlers.incidents import texts
from handlers.incidents.finding import handlers_of, may_handle, named, note, numbered, sees
from handlers.incidents.registry import TOLD, registry
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import (
    CaseActUndone,
    CaseClosed,
    CaseGraded,
    IncidentLinkAsked,
    IncidentLinked,
    IncidentsOfCaseAsked,
)
from handlers.kit.messages import Text
from storage.models import Case, Incident
from storage.vocabulary import NOBODY, CaseId, CaseState, IncidentAct


@registry.on(IncidentLinkAsked)
def link(ctx: Context, event: IncidentLinkAsked) -> str:
    """Let an incident belong to a case, or no longer; return how it is called.

    Raises:
        UserError: there is no such incident, it is not the sender's, or it stands otherwise.
    """
    incident = numbered(ctx, event.number)
    if not may_handle(ctx, incident):
        raise UserError(texts.NOT_YOURS.format(name=named(incident)))
    if event.on and incident.case:
        raise UserError(_linked_before(ctx, incident, event.case_id))
    if not event.on and incident.case != event.case_id:
        raise UserError(texts.NOT_LINKED.format(name=named(incident), case=event.case_name))
    incident.case = event.case_id if event.on else ""
    words = event.case_name if event.on else texts.UNLINKED_ACT.format(case=event.case_name)
    note(ctx, incident, IncidentAct.LINKED, words)
    ctx.audit("incident:link", incident.id, after={"case": incident.case})
    form = texts.LINKED_TOLD if event.on else texts.UNLINKED_TOLD
    said = form.format(name=named(incident), case=event.case_name, who=ctx.sender.name)
    _tell(ctx, incident, said, f"link {ctx.now.isoformat()}")
    return named(incident)


def _linked_before(ctx: Context, incident: Incident, case: CaseId) -> str:
    other = ctx.uow.cases.get(CaseId(incident.case))
    form = texts.LINKED_BEFORE if incident.case == case or other is None else texts.LINKED_OTHER
    number = other.number if other is not None else 0
    called = case_named(other) if other is not None else ""
    return form.format(name=named(incident), case=called, number=incident.number, of=number)


def belong(ctx: Context, incident: Incident, case: str) -> None:
    """Let an incident that has just begun belong to a case."""
    found = ctx.uow.cases.get(CaseId(case))
    if found is None:
        return
    incident.case = case
    note(ctx, incident, IncidentAct.LINKED, case_named(found))
    ctx.emit(IncidentLinked(case_id=found.id, name=named(incident)))


def case_named(case: Case) -> str:
    return texts.CASE_NAME.format(number=case.number, title=case.title)


def _tell(ctx: Context, incident: Incident, said: str, stage: str) -> None:
    me = ctx.me.userid if ctx.me is not None else NOBODY
    others = [one for one in handlers_of(ctx, incident) if one != me]
    ctx.tell(TOLD, others, Text(text=said), subject=incident.id, stage=stage, source=texts.SOURCE)


@registry.on(IncidentsOfCaseAsked)
def of_case(ctx: Context, event: IncidentsOfCaseAsked) -> str:
    """Name the incidents of a case that the sender may see."""
    found = [one for one in ctx.uow.incidents.linked_to(event.case_id) if sees(ctx, one)]
    return "；".join(
        texts.OF_CASE.format(
            name=named(one), grade=texts.GRADES[one.counts_as], status=texts.STATUS[one.status]
        )
        for one in found
    )


@registry.on(CaseGraded)
def hear_of_the_grade(ctx: Context, event: CaseGraded) -> None:
    """Who has an incident in hand hears how grave its case was decided to be."""
    for incident, case in _in_hand(ctx, event.case_id):
        said = texts.CASE_GRADED.format(
            case=case,
            name=named(incident),
            grade=texts.GRADES[event.grade],
            number=incident.number,
        )
        _tell(ctx, incident, said, f"case {event.grade} {ctx.now.isoformat()}")


@registry.on(CaseClosed)
def hear_of_the_end(ctx: Context, event: CaseClosed) -> None:
    """Who has an incident in hand hears that its case is over; the incident is not.

    Where the case was merged it lives on in the other, and the incident belongs to that.
    """
    if event.state is CaseState.MERGED:
        _follow(ctx, event.case_id)
        return
    for incident, case in _in_hand(ctx, event.case_id):
        said = texts.CASE_OVER.format(case=case, name=named(incident))
        _tell(ctx, incident, said, f"case over {ctx.now.isoformat()}")


def _follow(ctx: Context, case_id: CaseId) -> None:
    case = ctx.uow.cases.get(case_id)
    into = ctx.uow.cases.get(case.merged_into) if case is not None else None
    if case is None or into is None:
        return
    called = {"case": case_named(case), "into": case_named(into)}
    for incident in ctx.uow.incidents.linked_to(case.id):
        incident.case = into.id
        note(ctx, incident, IncidentAct.LINKED, texts.MERGED_ACT.format(**called))
        if incident.is_open:
            said = texts.CASE_MERGED.format(name=named(incident), **called)
            _tell(ctx, incident, said, f"case merged {ctx.now.isoformat()}")


@registry.on(CaseActUndone)
def return_to_case(ctx: Context, event: CaseActUndone) -> None:
    """Let what followed a case that was merged belong to it again, once that is taken back."""
    case = ctx.uow.cases.get(event.case_id) if event.merged_into else None
    if case is None or event.merged_into is None:
        return
    for incident in ctx.uow.incidents.linked_to(event.merged_into):
        if not _followed(ctx, incident, case, event.at):
            continue
        incident.case = case.id
        called = case_named(case)
        note(ctx, incident, IncidentAct.LINKED, texts.PARTED_ACT.format(case=called))
        if incident.is_open:
            said = texts.CASE_PARTED.format(case=called, name=named(incident))
            _tell(ctx, incident, said, f"case parted {ctx.now.isoformat()}")


def _followed(ctx: Context, incident: Incident, case: Case, at: datetime) -> bool:
    """Tell whether it was the merging of *case* at that moment that brought an incident along."""
    ending = texts.MERGED_ACT.format(into="", case=case_named(case))
    return any(
        one.act is IncidentAct.LINKED and one.at == at and one.words.endswith(ending)
        for one in ctx.uow.incidents.log(incident.id)
    )


def _in_hand(ctx: Context, case_id: CaseId) -> Iterator[tuple[Incident, str]]:
    """Yield the incidents of a case that are not over, each with what the case is called."""
    case = ctx.uow.cases.get(case_id)
    if case is None:
        return
    for incident in ctx.uow.incidents.linked_to(case_id):
        if incident.is_open:
            yield incident, case_named(case)
