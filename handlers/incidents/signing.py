"""签发: a leader signs what is known, at once and as he saw it; nothing waits to be complete."""

from collections.abc import Mapping, Sequence

from handlers.incidents import texts
from handlers.incidents.finding import (
    handlers_of,
    locked,
    named,
    names_of,
    note,
    numbered,
)
from handlers.incidents.limits import limit_for
from handlers.incidents.meanings import sign as sign_meaning
from handlers.incidents.papers import file_name, missing_words, text_of, title_of_report
from handlers.incidents.registry import PAPER, SIGN, TOLD, registry
from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.cards import grey
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.meaning import Situation
from handlers.kit.messages import Button, ButtonCard, Paper, Text
from handlers.rules.calendar import local, short_time
from handlers.rules.visibility import LEADERS
from storage.models import Incident, IncidentReport
from storage.vocabulary import (
    NOBODY,
    DutyPosition,
    IncidentAct,
    IncidentElement,
    IncidentReportStatus,
    PaperKind,
    Role,
    UserId,
)

_CLIPPED = 40


def open_report(ctx: Context, incident: Incident) -> IncidentReport | None:
    """Return the report that is not signed yet; there is at most one."""
    return next(
        (
            one
            for one in ctx.uow.incidents.reports(incident.id)
            if one.status is IncidentReportStatus.DRAFT
        ),
        None,
    )


def first_signed(ctx: Context, incident: Incident) -> bool:
    return ctx.uow.incidents.reports(incident.id)[0].signed_at is not None


def signers_of(
    ctx: Context, incident: Incident, report: IncidentReport | None = None
) -> list[UserId]:
    """Return who may sign: the leader on duty, the deputies over the unit, the principal.

    Nobody signs what he reported himself (the two-person rule): where only he might, any deputy.
    """
    on = ctx.uow.duty.on_duty(incident.bureau, ctx.now)
    lead = [one.member for one in on if one.position is DutyPosition.LEAD]
    holders = ctx.uow.members.holders(incident.bureau, LEADERS)
    leaders = {one for scopes in holders.values() for some in scopes.values() for one in some}
    each = [ctx.uow.members.holding(role, incident.unit) for role in (Role.DEPUTY, Role.PRINCIPAL)]
    found = [*(one for one in lead if one in leaders), *(one for some in each for one in some)]
    own = {incident.reported_by, report.opened_by if report is not None else NOBODY}
    return [one for one in dict.fromkeys(found) if one not in own] or sorted(leaders - own)


def _standing_in(ctx: Context, signers: Sequence[UserId], own: UserId) -> Mapping[UserId, UserId]:
    """Return who stands in for one of *signers* now, each with the one."""
    found = ctx.uow.members.substitutes_for(signers, ctx.now) if signers else []
    return {who: whom for who, whom in reversed(found) if who != own}


def signers_words(ctx: Context, incident: Incident) -> str:
    who = names_of(ctx, signers_of(ctx, incident, open_report(ctx, incident)))
    return texts.WAITS_FOR.format(who=who) if who else texts.NO_SIGNER


def offer(ctx: Context, incident: Incident, report: IncidentReport) -> None:
    """Put a report, as it now is, before those who may sign it; older cards of it say so."""
    grey(ctx, report.id, SIGN, texts.CARD_NEWER)
    signers = signers_of(ctx, incident, report)
    substitutes = _standing_in(ctx, signers, incident.reported_by)
    for member in dict.fromkeys([*signers, *substitutes]):
        ctx.tell(
            SIGN,
            [member],
            _card(ctx, incident, report, member),
            subject=report.id,
            stage=f"{incident.revision} {ctx.now.isoformat()}",
            source=texts.SOURCE,
        )


def _card(ctx: Context, incident: Incident, report: IncidentReport, member: UserId) -> ButtonCard:
    said = incident.elements
    facts = (
        (texts.FACT_HARM, str(said.get(IncidentElement.CASUALTIES, ""))),
        (texts.FACT_DONE, str(said.get(IncidentElement.MEASURES, ""))),
        (texts.FACT_LACK, missing_words(incident)),
        (
            texts.FACT_DUE,
            f"{local(incident.written_due):%H:%M}" if incident.written_at is None else "",
        ),
    )
    title = texts.CARD_TITLE.format(number=incident.number, report=title_of_report(report))
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=title,
        description="".join(text_of(ctx, incident, report)[:2]),
        facts=tuple((name, value[:_CLIPPED]) for name, value in facts if value),
        summary=texts.CARD_WORDS.format(number=incident.number),
        url=ctx.link(f"incidents/{incident.id}", member),
        buttons=(
            Button(
                label=texts.SIGN_BUTTON,
                key=f"emergency:sign:{report.id}:{incident.revision}",
                style="primary",
            ),
        ),
    )


@registry.situation
def _what_waits_for_a_signature(ctx: Context, roles: frozenset[Role]) -> Situation | None:
    """A leader with one unsigned report before him talks about that one.

    Who stands in for one presses the button, or names the incident.
    """
    mine = _before_me(ctx) if roles & LEADERS else []
    if not mine:
        return None
    only = (mine[0].number,) if len(mine) == 1 else ()
    return Situation(kind="incident_report", numbers=only)


def _before_me(ctx: Context) -> list[Incident]:
    return [
        incident
        for incident in ctx.uow.incidents.open_in(ctx.sender.bureau)
        if (report := open_report(ctx, incident)) is not None
        and signs_for(ctx, incident, report) is not None
    ]


