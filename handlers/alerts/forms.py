"""An alert on its page: taken, kept, passed on, handed over and ended there as it is in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from handlers.alerts import answering, texts
from handlers.alerts.commands import registry
from handlers.alerts.finding import locked, sees
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.escalation import NOTICE
from storage.models import Alert
from storage.vocabulary import AlertId, AlertStatus

HOURS = (1, 2, 4, 8, 24)
"""For how long more somebody can say on a page that he deals with an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What the visitor can do with an alert now.

    *takes* it or answers for himself, *keeps* what he has, *passes* it on or hands it over, *ends*
    it.
    """

    takes: bool = False
    keeps: bool = False
    passes: bool = False
    ends: bool = False


def acts_of(ctx: Context, alert: Alert) -> Acts:
    """Return what the sender, who sees the alert, can do with it."""
    me = ctx.sender.userid
    mine = alert.status is AlertStatus.HELD and alert.holder == me
    live = alert.status in {AlertStatus.OPEN, AlertStatus.HELD}
    if not live:
        return Acts(ends=alert.status is not AlertStatus.ENDED and alert.raised_by == me)
    is_open = alert.status is AlertStatus.OPEN
    takes = is_open
    if alert.policy["each"]:
        seat = ctx.uow.alerts.was_told(alert.id, me)
        takes = seat is not None and seat.acked_at is None
    return Acts(
        takes=takes,
        keeps=mine,
        passes=(is_open or mine) and alert.kind != NOTICE,
        ends=mine or alert.raised_by == me,
    )


@registry.form("alert")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``do`` with ``alert``; ``words``, ``hours`` and ``to`` go with it.

    Raises:
        UserError: it is not the sender's to do or to see, or leads nowhere any more.
    """
    fields = form.fields
    found = ctx.uow.alerts.get(AlertId(fields["alert"]))
    act = _ACTS.get(fields["do"])
    if found is None or act is None or not sees(ctx, found):
        raise UserError(texts.NOTHING)
    return act(ctx, locked(ctx, found.id), fields)


def _take(ctx: Context, alert: Alert, _fields: Mapping[str, str]) -> str:
    return answering.take(ctx, alert)


def _extend(ctx: Context, alert: Alert, fields: Mapping[str, str]) -> str:
    hours = fields["hours"]
    length = timedelta(hours=int(hours)) if hours in map(str, HOURS) else None
    return answering.extend(ctx, alert, length)


def _decline(ctx: Context, alert: Alert, _fields: Mapping[str, str]) -> str:
    return answering.decline(ctx, alert)


def _hand_over(ctx: Context, alert: Alert, fields: Mapping[str, str]) -> str:
    return answering.hand_over(ctx, alert, fields["to"].strip())


def _settle(ctx: Context, alert: Alert, fields: Mapping[str, str]) -> str:
    return answering.settle(ctx, alert, fields["words"].strip())


_ACTS: Mapping[str, Callable[[Context, Alert, Mapping[str, str]], str]] = {
    "take": _take,
    "extend": _extend,
    "cannot": _decline,
    "hand": _hand_over,
    "done": _settle,
}
