"""Reminders of a shift, each set by the one before; and of the roster before a holiday.

None is moved by days off or by quiet hours: duty is when others are away. Whom they are for is
looked up when they come, so a swap needs no clock of its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.duty import texts
from handlers.duty.days import (
    DAY,
    Roster,
    brief_day,
    gap_lines,
    hours,
    kind_name,
    office_of,
    roster_of,
    shift_name,
)
from handlers.duty.policy import FARTHEST, DutyPolicy, policy_of
from handlers.duty.registry import registry
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.holidays import Holiday, holidays_from
from storage.models import DutyShift
from storage.vocabulary import DutyPosition, LogKind, Role, ShiftId, UnitId

_HOUR = timedelta(hours=1)
_ABOUT_AN_HOUR = range(55, 66)  # minutes
_YEAR = timedelta(days=365)
_EVE, _SOON, _END = "eve", "soon", "end"


def set_clock(ctx: Context, shift: DutyShift, policy: DutyPolicy) -> None:
    """Set the next clock of a shift: the evening before, some time before, its end."""
    for stage, moment in _moments(shift, policy).items():
        if moment > ctx.now:
            ctx.set_timer("duty_shift", shift.id, moment, stage=stage, stage_name=stage)
            return


def _moments(shift: DutyShift, policy: DutyPolicy) -> Mapping[str, datetime]:
    begins = local(shift.begins_at)
    moments = {_EVE: datetime.combine(begins.date() - DAY, policy.remind_at, SHANGHAI)}
    if policy.remind_minutes:
        moments[_SOON] = begins - timedelta(minutes=policy.remind_minutes)
    if shift.position is DutyPosition.DUTY:
        moments[_END] = local(shift.ends_at)
    return moments


@registry.timer("duty_shift")
def remind_of_shift(ctx: Context, due: Due) -> None:
    """Tell whoever has the shift now, and set its next clock.

    Where he has left or nothing reaches him, the office hears that the place is empty.
    """
    shift = ctx.uow.duty.shift(ShiftId(due.subject))
    if shift is None:
        return
    stage, policy = str(due.payload["stage_name"]), policy_of(ctx, shift.bureau)
    set_clock(ctx, shift, policy)
    told = _stage(shift, stage, ctx.now, timedelta(minutes=policy.remind_minutes))
    if told is None:
        return
    person = ctx.uow.members.person(shift.member)
    if person is None or not person.reachable:
        _tell_of_empty_place(ctx, shift, told)
    elif said := _said(ctx, shift, told):
        ctx.tell("duty_reminder", [shift.member], Text(text=said), subject=shift.id, stage=told)


def _stage(shift: DutyShift, stage: str, now: datetime, soon: timedelta) -> str | None:
    """Return what is to be said at a clock of a shift that may come late, after an outage.

    Of a shift that has begun no reminder is of use, nor a call to hand over when the next one has
    long begun; *soon* before it, it is soon.
    """
    if stage == _END:
        return _END if now < shift.ends_at + _HOUR else None
    if now >= shift.begins_at:
        return None
    return _SOON if soon and now >= shift.begins_at - soon else stage


def _tell_of_empty_place(ctx: Context, shift: DutyShift, stage: str) -> None:
    if stage == _END:
        return
    said = texts.PLACE_EMPTY.format(
        shift=shift_name(shift),
        hours=hours(shift),
        who=ctx.uow.members.names([shift.member])[shift.member],
        day=brief_day(shift.day),
    )
    office = office_of(ctx, shift.bureau)
    ctx.tell("duty_reminder", office, Text(text=said), subject=shift.id, stage=f"empty {stage}")


def _said(ctx: Context, shift: DutyShift, stage: str) -> str:
    what = kind_name(shift.kind, shift.position)
    if stage == _EVE:
        note = "".join(f"{words}。" for words in (shift.note, _beside(ctx, shift)) if words)
        today = local(shift.begins_at).date() == local(ctx.now).date()
        day = texts.TODAY if today else texts.TOMORROW
        return texts.EVE.format(day=day, what=what, hours=hours(shift), note=note)
    if stage == _SOON:
        open_items = ctx.uow.duty.log_open(shift.bureau)
        waiting = [one for one in open_items if not one.taken_by]
        said = texts.OPEN_FOR_YOU.format(count=len(waiting)) if waiting else ""
        is_duty = shift.position is DutyPosition.DUTY
        minutes = round((shift.begins_at - ctx.now) / timedelta(minutes=1))
        left = texts.AN_HOUR if minutes in _ABOUT_AN_HOUR else texts.MINUTES.format(count=minutes)
        return texts.SOON.format(
            hours=hours(shift), what=what, left=left, open=said if is_duty else ""
        )
    written = ctx.uow.duty.log_written(shift.bureau, shift.member, shift.begins_at)
    handed = any(one.kind is LogKind.HANDOVER for one in written)
    return "" if handed else texts.ENDS.format(what=what)


def _beside(ctx: Context, shift: DutyShift) -> str:
    """Say to a leader who is on under him, and to who is on, who leads."""
    with_him = [
        one
        for one in ctx.uow.duty.roster(shift.bureau, shift.day, shift.day)
        if one.shift.member != shift.member
    ]
    leads = shift.position is DutyPosition.LEAD
    wanted = DutyPosition.DUTY if leads else DutyPosition.LEAD
    names = "、".join(dict.fromkeys(one.name for one in with_him if one.shift.position is wanted))
    return f"{texts.POSITIONS[wanted]}：{names}" if names else ""


@registry.every("0 9 * * *")
def look_at_holiday_rosters(ctx: Context) -> None:
    """Some days before a legal holiday: is its roster there, and has it been sent up (R13)?

    Whoever was told of a stage is not told again: where the service was down on its day, it comes
    on the next.
    """
    today = local(ctx.now).date()
    holiday = next((one for one in holidays_from(today, ctx.calendar()) if one.first > today), None)
    left = (holiday.first - today).days if holiday else 0
    if holiday is None or left > FARTHEST:
        return
    for bureau in ctx.uow.members.bureaus():
        policy = policy_of(ctx, bureau.id)
        is_near = left <= max(policy.send_up_days, policy.make_days)
        if is_near and _keeps_duty(ctx, bureau.id):
            _tell_office(ctx, bureau.id, holiday, left)


def _keeps_duty(ctx: Context, bureau: UnitId) -> bool:
    """Tell whether the bureau has anything to do with duty: people for it, or a roster."""
    held = ctx.uow.members.holders(bureau, {Role.DUTY})[Role.DUTY]
    return bool(held) or bool(ctx.uow.duty.following(bureau, ctx.now - _YEAR))


def _tell_office(ctx: Context, bureau: UnitId, holiday: Holiday, left: int) -> None:
    roster = roster_of(ctx, bureau, holiday.first, holiday.last)
    policy = roster.policy
    stage = min(days for days in (policy.send_up_days, policy.make_days) if days >= left)
    send_up = stage == policy.send_up_days
    if not roster.gaps and not send_up:
        return
    ctx.tell(
        "duty_holiday",
        office_of(ctx, bureau),
        Text(text=_of_holiday(roster, holiday, left, send_up=send_up)),
        subject=f"{bureau}:{holiday.first}",
        stage=str(stage),
    )


def _of_holiday(roster: Roster, holiday: Holiday, left: int, *, send_up: bool) -> str:
    if not roster.gaps:
        return texts.SEND_UP.format(
            holiday=holiday.name,
            first=brief_day(holiday.first),
            last=brief_day(holiday.last),
        )
    said = texts.SEND_UP_MISSING if send_up else texts.MAKE
    gaps = gap_lines(roster.gaps, holiday.first)
    return said.format(days=left, holiday=holiday.name, gaps=gaps)
