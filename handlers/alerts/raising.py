"""Raising: a new alert, one more of the same, a graver one that speaks for the lighter ones."""

from datetime import timedelta

from handlers.alerts import texts
from handlers.alerts.climbing import go_on, hold_clock, news_of, set_follow_ups
from handlers.alerts.commands import registry
from handlers.alerts.ending import finish
from handlers.alerts.policies import policies_of
from handlers.alerts.telling import label_of, named, note
from handlers.kit.cards import grey
from handlers.kit.context import SYSTEM, Context
from handlers.kit.events import AlertAsked, AlertSubjectHeard, AlertSubjectSettled
from handlers.rules.calendar import local
from handlers.rules.escalation import Policy, chosen, later, may_silence, next_code, rank
from storage.models import Alert, AlertSilence, Unit
from storage.vocabulary import AlertAct, AlertId, AlertStatus, UnitId

_CODE_RESTS = timedelta(days=1)
"""How long a code is left alone after its alert has ended."""
_LONGEST_TITLE = 60


@registry.on(AlertAsked)
def raise_for(ctx: Context, event: AlertAsked) -> str:
    return named(raise_alert(ctx, event))


@registry.on(AlertSubjectSettled)
def end_with_its_subject(ctx: Context, event: AlertSubjectSettled) -> None:
    for alert in ctx.uow.alerts.standing(event.bureau, event.subject):
        if alert.status is not AlertStatus.INHIBITED:
            finish(ctx, alert, event.why)


@registry.on(AlertSubjectHeard)
def ask_later(ctx: Context, event: AlertSubjectHeard) -> None:
    """Let the lease of whoever has an alert run anew: there is news of what it is about."""
    for alert in ctx.uow.alerts.standing(event.bureau, event.subject):
        if alert.status is AlertStatus.HELD:
            hold_clock(ctx, alert, Policy.read(alert.policy).lease)


def raise_alert(ctx: Context, wanted: AlertAsked) -> Alert:
    """Raise an alert and tell its first rung; or join one of its subject that is no lighter.

    That it was asked for is counted first: of two that come at once about the same, the second
    waits for the first and joins it.
    """
    unit = ctx.uow.members.unit(wanted.unit)
    ctx.uow.ledger.next_number(unit.bureau, local(ctx.now).year, "alert_asked")
    subject = f"{wanted.kind}:{wanted.key}"
    standing = ctx.uow.alerts.standing(unit.bureau, subject)
    graver = [
        one
        for one in standing
        if rank(one.grade) >= rank(wanted.grade) and one.status is not AlertStatus.INHIBITED
    ]
    if graver:
        join(ctx, graver[0], wanted.text)
        return graver[0]
    policy = chosen(policies_of(ctx, unit.bureau), wanted.kind, wanted.grade)
    alert = _new(ctx, wanted, unit, policy, _code(ctx, unit.bureau))
    for lighter in standing:
        inhibit(ctx, lighter, alert)
    silence = silence_of(ctx, alert)
    if silence is not None:
        alert.status = AlertStatus.SILENCED
        note(ctx, alert, AlertAct.SILENCED, words=silence.reason)
        return alert
    begin(ctx, alert)
    return alert


def begin(ctx: Context, alert: Alert) -> None:
    """Let an alert speak for the first time."""
    alert.status = AlertStatus.OPEN
    set_follow_ups(ctx, alert, Policy.read(alert.policy))
    go_on(ctx, alert, 0)


def _new(ctx: Context, wanted: AlertAsked, unit: Unit, policy: Policy, code: int) -> Alert:
    alert = Alert(
        id=AlertId(ctx.new_id()),
        bureau=unit.bureau,
        unit=unit.id,
        code=code,
        kind=wanted.kind,
        subject=f"{wanted.kind}:{wanted.key}",
        source=wanted.source,
        grade=wanted.grade,
        title=wanted.title[:_LONGEST_TITLE],
        text=wanted.text,
        policy=policy.write(),
        named=[str(one) for one in wanted.named],
        raised_by=ctx.me.userid if ctx.me is not None else SYSTEM,
        raised_at=ctx.now,
    )
    ctx.uow.alerts.add(alert)
    note(ctx, alert, AlertAct.RAISED, words=wanted.text)
    ctx.audit(
        "alert:raise",
        alert.id,
        after={"code": code, "subject": alert.subject, "grade": alert.grade},
    )
    return alert


def _code(ctx: Context, bureau: UnitId) -> int:
    number = ctx.uow.ledger.next_number(bureau, local(ctx.now).year, "alert")
    return next_code(number, ctx.uow.alerts.codes_taken(bureau, ctx.now - _CODE_RESTS))


def join(ctx: Context, alert: Alert, text: str) -> None:
    """Count one more of the same; those who know of it hear of all such together."""
    alert.count += 1
    note(ctx, alert, AlertAct.JOINED, words=text)
    if alert.status in {AlertStatus.OPEN, AlertStatus.HELD}:
        due = later(ctx.now, alert.policy["group"], ctx.calendar())
        ctx.set_timer("alert_news", news_of(alert.id), due, stage=str(alert.shown))


def inhibit(ctx: Context, lighter: Alert, graver: Alert) -> None:
    """Let *graver* speak for *lighter*, whose clocks stop; it ends with it."""
    for subject in (lighter.id, news_of(lighter.id)):
        ctx.uow.timers.cancel(subject)
    lighter.status, lighter.above = AlertStatus.INHIBITED, graver.id
    lighter.next_at = None
    lighter.turn += 1
    for one in ctx.uow.alerts.below(lighter.id, lighter.bureau):
        one.above = graver.id
    note(ctx, lighter, AlertAct.INHIBITED, words=named(graver))
    grey(ctx, lighter.id, "alert", texts.CARD_GRAVER.format(label=label_of(graver)))


def silence_of(ctx: Context, alert: Alert) -> AlertSilence | None:
    """Return the silence that holds such an alert back now."""
    if not may_silence(alert.kind, alert.grade):
        return None
    for silence in ctx.uow.alerts.silences(alert.bureau, ctx.now):
        if silence.source in alert.source and rank(alert.grade) <= rank(silence.grade):
            return silence
    return None
