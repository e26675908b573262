"""The roster in the layout that offices know: Word, Excel, the page; shifts for calendars."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.duty import texts
from handlers.duty.arranging import quality_text
from handlers.duty.commands import days_text
from handlers.duty.days import Roster, gap_lines, kind_name, roster_of, today_of
from handlers.duty.policy import policy_of
from handlers.kit.context import Context
from handlers.rules.notices.report import Annex, Cell, Column, Report, Table
from handlers.rules.rota import DutyDay, Nature, Pattern
from storage.models import DutyShift
from storage.queries.duty import Placed
from storage.vocabulary import DutyPosition, ShiftKind, UnitId, UserId

_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=400)
_NATURES = {
    Nature.WORKDAY: "工作日",
    Nature.ADJUSTED: "调休上班",
    Nature.WEEKEND: "周末",
    Nature.HOLIDAY: "",
}
_OFFICE_OPEN = "正常上班"
_NONE = "—"


def roster_paper(ctx: Context, subject: str) -> Report:
    """Return a roster as a paper; *subject* is bureau:first:last."""
    bureau, first, last = subject.split(":")
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    roster = roster_of(ctx, UnitId(bureau), begins, ends)
    name = ctx.uow.members.unit(UnitId(bureau)).name
    days = f"{begins.year}年{days_text(begins, ends)}"
    return Report(
        title=f"{name}值班表",
        annexes=(Annex(title=days, table=roster_table(roster), note=_note(roster.policy.pattern)),),
        flows=True,
    )


def _note(pattern: Pattern) -> str:
    day, night = f"{pattern.day_begins:%H:%M}", f"{pattern.night_begins:%H:%M}"
    return (
        f"白班{day}至{night}，夜班{night}至次日{day}。带班领导保持电话24小时畅通，"
        "换班须事先经办公室同意，当面交接，未办事项逐项列明。"
    )


def roster_table(roster: Roster) -> Table:
    """Return the roster, a row for each day."""
    whole = roster.policy.whole
    backup = any(one.shift.position is DutyPosition.BACKUP for one in roster.placed)
    duties = ("值班员",) if whole else ("白班", "夜班")
    names = ["日期", "星期", "性质", "带班领导", *duties, *(["备班"] if backup else [])]
    widths = [6, 3, 5, 6, *(5.5 for _ in duties), *([5] if backup else []), 6, 5]
    rows = [_row(roster, day, whole=whole, backup=backup) for day in roster.days]
    columns = [
        Column(name=name, width=width)
        for name, width in zip([*names, "值班电话", "备注"], widths, strict=True)
    ]
    return Table(columns=tuple(columns), rows=tuple(rows))


def _row(roster: Roster, day: DutyDay, *, whole: bool, backup: bool) -> tuple[Cell, ...]:
    placed = roster.on(day.day)
    leads = _names(placed, DutyPosition.LEAD)
    around = _names(placed, DutyPosition.DUTY, ShiftKind.WHOLE)
    by_day = _names(placed, DutyPosition.DUTY, ShiftKind.DAY) + around
    by_night = _names(placed, DutyPosition.DUTY, ShiftKind.NIGHT) + around
    office = [_OFFICE_OPEN] if day.office_open and not by_day else []
    duties = [list(dict.fromkeys(by_day + by_night))] if whole else [by_day or office, by_night]
    cells = [leads[:1], *duties, *([_names(placed, DutyPosition.BACKUP)] if backup else [])]
    notes = [f"双带班：{'、'.join(leads[1:])}"] if leads[1:] else []
    notes += dict.fromkeys(one.shift.note for one in placed if one.shift.note)
    if day.day in roster.declared:
        notes.append(texts.DECLARED_DAY.format(reason=roster.declared[day.day].reason))
    phones = [one.shift.phone for one in placed if one.shift.phone]
    usual = roster.policy.phone if placed else ""
    return (
        day.day,
        texts.WEEKDAYS[day.day.weekday()],
        nature_text(day),
        *("、".join(cell) or _NONE for cell in cells),
        "、".join(dict.fromkeys(phones)) or usual,
        "；".join(notes),
    )


def nature_text(day: DutyDay) -> str:
    said = day.holiday or _NATURES[day.nature]
    return f"{said}·重要时段" if day.sensitive else said


def _names(
    placed: Sequence[Placed], position: DutyPosition, kind: ShiftKind | None = None
) -> list[str]:
    return [
        one.name
        for one in placed
        if one.shift.position is position and (kind is None or one.shift.kind is kind)
    ]


def roster_notes(ctx: Context, roster: Roster) -> Sequence[str]:
    """Say of a month how even its roster is, what is missing, and which times are sensitive."""
    first, last = roster.days[0].day, roster.days[-1].day
    notes = [
        texts.PERIOD_LINE.format(
            name=f"重要时段：{one.name}", days=days_text(one.first, one.last), state=""
        )
        for one in ctx.uow.duty.sensitive_periods(ctx.sender.bureau, first, last)
    ]
    if roster.placed:
        notes.append(quality_text(roster.turns, roster))
        ahead = {day: slots for day, slots in roster.gaps.items() if day >= today_of(ctx)}
        notes += [texts.PAGE_GAPS.format(lines=gap_lines(ahead, today_of(ctx)))] if ahead else []
    return notes


def feed_words(ctx: Context, member: UserId) -> tuple[str, str]:
    """Return how a member's calendar is called, and what stands with each of its entries."""
    found = ctx.uow.members.get(member)
    name, phone = (found.name, policy_of(ctx, found.bureau).phone) if found else ("", "")
    note = texts.FEED_NOTE.format(phone=phone) if phone else ""
    return texts.FEED_NAME.format(who=name), note


def shifts_of_member(ctx: Context, member: UserId) -> Sequence[DutyShift]:
    """Return what stands in a member's own calendar."""
    return ctx.uow.duty.of_member(member, ctx.now - _BEHIND, ctx.now + _AHEAD)


def calendar_title(shift: DutyShift) -> str:
    """Call a shift as a calendar shows it: 值班（夜班）."""
    position = texts.POSITIONS[shift.position]
    what = kind_name(shift.kind, shift.position)
    return position if what == position else f"{position}（{what}）"
