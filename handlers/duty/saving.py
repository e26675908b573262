"""A roster is saved: whole days are replaced, clocks are set, everybody concerned is told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.duty import texts
from handlers.duty.days import shift_name, shifts_text, slot_of
from handlers.duty.policy import policy_of
from handlers.duty.reminding import set_clock
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.rules.rota import Pattern, Slot, span
from storage.models import DutyShift
from storage.vocabulary import ShiftId, UnitId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who is to have a place on the roster."""

    slot: Slot
    member: UserId
    phone: str = ""
    note: str = ""


def save(
    ctx: Context, bureau: UnitId, days: Collection[date], places: Sequence[Place]
) -> Collection[UserId] | None:
    """Let *places* be all that is on the roster of those days; return who was told.

    None comes back where nothing changes. Shifts of days that are over stay as they were.

    Raises:
        UserError: one of the shifts that would go is being swapped.
    """
    before = [
        one.shift
        for one in ctx.uow.duty.roster(bureau, min(days), max(days))
        if one.shift.day in set(days)
    ]
    if {_fact(shift) for shift in before} == {
        (place.slot, place.member, place.phone, place.note) for place in places
    }:
        return None
    _refuse_while_swapped(ctx, before)
    ctx.uow.timers.cancel_all(ctx.uow.duty.clear(bureau, days))
    policy = policy_of(ctx, bureau)
    shifts = [_shift(ctx, bureau, place, policy.pattern) for place in places]
    ctx.uow.duty.add_shifts(shifts)
    for shift in shifts:
        set_clock(ctx, shift, policy)
    ctx.audit(
        "duty:roster",
        f"{bureau}:{min(days)}:{max(days)}",
        before={"shifts": _written(before)},
        after={"shifts": _written(shifts)},
    )
    return _tell(ctx, before, shifts)


def _fact(shift: DutyShift) -> tuple[Slot, UserId, str, str]:
    return slot_of(shift), shift.member, shift.phone, shift.note


def _refuse_while_swapped(ctx: Context, shifts: Sequence[DutyShift]) -> None:
    swap = ctx.uow.duty.swap_unsettled([shift.id for shift in shifts])
    if swap is not None:
        busy = next(shift for shift in shifts if shift.id in {swap.shift, swap.back})
        raise UserError(texts.BUSY_SHIFT.format(shift=shift_name(busy), number=swap.number))


def _shift(ctx: Context, bureau: UnitId, place: Place, pattern: Pattern) -> DutyShift:
    begins, ends = span(place.slot.day, place.slot.kind, pattern)
    return DutyShift(
        id=ShiftId(ctx.new_id()),
        bureau=bureau,
        day=place.slot.day,
        kind=place.slot.kind,
        position=place.slot.position,
        seat=place.slot.seat,
        begins_at=begins,
        ends_at=ends,
        member=place.member,
        entered_by=ctx.sender.userid,
        entered_at=ctx.now,
        phone=place.phone,
        note=place.note,
    )


def _written(shifts: Sequence[DutyShift]) -> Mapping[str, str]:
    return {
        f"{shift.day} {shift.kind} {shift.position} {shift.seat}": shift.member for shift in shifts
    }


def _tell(
    ctx: Context, before: Sequence[DutyShift], after: Sequence[DutyShift]
) -> Collection[UserId]:
    """Tell each whose shifts changed, and who has not left, what he has now and has no longer."""
    had, has = _by_member(before), _by_member(after)
    changed = [
        who
        for who in had.keys() | has.keys()
        if {slot_of(one) for one in had.get(who, ())} != {slot_of(one) for one in has.get(who, ())}
    ]
    told = sorted(ctx.uow.members.people(changed))
    stage = ctx.new_id()
    for who in told:
        kept = {slot_of(one) for one in has.get(who, ())}
        gone = [one for one in had.get(who, ()) if slot_of(one) not in kept]
        said = Text(text=_said(has.get(who, ()), gone))
        ctx.tell("duty_roster", [who], said, subject=stage)
    return told


def _by_member(shifts: Sequence[DutyShift]) -> Mapping[UserId, Sequence[DutyShift]]:
    found: dict[UserId, list[DutyShift]] = {}
    for shift in shifts:
        found.setdefault(shift.member, []).append(shift)
    return found


def _said(has: Sequence[DutyShift], gone: Sequence[DutyShift]) -> str:
    lost = "、".join(map(shift_name, gone))
    if not has:
        return texts.YOUR_SHIFTS_GONE.format(shifts=lost)
    shifts = shifts_text(has)
    if gone:
        return texts.YOUR_SHIFTS_CHANGED.format(shifts=shifts, gone=lost)
    return texts.YOUR_SHIFTS.format(shifts=shifts, day=f"{has[0].day.day}号")
