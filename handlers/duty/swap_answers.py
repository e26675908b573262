"""同意换班, 不同意换班, 取消换班: a swap goes on; only an approval changes the roster."""

from handlers.duty import texts
from handlers.duty.days import LEADERS, keeps_roster, shift_name
from handlers.duty.registry import registry
from handlers.duty.swaps import card_of, keepers_of, part_of, refuse_busy, what_of
from handlers.kit.asked import Asked, Due, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import CardUpdate, Text
from handlers.rules.swaps import SETTLED, Part, SwapAct, after
from storage.models import DutySwap
from storage.vocabulary import SwapId, SwapStatus


@registry.command(
    "同意换班",
    takes=Takes.NUMBER,
    usage="同意换班 3",
    purpose="同意别人找您换班；办公室批准换班",
)
def agree_to_swap(ctx: Context, asked: Asked) -> str:
    return answer(ctx, asked.numbers[0], agrees=True)


@registry.command(
    "不同意换班",
    takes=Takes.NUMBER_AND_TEXT,
    usage="不同意换班 3 原因",
    purpose="回绝换班；办公室不批准换班",
)
def decline_swap(ctx: Context, asked: Asked) -> str:
    return answer(ctx, asked.numbers[0], agrees=False, reason=asked.text)


@registry.command(
    "取消换班",
    takes=Takes.NUMBER,
    usage="取消换班 3",
    purpose="收回自己提出、还没批准的换班",
)
def withdraw_swap(ctx: Context, asked: Asked) -> str:
    swap = _numbered(ctx, asked.numbers[0])
    _move(ctx, swap, SwapAct.WITHDRAW)
    said = texts.SWAP_WITHDRAWN_TOLD.format(
        who=ctx.sender.name, number=swap.number, what=what_of(ctx, swap)
    )
    told = {swap.asks} | (set(keepers_of(ctx, swap)) if swap.agreed_at else set())
    ctx.tell("duty_swap", sorted(told), Text(text=said), subject=swap.id, stage="withdrawn")
    return texts.SWAP_WITHDRAWN.format(number=swap.number)


