"""From figures to reports: the notice, the assessment sheet, the page about a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.rules.elsewhere import COUNTED, MEASURES
from handlers.rules.notices.figures import (
    Figures,
    Month,
    UnitFigures,
    percent,
    period_name,
    short_name,
)
from handlers.rules.notices.report import Annex, Chart, Report, Section, Series
from handlers.rules.notices.tables import (
    assessment_table,
    deductions_table,
    lines_table,
    outside_table,
    units_table,
    uses_table,
)
from handlers.rules.notices.wording import (
    ADDRESSED,
    overall,
    sections,
    standing,
    title_of,
)
from handlers.rules.scoring.lines import plain
from handlers.rules.scoring.texts import LEVEL_NAMES

DRAFT = "（草稿，未发布）"
CHANGED = "（数字已有变化，发布前请重算）"
UNITS = "各单位信息报送采用情况"
USES = "采用情况一览"
ELSEWHERE = "其他平台采用情况"
LINES = "计分明细"
ASSESSMENT = "{period}信息宣传工作考核表"
SCORES = "考核得分"
DEDUCTIONS = "扣分清单"
ONE_PAGE = "{unit}{period}信息宣传工作情况"
LEFT_OUT = "另有{count}行，见电子表格。"
LEVELS_NOTE = "每条信息按最高采用层级计一次。"
FOOT = "数字截至{at}，计分依据：{rules}。每个数字的出处见附件和信使的科室页。"
NO_RULES = "没有计分规则，只列报送和采用情况"
SIGNATURES = ("制表：", "审核：", "分管领导：")

_MOST_ROWS = 400
"""How many rows of a table stand in a Word file; the sheet has them all."""


def notice(  # noqa: PLR0913 - what a paper needs
    figures: Figures,
    free: Mapping[str, str],
    *,
    full: bool,
    whole: bool = False,
    signed: str,
    on: date,
    at: str,
    mark: str = "",
    appeal_until: date | None = None,
) -> Report:
    """Return the notice of a month.

    Args:
        figures: of all units.
        free: the office's own paragraphs, by section.
        full: the bureau publishes points and places.
        whole: every row and the evidence in full, for a sheet.
        signed: the office or the bureau.
        on: the day below the signature.
        at: when the figures were read, in words.
        mark: what it is not yet.
        appeal_until: the last day for objections, once it is released.
    """
    annexes = [
        Annex(title=UNITS, table=units_table(figures, full=full), note=LEVELS_NOTE),
        Annex(title=USES, table=uses_table(figures.uses, full=full, whole=whole)),
        Annex(title=ELSEWHERE, table=outside_table(figures)),
    ]
    if full and figures.rules:
        annexes.append(Annex(title=LINES, table=lines_table(figures.units, lambda _line: True)))
    return Report(
        title=title_of(figures),
        addressed=ADDRESSED,
        sections=sections(figures, free, appeal_until),
        annexes=_filled(annexes, whole=whole),
        signed=signed,
        date=f"{on.year}年{on.month}月{on.day}日",
        mark=mark,
        foot=FOOT.format(at=at, rules=figures.rules or NO_RULES),
    )


def assessment(figures: Figures, *, whole: bool, at: str) -> Report:
    """Return the sheet of a month, a quarter, half a year or a year, with its lists."""
    annexes = [
        Annex(title=SCORES, table=assessment_table(figures)),
        Annex(title=UNITS, table=units_table(figures, full=True), note=LEVELS_NOTE),
        Annex(title=USES, table=uses_table(figures.uses, full=True, whole=whole)),
        Annex(title=ELSEWHERE, table=outside_table(figures)),
        Annex(title=DEDUCTIONS, table=deductions_table(figures.units)),
    ]
    if whole:
        annexes.append(Annex(title=LINES, table=lines_table(figures.units, lambda _line: True)))
    said = Section(key="overall", heading="", paragraphs=tuple(overall(figures)))
    return Report(
        title=ASSESSMENT.format(period=period_name(figures.period)),
        sections=(said,),
        annexes=_filled(annexes, whole=whole),
        signatures=SIGNATURES,
        foot=FOOT.format(at=at, rules=figures.rules or NO_RULES),
    )


def one_page(figures: Figures, unit: UnitFigures, *, at: str) -> Report:
    """Return the page about one unit: what it did, what was used, and each point of its score."""
    uses = [use for use in figures.uses if use.unit == unit.name]
    annexes = [Annex(title=USES, table=uses_table(uses, full=bool(figures.rules), whole=False))]
    if figures.rules:
        annexes.append(Annex(title=LINES, table=lines_table([unit], lambda _line: True)))
    return Report(
        title=ONE_PAGE.format(unit=unit.name, period=period_name(figures.period)),
        sections=(Section(key="unit", heading="", paragraphs=unit_said(figures, unit)),),
        annexes=_filled(annexes, whole=False),
        foot=FOOT.format(at=at, rules=figures.rules or NO_RULES),
        flows=True,
    )


def unit_said(figures: Figures, unit: UnitFigures) -> tuple[str, ...]:
    """Return a unit's figures in words."""
    month = short_name(figures.period)
    levels = [
        f"{name}{count}条"
        for name, count in zip(LEVEL_NAMES.values(), unit.levels, strict=True)
        if count
    ]
    where = f"（{'、'.join(levels)}）" if levels else ""
    rate = percent(unit.adopted, unit.submitted) if unit.submitted else ""
    said = [
        f"{month}报送信息{unit.submitted}条",
        f"被采用{unit.adopted}条{where}",
        *([f"采用率{rate}"] if rate else []),
        *([f"获领导批示{unit.remarks}次"] if unit.remarks else []),
    ]
    lines = ["，".join(said) + "。"]
    if unit.target is not None:
        missing = f"还差{unit.missing}条" if unit.missing else "已完成"
        lines.append(f"报送任务{unit.target}条，{missing}。")
    for one in unit.elsewhere:
        aim = f"，目标{one.target}条" if one.target else ""
        lines.append(f"{one.source}{MEASURES[one.measure]}{one.value}{COUNTED[one.measure]}{aim}。")
    if figures.rules:
        points = f"{short_name(figures.counted)}得分{plain(unit.points)}分"
        lines.append(f"{points}，今年累计{plain(unit.total)}分，{standing(figures, unit)}。")
    return tuple(lines)


