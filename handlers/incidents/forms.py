"""紧急信息 on pages: the same acts as in words, by the same rights; what is to be done next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.incidents import clocks, ending, filling, following, grading, signing, texts, undoing
from handlers.incidents.finding import may_handle, named, numbered, refuse, sees
from handlers.incidents.papers import known, title_of_report
from handlers.incidents.registry import registry
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.calendar import local
from handlers.rules.incidents.wording import LABELS
from storage.models import Incident
from storage.vocabulary import (
    IncidentElement,
    IncidentReportKind,
    IncidentReportStatus,
)

ELEMENTS, SIGN = "elements", "sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAct:
    """What its button says, when the visitor may do it, and the act itself."""

    label: str
    may: Callable[[Context, Incident], bool]
    does: Callable[[Context, Incident, str], str]
    over: bool = False


def _handles(ctx: Context, incident: Incident) -> bool:
    return incident.is_open and may_handle(ctx, incident)


def _may_phone(ctx: Context, incident: Incident) -> bool:
    return incident.phoned_at is None and _handles(ctx, incident)


def _may_send(ctx: Context, incident: Incident) -> bool:
    reports = ctx.uow.incidents.reports(incident.id)
    waits = any(one.status is IncidentReportStatus.SIGNED for one in reports)
    return waits and _handles(ctx, incident)


def _may_finish(ctx: Context, incident: Incident) -> bool:
    return signing.first_signed(ctx, incident) and _handles(ctx, incident)


def _was_late(ctx: Context, incident: Incident) -> bool:
    late = any(clocks.is_late(ctx, incident, one) for one in (clocks.PHONE, clocks.WRITTEN))
    return late and may_handle(ctx, incident)


def _may_close(ctx: Context, incident: Incident) -> bool:
    return incident.is_open and ending.may_end(ctx, incident)


def _may_withdraw(ctx: Context, incident: Incident) -> bool:
    own = ctx.sender.userid == incident.reported_by
    return incident.is_open and (own or ending.may_end(ctx, incident))


def _may_reopen(ctx: Context, incident: Incident) -> bool:
    return not incident.is_open and ending.may_end(ctx, incident)


def _phone(ctx: Context, incident: Incident, words: str) -> str:
    if not words:
        raise UserError(texts.ASK_TO)
    return clocks.phoned(ctx, incident, words, to="")


def _send(ctx: Context, incident: Incident, words: str) -> str:
    if not words:
        raise UserError(texts.ASK_TO)
    return following.sent(ctx, incident, words, to="")


def _add(ctx: Context, incident: Incident, words: str) -> str:
    return filling.take_in(ctx, incident, words, None)


def _explain(ctx: Context, incident: Incident, words: str) -> str:
    return clocks.explained(ctx, incident, words, reason="", which="")


ACTS: Mapping[str, PageAct] = {
    "undo": PageAct(label="撤销刚才的签发", may=undoing.may_undo, does=undoing.undo_here),
    "phone": PageAct(label="已电话报告（写报给谁）", may=_may_phone, does=_phone),
    "add": PageAct(label="补充情况", may=_handles, does=_add),
    "sent": PageAct(label="已书面报告（写报给谁）", may=_may_send, does=_send),
    "follow": PageAct(label="续报（写新情况）", may=_handles, does=following.followed),
    "final": PageAct(label="终报（写结果）", may=_may_finish, does=following.finish),
    "grade": PageAct(label="定级（写一般、较大、重大）", may=_handles, does=grading.graded),
    "explain": PageAct(label="超时原因", may=_was_late, does=_explain, over=True),
    "close": PageAct(label="办结（写情况）", may=_may_close, does=ending.close),
    "withdraw": PageAct(label="误报（写怎么核实的）", may=_may_withdraw, does=ending.withdraw),
    "reopen": PageAct(label="重开", may=_may_reopen, does=ending.reopen, over=True),
}
"""What can be done on the page of an incident, its form and signature aside."""


@registry.form("incident")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``do`` to ``incident``; ``words``, the elements, or the ``revision`` seen go with it.

    What would be asked for in a chat is said and not waited for: the page has its own fields.

    Raises:
        UserError: there is no such incident or act, or it is not the sender's to do.
    """
    here = replace(ctx, talk=None)
    found = ctx.uow.incidents.get(form.fields["incident"])
    if found is None or not sees(here, found):
        raise UserError(texts.NONE_OPEN)
    incident, do = numbered(here, found.number), form.fields["do"]
    if do == SIGN:
        return _sign(here, incident, form.fields["revision"])
    if do == ELEMENTS:
        refuse(here, incident)
        return _put_right(here, incident, form.fields)
    act = ACTS.get(do)
    if act is None:
        raise UserError(texts.PAGE_UNKNOWN)
    refuse(here, incident, over=act.over)
    return act.does(here, incident, form.fields["words"].strip())


