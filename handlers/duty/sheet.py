"""值班表 as a sheet: a row for each day; with a gap that nobody declared it is not taken."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.duty import texts
from handlers.duty.arranging import quality_text
from handlers.duty.commands import days_text
from handlers.duty.days import (
    LONGEST,
    Roster,
    day_text,
    duty_days,
    gap_lines,
    gaps_of,
    roster_of,
    slot_of,
    today_of,
)
from handlers.duty.saving import Place, save
from handlers.kit.context import Context
from handlers.kit.sheets import CHUNK, Column, Judged, Line, Seen, SheetBook
from handlers.rules.rota import DutyDay, Slot, Turn, quality
from handlers.rules.written_days import written_day
from storage.models import Sheet
from storage.queries.duty import Placed
from storage.queries.members import Named
from storage.vocabulary import DutyPosition, RowVerdict, ShiftKind, UserId

COLUMNS = (
    Column(key="day", title="日期", names=("时间", "值班日期"), needed=True, example="2026-10-01"),
    Column(key="weekday", title="星期", example="四", width=6),
    Column(key="nature", title="性质", example="国庆", width=10),
    Column(key="lead", title="带班领导", names=("带班", "带班人员"), example="刘伟", width=14),
    Column(key="by_day", title="白班", names=("白天",), example="秦飞", width=14),
    Column(key="by_night", title="夜班", names=("晚班", "夜间"), example="潘磊", width=14),
    Column(key="whole", title="值班员", names=("值班", "值班人员", "全天"), width=14),
    Column(key="backup", title="备班", names=("备勤", "备班人员"), width=14),
    Column(key="phone", title="值班电话", names=("电话",), width=14),
    Column(key="note", title="备注", names=("说明",), example="双带班：杨雪", width=20),
)
_PEOPLE = {
    "by_day": (ShiftKind.DAY, DutyPosition.DUTY),
    "by_night": (ShiftKind.NIGHT, DutyPosition.DUTY),
    "whole": (ShiftKind.WHOLE, DutyPosition.DUTY),
    "backup": (ShiftKind.WHOLE, DutyPosition.BACKUP),
}
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NOT_A_NAME = frozenset({"", "—", "-", "－", "无", "正常上班", "/"})
_SECOND_LEAD = re.compile(r"双带班\s*[:：]?\s*(?P<who>[^；;。]+)")
_AHEAD = timedelta(days=300)
_ROWS = "rows"


class _FaultError(Exception):
    """Why a row cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says of a day."""

    day: date
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    people: Mapping[str, Sequence[Named]]
    days: Mapping[date, DutyDay]
    placed: Mapping[date, Sequence[Placed]]


def judge(ctx: Context, lines: Sequence[Line], seen: Seen) -> Sequence[Judged]:
    """Say of each day whether it changes the roster; the last row bears the gaps of the whole."""
    known = _look_up(ctx, lines, seen)
    judged = [_judged(ctx, line, seen, known) for line in lines]
    if len(lines) < CHUNK and judged:
        judged[-1] = _with_gaps(ctx, judged[-1], seen)
    return judged


def _look_up(ctx: Context, lines: Iterable[Line], seen: Seen) -> _Known:
    if "people" not in seen.kept:
        people: dict[str, list[Named]] = {}
        for member in ctx.uow.members.of_bureau(ctx.sender.bureau):
            for name in {member.name, member.userid, *member.aliases}:
                people.setdefault(name, []).append(member)
        seen.kept["people"] = people
    days = [day for line in lines if (day := _day(ctx, line)) is not None]
    first, last = min(days, default=today_of(ctx)), max(days, default=today_of(ctx))
    if (last - first).days > LONGEST:
        last = first + timedelta(days=LONGEST)
    placed: dict[date, list[Placed]] = {}
    for one in ctx.uow.duty.roster(ctx.sender.bureau, first, last):
        placed.setdefault(one.shift.day, []).append(one)
    kinds = {day.day: day for day in duty_days(ctx, ctx.sender.bureau, first, last)}
    return _Known(people=seen.kept["people"], days=kinds, placed=placed)


def _day(ctx: Context, line: Line) -> date | None:
    """Return the day of a row; one without a year is the nearest in the coming months."""
    return written_day(line.get("day"), today_of(ctx) + _AHEAD)


def _judged(ctx: Context, line: Line, seen: Seen, known: _Known) -> Judged:
    if set(line.cells) == {"day"} and _day(ctx, line) is None:
        return Judged(number=line.number, verdict=RowVerdict.KNOWN)  # a note below the table
    try:
        row = _read(ctx, line, known)
        first = seen.said.setdefault(row.day, line.number)
        if first != line.number:
            day = day_text(row.day, today_of(ctx))
            raise _FaultError(texts.ROW_TWICE.format(day=day, number=first))  # noqa: TRY301 - told as any
    except _FaultError as fault:
        return Judged(number=line.number, verdict=RowVerdict.FAULT, said=str(fault))
    seen.kept.setdefault(_ROWS, {})[row.day] = row
    before = known.placed.get(row.day, ())
    facts = {(slot_of(one.shift), one.shift.member) for one in before}
    if before and facts == {(place.slot, place.member) for place in row.places}:
        return Judged(number=line.number, verdict=RowVerdict.KNOWN, said=texts.ROW_KNOWN)
    said = texts.ROW_REPLACES.format(count=len(before)) if before else ""
    return Judged(number=line.number, verdict=RowVerdict.FRESH, said=said, what=row)


def _read(ctx: Context, line: Line, known: _Known) -> Row:
    if not line.get("day"):
        raise _FaultError(texts.ROW_NO_DAY)
    day = _day(ctx, line)
    if day is None:
        raise _FaultError(texts.ROW_BAD_DAY.format(said=line.get("day")))
    if day <= today_of(ctx):
        raise _FaultError(texts.ROW_PAST.format(day=day_text(day, today_of(ctx))))
    if day not in known.days:
        raise _FaultError(texts.ROW_FAR.format(day=day_text(day, today_of(ctx)), days=LONGEST))
    places = [*_leads(line, known, day)]
    for key, (kind, position) in _PEOPLE.items():
        places += _places(line, known, Slot(day=day, kind=kind, position=position), line.get(key))
    if not places:
        raise _FaultError(texts.ROW_NOBODY)
    _refuse_doubled(places, known)
    return Row(day=day, places=tuple(places))


def _leads(line: Line, known: _Known, day: date) -> Sequence[Place]:
    """Read who leads, also the second one, who may stand among the notes: 双带班：杨雪."""
    kind = ShiftKind.NIGHT
    if not known.days[day].office_open or known.days[day].sensitive:
        kind = ShiftKind.WHOLE
    second = _SECOND_LEAD.search(line.get("note"))
    cell = f"{line.get('lead')}、{second['who'] if second else ''}"
    return _places(line, known, Slot(day=day, kind=kind, position=DutyPosition.LEAD), cell)


def _places(line: Line, known: _Known, slot: Slot, cell: str) -> Sequence[Place]:
    note = _SECOND_LEAD.sub("", line.get("note")).strip(" ;；,，。")
    names = [name for name in _BETWEEN.split(_BRACKETS.sub("", cell)) if name not in _NOT_A_NAME]
    return [
        Place(
            slot=Slot(day=slot.day, kind=slot.kind, position=slot.position, seat=seat),
            member=_member(known, name),
            phone=line.get("phone")[:40],
            note=note,
        )
        for seat, name in enumerate(dict.fromkeys(names))
    ]


def _member(known: _Known, name: str) -> UserId:
    found = known.people.get(name, ())
    if not found:
        raise _FaultError(texts.ROW_WHO.format(said=name))
    if len(found) > 1:
        raise _FaultError(texts.ROW_MANY.format(said=name))
    if not found[0].reachable:
        raise _FaultError(texts.ROW_UNREACHABLE.format(said=name))
    return found[0].userid


def _refuse_doubled(places: Sequence[Place], known: _Known) -> None:
    """Refuse a day on which somebody has two places at the same time."""
    times: dict[UserId, list[ShiftKind]] = {}
    for place in places:
        kinds = times.setdefault(place.member, [])
        if place.slot.kind in kinds or (ShiftKind.WHOLE in {place.slot.kind, *kinds[:1]} and kinds):
            names = [
                name for name, those in known.people.items() if those[0].userid == place.member
            ]
            raise _FaultError(texts.ROW_DOUBLED.format(said=names[0]))
        kinds.append(place.slot.kind)


def _with_gaps(ctx: Context, last: Judged, seen: Seen) -> Judged:
    """Let the last row say what is missing between the first day of the sheet and its last."""
    rows: Mapping[date, Row] = seen.kept.get(_ROWS, {})
    if last.verdict is RowVerdict.FAULT or not rows:
        return last
    roster = _whole(ctx, rows)
    if not roster.gaps:
        return last
    said = texts.ROW_GAPS.format(gaps=gap_lines(roster.gaps, today_of(ctx)).replace("\n", "；"))
    return Judged(number=last.number, verdict=RowVerdict.FAULT, said=said)


def _whole(ctx: Context, rows: Mapping[date, Row]) -> Roster:
    """Return the roster as it would be: the sheet's days, and what stands between them."""
    stands = roster_of(ctx, ctx.sender.bureau, min(rows), max(rows))
    taken = [place.slot for row in rows.values() for place in row.places]
    taken += [slot_of(one.shift) for one in stands.placed if one.shift.day not in rows]
    gaps = gaps_of(stands.policy.pattern, stands.days, taken, stands.declared)
    return replace(stands, gaps=gaps)