def trend_chart(months: Sequence[Month], name: str = "") -> Chart:
    """Return items handed in and used, by month."""
    said = "；".join(
        f"{short_name(each.period)}报送{each.submitted}条、采用{each.adopted}条" for each in months
    )
    return Chart(
        title=f"{name}各月报送与采用（条）",
        said=said + "。",
        labels=tuple(short_name(each.period) for each in months),
        series=(
            Series(name="报送", values=tuple(each.submitted for each in months)),
            Series(name="采用", values=tuple(each.adopted for each in months)),
        ),
    )


def level_chart(period: str, levels: Sequence[int]) -> Chart:
    """Return items used, by their highest level."""
    named = list(zip(LEVEL_NAMES.values(), levels, strict=True))
    return Chart(
        title=f"{short_name(period)}采用层级（条）",
        said="、".join(f"{name}{count}条" for name, count in named) + "。",
        labels=tuple(name for name, _ in named),
        series=(Series(name="采用", values=tuple(count for _, count in named)),),
        lying=True,
    )


def target_chart(period: str, units: Sequence[UnitFigures]) -> Chart:
    """Return what each unit handed in beside what was asked of it, in the units' own order."""
    short = sum(bool(unit.missing) for unit in units)
    return Chart(
        title=f"{short_name(period)}报送与任务（条）",
        said=f"{len(units)}个单位，{short}个还没有完成任务；每个单位的数字见下表。",
        labels=tuple(unit.name for unit in units),
        series=(
            Series(name="报送", values=tuple(unit.submitted for unit in units)),
            Series(name="任务", values=tuple(unit.target or 0 for unit in units)),
        ),
        lying=True,
    )


def _filled(annexes: Sequence[Annex], *, whole: bool) -> tuple[Annex, ...]:
    """Leave out tables without rows, and what a Word file is too small for."""
    found = []
    for annex in annexes:
        rows = annex.table.rows
        if not whole and len(rows) > _MOST_ROWS:
            table = replace(annex.table, rows=rows[:_MOST_ROWS])
            note = LEFT_OUT.format(count=len(rows) - _MOST_ROWS)
            found.append(replace(annex, table=table, note=note))
        elif rows:
            found.append(annex)
    return tuple(found)
