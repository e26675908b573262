"""A swap of shifts: what it changes, its card, who may decide, who is not free."""

from collections.abc import Collection

from handlers.duty import texts
from handlers.duty.days import LEADERS, office_of, shift_name
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Button, ButtonCard
from handlers.rules.swaps import Part, SwapAct
from storage.models import DutyShift, DutySwap
from storage.vocabulary import NO_SHIFT, DutyPosition, UserId


def refuse_busy(ctx: Context, shift: DutyShift, member: UserId, but: DutyShift | None) -> None:
    for one in ctx.uow.duty.of_member(member, shift.begins_at, shift.ends_at):
        if but is None or one.id != but.id:
            who = ctx.uow.members.names([member])[member]
            raise UserError(texts.SWAP_TAKER_BUSY.format(who=who, shift=shift_name(one)))


def card_of(ctx: Context, swap: DutySwap, title: str, said: str) -> ButtonCard:
    how = texts.SWAP_CARD_SAY.format(number=swap.number)
    return ButtonCard(
        card_id=ctx.new_id(),
        source="值班",
        title=title,
        description=f"{said}。{how}",
        buttons=(
            Button(label="同意", key=f"dutyswap:yes:{swap.id}", style="primary"),
            Button(label="不同意", key=f"dutyswap:no:{swap.id}"),
        ),
    )


def what_of(ctx: Context, swap: DutySwap) -> str:
    """Say what a swap changes: 王芳10月6日夜班换给张三."""
    shifts = ctx.uow.duty.shifts({swap.shift, swap.back} - {NO_SHIFT})
    names = ctx.uow.members.names({swap.giver, swap.taker})
    giver, taker = names[swap.giver], names[swap.taker]
    shift = f"{giver}{shift_name(shifts[swap.shift])}"
    if swap.back:
        back = shift_name(shifts[swap.back])
        return texts.SWAP_WHAT_BACK.format(shift=shift, taker=taker, back=back, giver=giver)
    return texts.SWAP_WHAT.format(shift=shift, taker=taker)


def keepers_of(ctx: Context, swap: DutySwap) -> Collection[UserId]:
    """Return who may approve: the office, for leaders a deputy or the principal; never a party.

    Where nobody is left the leaders decide on the office's, and the office on the leaders'.
    """
    shift = ctx.uow.duty.shift(swap.shift)
    office = set(office_of(ctx, swap.bureau))
    held = ctx.uow.members.holders(swap.bureau, LEADERS)
    leaders = {who for role in LEADERS for those in held[role].values() for who in those}
    first, then = (office, leaders)
    if shift is not None and shift.position is DutyPosition.LEAD:
        first, then = leaders, office
    parties = {swap.giver, swap.taker}
    return sorted(first - parties or then - parties)


def part_of(ctx: Context, swap: DutySwap, act: SwapAct) -> Part:
    """Return who the sender is to a swap, as far as an act needs him."""
    me = ctx.sender.userid
    if act is SwapAct.WITHDRAW and me == swap.asked_by:
        return Part.ASKING
    if act in {SwapAct.AGREE, SwapAct.DECLINE} and me == swap.asks:
        return Part.ASKED
    if act in {SwapAct.APPROVE, SwapAct.REFUSE} and me in keepers_of(ctx, swap):
        return Part.KEEPER
    return Part.NOBODY
