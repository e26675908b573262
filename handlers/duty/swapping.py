"""换班, 替班: asked of the other, approved by who keeps the roster, told to everybody once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from handlers.duty import meanings, texts
from handlers.duty.arranging import one_called
from handlers.duty.days import (
    LEADERS,
    day_text,
    hour_text,
    keeps_roster,
    shift_name,
    stretch,
    today_of,
)
from handlers.duty.policy import policy_of
from handlers.duty.registry import registry
from handlers.duty.swap_answers import answer
from handlers.duty.swaps import card_of, keepers_of, refuse_busy, what_of
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.meaning import Situation
from handlers.kit.messages import Text
from handlers.kit.words import SOMEBODY
from handlers.rules.calendar import local
from storage.models import DutyShift, DutySwap, Member
from storage.queries.members import Named
from storage.vocabulary import (
    NO_SHIFT,
    DutyPosition,
    Role,
    ShiftId,
    SwapId,
    SwapStatus,
    UserId,
)

_EXCHANGE = re.compile(r"(?:跟|和|与|同|找).{1,8}?(?:换|调|对|倒)|对调|互换|对换")
_WITHIN = timedelta(days=60)
_OFFERED = 4
_LEADING = LEADERS | {Role.LEAD_DUTY}


@registry.situation
def _what_is_asked(ctx: Context, _roles: frozenset[Role]) -> Situation | None:
    """Who was asked for a swap talks about it; who is on duty, about his duty."""
    asking = ctx.uow.duty.swaps_asking(ctx.sender.userid)
    live = [swap for swap in asking if swap.expires_at > ctx.now]
    if len(live) == 1:
        return Situation(kind="duty_swap_req", numbers=(live[0].number,))
    on = ctx.uow.duty.of_member(ctx.sender.userid, ctx.now, ctx.now + timedelta(minutes=1))
    return Situation(kind="duty_now") if on and not live else None


@registry.command(
    "换班",
    "调班",
    takes=Takes.NOTHING,
    usage="换班（例如：我6号换给张三，我6号跟张三换，6号我替张三值）",
    purpose="跟同事换班或替班，对方同意后由办公室批准",
    means=meanings.swap,
)
def swap_duty(ctx: Context, asked: Asked) -> str:
    """Begin a swap, or answer the one that was asked."""
    slots = asked.slots
    if "action" in slots:
        return answer(ctx, int(slots["req_id"]), agrees=slots["action"] == "accept")
    days = stretch(slots)
    said = str(slots.get("with") or slots.get("for_person") or "")
    if days is None and not said:
        return _waiting(ctx)
    if days is None or not said:
        raise UserError(texts.SWAP_HOW)
    return _begin_with(ctx, asked, said, days[0])


def _begin_with(ctx: Context, asked: Asked, said: str, day: date) -> str:
    """Begin the swap of a day with whom was named; the office puts somebody else in at once."""
    slots = asked.slots
    named = list(dict.fromkeys(re.findall(SOMEBODY, asked.text)))
    if keeps_roster(ctx) and len(named) > 1:
        return _substitute(ctx, named, day)
    other = one_called(ctx, said)
    if _EXCHANGE.search(asked.text):
        slots = {**slots, "exchange": True}
    if slots.get("shift"):
        return _with_shift(ctx, ShiftId(str(slots["shift"])), other, slots)
    giver, taker = _parties(ctx, other, slots)
    shifts = _shifts_on(ctx, giver, day, leads=slots.get("duty_role") == "leader")
    if not shifts:
        raise UserError(_not_on(ctx, giver, day_text(day, today_of(ctx))))
    if len(shifts) > 1:
        options = [
            Option(
                label=shift_name(one), command="swap_duty", slots={**slots, "shift": str(one.id)}
            )
            for one in shifts
        ]
        return ctx.offer(texts.SWAP_WHICH.format(day=day_text(day, today_of(ctx))), *options)
    return _begin(ctx, shifts[0], taker, slots)


def _parties(ctx: Context, other: Named, slots: Mapping[str, Any]) -> tuple[UserId, UserId]:
    """Return whose shift it is, and who is to take it."""
    if "for_person" in slots:
        return other.userid, ctx.sender.userid
    return ctx.sender.userid, other.userid


def _shifts_on(ctx: Context, member: UserId, day: date, *, leads: bool) -> Sequence[DutyShift]:
    return [
        one.shift
        for one in ctx.uow.duty.roster(ctx.sender.bureau, day, day)
        if one.shift.member == member and (not leads or one.shift.position is DutyPosition.LEAD)
    ]


def _not_on(ctx: Context, member: UserId, day: str) -> str:
    mine = [
        one
        for one in ctx.uow.duty.of_member(member, ctx.now, ctx.now + _WITHIN)
        if one.bureau == ctx.sender.bureau
    ]
    is_me = member == ctx.sender.userid
    who = "您" if is_me else ctx.uow.members.names([member])[member]
    shifts = "、".join(map(shift_name, mine[:_OFFERED]))
    told = texts.YOURS.format(shifts=shifts) if mine and is_me else ""
    return texts.NOT_ON.format(who=who, day=day, mine=told)


def _with_shift(ctx: Context, shift: ShiftId, other: Named, slots: Mapping[str, Any]) -> str:
    found = ctx.uow.duty.shift(shift)
    if found is None:
        raise UserError(texts.SWAP_HOW)
    _, taker = _parties(ctx, other, slots)
    return _begin(ctx, found, taker, slots)


def _begin(ctx: Context, shift: DutyShift, taker: UserId, slots: Mapping[str, Any]) -> str:
    """Ask the other, after it is known what he is to give back, if anything."""
    _refuse_unless_open(ctx, shift)
    if "for_person" not in slots and "back" not in slots and slots.get("exchange"):
        his = [
            one
            for one in ctx.uow.duty.of_member(taker, ctx.now, ctx.now + _WITHIN)
            if one.position is shift.position
            and one.bureau == shift.bureau
            and one.begins_at > ctx.now
        ][:_OFFERED]
        if his:
            return _offer_back(ctx, shift, taker, his, slots)
    back = ctx.uow.duty.shift(ShiftId(str(slots["back"]))) if slots.get("back") else None
    _refuse_unfit(ctx, shift, taker, back)
    return _ask(ctx, shift, taker, back)


def _offer_back(
    ctx: Context,
    shift: DutyShift,
    taker: UserId,
    his: Sequence[DutyShift],
    slots: Mapping[str, Any],
) -> str:
    who = ctx.uow.members.names([taker])[taker]
    same = {**slots, "shift": str(shift.id)}
    option = partial(Option, command="swap_duty")
    options = [option(label=shift_name(one), slots={**same, "back": str(one.id)}) for one in his]
    options.append(option(label=texts.SWAP_GIVE.format(who=who), slots={**same, "back": ""}))
    return ctx.offer(texts.SWAP_BACK.format(shift=shift_name(shift), who=who), *options)


def _refuse_unless_open(ctx: Context, shift: DutyShift) -> None:
    if shift.begins_at <= ctx.now:
        raise UserError(texts.SWAP_STARTED.format(shift=shift_name(shift)))
    if (swap := ctx.uow.duty.swap_unsettled([shift.id])) is not None:
        names = ctx.uow.members.names([swap.asks])
        whom = names[swap.asks] if swap.status is SwapStatus.ASKED else texts.OFFICE
        raise UserError(
            texts.SWAP_UNDER_WAY.format(shift=shift_name(shift), number=swap.number, whom=whom)
        )


def _refuse_unfit(ctx: Context, shift: DutyShift, taker: UserId, back: DutyShift | None) -> None:
    """Refuse who has another shift at that time, cannot be reached, or may not lead."""
    if taker == shift.member:
        raise UserError(texts.SWAP_SELF)
    refuse_busy(ctx, shift, taker, but=back)
    if back is not None:
        _refuse_unless_open(ctx, back)
        refuse_busy(ctx, back, shift.member, but=shift)
    person = ctx.uow.members.person(taker)
    who = ctx.uow.members.names([taker])[taker]
    if person is None or not person.reachable:
        raise UserError(texts.SWAP_UNREACHABLE.format(who=who))
    if shift.position is DutyPosition.LEAD:
        held = set(ctx.uow.members.roles_of(taker))
        if not held & _LEADING:
            raise UserError(texts.SWAP_LEAD_ONLY.format(who=who))


def _ask(ctx: Context, shift: DutyShift, taker: UserId, back: DutyShift | None) -> str:
    year = local(ctx.now).year
    lasts = timedelta(hours=policy_of(ctx, shift.bureau).swap_hours)
    starts = min(one.begins_at for one in (shift, back) if one is not None)
    giver = shift.member
    swap = DutySwap(
        id=SwapId(ctx.new_id()),
        bureau=shift.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(shift.bureau, year, "duty_swap"),
        shift=shift.id,
        giver=giver,
        taker=taker,
        back=back.id if back is not None else NO_SHIFT,
        asked_by=ctx.sender.userid,
        asks=taker if ctx.sender.userid == giver else giver,
        asked_at=ctx.now,
        expires_at=min(ctx.now + lasts, starts),
    )
    ctx.uow.duty.add(swap)
    ctx.set_timer("duty_swap", swap.id, swap.expires_at)
    what = what_of(ctx, swap)
    ctx.audit("duty:swap_ask", swap.id, after={"what": what})
    said = texts.SWAP_CARD.format(asker=ctx.sender.name, what=what)
    card = card_of(ctx, swap, texts.SWAP_CARD_TITLE.format(number=swap.number), said)
    ctx.tell("duty_swap", [swap.asks], card, subject=swap.id, stage="ask")
    return texts.SWAP_ASKED.format(
        number=swap.number,
        who=ctx.uow.members.names([swap.asks])[swap.asks],
        keeper=_keeper_word(shift),
        when=hour_text(swap.expires_at),
    )


def _keeper_word(shift: DutyShift) -> str:
    return texts.LEADER if shift.position is DutyPosition.LEAD else texts.OFFICE


def _waiting(ctx: Context) -> str:
    """List the swaps that wait for the sender's word; without any, say how to begin one."""
    mine = [*ctx.uow.duty.swaps_asking(ctx.sender.userid)]
    agreed = ctx.uow.duty.swaps_agreed(ctx.sender.bureau)
    mine += [swap for swap in agreed if ctx.sender.userid in keepers_of(ctx, swap)]
    if not mine:
        return texts.SWAP_HOW
    lines = [texts.SWAP_LINE.format(number=one.number, what=what_of(ctx, one)) for one in mine]
    return texts.SWAP_LIST.format(lines="\n".join(lines))


