"""The words and cards of an alert: to those whom a rung tells, and to those who were told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from handlers.alerts import texts
from handlers.kit.context import Context
from handlers.kit.messages import Button, ButtonCard, Text
from handlers.kit.quiet import QuietHours
from handlers.rules.calendar import short_time
from handlers.rules.escalation import NEVER_SILENCED, NOTICE, Policy, rank
from handlers.rules.peace import heard_at
from storage.models import Alert, AlertEntry
from storage.vocabulary import (
    NOBODY,
    AlertAct,
    Grade,
    OutboxStatus,
    Outcome,
    Role,
    Urgency,
    UserId,
)

_REACHED = frozenset({Outcome.SENT, Outcome.MERGED, Outcome.UNCONFIRMED, Outcome.DIGESTED})
_SHOWN_TITLE = 26


def label_of(alert: Alert) -> str:
    return texts.NOTICE if alert.kind == NOTICE else texts.GRADES[alert.grade]


def named(alert: Alert) -> str:
    """Name an alert by what it is, its code and its title."""
    return texts.NAMED.format(label=label_of(alert), code=alert.code, title=alert.title)


def people(ctx: Context, members: Sequence[UserId], most: int = 20) -> str:
    """Name members in their order, a crowd by its first ones."""
    return crowd(ctx.uow.members.names(members), members, most)


def crowd(names: Mapping[UserId, str], members: Sequence[UserId], most: int = 20) -> str:
    said = "、".join(names.get(one, one) for one in members[:most])
    return texts.TO_FEW.format(people=said, count=len(members)) if len(members) > most else said


def note(
    ctx: Context,
    alert: Alert,
    act: AlertAct,
    *,
    about: Sequence[UserId] = (),
    words: str = "",
) -> None:
    """Write a line of the alert's log."""
    ctx.uow.alerts.note(
        AlertEntry(
            alert=alert.id,
            at=ctx.now,
            act=act,
            step=alert.step,
            actor=ctx.me.userid if ctx.me is not None else NOBODY,
            people=[str(one) for one in about],
            words=words,
        )
    )


def reaches_at(ctx: Context, alert: Alert) -> datetime:
    """Return when people hear what is told about the alert now."""
    calm = Policy.read(alert.policy).calm
    return heard_at(ctx.now, calm, ctx.policy(QuietHours).quiet, ctx.calendar())


def _urgency(alert: Alert) -> Urgency | None:
    return Urgency.CALM if Policy.read(alert.policy).calm else None


def tell_card(ctx: Context, alert: Alert, members: Sequence[UserId], before: str = "") -> None:
    """Tell *members* of the alert, each with a card of his own; *before* is why it comes to them.

    The same turn tells nobody twice.
    """
    due_at = reaches_at(ctx, alert)
    for member in members:
        ctx.tell(
            "alert",
            [member],
            _card(ctx, alert, member, before),
            subject=alert.id,
            stage=str(alert.turn),
            source=alert.source,
            due_at=due_at if due_at > ctx.now else None,
            urgency=_urgency(alert),
        )
    ctx.uow.alerts.reach(alert.id, members, alert.step, ctx.now)


def _card(ctx: Context, alert: Alert, member: UserId, before: str) -> ButtonCard:
    facts = [
        (texts.FACT_SOURCE, alert.source),
        (texts.FACT_SINCE, short_time(alert.raised_at, ctx.now)),
        (texts.FACT_BEFORE, before),
        (texts.FACT_COUNT, str(alert.count) if alert.count > 1 else ""),
    ]
    buttons = [Button(label=texts.TAKE, key=f"alert:take:{alert.id}", style="primary")]
    if alert.kind != NOTICE:
        buttons += [
            Button(label=texts.CANNOT, key=f"alert:cannot:{alert.id}"),
            Button(label=texts.DONE, key=f"alert:done:{alert.id}"),
        ]
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE.format(label=label_of(alert)),
        title=f"{texts.CARD_TITLE.format(label=label_of(alert), code=alert.code)} "
        f"{alert.title[:_SHOWN_TITLE]}",
        description=alert.text,
        facts=tuple((name, value) for name, value in facts if value),
        summary=texts.CARD_WORDS.format(code=alert.code),
        url=ctx.link(f"alerts/{alert.id}", member),
        buttons=tuple(buttons),
        rank=_rank(alert),
    )


def _rank(alert: Alert) -> int:
    """Return how grave it is among those that may become one message; 0 is never one of these."""
    alone = alert.kind in NEVER_SILENCED or alert.grade is Grade.RED
    return 0 if alone else rank(alert.grade) + 1


def ask(ctx: Context, alert: Alert, member: UserId, words: str) -> None:
    """Put a question to whoever has the alert, once a turn."""
    ctx.tell(
        "alert_question",
        [member],
        Text(text=words),
        subject=alert.id,
        stage=str(alert.turn),
        source=alert.source,
        urgency=_urgency(alert),
    )


def tell_news(
    ctx: Context,
    alert: Alert,
    members: Collection[UserId],
    words: str,
    stage: str,
    *,
    due_at: datetime | None = None,
) -> None:
    """Tell what became of an alert, once for each *stage*; of a calm one nobody hears by night."""
    told = ctx.uow.members.people(members)
    ctx.tell(
        "alert_news",
        sorted(told),
        Text(text=words),
        subject=alert.id,
        stage=stage,
        due_at=due_at,
        urgency=_urgency(alert),
    )


def tell_admins(ctx: Context, alert: Alert, words: str, stage: str) -> None:
    """Tell the administrators what is wrong with the way of an alert; not what it is about."""
    admins = ctx.uow.members.holding(Role.ADMIN, alert.unit)
    ctx.tell(
        "alert_trouble",
        admins or ctx.uow.members.anywhere(Role.ADMIN),
        Text(text=words),
        subject=alert.id,
        stage=stage,
    )


def reached(ctx: Context, alert: Alert) -> set[UserId]:
    """Return to whom a message about the alert has gone, or is just going."""
    return {
        push.recipient
        for push in ctx.uow.outbox.about(alert.id, ["alert"])
        if push.status is OutboxStatus.LEASED or push.outcome in _REACHED
    }
