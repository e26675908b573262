"""Which alert is meant: by its code, or the only one that is before the sender."""

from collections.abc import Callable, Sequence

from handlers.alerts import texts
from handlers.alerts.telling import named
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.visibility import may_see_alert
from storage.models import Alert
from storage.vocabulary import AlertId, AlertStatus

Do = Callable[[Context, Alert], str]
_MOST = 9


def sees(ctx: Context, alert: Alert) -> bool:
    """Tell whether the sender may see the alert."""
    was_told = ctx.uow.alerts.was_told(alert.id, ctx.sender.userid) is not None
    lineage = ctx.uow.members.lineage(alert.unit)
    return may_see_alert(viewer(ctx), alert.raised_by, lineage, was_told=was_told)


def coded(ctx: Context, code: int) -> Alert:
    """Return the alert of that code, locked; of one that is spoken for, the graver one.

    Raises:
        UserError: there is none, or it is not the sender's to see; the two are told alike.
    """
    found = ctx.uow.alerts.coded(ctx.sender.bureau, code)
    if found is not None and sees(ctx, found):
        return locked(ctx, found.id)
    raise UserError(texts.NOT_FOUND.format(code=code))


def locked(ctx: Context, alert: AlertId) -> Alert:
    """Return an alert as it is now, or the one that speaks for it."""
    found = ctx.uow.alerts.lock(alert)
    while found is not None and found.status is AlertStatus.INHIBITED:
        found = ctx.uow.alerts.lock(found.above)
    if found is None:
        raise LookupError(f"no alert {alert}")
    return found


def before_me(ctx: Context) -> Sequence[Alert]:
    """Return what waits for the sender: what nobody has yet, and what he has."""
    return [
        waiting.alert
        for waiting in ctx.uow.alerts.before(ctx.sender.userid)
        if _waits(ctx, waiting.alert, answered=waiting.acked_at is not None)
    ]


def _waits(ctx: Context, alert: Alert, *, answered: bool) -> bool:
    if alert.status is AlertStatus.HELD and alert.holder == ctx.sender.userid:
        return True
    if alert.policy["each"]:
        return not answered and alert.status in {AlertStatus.OPEN, AlertStatus.HELD}
    return alert.status is AlertStatus.OPEN


def the_one(ctx: Context, numbers: Sequence[int], command: str, do: Do, *, text: str = "") -> str:
    """Do something with the alert of the code that was said, or the only one before the sender.

    Where several are, ask which. Where none is, what he was told of last may still say who was
    first.

    Raises:
        UserError: there is none.
    """
    if numbers:
        return do(ctx, coded(ctx, numbers[0]))
    waiting = before_me(ctx)
    if len(waiting) == 1:
        return do(ctx, locked(ctx, waiting[0].id))
    if not waiting:
        told = ctx.uow.alerts.before(ctx.sender.userid)
        if told:
            return do(ctx, locked(ctx, told[-1].alert.id))
        raise UserError(texts.NOTHING)
    options = [
        Option(label=named(one), command=command, numbers=(one.code,), text=text)
        for one in waiting[:_MOST]
    ]
    return ctx.offer(texts.WHICH.format(count=len(waiting)), *options)