@registry.button("dutyswap")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a swap."""
    _, act, identity = pressed.key.split(":")
    swap = ctx.uow.duty.swap(SwapId(identity))
    if swap is None or swap.bureau != ctx.sender.bureau:
        return ""
    said = _decide(ctx, swap, agrees=act == "yes", reason="")
    label = "已同意" if act == "yes" else "未同意"
    update = CardUpdate(label=label, response_code=pressed.response_code)
    ctx.tell("duty_swap", [ctx.sender.userid], update, subject=swap.id, stage=ctx.new_id())
    return said


def _numbered(ctx: Context, number: int) -> DutySwap:
    swap = ctx.uow.duty.swap_numbered(ctx.sender.bureau, number)
    me = ctx.sender.userid
    if swap is None or not (
        me in {swap.giver, swap.taker} or keeps_roster(ctx) or set(viewer(ctx).roles) & LEADERS
    ):
        raise UserError(texts.SWAP_NONE.format(number=number))
    return swap


def answer(ctx: Context, number: int, *, agrees: bool, reason: str = "") -> str:
    return _decide(ctx, _numbered(ctx, number), agrees=agrees, reason=reason)


def _decide(ctx: Context, swap: DutySwap, *, agrees: bool, reason: str) -> str:
    if swap.status is SwapStatus.ASKED:
        return _consent(ctx, swap, agrees=agrees, reason=reason)
    return _approval(ctx, swap, agrees=agrees, reason=reason)


def _move(ctx: Context, swap: DutySwap, act: SwapAct) -> None:
    """Let a locked swap go on.

    Raises:
        UserError: it is settled, its time is up, or it is not the sender's to decide.
    """
    if swap.status in SETTLED or swap.expires_at <= ctx.now:
        status = swap.status if swap.status in SETTLED else SwapStatus.EXPIRED
        raise UserError(texts.SWAP_OVER.format(number=swap.number, status=texts.STATUSES[status]))
    then = after(swap.status, act, part_of(ctx, swap, act))
    if then is None:
        raise UserError(texts.SWAP_NOT_YOURS.format(number=swap.number))
    before, swap.status = swap.status, then
    if then in SETTLED:
        ctx.uow.timers.cancel(swap.id)
        swap.decided_by, swap.decided_at = ctx.sender.userid, ctx.now
    ctx.audit(f"duty:swap_{act.value}", swap.id, before={"status": before}, after={"status": then})


def _consent(ctx: Context, swap: DutySwap, *, agrees: bool, reason: str) -> str:
    """The one who was asked says yes or no."""
    _move(ctx, swap, SwapAct.AGREE if agrees else SwapAct.DECLINE)
    what, who = what_of(ctx, swap), ctx.sender.name
    if not agrees:
        swap.reason = reason
        why = texts.WHY.format(reason=reason) if reason else ""
        said = texts.SWAP_DECLINED_TOLD.format(who=who, number=swap.number, what=what, why=why)
        ctx.tell("duty_swap", [swap.asked_by], Text(text=said), subject=swap.id, stage="declined")
        asker = ctx.uow.members.names([swap.asked_by])[swap.asked_by]
        return texts.SWAP_DECLINED.format(number=swap.number, who=asker)
    swap.agreed_at = ctx.now
    keepers = keepers_of(ctx, swap)
    title = texts.SWAP_CARD_APPROVE.format(number=swap.number)
    for keeper in keepers:
        card = card_of(ctx, swap, title, what)
        ctx.tell("duty_swap", [keeper], card, subject=swap.id, stage="approve")
    names = "或".join(ctx.uow.members.names(keepers).values())
    said = texts.SWAP_AGREED_TOLD.format(who=who, number=swap.number, what=what, keeper=names)
    ctx.tell("duty_swap", [swap.asked_by], Text(text=said), subject=swap.id, stage="agreed")
    return texts.SWAP_AGREED.format(number=swap.number, keeper=names)


def _approval(ctx: Context, swap: DutySwap, *, agrees: bool, reason: str) -> str:
    """Who keeps the roster says yes or no; only a yes changes it."""
    _move(ctx, swap, SwapAct.APPROVE if agrees else SwapAct.REFUSE)
    what = what_of(ctx, swap)
    parties = [swap.giver, swap.taker]
    names = "、".join(ctx.uow.members.names(parties).values())
    if not agrees:
        swap.reason = reason
        why = texts.WHY.format(reason=reason) if reason else ""
        said = texts.SWAP_REFUSED_TOLD.format(number=swap.number, what=what, why=why)
        ctx.tell("duty_swap", parties, Text(text=said), subject=swap.id, stage="refused")
        return texts.SWAP_REFUSED.format(number=swap.number, told=names)
    _exchange(ctx, swap)
    said = texts.SWAP_APPROVED_TOLD.format(number=swap.number, what=what)
    ctx.tell("duty_swap", parties, Text(text=said), subject=swap.id, stage="approved")
    return texts.SWAP_APPROVED.format(number=swap.number, what=what, told=names)


def _exchange(ctx: Context, swap: DutySwap) -> None:
    """Give each the other's shift.

    Raises:
        UserError: one of them has changed hands since, or one of the two has another by now.
    """
    shift = ctx.uow.duty.lock(swap.shift)
    back = ctx.uow.duty.lock(swap.back) if swap.back else None
    if shift is None or shift.member != swap.giver or (back and back.member != swap.taker):
        named = shift_name(shift) if shift is not None else texts.OFFICE
        raise UserError(texts.SWAP_CHANGED.format(shift=named, number=swap.number))
    refuse_busy(ctx, shift, swap.taker, but=back)
    shift.member = swap.taker
    if back is not None:
        refuse_busy(ctx, back, swap.giver, but=shift)
        back.member = swap.giver


@registry.timer("duty_swap")
def let_swap_expire(ctx: Context, due: Due) -> None:
    """Nobody decided in time: both are told that all stays as it was."""
    swap = ctx.uow.duty.swap(SwapId(due.subject))
    if swap is None:
        return
    then = after(swap.status, SwapAct.EXPIRE, Part.CLOCK)
    if then is None:
        return
    told = {swap.giver, swap.taker}
    if swap.status is SwapStatus.AGREED:
        told |= set(keepers_of(ctx, swap))
    swap.status = then
    ctx.audit("duty:swap_expire", swap.id, after={"status": then})
    said = Text(text=texts.SWAP_EXPIRED.format(number=swap.number, what=what_of(ctx, swap)))
    ctx.tell("duty_swap", sorted(told), said, subject=swap.id, stage="expired")
