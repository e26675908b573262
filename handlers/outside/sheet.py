"""外部数据表: what its columns mean, and what its rows change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.sheets import Column, Judged, Line, Seen, SheetBook
from handlers.outside import texts
from handlers.outside.entering import Key, Row, discard, release, stage
from handlers.outside.policy import OutsidePolicy
from handlers.rules.calendar import local
from handlers.rules.elsewhere import MEASURES
from handlers.rules.written_days import written_month
from storage.models import OutsideFigure, Unit
from storage.vocabulary import OutsideMeasure, RowVerdict

COLUMNS = (
    Column(
        key="unit",
        title="单位",
        names=("科室", "部门", "单位名称", "科室（单位）"),
        needed=True,
        example="物业科",
        width=24,
    ),
    Column(
        key="month",
        title="月份",
        names=("月", "日期", "统计月份"),
        needed=True,
        example="2026-09",
    ),
    Column(key="source", title="来源", names=("平台", "系统"), example="学习强国", width=14),
    Column(
        key="adopted",
        title="采用",
        names=("采用数", "采用条数", "采用篇数", "供稿采用", "录用"),
        example="2",
        width=10,
    ),
    Column(key="target", title="目标", names=("任务", "任务数", "指标"), example="3", width=10),
    Column(key="registered", title="注册", names=("注册人数", "注册数"), width=10),
    Column(key="active", title="登录", names=("登录人数", "活跃", "活跃人数", "参与"), width=10),
    Column(key="points", title="积分", names=("总积分",), width=10),
)
_TITLES = {column.key: column.title for column in COLUMNS}
_WHOLE = re.compile(r"\d{1,9}(?:\.0+)?")
_USE_OF_APP = (OutsideMeasure.REGISTERED, OutsideMeasure.ACTIVE, OutsideMeasure.POINTS)


class _FaultError(Exception):
    """Why a row cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    units: Mapping[str, Sequence[Unit]]
    figures: Mapping[tuple[Key, OutsideMeasure], OutsideFigure]


def judge(ctx: Context, lines: Sequence[Line], seen: Seen) -> Sequence[Judged]:
    """Say of each row whether it adds or changes a figure, or why it cannot be taken."""
    known = _look_up(ctx, lines, seen)
    return [_judged(ctx, line, seen, known) for line in lines]


def _look_up(ctx: Context, lines: Iterable[Line], seen: Seen) -> _Known:
    if "units" not in seen.kept:
        units: dict[str, list[Unit]] = {}
        for unit in ctx.uow.members.units_of(ctx.sender.bureau):
            for name in {unit.name, unit.path}:
                units.setdefault(name, []).append(unit)
        seen.kept["units"] = units
    today = local(ctx.now).date()
    months = {written_month(line.get("month"), today) for line in lines} - {None}
    figures = {
        ((figure.unit, figure.month, figure.source), figure.measure): figure
        for figure in ctx.uow.outside.of_bureau(ctx.sender.bureau, [each or "" for each in months])
    }
    return _Known(units=seen.kept["units"], figures=figures)


def _judged(ctx: Context, line: Line, seen: Seen, known: _Known) -> Judged:
    try:
        row = _read(ctx, line, known)
        first = seen.said.setdefault(row.key, line.number)
        if first != line.number:
            raise _FaultError(texts.ROW_TWICE.format(number=first))  # noqa: TRY301 - told as any
    except _FaultError as fault:
        return Judged(number=line.number, verdict=RowVerdict.FAULT, said=str(fault))
    changes, adds = _compared(row, known)
    if not changes and not adds:
        return Judged(number=line.number, verdict=RowVerdict.KNOWN, said=texts.ROW_KNOWN)
    said = texts.ROW_CHANGES.format(changes="，".join(changes)) if changes else ""
    return Judged(number=line.number, verdict=RowVerdict.FRESH, said=said, what=row)


def _read(ctx: Context, line: Line, known: _Known) -> Row:
    policy = ctx.policy(OutsidePolicy)
    unit = _unit(line.get("unit"), known)
    month = _month(ctx, line.get("month"))
    source = line.get("source") or policy.sources[0]
    if source not in policy.sources:
        listed = "、".join(policy.sources)
        raise _FaultError(texts.ROW_BAD_SOURCE.format(said=source, sources=listed))
    values = {}
    for measure in OutsideMeasure:
        cell = line.get(measure.value)
        if cell and measure in _USE_OF_APP and not policy.use_of_app:
            raise _FaultError(texts.ROW_OFF.format(title=_TITLES[measure.value]))
        if cell:
            values[measure] = _whole(cell, measure.value)
    if not values:
        raise _FaultError(texts.ROW_NOTHING)
    target = _whole(line.get("target"), "target") if line.get("target") else 0
    return Row(unit=unit, month=month, source=source, values=values, target=target)


def _unit(cell: str, known: _Known) -> Unit:
    if not cell:
        raise _FaultError(texts.ROW_NO_UNIT)
    found = known.units.get(cell, ())
    if not found:
        raise _FaultError(texts.ROW_BAD_UNIT.format(said=cell))
    if len(found) > 1:
        raise _FaultError(texts.ROW_MANY_UNITS.format(said=cell, path=found[0].path))
    return found[0]


def _month(ctx: Context, cell: str) -> str:
    if not cell:
        raise _FaultError(texts.ROW_NO_MONTH)
    today = local(ctx.now).date()
    month = written_month(cell, today)
    if month is None:
        raise _FaultError(texts.ROW_BAD_MONTH.format(said=cell))
    if month > f"{today:%Y-%m}":
        raise _FaultError(texts.ROW_FUTURE.format(month=month))
    return month


def _whole(cell: str, key: str) -> int:
    if _WHOLE.fullmatch(cell) is None:
        raise _FaultError(texts.ROW_BAD_VALUE.format(title=_TITLES[key], said=cell))
    return int(float(cell))


def _compared(row: Row, known: _Known) -> tuple[list[str], bool]:
    """Return what the row would change, and whether it adds anything."""
    changes, adds = [], False
    for measure, value in row.values.items():
        was = known.figures.get((row.key, measure))
        if was is None:
            adds = True
            continue
        target = row.target_of(measure) or was.target
        for title, old, new in (
            (MEASURES[measure], was.value, value),
            (_TITLES["target"], was.target, target),
        ):
            if old != new:
                changes.append(texts.ROW_CHANGE.format(title=title, old=old, new=new))
    return changes, adds


BOOK = SheetBook(
    name="outside",
    title="外部数据表",
    columns=COLUMNS,
    judge=judge,
    enter=stage,
    finish=release,
    discard=discard,
)
