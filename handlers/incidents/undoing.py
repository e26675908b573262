"""撤销: a signature of the last two minutes is taken back, unless the report has been sent up."""

from collections.abc import Sequence
from datetime import datetime

from handlers.incidents import signing, texts
from handlers.incidents.finding import handlers_of, locked, named, note
from handlers.incidents.papers import title_of_report
from handlers.incidents.registry import PAPER, TOLD, registry
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.kit.messages import Text
from handlers.kit.undoing import UNDO_WITHIN
from storage.models import AuditEntry, Incident, IncidentReport
from storage.vocabulary import NOBODY, IncidentAct, IncidentReportStatus

_SIGNED = "incident:sign"


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_signature(ctx, ctx.uow.incidents.open_in(ctx.sender.bureau), event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's signature; None if he has not signed since.

    Raises:
        UserError: the report has been sent up.
    """
    act = _last_signature(ctx, ctx.uow.incidents.open_in(ctx.sender.bureau), event.since)
    found = ctx.uow.incidents.get(act.subject) if act is not None else None
    if act is None or found is None:
        return None
    return _take_back(ctx, locked(ctx, found), act)


def may_undo(ctx: Context, incident: Incident) -> bool:
    """Tell whether the sender has just signed a report of an incident that was not sent up yet."""
    act = _last_signature(ctx, [incident], ctx.now - UNDO_WITHIN)
    return act is not None and _is_last(ctx, incident, _signed_in(ctx, act))


def undo_here(ctx: Context, incident: Incident, _words: str) -> str:
    """Undo the sender's signature of this incident, which is locked.

    Raises:
        UserError: he has not just signed, or the report has been sent up.
    """
    act = _last_signature(ctx, [incident], ctx.now - UNDO_WITHIN)
    if act is None:
        raise UserError(texts.UNDO_NOTHING.format(name=named(incident)))
    return _take_back(ctx, incident, act)


def _last_signature(
    ctx: Context, incidents: Sequence[Incident], since: datetime
) -> AuditEntry | None:
    """Return the sender's last act on these incidents, if it was to sign."""
    ids = [one.id for one in incidents]
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, ids, since) if ids else None
    return act if act is not None and act.tag == _SIGNED else None


def _signed_in(ctx: Context, act: AuditEntry) -> IncidentReport:
    report = ctx.uow.incidents.report(act.after["report"])
    if report is None:
        raise LookupError(f"no report {act.after['report']}")
    return report


def _is_last(ctx: Context, incident: Incident, report: IncidentReport) -> bool:
    """Tell whether a report is signed and not sent, and none has been begun after it."""
    signed = report.status is IncidentReportStatus.SIGNED
    return signed and report.id == ctx.uow.incidents.reports(incident.id)[-1].id


def _take_back(ctx: Context, incident: Incident, act: AuditEntry) -> str:
    report = _signed_in(ctx, act)
    name, title = named(incident), title_of_report(report)
    if not _is_last(ctx, incident, report):
        said = texts.UNDO_SENT.format(name=name, report=title, number=incident.number)
        raise UserError(said)
    report.status, report.elements = IncidentReportStatus.DRAFT, {}
    report.signed_by, report.signed_for, report.signed_at = NOBODY, NOBODY, None
    note(ctx, incident, IncidentAct.UNSIGNED, title)
    ctx.audit("incident:undo", incident.id, after={"of": act.id})
    ctx.uow.outbox.drop(incident.id, [PAPER], title)
    signing.offer(ctx, incident, report)
    told = Text(text=texts.UNSIGNED_TOLD.format(name=name, report=title, who=ctx.sender.name))
    stage = f"unsigned {ctx.now.isoformat()}"
    ctx.tell(TOLD, handlers_of(ctx, incident), told, subject=incident.id, stage=stage)
    return texts.UNSIGNED.format(name=name, report=title)