def _substitute(ctx: Context, named: Sequence[str], day: date) -> str:
    """The office puts somebody else in at once, for one who is ill: 6号小王跟小赵换班."""
    members = [_on_roster(ctx, said, day) or one_called(ctx, said) for said in named[:2]]
    shifts = [_shifts_on(ctx, one.userid, day, leads=False) for one in members]
    if not shifts[0] and shifts[1]:
        members.reverse()
        shifts.reverse()
    if not shifts[0]:
        raise UserError(_not_on(ctx, members[0].userid, day_text(day, today_of(ctx))))
    shift = shifts[0][0]
    _refuse_unless_open(ctx, shift)
    _refuse_unfit(ctx, shift, members[1].userid, None)
    before, shift.member = shift.member, members[1].userid
    ctx.audit(
        "duty:substitute", shift.id, before={"member": before}, after={"member": shift.member}
    )
    what = texts.SWAP_WHAT.format(
        shift=f"{members[0].name}{shift_name(shift)}", taker=members[1].name
    )
    here = ctx.uow.members.people([one.userid for one in members])
    told = [one for one in members if one.userid in here]
    said = Text(text=texts.SWAP_SUBSTITUTED_TOLD.format(what=what))
    ctx.tell("duty_swap", [one.userid for one in told], said, subject=shift.id, stage=ctx.new_id())
    return texts.SWAP_SUBSTITUTED.format(what=what, told="、".join(one.name for one in told))


def _on_roster(ctx: Context, said: str, day: date) -> Member | None:
    """Return who is on the roster of a day by that name, also if he has left the bureau."""
    on = [
        one.shift.member
        for one in ctx.uow.duty.roster(ctx.sender.bureau, day, day)
        if one.name == said
    ]
    return ctx.uow.members.get(on[0]) if on else None
