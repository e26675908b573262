"""重要时段: declared with its days, told to who is on, doubled on the roster, over by itself."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from handlers.duty import meanings, texts
from handlers.duty.commands import days_text
from handlers.duty.days import (
    DAY,
    brief_day,
    gap_lines,
    keeps_duty,
    office_of,
    roster_of,
    stretch,
    today_of,
)
from handlers.duty.registry import registry
from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.kit.messages import Text
from handlers.rules.calendar import SHANGHAI
from storage.models import AuditEntry, SensitivePeriod
from storage.vocabulary import Role, UnitId, UserId

_OVERSEERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_LONGEST = 60
_EVE_AT = time(16)
_ENDS_AT = time(17)
_AHEAD = timedelta(days=400)
_ACT = re.compile(r"^(?:请|把|将|取消|结束|撤掉)+")


@registry.command(
    "重要时段",
    takes=Takes.NOTHING,
    usage="重要时段 市两会 1月5日到10日（只发 重要时段 看现在的）",
    purpose="定重要时段：双人24小时值班",
    shown_to=_OVERSEERS,
    means=meanings.sensitive,
    reads=meanings.beside_days,
)
def declare_sensitive_period(ctx: Context, asked: Asked) -> str:
    """Declare a period; without days, list what is declared."""
    if not keeps_duty(ctx):
        raise UserError(texts.ONLY_OVERSEERS)
    if asked.slots.get("cancel"):
        return _cancelled(ctx, asked.text)
    days = stretch(asked.slots)
    if days is None:
        return _listed(ctx) if not asked.text else texts.PERIOD_HOW
    period = _period(ctx, asked.text.strip(" 《》“”"), *days)
    ctx.uow.duty.add(period)
    ctx.audit("sensitive:declare", _subject(period), after=_fact(period))
    _set_clocks(ctx, period)
    roster = roster_of(ctx, period.bureau, *days)
    on = {one.shift.member for one in roster.placed if one.shift.ends_at > ctx.now}
    said = texts.PERIOD_TOLD.format(name=period.name, days=days_text(*days))
    _tell(ctx, period, on - {ctx.sender.userid}, said, "declared")
    gaps = texts.PERIOD_OK
    if roster.gaps:
        lines = gap_lines(roster.gaps, today_of(ctx))
        first, last = brief_day(min(roster.gaps)), brief_day(max(roster.gaps))
        gaps = texts.PERIOD_GAPS.format(lines=lines, first=first, last=last)
    return texts.PERIOD_SET.format(name=period.name, days=days_text(*days), gaps=f"{gaps}\n")


def _period(ctx: Context, name: str, first: date, last: date) -> SensitivePeriod:
    if not name:
        raise UserError(texts.PERIOD_NAME)
    if last < today_of(ctx):
        raise UserError(texts.PERIOD_PAST.format(days=days_text(first, last)))
    if (last - first).days >= _LONGEST:
        raise UserError(texts.PERIOD_LONG.format(days=_LONGEST))
    for known in ctx.uow.duty.sensitive_periods(ctx.sender.bureau, first, last):
        if known.name == name:
            days = days_text(known.first, known.last)
            raise UserError(texts.PERIOD_TWICE.format(name=name, days=days))
    return SensitivePeriod(
        bureau=ctx.sender.bureau,
        name=name,
        first=first,
        last=last,
        declared_by=ctx.sender.userid,
        declared_at=ctx.now,
    )


def _subject(period: SensitivePeriod) -> str:
    return f"sensitive:{period.id}"


def _fact(period: SensitivePeriod) -> Mapping[str, str]:
    return {"name": period.name, "first": str(period.first), "last": str(period.last)}


def _set_clocks(ctx: Context, period: SensitivePeriod) -> None:
    """Set the clocks of its eve and its end; each time it is declared they are others."""
    eve = datetime.combine(period.first - DAY, _EVE_AT, SHANGHAI)
    end = datetime.combine(period.last, _ENDS_AT, SHANGHAI)
    mark = ctx.now.isoformat()
    for stage, moment in (("eve", eve), ("end", end)):
        if moment > ctx.now:
            ctx.set_timer(
                "sensitive_period",
                _subject(period),
                moment,
                stage=f"{stage} {mark}",
                stage_name=stage,
            )


@registry.timer("sensitive_period")
def tell_of_sensitive_period(ctx: Context, due: Due) -> None:
    """On its eve tell who is on, and the office what is missing; at its end the office."""
    period = ctx.uow.duty.sensitive_period(int(due.subject.removeprefix("sensitive:")))
    if period is None or period.cancelled_at is not None:
        return
    keepers = set(office_of(ctx, period.bureau))
    if due.payload["stage_name"] == "end":
        _tell(ctx, period, keepers, texts.PERIOD_OVER.format(name=period.name), "end")
        return
    roster = roster_of(ctx, period.bureau, period.first, period.last)
    days = days_text(period.first, period.last)
    on = {one.shift.member for one in roster.placed} - keepers
    said = texts.PERIOD_EVE.format(name=period.name, days=days, gaps="")
    _tell(ctx, period, on, said, "eve")
    gaps = gap_lines(roster.gaps, period.first)
    more = texts.PERIOD_EVE_GAPS.format(lines=gaps) if gaps else ""
    said = texts.PERIOD_EVE.format(name=period.name, days=days, gaps=more)
    _tell(ctx, period, keepers, said, "eve")


def _tell(ctx: Context, period: SensitivePeriod, who: set[UserId], said: str, stage: str) -> None:
    """Tell those of *who* that have not left: their shifts stay until somebody has them."""
    here = sorted(ctx.uow.members.people(who))
    ctx.tell("sensitive_period", here, Text(text=said), subject=_subject(period), stage=stage)


def _listed(ctx: Context) -> str:
    today = today_of(ctx)
    found = periods_from(ctx, ctx.sender.bureau, today)
    if not found:
        return texts.PERIODS_NONE
    lines = [
        texts.PERIOD_LINE.format(
            name=one.name,
            days=days_text(one.first, one.last),
            state=texts.PERIOD_NOW if one.first <= today else "",
        )
        for one in found
    ]
    return texts.PERIODS.format(lines="\n".join(lines))


def periods_from(ctx: Context, bureau: UnitId, day: date) -> list[SensitivePeriod]:
    """Return the periods of a bureau that are not over on a day."""
    return [*ctx.uow.duty.sensitive_periods(bureau, day, day + _AHEAD)]


@registry.command(
    "取消重要时段",
    "结束重要时段",
    takes=Takes.WORDS,
    usage="取消重要时段 市两会",
    purpose="取消或提前结束重要时段",
    shown_to=_OVERSEERS,
)
def cancel_sensitive_period(ctx: Context, asked: Asked) -> str:
    if not keeps_duty(ctx):
        raise UserError(texts.ONLY_OVERSEERS)
    return _cancelled(ctx, asked.text)


def _cancelled(ctx: Context, words: str) -> str:
    """Cancel the period that the *words* name; those who are on then are told."""
    found = periods_from(ctx, ctx.sender.bureau, today_of(ctx))
    name = _ACT.sub("", words.strip(" 《》“”。.:："))
    if not name and len(found) != 1:
        raise UserError(texts.PERIOD_CANCEL_HOW if found else texts.PERIODS_NONE)
    meant = [one for one in found if not name or name in one.name]
    if not meant:
        raise UserError(texts.PERIOD_UNKNOWN.format(name=name))
    period = meant[0]
    _cancel(ctx, period)
    days = days_text(period.first, period.last)
    ctx.audit("sensitive:cancel", _subject(period), before=_fact(period))
    on = {
        one.shift.member
        for one in ctx.uow.duty.roster(period.bureau, period.first, period.last)
        if one.shift.ends_at > ctx.now
    }
    said = texts.PERIOD_CANCELLED_TOLD.format(name=period.name, days=days)
    _tell(ctx, period, on - {ctx.sender.userid}, said, f"cancelled {ctx.now.isoformat()}")
    return texts.PERIOD_CANCELLED.format(name=period.name, days=days)


def _cancel(ctx: Context, period: SensitivePeriod) -> None:
    period.cancelled_at = ctx.now
    ctx.uow.timers.cancel(_subject(period))


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's last word on a sensitive period, if he has had one since."""
    act = _last_act(ctx, event.since)
    if act is None:
        return None
    period = ctx.uow.duty.sensitive_period(int(act.subject.removeprefix("sensitive:")))
    if period is None:
        return None
    if act.tag == "sensitive:declare":
        _cancel(ctx, period)
        state = texts.PERIOD_UNDONE_SET
    else:
        period.cancelled_at = None
        _set_clocks(ctx, period)
        state = texts.PERIOD_UNDONE_CANCEL
    ctx.audit("sensitive:undo", act.subject, after={"act": act.tag})
    on = {one.shift.member for one in ctx.uow.duty.roster(period.bureau, period.first, period.last)}
    said = texts.PERIOD_UNDONE.format(name=period.name, state=state)
    _tell(ctx, period, on - {ctx.sender.userid}, said, f"undone {ctx.now.isoformat()}")
    return said


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    periods = ctx.uow.duty.periods_touched(ctx.sender.bureau, since)
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, [_subject(one) for one in periods], since)
    return None if act is None or act.tag == "sensitive:undo" else act