def signs_for(ctx: Context, incident: Incident, report: IncidentReport) -> UserId | None:
    """Return in whose place the sender may sign: nobody's for a signer, None where he may not."""
    me = ctx.sender.userid
    if me in {incident.reported_by, report.opened_by}:
        return None
    signers = signers_of(ctx, incident, report)
    return NOBODY if me in signers else _standing_in(ctx, signers, incident.reported_by).get(me)


@registry.command(
    "签发紧急",
    "签发紧急信息",
    "通过紧急",
    takes=Takes.NUMBER,
    usage="签发紧急3",
    purpose="签发紧急信息的初报、续报、终报",
    shown_to=LEADERS,
    means=sign_meaning,
    which=lambda ctx, _words: which_to_sign(ctx),
)
def sign_incident(ctx: Context, asked: Asked) -> str:
    """Sign the report of an incident that waits; a revision that he did not see is shown first.

    Raises:
        UserError: nothing waits, or it is not the sender's to sign.
    """
    if not asked.numbers and "incident" in asked.slots:
        asked = Asked(numbers=(int(asked.slots["incident"]),), slots=asked.slots)
    if not asked.numbers:
        return which_to_sign(ctx)
    incident = numbered(ctx, asked.numbers[0])
    report = open_report(ctx, incident) if incident.is_open else None
    if report is None:
        raise UserError(nothing_to_sign(ctx, incident))
    seen = asked.slots.get("revision")
    return sign(ctx, incident, report, None if seen is None else int(seen))


def which_to_sign(ctx: Context) -> str:
    """Sign the only report that waits for the sender, or ask which of several."""
    mine = _before_me(ctx)
    if not mine:
        raise UserError(texts.NONE_OPEN)
    if len(mine) > 1:
        options = [
            Option(label=named(one), command="sign_incident", numbers=(one.number,)) for one in mine
        ]
        return ctx.offer(texts.WHICH, *options)
    return sign_incident(ctx, Asked(numbers=(mine[0].number,)))


def nothing_to_sign(ctx: Context, incident: Incident) -> str:
    signed = [one for one in ctx.uow.incidents.reports(incident.id) if one.signed_at is not None]
    if not signed:
        return texts.NOTHING_TO_SIGN.format(name=named(incident))
    last = signed[-1]
    return texts.SIGNED_BEFORE.format(
        name=named(incident),
        report=title_of_report(last),
        when=short_time(last.signed_at or ctx.now, ctx.now),
        who=names_of(ctx, [last.signed_by]),
    )


@registry.button("emergency")
def press(ctx: Context, pressed: Press) -> str:
    """Sign by the button of the card, exactly what it showed."""
    _, _, report_id, revision = pressed.key.split(":")
    report = ctx.uow.incidents.report(report_id)
    incident = ctx.uow.incidents.get(report.incident) if report is not None else None
    if report is None or incident is None:
        raise UserError(texts.NONE_OPEN)
    incident = locked(ctx, incident)
    if report.status is not IncidentReportStatus.DRAFT or not incident.is_open:
        raise UserError(nothing_to_sign(ctx, incident))
    return sign(ctx, incident, report, int(revision), pressed.response_code)


def sign(
    ctx: Context, incident: Incident, report: IncidentReport, seen: int | None, code: str = ""
) -> str:
    absent = signs_for(ctx, incident, report)
    if absent is None:
        own = ctx.sender.userid in {incident.reported_by, report.opened_by}
        form = texts.OWN_REPORT if own else texts.NOT_SIGNER
        who = names_of(ctx, signers_of(ctx, incident, report)) or texts.NO_SIGNER
        raise UserError(form.format(name=named(incident), who=who))
    if seen is not None and seen != incident.revision:
        text = "\n".join(text_of(ctx, incident, report))
        again = Option(
            label=texts.SIGN_BUTTON,
            command="sign_incident",
            numbers=(incident.number,),
            slots={"revision": incident.revision},
        )
        question = texts.CHANGED.format(name=named(incident), text=text)
        return ctx.offer(question, again, confirming="sign_incident")
    _write_signature(ctx, incident, report, absent)
    grey(ctx, report.id, SIGN, texts.CARD_SIGNED, code)
    told = tell_to_send(ctx, incident, report)
    return texts.SIGNED.format(name=named(incident), report=title_of_report(report), told=told)


def _write_signature(
    ctx: Context, incident: Incident, report: IncidentReport, absent: UserId
) -> None:
    report.status, report.elements = IncidentReportStatus.SIGNED, dict(incident.elements)
    report.signed_by, report.signed_for, report.signed_at = ctx.sender.userid, absent, ctx.now
    note(ctx, incident, IncidentAct.SIGNED, title_of_report(report))
    after = {"report": report.id, "position": report.position, "revision": incident.revision}
    ctx.audit("incident:sign", incident.id, after=after, on_behalf_of=absent)


def tell_to_send(ctx: Context, incident: Incident, report: IncidentReport) -> str:
    """Give the signed report as a file to who has to send it up; return who they are."""
    members = list(dict.fromkeys([*handlers_of(ctx, incident), report.opened_by]))
    said = texts.SIGNED_TOLD.format(
        name=named(incident),
        report=title_of_report(report),
        who=ctx.sender.name,
        to=limit_for(ctx, incident).to,
        number=incident.number,
    )
    stage = f"signed {report.position} {ctx.now.isoformat()}"
    ctx.tell(TOLD, members, Text(text=said), subject=incident.id, stage=stage, source=texts.SOURCE)
    paper = Paper(
        paper=PaperKind.INCIDENT_REPORT,
        subject=report.id,
        filename=file_name(ctx, incident, report),
    )
    ctx.tell(PAPER, members, paper, subject=incident.id, stage=stage, source=texts.SOURCE)
    return names_of(ctx, members)
