"""The tables behind a notice and an assessment sheet."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from handlers.rules.elsewhere import MEASURES
from handlers.rules.notices.figures import (
    Elsewhere,
    Figures,
    Line,
    UnitFigures,
    Use,
    percent,
    short_name,
)
from handlers.rules.notices.report import Cell, Column, Table
from handlers.rules.scoring.texts import LEVEL_NAMES
from storage.vocabulary import OutsideMeasure

_LOW, _CITY = 2, 3
_NOTHING = Decimal(0)
USED = OutsideMeasure.ADOPTED
NOBODY_ENTERED = "系统"

SORTS = (
    ("基础分", ("base",)),
    ("报送得分", ("quota", "bonus_cap")),
    ("采用得分", ("adoption",)),
    ("批示", ("instruction",)),
    ("约稿", ("call",)),
    ("扣分", ("penalty", "threshold", "strikes", "zero")),
)
"""Into which column of an assessment a line goes, by how its rule begins; the rest are 其他."""


def units_table(figures: Figures, *, full: bool) -> Table:
    """Return a row for each unit and their sum.

    *full* tells points and places, in their order; otherwise the units stand in their own order.
    """
    grouped = len(figures.groups) > 1
    columns = [
        *([Column(name="排名", width=3)] if full else []),
        Column(name="单位", width=8),
        *([Column(name="组别", width=5)] if grouped else []),
        *(Column(name=name, width=3) for name in ("任务", "报送", "采用")),
        Column(name="采用率", width=4),
        *(Column(name=name, width=3) for name in ("区县级及以下", "市级", "省级及以上", "批示")),
        *([Column(name="约稿（完成/应完成）", width=4)] if figures.called_for else []),
    ]
    if full and figures.rules:
        columns += [Column(name="本期得分"), Column(name="累计得分")]
        columns.append(Column(name="较上期", width=3))
    else:
        columns.append(Column(name="完成情况"))
    units = (
        [unit for group in figures.groups for unit in figures.ranked(group)]
        if full
        else figures.units
    )
    rows = [_unit(figures, unit, full=full, grouped=grouped) for unit in units]
    return Table(columns=tuple(columns), rows=(*rows, _sum(figures, full=full, grouped=grouped)))


def _unit(figures: Figures, unit: UnitFigures, *, full: bool, grouped: bool) -> tuple[Cell, ...]:
    end: tuple[Cell, ...]
    if full and figures.rules:
        end = (unit.points, unit.total, moved(unit))
    else:
        done = f"差{unit.missing}条" if unit.missing else "完成"
        end = (done if unit.target else "—",)
    return (
        *((unit.place,) if full else ()),
        unit.name,
        *((unit.group,) if grouped else ()),
        "—" if unit.target is None else unit.target,
        unit.submitted,
        unit.adopted,
        percent(unit.adopted, unit.submitted),
        *_levels(unit.levels),
        unit.remarks,
        *_calls(figures, unit.answered, unit.called_for),
        *end,
    )


def _sum(figures: Figures, *, full: bool, grouped: bool) -> tuple[Cell, ...]:
    end: tuple[Cell, ...] = (None,)
    if full and figures.rules:
        points = sum((unit.points for unit in figures.units), _NOTHING)
        end = (points, sum((unit.total for unit in figures.units), _NOTHING), None)
    return (
        *((None,) if full else ()),
        "合计",
        *((None,) if grouped else ()),
        sum(unit.target or 0 for unit in figures.units),
        figures.submitted,
        figures.adopted,
        percent(figures.adopted, figures.submitted),
        *_levels(figures.levels),
        figures.remarks,
        *_calls(figures, figures.answered, figures.called_for),
        *end,
    )


def _calls(figures: Figures, answered: int, called_for: int) -> tuple[Cell, ...]:
    return (f"{answered}/{called_for}",) if figures.called_for else ()


def outside_table(figures: Figures) -> Table:
    """Return what other systems counted, a row for each unit and system."""
    found = [(unit, one) for unit in figures.units for one in unit.elsewhere]
    sources = sorted({one.source for _, one in found})
    others = list(dict.fromkeys(one.measure for _, one in found if one.measure is not USED))
    columns = (
        Column(name="单位", width=8),
        Column(name="来源", width=6),
        *(Column(name=name) for name in (MEASURES[USED], "目标", "完成情况")),
        *(Column(name=MEASURES[measure]) for measure in others),
    )
    rows = []
    for source in sources:
        for unit in figures.units:
            if known := {one.measure: one for one in unit.elsewhere if one.source == source}:
                used = known.get(USED) or Elsewhere(source=source, measure=USED, value=0)
                missing = max(used.target - used.value, 0)
                done = f"差{missing}条" if missing else "完成"
                end = (used.target, done) if used.target else ("—", "—")
                rest = (known[name].value if name in known else None for name in others)
                rows.append((unit.name, source, used.value, *end, *rest))
    return Table(columns=columns, rows=tuple(rows))


def _levels(levels: Sequence[int]) -> tuple[int, int, int]:
    return sum(levels[:_LOW]), levels[_LOW], sum(levels[_CITY:])


def moved(unit: UnitFigures) -> str:
    """Return how a place changed: ↑2, ↓1, — where it did not or was none."""
    if unit.before is None or unit.before == unit.place:
        return "—"
    return f"{'↑' if unit.place < unit.before else '↓'}{abs(unit.before - unit.place)}"


def uses_table(uses: Sequence[Use], *, full: bool, whole: bool) -> Table:
    """Return the items that were used; *whole* writes the evidence out."""
    points = [Column(name="分值", width=3)] if full else []
    issued = whole or any(use.issue for use in uses)
    columns = (
        Column(name="稿号", width=2.5),
        Column(name="标题", width=12),
        Column(name="单位", width=5),
        Column(name="作者", width=4),
        Column(name="采用渠道", width=6),
        Column(name="层级", width=3.5),
        *([Column(name="期号", width=4)] if issued else []),
        Column(name="日期", width=6),
        *points,
        Column(name="佐证", width=20 if whole else 5),
    )
    rows = (
        (
            use.number,
            use.title,
            use.unit,
            use.author,
            use.channel,
            LEVEL_NAMES.get(use.level, use.level),
            *((use.issue,) if issued else ()),
            use.on,
            *((use.points,) if full else ()),
            use.evidence if whole or not use.evidence.startswith("http") else "有链接",
        )
        for use in uses
    )
    return Table(columns=columns, rows=tuple(rows))


def lines_table(units: Iterable[UnitFigures], fits: Callable[[Line], bool]) -> Table:
    """Return the score lines that fit, unit by unit; of several periods, each with its own."""
    found = [(unit, line) for unit in units for line in unit.lines if fits(line)]
    several = len({line.period for _, line in found}) > 1
    columns = (
        Column(name="单位", width=6),
        *([Column(name="所属期", width=4)] if several else []),
        Column(name="分值", width=3.5),
        Column(name="事由", width=24),
        Column(name="依据条款", width=8),
    )
    rows = (
        (
            unit.name,
            *((short_name(line.period),) if several else ()),
            line.points,
            line.note,
            line.row or line.rule,
        )
        for unit, line in found
    )
    return Table(columns=columns, rows=tuple(rows))


def deductions_table(units: Iterable[UnitFigures]) -> Table:
    """Return what was taken off, by days; what no day is known of stands with its period, last.

    What the rules took off by themselves (a task, a call, a bound) was entered by nobody.
    """
    found = [(unit, line) for unit in units for line in unit.lines if line.points < 0]
    found.sort(key=lambda each: (each[1].on is None, each[1].on or date.max))
    columns = (
        Column(name="日期", width=5),
        Column(name="单位", width=6),
        Column(name="事由", width=20),
        Column(name="依据条款", width=8),
        Column(name="分值", width=3.5),
        Column(name="确认人", width=4.5),
    )
    rows = (
        (
            line.on or (short_name(line.period) if line.period else ""),
            unit.name,
            line.note,
            line.row or line.rule,
            line.points,
            line.by or NOBODY_ENTERED,
        )
        for unit, line in found
    )
    return Table(columns=columns, rows=tuple(rows))


def by_sort(unit: UnitFigures) -> list[Decimal]:
    """Return a unit's points by sort; the last, 其他, makes them add up to its score."""
    found = [
        sum((line.points for line in unit.lines if line.rule.startswith(begins)), _NOTHING)
        for _, begins in SORTS
    ]
    return [*found, unit.points - sum(found, _NOTHING)]


def assessment_table(figures: Figures) -> Table:
    """Return the points of each unit by sort, with its place; sorts without points are left out."""
    ranked = [unit for group in figures.groups for unit in figures.ranked(group)]
    points = [by_sort(unit) for unit in ranked]
    names = [*(name for name, _ in SORTS), "其他"]
    shown = [place for place in range(len(names)) if any(each[place] for each in points)]
    columns = (
        Column(name="单位", width=8),
        Column(name="组别", width=5),
        *(Column(name=names[place], width=4) for place in shown),
        *(Column(name=name, width=4) for name in ("合计", "名次")),
        Column(name="等次", width=4),
    )
    rows = (
        (
            unit.name,
            unit.group or "—",
            *(each[place] for place in shown),
            unit.points,
            unit.place,
            "评优" if unit.awarded else "不达标" if unit.passed is False else "",
        )
        for unit, each in zip(ranked, points, strict=True)
    )
    return Table(columns=columns, rows=tuple(rows))
