"""Outbox rows -> the channel: lease, sort, send, record.

lease and sort   one transaction: what is due is taken; what need not be sent ends or waits
send             no transaction open
record           one transaction for each call: what became of its rows
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock
from typing import Any

import structlog
from redis import RedisError

from bot import making, parking, vitals
from bot.budget import Budget, Request
from bot.channel.port import ChannelError, Remedy, Sent
from bot.channel.wecom import split_content
from bot.services import Services
from bot.sorting import SENDING, Call, Facts, crowds, sort
from handlers.kit.context import LINK_LIFETIME
from handlers.kit.events import MessageLost
from handlers.kit.messages import CardUpdate, MessageKind, Paper, Text, content_adapter
from handlers.rules.calendar import SHANGHAI, WorkCalendar, local, next_opening
from handlers.rules.peace import Peace
from storage.models import OutboxMessage
from storage.queries.members import Wishes
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CANARIES, OutboxId, OutboxStatus, Outcome, Role, Urgency, UserId

log = structlog.get_logger()

ADMIN_TOLD = "发给{who}的消息没能送达（{kind}，错误码{code}），已停止重试。"

_BATCH = 1000
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_AT_ONCE = timedelta(seconds=1)
"""What leaves so soon after it was counted need not be counted from when it left."""
_NO_WISHES = Wishes()
_TOLD_OF_OUTAGES = timedelta(hours=12)
TOLD = "told"
"""The page on which a member reads what he was sent."""
_TURN_SECONDS = 600
_BACKOFF_SECONDS = (2, 10, 30, 120, 300, 900, 1800)
_PATIENT = frozenset({Urgency.ROUTINE, Urgency.CALM})
_LOST = frozenset({Outcome.FAILED, Outcome.INVALID_MEMBER})
_CARD_CODES = range(42027, 42052)


def drain(services: Services, stopping: Callable[[], bool] = lambda: False) -> None:
    """Send what is due until nothing is, the channel has to rest, or the process is *stopping*.

    After some minutes a job of its own goes on: RQ would end one that lasts.
    """
    began = time.monotonic()
    while not stopping() and not parking.parked(services.redis, services.now()):
        lease = services.new_id()
        calls, more = _take(services, lease)
        left = not _send_all(services, lease, calls, stopping)
        if not (more or left):
            return  # what is promised from now on has a ring of its own
        vitals.worker_works(services.redis, services.now())
        if time.monotonic() - began > _TURN_SECONDS:
            services.doorbell.ring("deliver")
            return


def _take(services: Services, lease: str) -> tuple[Sequence[Call], bool]:
    """Lease what is due and sort it; tell whether more may be due than that."""
    policy = services.config.delivery
    with services.database.begin() as uow:
        now = services.now()
        rows = uow.outbox.lease(lease, now, timedelta(seconds=policy.lease_seconds), _BATCH)
        if not rows:
            return (), False
        plan = sort(rows, _facts(services, uow, rows, now))
        for row, outcome, note in plan.ended:
            _end(uow, lease, [row], outcome, note)
        for row, until, note in plan.put_off:
            _wait(uow, lease, [row], until, note, tried=False)
            _spare(uow, lease, row, until, services.registry.kinds[row.kind])
        for call in plan.calls:
            row = call.rows[0]
            if not services.registry.kinds[row.kind].resend_when_unsure:
                uow.outbox.settle(lease, [row.id for row in call.rows], {"note": SENDING})
    return plan.calls, len(rows) == _BATCH


def _spare(
    uow: UnitOfWork, lease: str, row: OutboxMessage, until: datetime, kind: MessageKind
) -> None:
    """Let a message that has to wait for its reader be worth sending when it may be sent."""
    if not kind.perishable and row.expires_at <= until:
        uow.outbox.settle(lease, [row.id], {"expires_at": until + kind.lifetime})


def _facts(
    services: Services, uow: UnitOfWork, rows: Sequence[OutboxMessage], now: datetime
) -> Facts:
    budget = Budget(services.redis, services.config.delivery.budget)

    def reserve(wanted: Sequence[OutboxMessage]) -> dict[OutboxId, datetime]:
        return budget.reserve([_request(row) for row in wanted], now, uow.outbox.sent_since)

    wishes = uow.members.preferences({row.recipient for row in rows})
    quiet = services.config.calendar.quiet_hours
    patient = any(row.urgency in _PATIENT for row in rows)  # nothing else asks for working days
    calendar = services.context(uow).calendar() if patient else WorkCalendar(exceptions={})

    def peace_of(member: UserId) -> Peace:
        wish = wishes.get(member, _NO_WISHES)
        return Peace(
            quiet=quiet,
            calendar=calendar,
            muted_until=wish.muted_until,
            own_quiet=wish.quiet,
        )

    cards = [OutboxId(row.content["card"]) for row in rows if row.content.get("card")]
    return Facts(
        now=now,
        kinds=services.registry.kinds,
        peace_of=peace_of,
        **_day(services, uow, rows, now, calendar),
        off={member: wish.off for member, wish in wishes.items() if wish.off},
        cards={card.id: card for card in uow.outbox.of(cards)} if cards else {},
        reserve=reserve,
    )


def _day(
    services: Services,
    uow: UnitOfWork,
    rows: Sequence[OutboxMessage],
    now: datetime,
    calendar: WorkCalendar,
) -> dict[str, Any]:
    """Return what members have had today, when the next day begins, and what was missed."""
    members = {row.recipient for row in rows if row.urgency is Urgency.ROUTINE}
    alarmed = {row.recipient for row in rows if crowds(row)}
    midnight = datetime.combine(local(now).date(), clock(), SHANGHAI)
    link = services.surroundings.link
    return {
        "routine_of": uow.outbox.routine_since(members, midnight) if members else {},
        "routine_limit": services.config.delivery.budget.routine_per_day,
        "alerts_of": uow.outbox.alerts_since(alarmed, now - _HOUR, now - _MINUTE)
        if alarmed
        else {},
        "alert_limit": services.config.delivery.budget.alerts_per_hour,
        "morning": next_opening(midnight + timedelta(days=1), calendar),
        "outages": uow.timers.outages(now - _TOLD_OF_OUTAGES),
        "page_of": lambda member: link(TOLD, member, now + LINK_LIFETIME),
    }


def _request(row: OutboxMessage) -> Request:
    parts = len(split_content(content_adapter.validate_python(row.content)))
    return Request(
        id=row.id,
        member=row.recipient,
        urgency=row.urgency,
        messages=max(parts - row.parts_sent, 1),
        first=row.parts_sent,
    )


def _send_all(
    services: Services, lease: str, calls: Sequence[Call], stopping: Callable[[], bool]
) -> bool:
    """Make the calls in the first half of the lease; what is left is free for the next batch.

    Return whether all were made.

    The lease has run since the rows were taken, however long sorting them took; the first call is
    made as long as it lasts at all, so that a slow machine does not take and put back for ever.
    """
    policy = services.config.delivery
    budget = Budget(services.redis, policy.budget)
    whole = timedelta(seconds=policy.lease_seconds)
    failed = (
        False  # a call that goes through ends every rest: there may be one after a failure only
    )
    for number, call in enumerate(calls):
        now = services.now()
        until = call.rows[0].leased_until or now
        last = until - (whole / 2 if number else timedelta(0))
        rests = failed and parking.parked(services.redis, now)
        if stopping() or now >= last or rests:
            with services.database.begin() as uow:
                left = [row for call in calls[number:] for row in call.rows]
                _wait(uow, lease, left, now, "", tried=False)
            return False
        requests = [_request(row) for row in call.rows]
        if now - (until - whole) > _AT_ONCE:
            budget.stamp(requests, now)
        failed = True
        try:
            sent = _send(services, lease, call)
        except ChannelError as error:
            if error.remedy is Remedy.AMBIGUOUS:
                budget.keep(requests, now)
            _record_failure(services, lease, call, error)
        except (ValueError, FileNotFoundError) as error:
            refused = ChannelError(Remedy.PAYLOAD, None, str(error))
            _record_failure(services, lease, call, refused)
        else:
            failed = False
            _record_sent(services, lease, call, sent)
    return True


def _send(services: Services, lease: str, call: Call) -> Sent:
    """Make one call; a long text goes in parts, and a part that went is not sent again.

    What is for the self-check's members goes nowhere: WeCom is asked whether it would take a call.
    """
    recipients = [one for one in call.recipients if one not in CANARIES]
    if not recipients:
        services.channel.check()
        return Sent()
    if isinstance(call.content, CardUpdate):
        services.channel.update_card(recipients, call.response_code, call.content.label)
        return Sent()
    content = call.content
    if isinstance(content, Paper):
        content = making.made(services, content)
    parts = split_content(content)
    kind = services.registry.kinds[call.rows[0].kind]
    done = call.rows[0].parts_sent
    sent = Sent()
    for number, part in enumerate(parts[done:], done + 1):
        sent = services.channel.send(recipients, part, duplicate_check=kind.distinct)
        if number < len(parts):
            with services.database.begin() as uow:
                uow.outbox.settle(lease, [row.id for row in call.rows], {"parts_sent": number})
    return sent


def _record_sent(services: Services, lease: str, call: Call, sent: Sent) -> None:
    now = services.now()
    reached = [row for row in call.rows if row.recipient not in sent.unreached]
    with services.database.begin() as uow:
        uow.outbox.settle(
            lease,
            [row.id for row in reached],
            {
                "status": OutboxStatus.ENDED,
                "outcome": call.outcome,
                "note": "",
                "sent_at": now,
                "message_id": sent.message_id,
                "response_code": sent.response_code,
            },
        )
        lost = [row for row in call.rows if row.recipient in sent.unreached]
        _end(uow, lease, lost, Outcome.INVALID_MEMBER, "")
        for row in lost:
            if member := uow.members.get(row.recipient):
                member.reachable = False
        _tell_of_loss(services, uow, lost)
    vitals.accepted(services.redis)
    if not CANARIES.isdisjoint(call.recipients):
        services.doorbell.ring("canary")
    log.info("delivered", kind=call.rows[0].kind, reached=len(reached), lost=len(lost))


def _record_failure(services: Services, lease: str, call: Call, error: ChannelError) -> None:
    """Write down what a refused or unanswered call means for its rows."""
    now = services.now()
    row = call.rows[0]
    # A card that was decided after 72 hours can no longer be greyed: that is the rule, not a fault.
    say = log.info if error.remedy is Remedy.CARD_CODE else log.warning
    say("delivery_failed", kind=row.kind, remedy=error.remedy, code=error.code)
    if error.remedy in {Remedy.WAIT, Remedy.RECONFIGURE}:
        until = parking.park(services.redis, now)
        vitals.refused(services.redis, now, error)
        with services.database.begin() as uow:
            _wait(uow, lease, call.rows, until, error.remedy, tried=False)
        return
    outcome = _final(services, call, error)
    with services.database.begin() as uow:
        if outcome is None:
            pause = _BACKOFF_SECONDS[min(row.attempts, len(_BACKOFF_SECONDS)) - 1]
            _wait(uow, lease, call.rows, now + timedelta(seconds=pause), str(error.code))
            return
        _end(uow, lease, call.rows, outcome, f"{error.remedy} {error.code}")
        if outcome in _LOST:
            _tell_of_loss(services, uow, call.rows)
        if outcome is Outcome.FAILED and row.kind != "incident":
            _tell_admins(services, uow, call, error)


def _final(services: Services, call: Call, error: ChannelError) -> Outcome | None:
    """Return how the rows end, or None when they are to be tried again."""
    row = call.rows[0]
    match error.remedy:
        case Remedy.CARD_CODE:
            return Outcome.EXPIRED
        case Remedy.RECIPIENT:
            return Outcome.INVALID_MEMBER
        case Remedy.PAYLOAD:
            # A card's id is used only once: refused on a second try, it had arrived at the first.
            again = row.attempts > 1 and row.content["type"] == "button_card"
            return Outcome.SENT if again and error.code in _CARD_CODES else Outcome.FAILED
        case Remedy.AMBIGUOUS if not services.registry.kinds[row.kind].resend_when_unsure:
            return Outcome.UNCONFIRMED
        case _:
            last = row.attempts > len(_BACKOFF_SECONDS) and not _out_of_reach(services)
            return Outcome.FAILED if last else None


def _out_of_reach(services: Services) -> bool:
    """Tell whether the probe does not get through either: then no message is given up."""
    try:
        return vitals.read(services.redis).probe is not None
    except RedisError:
        return False


def _tell_of_loss(services: Services, uow: UnitOfWork, rows: Sequence[OutboxMessage]) -> None:
    """Let the capabilities know, in the same transaction, what did not reach whom."""
    ctx = services.context(uow)
    for row in rows:
        ctx.emit(MessageLost(kind=row.kind, subject=row.subject, recipient=row.recipient))


def _tell_admins(services: Services, uow: UnitOfWork, call: Call, error: ChannelError) -> None:
    names = uow.members.names(call.recipients)
    told = ADMIN_TOLD.format(who="、".join(names.values()), kind=call.rows[0].kind, code=error.code)
    ctx = services.context(uow)
    admins = uow.members.anywhere(Role.ADMIN)
    ctx.tell("incident", admins, Text(text=told), subject=call.rows[0].id)


def _end(
    uow: UnitOfWork, lease: str, rows: Sequence[OutboxMessage], outcome: Outcome, note: str
) -> None:
    values = {"status": OutboxStatus.ENDED, "outcome": outcome, "note": note}
    if rows:
        uow.outbox.settle(lease, [row.id for row in rows], values)


def _wait(
    uow: UnitOfWork,
    lease: str,
    rows: Sequence[OutboxMessage],
    until: datetime,
    note: str,
    *,
    tried: bool = True,
) -> None:
    values = {"status": OutboxStatus.WAITING, "due_at": until, "note": note}
    uow.outbox.settle(lease, [row.id for row in rows], values, untried=not tried)