def _sign(ctx: Context, incident: Incident, revision: str) -> str:
    """Sign the report that waits, as the page showed it.

    Raises:
        UserError: none waits, something was added since, or it is not the sender's to sign.
    """
    report = signing.open_report(ctx, incident) if incident.is_open else None
    if report is None:
        raise UserError(signing.nothing_to_sign(ctx, incident))
    if signing.signs_for(ctx, incident, report) is not None and revision != str(incident.revision):
        raise UserError(texts.PAGE_CHANGED.format(name=named(incident)))
    return signing.sign(ctx, incident, report, None)


def _put_right(ctx: Context, incident: Incident, fields: Mapping[str, str]) -> str:
    """Note each element whose field says something else than what is known."""
    now = known(incident.elements)
    said = {one: fields.get(one.value, "").strip() for one in LABELS}
    fresh = {one: value for one, value in said.items() if value and value != now.get(one, "")}
    words = "；".join(f"{LABELS[one]}：{value}" for one, value in fresh.items())
    nothing = texts.NOTHING_ADDED.format(name=named(incident), number=incident.number)
    noted = filling.write(ctx, incident, fresh, words)
    if not noted:
        return nothing
    report = signing.open_report(ctx, incident)
    if report is not None:
        signing.offer(ctx, incident, report)
    return noted


def acts_of(ctx: Context, incident: Incident) -> Sequence[tuple[str, str]]:
    """Return what the visitor may do now, each with the words of its button."""
    return [(name, act.label) for name, act in ACTS.items() if act.may(ctx, incident)]


def may_put_right(ctx: Context, incident: Incident) -> bool:
    return _handles(ctx, incident)


def may_sign(ctx: Context, incident: Incident) -> bool:
    report = signing.open_report(ctx, incident) if incident.is_open else None
    return report is not None and signing.signs_for(ctx, incident, report) is not None


def elements_of(incident: Incident) -> Sequence[tuple[IncidentElement, str, str]]:
    """Return the form of an incident: each element, its name, and what is known of it."""
    now = known(incident.elements)
    return [(one, name, now.get(one, "")) for one, name in LABELS.items()]


def next_of(ctx: Context, incident: Incident) -> Sequence[str]:
    """Say what is to be done next, the most urgent first; nothing once it is over."""
    if not incident.is_open:
        return ()
    left = []
    if incident.phoned_at is None:
        left.append(texts.NEXT_PHONE.format(due=f"{local(incident.phone_due):%H:%M}"))
    for report in ctx.uow.incidents.reports(incident.id):
        title = title_of_report(report)
        if report.status is IncidentReportStatus.DRAFT:
            who = signing.signers_words(ctx, incident)
            left.append(texts.NEXT_SIGN.format(report=title, signers=who))
        elif report.status is IncidentReportStatus.SIGNED:
            first = report.kind is IncidentReportKind.INITIAL
            form = texts.NEXT_SEND_BY if first else texts.NEXT_SEND
            left.append(form.format(report=title, due=f"{local(incident.written_due):%H:%M}"))
    return left or [texts.NEXT_FOLLOW]