def enter(_ctx: Context, _sheet: Sheet, _judged: Sequence[Judged], _seen: Seen) -> None:
    """Enter nothing yet: a roster is saved as a whole, so that each is told of it once."""


def discard(_ctx: Context, _sheet: Sheet) -> None:
    """Forget nothing: nothing of it was entered."""


def finish(ctx: Context, sheet: Sheet, _seen: Seen) -> str:
    """Save the days that change, and tell everybody concerned; say how even the roster is."""
    lines = [Line(number=number, cells=cells) for number, cells in _all(ctx, sheet)]
    judged = judge(ctx, lines, Seen())
    rows = {one.what.day: one.what for one in judged if one.verdict is RowVerdict.FRESH}
    places = [place for row in rows.values() for place in row.places]
    told = save(ctx, sheet.bureau, list(rows), places) if rows else None
    if told is None:
        return texts.IMPORTED_NOTHING.format(file=sheet.filename)
    roster = roster_of(ctx, sheet.bureau, min(rows), max(rows))
    said = quality_text(roster.turns, roster)
    if twice := quality(_around(ctx, roster), {}).in_a_row:
        names = ctx.uow.members.names({who for who, _ in twice})
        said += texts.IN_A_ROW.format(names="、".join(sorted(names.values())))
    phone = any(place.phone for place in places) or roster.policy.phone
    return texts.IMPORTED.format(
        file=sheet.filename,
        days=days_text(min(rows), max(rows)),
        count=len(places),
        told=len(told),
        quality=said,
        phone="" if phone else texts.NO_PHONE_NOTE,
    )


def _all(ctx: Context, sheet: Sheet) -> Sequence[tuple[int, Mapping[str, str]]]:
    return ctx.uow.sheets.rows(sheet.id, 0, CHUNK)


def _around(ctx: Context, roster: Roster) -> Sequence[Turn]:
    first, last = roster.days[0].day, roster.days[-1].day
    day = timedelta(days=1)
    return roster_of(ctx, ctx.sender.bureau, first - day, last + day).turns


BOOK = SheetBook(
    name="duty",
    title="值班表",
    columns=COLUMNS,
    judge=judge,
    enter=enter,
    finish=finish,
    discard=discard,
)
