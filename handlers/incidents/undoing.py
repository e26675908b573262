"""撤销: a signature of the last two minutes is taken back, unless the report has been sent up."""

from datetime import datetime

from handlers.incidents import signing, texts
from handlers.incidents.finding import handlers_of, locked, named, note
from handlers.incidents.papers import title_of_report
from handlers.incidents.registry import PAPER, TOLD, registry
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.kit.messages import Text
from storage.models import AuditEntry
from storage.vocabulary import NOBODY, IncidentAct, IncidentReportStatus

_SIGNED = "incident:sign"


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    incidents = [one.id for one in ctx.uow.incidents.open_in(ctx.sender.bureau)]
    if not incidents:
        return None
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, incidents, since)
    return act if act is not None and act.tag == _SIGNED else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's signature; None if he has not signed since.

    Raises:
        UserError: the report has been sent up.
    """
    act = _last_act(ctx, event.since)
    found = ctx.uow.incidents.get(act.subject) if act is not None else None
    report = ctx.uow.incidents.report(act.after["report"]) if act is not None else None
    if found is None or report is None:
        return None
    incident = locked(ctx, found)
    name, title = named(incident), title_of_report(report)
    if report.status is not IncidentReportStatus.SIGNED:
        said = texts.UNDO_SENT.format(name=name, report=title, number=incident.number)
        raise UserError(said)
    later = [
        one for one in ctx.uow.incidents.reports(incident.id) if one.position > report.position
    ]
    if later:
        said = texts.UNDO_SENT.format(name=name, report=title, number=incident.number)
        raise UserError(said)
    report.status, report.elements = IncidentReportStatus.DRAFT, {}
    report.signed_by, report.signed_for, report.signed_at = NOBODY, NOBODY, None
    note(ctx, incident, IncidentAct.UNSIGNED, title)
    ctx.audit("incident:undo", incident.id, after={"of": act.id if act else 0})
    ctx.uow.outbox.drop(incident.id, [PAPER], title)
    signing.offer(ctx, incident, report)
    told = Text(text=texts.UNSIGNED_TOLD.format(name=name, report=title, who=ctx.sender.name))
    stage = f"unsigned {ctx.now.isoformat()}"
    ctx.tell(TOLD, handlers_of(ctx, incident), told, subject=incident.id, stage=stage)
    return texts.UNSIGNED.format(name=name, report=title)
