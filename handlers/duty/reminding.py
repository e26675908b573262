"""Reminders of a shift, each set by the one before; and of the roster before a holiday.

None is moved by days off or by quiet hours: duty is when others are away. Whom they are for is
looked up when they come, so a swap needs no clock of its own.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

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
)
from handlers.duty.policy import DutyPolicy
from handlers.duty.registry import registry
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.holidays import Holiday, holidays_from
from storage.models import DutyShift
from storage.vocabulary import DutyPosition, LogKind, Role, ShiftId, UnitId

_EVENING_BEFORE = time(17)
_HOUR = timedelta(hours=1)
_YEAR = timedelta(days=365)
_EVE, _SOON, _END = "eve", "soon", "end"


def set_clock(ctx: Context, shift: DutyShift) -> None:
    """Set the next clock of a shift: the evening before, an hour before, its end."""
    for stage, moment in _moments(shift).items():
        if moment > ctx.now:
            ctx.set_timer("duty_shift", shift.id, moment, stage=stage, stage_name=stage)
            return


def _moments(shift: DutyShift) -> Mapping[str, datetime]:
    begins = local(shift.begins_at)
    eve = datetime.combine(begins.date() - DAY, _EVENING_BEFORE, SHANGHAI)
    moments = {_EVE: eve, _SOON: begins - _HOUR}
    if shift.position is DutyPosition.DUTY:
        moments[_END] = local(shift.ends_at)
    return moments


@registry.timer("duty_shift")
def remind_of_shift(ctx: Context, due: Due) -> None:
    """Tell whoever has the shift now, and set its next clock."""
    shift = ctx.uow.duty.shift(ShiftId(due.subject))
    if shift is None:
        return
    stage = str(due.payload["stage_name"])
    set_clock(ctx, shift)
    if said := _said(ctx, shift, stage):
        ctx.tell(
            "duty_reminder",
            [shift.member],
            Text(text=said),
            subject=shift.id,
            stage=stage,
        )


def _said(ctx: Context, shift: DutyShift, stage: str) -> str:
    what = kind_name(shift.kind, shift.position)
    if stage == _EVE:
        note = "".join(f"{words}。" for words in (shift.note, _beside(ctx, shift)) if words)
        return texts.EVE.format(what=what, hours=hours(shift), note=note)
    if stage == _SOON:
        open_items = ctx.uow.duty.log_open(shift.bureau)
        waiting = [one for one in open_items if not one.taken_by]
        said = texts.OPEN_FOR_YOU.format(count=len(waiting)) if waiting else ""
        is_duty = shift.position is DutyPosition.DUTY
        return texts.SOON.format(hours=hours(shift), what=what, open=said if is_duty else "")
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
    """Some days before a legal holiday: is its roster there, and has it been sent up (R13)?"""
    policy, today = ctx.policy(DutyPolicy), local(ctx.now).date()
    holiday = next((one for one in holidays_from(today, ctx.calendar()) if one.first > today), None)
    left = (holiday.first - today).days if holiday else 0
    if holiday is None or left not in {policy.send_up_days, policy.make_days}:
        return
    for bureau in ctx.uow.members.bureaus():
        if _keeps_duty(ctx, bureau.id):
            _tell_office(ctx, bureau.id, holiday, left)


def _keeps_duty(ctx: Context, bureau: UnitId) -> bool:
    """Tell whether the bureau has anything to do with duty: people for it, or a roster."""
    held = ctx.uow.members.holders(bureau, {Role.DUTY})[Role.DUTY]
    return bool(held) or bool(ctx.uow.duty.following(bureau, ctx.now - _YEAR))


def _tell_office(ctx: Context, bureau: UnitId, holiday: Holiday, left: int) -> None:
    roster = roster_of(ctx, bureau, holiday.first, holiday.last)
    send_up = left == ctx.policy(DutyPolicy).send_up_days
    if not roster.gaps and not send_up:
        return
    ctx.tell(
        "duty_holiday",
        office_of(ctx, bureau),
        Text(text=_of_holiday(roster, holiday, left, send_up=send_up)),
        subject=f"{bureau}:{holiday.first}",
        stage=str(left),
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
