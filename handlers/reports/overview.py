"""What the dashboards show: the figures that a visitor may see, as charts and tables."""

from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.reports.figures import figures_of, trend_of_unit
from handlers.reports.sheets import seen_units
from handlers.rules.notices.building import (
    level_chart,
    target_chart,
    trend_chart,
    unit_said,
)
from handlers.rules.notices.figures import Figures, UnitFigures, percent
from handlers.rules.notices.report import Chart, Table
from handlers.rules.notices.tables import lines_table, uses_table
from handlers.rules.notices.wording import overall
from handlers.rules.scoring.periods import months_of
from handlers.rules.visibility import (
    may_read_drafted_notices,
    may_see_all_points,
)
from storage.models import Notice
from storage.vocabulary import NoticeId, NoticeStatus, UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauShown:
    """A bureau in a period; *units* are those whose figures the visitor may see.

    *everything*: he sees all of them, so points and places stand beside one another.
    """

    name: str
    said: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    units: tuple[UnitFigures, ...]
    everything: bool
    points: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitShown:
    """A unit in a period, with what was used of it and each line of its score."""

    name: str
    said: tuple[str, ...]
    charts: tuple[Chart, ...]
    uses: Table
    lines: Table
    rules: str


def oversees(ctx: Context) -> bool:
    """Tell whether the visitor sees more than his own unit."""
    return any(unit.id != ctx.sender.unit for unit in seen_units(ctx))


def sees_own(ctx: Context) -> bool:
    """Tell whether the visitor is of a unit that is counted."""
    return any(unit.id == ctx.sender.unit for unit in seen_units(ctx))


def bureau(ctx: Context, period: str) -> BureauShown:
    figures = figures_of(ctx, ctx.sender.bureau, period)
    seen = {unit.id for unit in seen_units(ctx)}
    units = tuple(unit for unit in figures.units if unit.id in seen)
    everything = may_see_all_points(viewer(ctx), ctx.sender.bureau)
    if everything:
        units = tuple(unit for group in figures.groups for unit in figures.ranked(group))
    return BureauShown(
        name=figures.bureau,
        said=tuple(overall(figures)),
        facts=_facts(figures),
        charts=(
            trend_chart(figures.trend),
            level_chart(period, figures.levels),
            target_chart(period, tuple(unit for unit in figures.units if unit.id in seen)),
        ),
        units=units,
        everything=everything,
        points=bool(figures.rules),
    )


def unit(ctx: Context, wanted: UnitId, period: str) -> UnitShown | None:
    """Return a unit that the visitor may see; None where there is none for him."""
    if wanted not in {each.id for each in seen_units(ctx)}:
        return None
    figures = figures_of(ctx, ctx.sender.bureau, period)
    found = figures.unit(wanted)
    if found is None:
        return None
    months = trend_of_unit(ctx, wanted, period)
    uses = [use for use in figures.uses if use.unit == found.name]
    return UnitShown(
        name=found.name,
        said=unit_said(figures, found),
        charts=(
            trend_chart(months, found.name),
            level_chart(period, found.levels),
            target_chart(period, (found,)),
        ),
        uses=uses_table(uses, full=bool(figures.rules), whole=True),
        lines=lines_table([found], lambda _line: True),
        rules=figures.rules,
    )


def notice_of(ctx: Context, period: str) -> Notice | None:
    """Return the notice of a month that the visitor may read."""
    found = ctx.uow.notices.of(ctx.sender.bureau, period)
    return found if found is not None and _reads(ctx, found) else None


def readable(ctx: Context, notice: NoticeId) -> Notice | None:
    """Return a notice if it is the visitor's to read."""
    found = ctx.uow.notices.find(notice)
    return found if found is not None and _reads(ctx, found) else None


def near(period: str) -> tuple[str, str]:
    """Return the periods of the same length before and after *period*."""
    length = len(months_of(period))
    year, _, part = period.partition("-")
    if not part:
        return str(int(year) - 1), str(int(year) + 1)
    sign, number = ("", int(part)) if length == 1 else (part[0], int(part[1:]))
    count = 12 // length
    places = [int(year) * count + number - 1 + step for step in (-1, 1)]
    form = "{0}-{1:02}" if length == 1 else "{0}-{2}{1}"
    before, after = (form.format(place // count, place % count + 1, sign) for place in places)
    return before, after


def _reads(ctx: Context, notice: Notice) -> bool:
    if notice.bureau != ctx.sender.bureau:
        return False
    released = notice.status is NoticeStatus.RELEASED
    return released or may_read_drafted_notices(viewer(ctx), notice.bureau)


def _facts(figures: Figures) -> tuple[tuple[str, str], ...]:
    short = sum(bool(unit.missing) for unit in figures.units)
    return (
        ("报送", f"{figures.submitted}条"),
        ("采用", f"{figures.adopted}条"),
        ("采用率", percent(figures.adopted, figures.submitted)),
        ("批示", f"{figures.remarks}次"),
        ("未完成任务", f"{short}个单位"),
    )
