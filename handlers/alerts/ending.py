"""The end of an alert: its clocks stop, and whoever was told hears of it once."""

from handlers.alerts import texts
from handlers.alerts.telling import named, note, people, reached, tell_news
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.events import AlertEnded
from storage.models import Alert
from storage.vocabulary import NOBODY, AlertAct, AlertStatus, UserId


def finish(
    ctx: Context, alert: Alert, why: str, code: str = "", *, by_hand: bool = False
) -> list[UserId]:
    """End the alert, with the lighter ones that it spoke for; return who is told of it.

    Whoever does it, and whoever each had to answer for himself, is not told. *code* updates the
    pressed card. *by_hand*: somebody ended the alert itself, not what it is about.
    """
    told = reached(ctx, alert)
    below = ctx.uow.alerts.below(alert.id, alert.bureau)
    for one in below:
        told |= reached(ctx, one)
        _end(ctx, one, texts.WHY_BELOW.format(name=named(alert)), "")
    _end(ctx, alert, why, code)
    ctx.uow.alerts.release([alert.id, *(one.id for one in below)])
    ctx.emit(AlertEnded(subject=alert.subject, why=why, by_hand=by_hand))
    if alert.policy["settles"]:
        return []
    me = ctx.me.userid if ctx.me is not None else NOBODY
    by = ctx.me.name if ctx.me is not None else texts.CLOCK
    others = sorted(told - {me})
    said = texts.TOLD_ENDED.format(name=named(alert), who=by, why=why)
    tell_news(ctx, alert, others, said, "ended")
    return others


def _end(ctx: Context, alert: Alert, why: str, code: str) -> None:
    for subject in (alert.id, f"{alert.id}:news"):
        ctx.uow.timers.cancel(subject)
    alert.status = AlertStatus.ENDED
    alert.ended_at = ctx.now
    alert.ended_by = ctx.me.userid if ctx.me is not None else NOBODY
    alert.ended_why = why
    alert.next_at = None
    alert.turn += 1
    note(ctx, alert, AlertAct.ENDED, words=why)
    ctx.audit("alert:end", alert.id, after={"code": alert.code, "why": why})
    ctx.uow.outbox.drop(alert.id, ["alert_question", "alert_news"], why)
    grey(ctx, alert.id, "alert", texts.CARD_ENDED, code)


def ended_by(ctx: Context, alert: Alert) -> str:
    return people(ctx, [alert.ended_by]) if alert.ended_by != NOBODY else texts.CLOCK
