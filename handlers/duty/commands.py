"""值班, 值班表: who is on now, on a day, over some days; who is next; the phone; the file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from handlers.duty import meanings, texts
from handlers.duty.days import (
    DAY,
    Roster,
    day_text,
    hour_text,
    hours,
    keeps_roster,
    kind_name,
    roster_of,
    shifts_text,
    stretch,
    today_of,
)
from handlers.duty.handing import hand_over
from handlers.duty.policy import policy_of
from handlers.duty.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.messages import Paper
from handlers.rules.rota import DutyDay, Nature
from storage.queries.duty import OnDuty, Placed
from storage.vocabulary import DutyPosition, PaperKind

_LINES = 10
_AHEAD = timedelta(days=400)
_BEFORE_TEXT = re.compile(
    r"^\s*(?:交接班?|移交|交班|接班|jiaojie)(?:了|记录|内容|事项|如下)*\s*[:：,，]?\s*"
)


@registry.command(
    "值班",
    "值班表",
    takes=Takes.NOTHING,
    usage="值班（或：今天谁值班、国庆值班表、下一班是谁）",
    purpose="看谁值班、带班，要值班表",
    means=meanings.today,
)
def show_duty(ctx: Context, asked: Asked) -> str:
    """Show who is on; free words may also hand over, ask who is next, or want the file."""
    slots = asked.slots
    if slots.get("action") == "handover":
        return hand_over(ctx, _BEFORE_TEXT.sub("", asked.text))
    if slots.get("ask") == "next_shift":
        return _next(ctx)
    days = stretch(slots)
    if slots.get("mine"):
        return _with_page(ctx, _own(ctx), today_of(ctx))
    if slots.get("format") == "table":
        return _file(ctx, days or month_of(today_of(ctx)), slots)
    leads = slots.get("ask") == "lead" or slots.get("duty_role") == "leader"
    if days is None:
        return _with_page(ctx, on_now(ctx), today_of(ctx))
    roster = roster_of(ctx, ctx.sender.bureau, *days)
    said = _one_day(ctx, roster, leads=leads) if days[0] == days[1] else _lines(ctx, roster, leads)
    return _with_page(ctx, said, days[0])


def _own(ctx: Context) -> str:
    """Name the sender's own shifts, the one that he has now first."""
    shifts = ctx.uow.duty.of_member(ctx.sender.userid, ctx.now, ctx.now + _AHEAD)
    return texts.OWN.format(shifts=shifts_text(shifts)) if shifts else texts.OWN_NONE


def _with_page(ctx: Context, said: str, day: date) -> str:
    return ctx.with_link(said, f"duty/{day:%Y-%m}")


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    following = (day.replace(day=1) + 31 * DAY).replace(day=1)
    return day.replace(day=1), following - DAY


def on_now(ctx: Context) -> str:
    """Say who is on now, until when, and which number is answered."""
    on = ctx.uow.duty.on_duty(ctx.sender.bureau, ctx.now)
    if not on:
        today = roster_of(ctx, ctx.sender.bureau, today_of(ctx), today_of(ctx))
        return f"{texts.NOBODY_NOW}\n{_one_day(ctx, today, leads=False)}"
    said = texts.NOW.format(positions="；".join(_positions(on)))
    return f"{said}\n{phone_of(ctx, [one.phone for one in on])}"


def _positions(on: Sequence[OnDuty]) -> Iterable[str]:
    """Name who is on by position, and until when."""
    for position in (DutyPosition.DUTY, DutyPosition.LEAD, DutyPosition.BACKUP):
        for until in sorted({one.ends_at for one in on if one.position is position}):
            names = [one.name for one in on if (one.position, one.ends_at) == (position, until)]
            yield texts.NOW_ONE.format(
                position=texts.POSITIONS[position],
                names="、".join(names),
                until=texts.UNTIL.format(when=hour_text(until)),
            )


def phone_of(ctx: Context, phones: Iterable[str]) -> str:
    """Say which number is answered: that of the roster, else the bureau's."""
    known = [*dict.fromkeys(filter(None, phones))] or [policy_of(ctx, ctx.sender.bureau).phone]
    said = "、".join(filter(None, known))
    return texts.PHONE.format(phone=said) if said else texts.NO_PHONE


def _next(ctx: Context) -> str:
    """Say who takes over from the sender, or from whoever is on now."""
    mine = [
        one.ends_at
        for one in ctx.uow.duty.on_duty(ctx.sender.bureau, ctx.now)
        if one.member == ctx.sender.userid
    ]
    following = ctx.uow.duty.following(ctx.sender.bureau, max(mine, default=ctx.now))
    if not following:
        return texts.NO_NEXT
    begins = following[0].shift.begins_at
    return texts.NEXT.format(people="；".join(people(following)), when=hour_text(begins))


