"""办结, 误报, 重开: how an incident ends, and that it did not."""

from handlers.incidents import meanings, texts
from handlers.incidents.finding import (
    behalf,
    handlers_of,
    leads_duty,
    named,
    note,
    standing_in,
    the_one,
)
from handlers.incidents.registry import SIGN, TOLD, registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertSubjectSettled, IncidentEnded
from handlers.kit.messages import Text
from handlers.rules.visibility import may_end_incident
from storage.models import Incident
from storage.vocabulary import (
    NOBODY,
    IncidentAct,
    IncidentReportKind,
    IncidentStatus,
    Role,
    UserId,
)

_ENDERS = frozenset({Role.OFFICE, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL})
_WITHOUT_FINAL = "不需终报"
_ACTS = {
    IncidentStatus.CLOSED: IncidentAct.CLOSED,
    IncidentStatus.WITHDRAWN: IncidentAct.WITHDRAWN,
}


@registry.command(
    "办结紧急",
    takes=Takes.WORDS,
    usage="办结紧急3 已处置完毕",
    purpose="办结紧急信息（终报报出后自动办结）",
    shown_to=_ENDERS,
    means=meanings.close,
    reads=meanings.why_closed,
)
def close_incident(ctx: Context, asked: Asked) -> str:
    """Close an incident; one without a final report only where it is said that it needs none.

    Raises:
        UserError: it is not the sender's to do, no word says why, or the final report is missing.
    """
    return the_one(ctx, asked, "close_incident", close)


def close(ctx: Context, incident: Incident, words: str) -> str:
    absent = _ends_for(ctx, incident)
    if not words:
        raise UserError(texts.CLOSE_WHY.format(number=incident.number))
    reports = ctx.uow.incidents.reports(incident.id)
    final = any(
        one.kind is IncidentReportKind.FINAL and one.signed_at is not None for one in reports
    )
    if not final and _WITHOUT_FINAL not in words:
        raise UserError(texts.FINAL_FIRST.format(name=named(incident), number=incident.number))
    why = words.replace(_WITHOUT_FINAL, "").strip(" ，,：:") or _WITHOUT_FINAL
    end(ctx, incident, IncidentStatus.CLOSED, why, absent)
    return texts.CLOSED.format(name=named(incident), why=why)


@registry.command(
    "误报紧急",
    takes=Takes.WORDS,
    usage="误报紧急3 现场核实是演练",
    purpose="紧急信息核实为误报，停止计时和警报",
    means=meanings.withdraw,
    reads=meanings.why_withdrawn,
)
def withdraw_incident(ctx: Context, asked: Asked) -> str:
    """Call an incident a false one, with how that was found out.

    Raises:
        UserError: no word says how.
    """
    return the_one(ctx, asked, "withdraw_incident", withdraw)


def withdraw(ctx: Context, incident: Incident, words: str) -> str:
    own = ctx.sender.userid == incident.reported_by
    absent = NOBODY if own else _ends_for(ctx, incident)
    if not words:
        raise UserError(texts.WITHDRAW_WHY.format(number=incident.number))
    end(ctx, incident, IncidentStatus.WITHDRAWN, words, absent)
    return texts.WITHDRAWN.format(name=named(incident), why=words)


def may_end(ctx: Context, incident: Incident) -> bool:
    return _absent(ctx, incident) is not None


def _absent(ctx: Context, incident: Incident) -> UserId | None:
    if leads_duty(ctx) and incident.bureau == ctx.sender.bureau:
        return NOBODY
    lineage = ctx.uow.members.lineage(incident.unit)
    return behalf(ctx, lambda who: may_end_incident(who, lineage))


def _ends_for(ctx: Context, incident: Incident) -> UserId:
    """Return in whose place the sender ends an incident: nobody's where it is his own to do.

    Raises:
        UserError: it is neither his nor that of anybody for whom he stands in.
    """
    absent = _absent(ctx, incident)
    if absent is None:
        raise UserError(texts.CLOSE_MAY_NOT)
    return absent


def end(
    ctx: Context, incident: Incident, status: IncidentStatus, why: str, absent: UserId = NOBODY
) -> None:
    """End an incident: clocks, cards and alert stop, and who has it in hand hears of it."""
    incident.status, incident.ended_at = status, ctx.now
    incident.ended_by, incident.ended_words = ctx.sender.userid, why
    ctx.uow.timers.cancel(incident.id)
    note(ctx, incident, _ACTS[status], why + standing_in(ctx, absent))
    after = {"status": status, "why": why}
    ctx.audit("incident:end", incident.id, after=after, on_behalf_of=absent)
    for report in ctx.uow.incidents.reports(incident.id):
        if report.signed_at is None:
            grey(ctx, report.id, SIGN, texts.CARD_OVER)
    settled = AlertSubjectSettled(
        bureau=incident.bureau, subject=f"incident:{incident.id}", why=why
    )
    ctx.emit(settled)
    ctx.emit(IncidentEnded(incident_id=incident.id, bureau=incident.bureau, why=why))
    said = texts.ENDED_TOLD.format(
        name=named(incident), status=texts.STATUS[status], who=ctx.sender.name, why=why
    )
    _tell(ctx, incident, said)


def _tell(ctx: Context, incident: Incident, said: str) -> None:
    others = [one for one in handlers_of(ctx, incident) if one != ctx.sender.userid]
    stage = ctx.now.isoformat()
    ctx.tell(TOLD, others, Text(text=said), subject=incident.id, stage=stage, source=texts.SOURCE)


@registry.command(
    "重开紧急",
    takes=Takes.NUMBER,
    usage="重开紧急3",
    purpose="重开办结或误报的紧急信息",
    shown_to=_ENDERS,
)
def reopen_incident(ctx: Context, asked: Asked) -> str:
    """Open an incident that has ended again; its clocks stay as they stood.

    Raises:
        UserError: it is not the sender's to do, or is open.
    """
    return the_one(ctx, asked, "reopen_incident", reopen, over=True)


def reopen(ctx: Context, incident: Incident, _words: str) -> str:
    absent = _ends_for(ctx, incident)
    if incident.is_open:
        raise UserError(texts.NOT_OVER.format(name=named(incident)))
    incident.status, incident.ended_at = IncidentStatus.OPEN, None
    incident.ended_by, incident.ended_words = NOBODY, ""
    note(ctx, incident, IncidentAct.REOPENED, standing_in(ctx, absent))
    ctx.audit("incident:reopen", incident.id, on_behalf_of=absent)
    _tell(ctx, incident, texts.REOPENED_TOLD.format(name=named(incident), who=ctx.sender.name))
    return texts.REOPENED.format(name=named(incident), number=incident.number)
