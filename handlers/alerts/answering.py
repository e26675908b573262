"""收到, 正在处理, 处理不了, 转给张三, 还要2小时, 解除: what people do with an alert.

Each act takes the alert under a lock and looks how it stands: one wins, who comes late is told who
was first and when.
"""

from datetime import timedelta

from handlers.alerts import texts
from handlers.alerts.climbing import climb_clock, go_on, hold_clock, let_go, unanswered
from handlers.alerts.ending import ended_by, finish
from handlers.alerts.finding import sees
from handlers.alerts.telling import named, note, people, tell_card, tell_news
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertTaken
from handlers.kit.people import called
from handlers.rules.calendar import short_time
from handlers.rules.escalation import NOTICE, Policy
from storage.models import Alert, AlertRecipient
from storage.vocabulary import NOBODY, AlertAct, AlertStatus

_LONGEST_DAYS = 3
LONGEST = timedelta(days=_LONGEST_DAYS)


def take(ctx: Context, alert: Alert, code: str = "") -> str:
    """Take the alert, or say again that it is being dealt with; *code* updates the pressed card.

    Raises:
        UserError: somebody else was first, or it has ended.
    """
    _refuse_ended(ctx, alert)
    policy = Policy.read(alert.policy)
    seat = _seat(ctx, alert)
    if policy.each:
        return _answer_for_oneself(ctx, alert, seat, policy, code)
    if alert.status is AlertStatus.HELD and alert.holder != ctx.sender.userid:
        raise UserError(_taken_before(ctx, alert))
    if alert.status is AlertStatus.HELD:
        hold_clock(ctx, alert, policy.lease)
        until = _until(ctx, alert)
        note(ctx, alert, AlertAct.EXTENDED, words=until)
        return texts.STILL_ON.format(name=named(alert), until=until)
    _hold(ctx, alert, seat, policy)
    grey(ctx, alert.id, "alert", texts.CARD_TAKEN, code)
    return texts.TAKEN.format(name=named(alert), until=_until(ctx, alert), code=alert.code)


def _answer_for_oneself(
    ctx: Context, alert: Alert, seat: AlertRecipient, policy: Policy, code: str
) -> str:
    if seat.acked_at is not None:
        when = short_time(seat.acked_at, ctx.now)
        return texts.ANSWERED_BEFORE.format(name=named(alert), when=when)
    if policy.settles or alert.status is AlertStatus.HELD:
        seat.acked_at = ctx.now
        note(ctx, alert, AlertAct.ACKNOWLEDGED)
    else:
        _hold(ctx, alert, seat, policy)
    grey(ctx, alert.id, "alert", texts.CARD_TAKEN, code, only=ctx.sender.userid)
    said = texts.ANSWERED.format(name=named(alert))
    if policy.settles and not unanswered(ctx, alert):
        _all_answered(ctx, alert)
    return said


def _all_answered(ctx: Context, alert: Alert) -> None:
    everybody = ctx.uow.alerts.recipients(alert.id)
    lost = [one.member for one in everybody if one.acked_at is None]
    minutes = round((ctx.now - alert.raised_at) / timedelta(minutes=1))
    said = texts.NOTICE_ALL.format(
        name=named(alert), count=len(everybody) - len(lost), minutes=minutes
    )
    if lost:
        said += texts.NOTICE_LOST.format(names=people(ctx, lost))
    finish(ctx, alert, texts.WHY_ALL)
    if alert.raised_by != NOBODY:
        tell_news(ctx, alert, [alert.raised_by], said, "all")


def _hold(ctx: Context, alert: Alert, seat: AlertRecipient, policy: Policy) -> None:
    seat.acked_at = ctx.now
    alert.status = AlertStatus.HELD
    alert.holder, alert.held_at = ctx.sender.userid, ctx.now
    note(ctx, alert, AlertAct.ACKNOWLEDGED)
    ctx.audit("alert:take", alert.id, after={"code": alert.code})
    hold_clock(ctx, alert, policy.lease)
    ctx.emit(AlertTaken(subject=alert.subject))


def decline(ctx: Context, alert: Alert, code: str = "") -> str:
    """Pass the alert on to the next rung at once.

    Raises:
        UserError: somebody else has it, it has ended, or it is to be answered and no more.
    """
    _refuse_ended(ctx, alert)
    if alert.kind == NOTICE:
        who = people(ctx, [alert.raised_by])
        raise UserError(texts.NOTICE_ONLY.format(name=named(alert), who=who))
    _seat(ctx, alert)
    _refuse_others(ctx, alert)
    note(ctx, alert, AlertAct.DECLINED)
    let_go(ctx, alert)
    grey(ctx, alert.id, "alert", texts.CARD_DECLINED, code, only=ctx.sender.userid)
    before = texts.PASSED_ON.format(who=ctx.sender.name)
    repeats = alert.repeats
    told = go_on(ctx, alert, alert.step + 1, before)
    if not told:
        return texts.DECLINED_LAST.format(name=named(alert), until=_until(ctx, alert))
    words = texts.DECLINED_TOP if alert.repeats > repeats else texts.DECLINED
    return words.format(name=named(alert), whom=people(ctx, told, 5))