def people(placed: Sequence[Placed]) -> Iterable[str]:
    """Name those of one day or shift, position by position: 带班 刘伟, 夜班 秦飞."""
    for position in (DutyPosition.LEAD, DutyPosition.DUTY, DutyPosition.BACKUP):
        kinds = dict.fromkeys(one.shift.kind for one in placed if one.shift.position is position)
        for kind in kinds:
            names = [
                one.name
                for one in placed
                if (one.shift.position, one.shift.kind) == (position, kind)
            ]
            yield f"{kind_name(kind, position)} {'、'.join(names)}"


def _one_day(ctx: Context, roster: Roster, *, leads: bool) -> str:
    [day] = roster.days
    placed = _wanted(roster.placed, leads=leads)
    if day.day in roster.declared:
        reason = roster.declared[day.day].reason
        return f"{day_text(day.day, today_of(ctx))}{texts.DECLARED_DAY.format(reason=reason)}。"
    if not placed:
        said = texts.NO_ROSTER_OFFICE if keeps_roster(ctx) else texts.NO_ROSTER
        return said.format(day=day_text(day.day, today_of(ctx)))
    head = texts.DAY_HEAD.format(day=day_text(day.day, today_of(ctx)), mark=mark(ctx, day))
    lines = [
        texts.DAY_ONE.format(
            what=kind_name(one.shift.kind, one.shift.position),
            names=one.name,
            hours=hours(one.shift),
        )
        for one in placed
    ]
    return "\n".join([head, *lines, phone_of(ctx, [one.shift.phone for one in placed])])


def _wanted(placed: Sequence[Placed], *, leads: bool) -> Sequence[Placed]:
    return [one for one in placed if not leads or one.shift.position is DutyPosition.LEAD]


def _lines(ctx: Context, roster: Roster, leads: bool) -> str:  # noqa: FBT001 - says which are shown
    today = today_of(ctx)
    lines = []
    for day in roster.days[:_LINES]:
        here = "；".join(people(_wanted(roster.on(day.day), leads=leads)))
        if day.day in roster.declared and not here:
            here = texts.DECLARED_DAY.format(reason=roster.declared[day.day].reason)
        lines.append(
            texts.RANGE_LINE.format(
                day=day_text(day.day, today),
                mark=mark(ctx, day),
                people=here or texts.RANGE_NOBODY,
            )
        )
    if rest := len(roster.days) - _LINES:
        lines += [texts.REST.format(count=rest)] if rest > 0 else []
    phones = [one.shift.phone for one in roster.placed]
    return "\n".join([*lines, phone_of(ctx, phones)])


def mark(ctx: Context, day: DutyDay) -> str:
    """Say what is particular about a day: a holiday, a worked weekend, a sensitive period."""
    said = texts.HOLIDAY_MARK.format(name=day.holiday) if day.holiday else ""
    if day.nature is Nature.ADJUSTED:
        said = texts.ADJUSTED_MARK
    if day.sensitive:
        period = ctx.uow.duty.in_sensitive_period(ctx.sender.bureau, day.day)
        said += texts.SENSITIVE_MARK.format(name=period.name if period else "")
    return said


def _file(ctx: Context, days: tuple[date, date], slots: Mapping[str, Any]) -> str:
    """Promise the roster as a paper."""
    first, last = days
    if not ctx.uow.duty.roster(ctx.sender.bureau, first, last):
        said = texts.NO_ROSTER_OFFICE if keeps_roster(ctx) else texts.NO_ROSTER
        return said.format(day=days_text(first, last))
    content = Paper(
        paper=PaperKind.DUTY_ROSTER,
        subject=f"{ctx.sender.bureau}:{first}:{last}",
        filename=texts.FILE.format(days=days_text(first, last)),
    )
    ctx.tell("duty_paper", [ctx.sender.userid], content, subject=ctx.new_id())
    said = texts.FILE_COMING.format(days=days_text(first, last))
    return said + texts.NOT_IN_GROUPS if slots.get("target") == "group" else said


def days_text(first: date, last: date) -> str:
    """Write a stretch of days: 10月1日, 10月1日至7日, 12月30日至1月3日."""
    begins = f"{first.month}月{first.day}日"
    if first == last:
        return begins
    month = "" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月"
    return f"{begins}至{month}{last.day}日"
