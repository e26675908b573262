"""年度计划 as a sheet: new items without a number, known ones changed by theirs.

What is exported is read again: a row says what would change before it is done. A plan is entered as
a whole at the end, so that there is never half of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.context import Context
from handlers.kit.sheets import CHUNK, Column, Judged, Line, Seen, SheetBook
from handlers.plans import texts
from handlers.plans.changing import change, changes_of, facts_now
from handlers.plans.keeping import Facts, add
from handlers.plans.naming import call_named, day_text, named, owed_call, today_of
from handlers.rules.plans import LARGEST, MOST_NODES, TOPIC_LIMIT, WORDS_LIMIT, days_in, names_in
from storage.models import Sheet, Unit
from storage.queries.members import Named
from storage.queries.plans import Planned
from storage.vocabulary import NodeStatus, PlanItemId, RowVerdict, UnitId, UserId

COLUMNS = (
    Column(key="number", title="编号", names=("计划编号", "序号"), width=8),
    Column(key="year", title="年度", names=("年份", "年"), example="2026", width=8),
    Column(
        key="topic",
        title="题目",
        names=("宣传要点", "主题", "选题", "计划内容", "内容"),
        needed=True,
        example="国庆燃气安全宣传",
        width=30,
    ),
    Column(key="why", title="缘由", names=("依据", "背景"), example="节前检查", width=20),
    Column(
        key="units",
        title="科室",
        names=("责任科室", "单位", "责任单位", "部门"),
        needed=True,
        example="物业科、燃气科",
        width=20,
    ),
    Column(key="people", title="责任人", names=("联系人",), example="王芳", width=14),
    Column(
        key="days",
        title="节点",
        names=("时间节点", "节点日期", "完成时间", "时间"),
        needed=True,
        example="2026-09-28、2026-12-05",
        width=26,
    ),
    Column(key="kind", title="类型", names=("形式", "体裁"), example="经验做法", width=12),
    Column(key="channel", title="渠道", names=("媒体", "拟投渠道"), example="市日报", width=14),
    Column(key="weight", title="权重", example="1", width=6),
    Column(key="opens_calls", title="自动约稿", example="是", width=10),
)
_YEAR = re.compile(r"(20\d{2})\s*年?(?:\.0+)?")
_NUMBER = re.compile(r"(\d{1,4})\s*号?(?:\.0+)?")
_WEIGHT = re.compile(r"([1-5])(?:\.0+)?")
_SAID = {"是": True, "否": False, "√": True, "×": False, "y": True, "n": False, "": None}


class _FaultError(Exception):
    """Why a row cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says: of a known item, or of a new one."""

    year: int
    facts: Facts
    item: PlanItemId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    units: Mapping[str, Unit]
    people: Mapping[str, Sequence[Named]]
    plans: Mapping[int, Sequence[Planned]]


def judge(ctx: Context, lines: Sequence[Line], seen: Seen) -> Sequence[Judged]:
    """Say of each row whether it adds or changes an item, or why it cannot be taken."""
    known = _look_up(ctx, lines, seen)
    return [_judged(ctx, line, seen, known) for line in lines]


def _look_up(ctx: Context, lines: Iterable[Line], seen: Seen) -> _Known:
    bureau = ctx.sender.bureau
    if "units" not in seen.kept:
        seen.kept["units"] = {unit.name: unit for unit in ctx.uow.members.sections_of(bureau)}
        people: dict[str, list[Named]] = {}
        for member in ctx.uow.members.of_bureau(bureau):
            for name in {member.name, member.userid, *member.aliases}:
                people.setdefault(name, []).append(member)
        seen.kept["people"] = people
        seen.kept["plans"] = {}
    plans = seen.kept["plans"]
    for year in {_year(ctx, line) for line in lines} - plans.keys() - {None}:
        plans[year] = ctx.uow.plans.of_year(bureau, year)
    return _Known(units=seen.kept["units"], people=seen.kept["people"], plans=plans)


def _year(ctx: Context, line: Line) -> int | None:
    """Return the year of a row; this one where it names none, None where it is no year."""
    if not line.get("year"):
        return today_of(ctx).year
    found = _YEAR.fullmatch(line.get("year"))
    return int(found[1]) if found else None


def _judged(ctx: Context, line: Line, seen: Seen, known: _Known) -> Judged:
    try:
        planned, row = _read(ctx, line, known)
        _refuse_doubled(line, seen, known, planned, row)
    except _FaultError as fault:
        return Judged(number=line.number, verdict=RowVerdict.FAULT, said=str(fault))
    if planned is None:
        days = "、".join(day_text(day, today_of(ctx)) for day in row.facts.days)
        said = texts.ROW_NEW.format(days=days) + _past(ctx, row.facts.days)
        return Judged(number=line.number, verdict=RowVerdict.FRESH, said=said, what=row)
    changes = changes_of(ctx, planned, row.facts)
    if not changes:
        return Judged(number=line.number, verdict=RowVerdict.KNOWN, said=texts.ROW_KNOWN)
    said = texts.ROW_CHANGES.format(name=named(planned.item), changes="，".join(changes))
    return Judged(number=line.number, verdict=RowVerdict.FRESH, said=said, what=row)


def _past(ctx: Context, days: Sequence[date]) -> str:
    today = today_of(ctx)
    over = "、".join(day_text(day, today) for day in days if day < today)
    return texts.ROW_PAST_NODES.format(days=over) if over else ""


def _refuse_doubled(
    line: Line, seen: Seen, known: _Known, planned: Planned | None, row: Row
) -> None:
    """Refuse a second row about the same item, and one that doubles an item that there is."""
    if planned is not None:
        first = seen.said.setdefault(planned.item.id, line.number)
        if first != line.number:
            raise _FaultError(texts.ROW_TWICE.format(number=first))
        return
    same = (row.year, row.facts.topic, frozenset(row.facts.units))
    first = seen.said.setdefault(same, line.number)
    if first != line.number:
        raise _FaultError(texts.ROW_TWICE_TOPIC.format(number=first))
    for one in known.plans[row.year]:
        standing = any(node.status is not NodeStatus.CANCELLED for node in one.nodes)
        if standing and (one.item.year, one.item.topic, frozenset(one.units)) == same:
            name, number = named(one.item), one.item.number
            raise _FaultError(texts.ROW_TOPIC_KNOWN.format(name=name, number=number))


def _read(ctx: Context, line: Line, known: _Known) -> tuple[Planned | None, Row]:
    year = _year(ctx, line)
    if year is None:
        raise _FaultError(texts.ROW_BAD_YEAR.format(said=line.get("year")))
    planned = _numbered(line, known, year)
    before = facts_now(planned) if planned is not None else None
    facts = Facts(
        topic=_short(line, "topic", TOPIC_LIMIT, texts.ROW_NO_TOPIC),
        units=_units(line, known),
        days=_days(line, year),
        people=_people(line, known),
        why=_short(line, "why", WORDS_LIMIT),
        kind=_short(line, "kind", WORDS_LIMIT),
        channel=_short(line, "channel", WORDS_LIMIT),
        weight=_weight(line),
        opens_calls=_opens_calls(line, before=before.opens_calls if before else True),
    )
    return planned, Row(year=year, facts=facts, item=planned.item.id if planned else None)


def _numbered(line: Line, known: _Known, year: int) -> Planned | None:
    said = line.get("number")
    if not said:
        return None
    found = _NUMBER.fullmatch(said)
    if found is None:
        raise _FaultError(texts.ROW_BAD_NUMBER.format(said=said))
    number = int(found[1])
    planned = next((one for one in known.plans[year] if one.item.number == number), None)
    if planned is None:
        raise _FaultError(texts.ROW_NO_SUCH.format(year=year, number=number))
    return planned


def _short(line: Line, key: str, limit: int, missing: str = "") -> str:
    said = line.get(key).strip()
    if missing and not said:
        raise _FaultError(missing)
    if len(said) > limit:
        what = texts.WHAT[key]
        raise _FaultError(texts.LONG_WORDS.format(what=what, characters=len(said), limit=limit))
    return said


def _units(line: Line, known: _Known) -> Sequence[UnitId]:
    names = names_in(line.get("units"))
    if not names:
        raise _FaultError(texts.ROW_NO_UNITS)
    if unknown := [name for name in names if name not in known.units]:
        said = texts.UNKNOWN_UNITS.format(names="、".join(unknown), hint="")
        raise _FaultError(said)
    return [known.units[name].id for name in dict.fromkeys(names)]


def _people(line: Line, known: _Known) -> Sequence[UserId]:
    found: list[UserId] = []
    for name in names_in(line.get("people")):
        called = known.people.get(name, ())
        if len(called) != 1:
            form = texts.NAMESAKES if called else texts.UNKNOWN_PEOPLE
            raise _FaultError(form.format(names=name))
        found.append(called[0].userid)
    return list(dict.fromkeys(found))


def _days(line: Line, year: int) -> Sequence[date]:
    days, wrong = days_in(line.get("days"), date(year, 12, 31))
    if wrong:
        raise _FaultError(texts.ROW_BAD_DAY.format(said="、".join(wrong)))
    if not days:
        raise _FaultError(texts.ROW_NO_DAY)
    if len(days) > MOST_NODES:
        raise _FaultError(texts.MANY_DAYS.format(most=MOST_NODES))
    for day in days:
        if day.year != year:
            raise _FaultError(texts.ROW_DAY_YEAR.format(day=day.isoformat(), year=year))
    return days


def _weight(line: Line) -> int:
    said = line.get("weight") or "1"
    found = _WEIGHT.fullmatch(said)
    if found is None or int(found[1]) > LARGEST:
        raise _FaultError(texts.ROW_BAD_WEIGHT.format(said=said))
    return int(found[1])


def _opens_calls(line: Line, *, before: bool) -> bool:
    said = line.get("opens_calls").strip().lower()
    if said not in _SAID:
        raise _FaultError(texts.ROW_BAD_CALLS.format(said=said))
    wanted = _SAID[said]
    return before if wanted is None else wanted


def enter(_ctx: Context, _sheet: Sheet, _judged: Sequence[Judged], _seen: Seen) -> None:
    """Enter nothing yet: the plan is changed as a whole, at the end."""


def discard(_ctx: Context, _sheet: Sheet) -> None:
    """Forget nothing: nothing of it was entered."""


def finish(ctx: Context, sheet: Sheet, _seen: Seen) -> str:
    """Add what is new and change what is known; say how much, and which calls are to be seen to."""
    rows = _fresh(ctx, sheet)
    added = [row for row in rows if row.item is None]
    left: list[str] = []
    for row in rows:
        if row.item is None:
            add(ctx, sheet.bureau, row.year, row.facts, tag="plan:enter")
        elif (planned := ctx.uow.plans.lock(row.item)) is not None:
            gone = change(ctx, planned, row.facts)
            left += [call_named(call) for node in gone if (call := owed_call(ctx, node))]
    if not rows:
        return texts.ENTERED_NOTHING.format(file=sheet.filename)
    return texts.ENTERED.format(
        file=sheet.filename,
        added=len(added),
        changed=len(rows) - len(added),
        calls=texts.CALLS_TO_LOOK_AT.format(calls="、".join(left)) if left else "",
    )


def _fresh(ctx: Context, sheet: Sheet) -> list[Row]:
    seen, after = Seen(), 0
    found: list[Row] = []
    while rows := ctx.uow.sheets.rows(sheet.id, after, CHUNK):
        lines = [Line(number=number, cells=cells) for number, cells in rows]
        judged = judge(ctx, lines, seen)
        found += [one.what for one in judged if one.verdict is RowVerdict.FRESH]
        after = rows[-1][0]
    return found


BOOK = SheetBook(
    name="plans",
    title="年度计划",
    columns=COLUMNS,
    judge=judge,
    enter=enter,
    finish=finish,
    discard=discard,
)