def hand_over(ctx: Context, alert: Alert, said: str) -> str:
    """Give the alert to a colleague, who is to take it; silence lets it climb.

    Raises:
        UserError: nobody or several are called so, he cannot be reached, or it is not the sender's.
    """
    _refuse_ended(ctx, alert)
    _seat(ctx, alert)
    _refuse_others(ctx, alert)
    found = called(ctx, said)
    if not found:
        raise UserError(texts.HAND_TO_WHOM.format(said=said))
    if len(found) > 1:
        names = "、".join(one.name for one in found[:10])
        raise UserError(texts.HAND_WHICH.format(said=said, names=names))
    [whom] = found
    if not whom.reachable:
        raise UserError(texts.UNREACHABLE.format(who=whom.name))
    note(ctx, alert, AlertAct.HANDED_OVER, about=[whom.userid])
    let_go(ctx, alert)
    alert.turn += 1
    grey(ctx, alert.id, "alert", texts.CARD_HANDED, only=ctx.sender.userid)
    tell_card(ctx, alert, [whom.userid], texts.HANDED_BY.format(who=ctx.sender.name))
    climb_clock(ctx, alert)
    ctx.audit("alert:hand over", alert.id, after={"to": whom.userid})
    return texts.HANDED.format(name=named(alert), whom=whom.name)


def extend(ctx: Context, alert: Alert, length: timedelta | None) -> str:
    """Let the sender have the alert for that *length* from now before he is asked.

    Raises:
        UserError: he has not taken it, or the length is missing or too long.
    """
    _refuse_ended(ctx, alert)
    if alert.status is not AlertStatus.HELD or alert.holder != ctx.sender.userid:
        raise UserError(texts.NOT_HELD)
    if not length or length > LONGEST:
        raise UserError(texts.EXTEND_HOW_LONG.format(days=_LONGEST_DAYS))
    minutes = max(1, round(length / timedelta(minutes=1)))
    hold_clock(ctx, alert, f"{minutes}m")
    until = _until(ctx, alert)
    note(ctx, alert, AlertAct.EXTENDED, words=until)
    return texts.EXTENDED.format(name=named(alert), until=until)


def settle(ctx: Context, alert: Alert, why: str, code: str = "") -> str:
    """End the alert: whoever has it, raised it, or leads where it belongs.

    Raises:
        UserError: it has ended, is not the sender's to end, nobody took it, or *why* is missing.
    """
    _refuse_ended(ctx, alert)
    me = ctx.sender.userid
    if me not in {alert.raised_by, alert.holder}:
        if alert.status is AlertStatus.HELD:
            who = people(ctx, [alert.holder])
            raise UserError(texts.NOT_YOURS.format(name=named(alert), who=who))
        raise UserError(texts.TAKE_FIRST.format(name=named(alert), code=alert.code))
    if not why:
        raise UserError(texts.NO_REASON.format(code=alert.code))
    told = finish(ctx, alert, why, code, by_hand=True)
    words = texts.ENDED if told else texts.ENDED_ALONE
    return words.format(name=named(alert), count=len(told))


def _refuse_ended(ctx: Context, alert: Alert) -> None:
    if alert.status is not AlertStatus.ENDED:
        return
    when = short_time(alert.ended_at or ctx.now, ctx.now)
    why = f"：{alert.ended_why}" if alert.ended_why else ""
    raise UserError(
        texts.ENDED_BEFORE.format(name=named(alert), who=ended_by(ctx, alert), when=when, why=why)
    )


def _refuse_others(ctx: Context, alert: Alert) -> None:
    if alert.status is AlertStatus.HELD and alert.holder != ctx.sender.userid:
        raise UserError(_taken_before(ctx, alert))


def _taken_before(ctx: Context, alert: Alert) -> str:
    who = people(ctx, [alert.holder])
    when = short_time(alert.held_at or ctx.now, ctx.now)
    return texts.TAKEN_BEFORE.format(who=who, when=when, name=named(alert))


def _seat(ctx: Context, alert: Alert) -> AlertRecipient:
    """Return the sender's place among those who were told; who may see it may come by himself.

    Raises:
        UserError: it is not his to see.
    """
    seat = ctx.uow.alerts.was_told(alert.id, ctx.sender.userid)
    if seat is None and sees(ctx, alert):
        ctx.uow.alerts.reach(alert.id, [ctx.sender.userid], alert.step, ctx.now)
        seat = ctx.uow.alerts.was_told(alert.id, ctx.sender.userid)
    if seat is None:
        raise UserError(texts.NOT_FOUND.format(code=alert.code))
    return seat


def _until(ctx: Context, alert: Alert) -> str:
    return short_time(alert.next_at or ctx.now, ctx.now)
