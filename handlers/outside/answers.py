"""What is answered about figures of other systems: of one unit, or of all that one oversees."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.outside import texts
from handlers.rules.calendar import local
from handlers.rules.elsewhere import COUNTED, MEASURES
from handlers.rules.notices.figures import period_name, short_name
from handlers.rules.scoring.periods import months_of
from storage.models import OutsideFigure, Unit
from storage.vocabulary import OutsideMeasure, UnitId

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which *period* and which *sources* are asked for."""

    period: str
    sources: tuple[str, ...]

    @property
    def months(self) -> tuple[str, ...]:
        return months_of(self.period)


@dataclass(slots=True, kw_only=True)
class Sum:
    """What a unit, or all of them, have of a measure in the months of a period."""

    value: int = 0
    target: int = 0

    def add(self, figure: OutsideFigure) -> None:
        self.value += figure.value
        self.target += figure.target


Sums = Mapping[OutsideMeasure, Sum]


def of_unit(ctx: Context, unit: Unit, wanted: Wanted) -> str:
    """Return a line for each source of which the unit has figures in the period."""
    year, last = wanted.months[0][:4], wanted.months[-1]
    figures = ctx.uow.outside.of_units([unit.id], f"{year}-01", last)
    lines = []
    for source in wanted.sources:
        known = [figure for figure in figures if figure.source == source]
        here = [figure for figure in known if figure.month in wanted.months]
        if not here:
            continue
        used = sum(each.value for each in known if each.measure is OutsideMeasure.ADOPTED)
        said = texts.OWN.format(
            unit=unit.name,
            period=_called(ctx, wanted),
            source=source,
            figures="，".join(_said(measure, sums) for measure, sums in _sums(here).items()),
        )
        lines.append(said + texts.SINCE_JANUARY.format(value=used))
    return "\n".join(lines) or none(ctx, wanted)


def overview(ctx: Context, units: Collection[Unit], wanted: Wanted) -> str:
    """Return each source's sums, and which units are short; the office's and the leaders' view."""
    names = {unit.id: unit.name for unit in units}
    figures = ctx.uow.outside.of_units(list(names), wanted.months[0], wanted.months[-1])
    found = [
        _of_source(ctx, source, here, names, wanted)
        for source in wanted.sources
        if (here := [figure for figure in figures if figure.source == source])
    ]
    return "\n".join(found) or none(ctx, wanted)


def none(ctx: Context, wanted: Wanted) -> str:
    return texts.NONE.format(period=_called(ctx, wanted), sources="、".join(wanted.sources))


def _of_source(
    ctx: Context,
    source: str,
    figures: Sequence[OutsideFigure],
    names: Mapping[UnitId, str],
    wanted: Wanted,
) -> str:
    used: dict[UnitId, Sum] = defaultdict(Sum)
    for figure in figures:
        if figure.measure is OutsideMeasure.ADOPTED:
            used[figure.unit].add(figure)
    aimed = {unit: each for unit, each in used.items() if each.target}
    short = [unit for unit, each in aimed.items() if each.value < each.target]
    said = texts.OVERVIEW.format(
        period=_called(ctx, wanted),
        source=source,
        count=len({figure.unit for figure in figures}),
        done=texts.DONE_OF.format(done=len(aimed) - len(short)) if aimed else "",
        figures="，".join(_bare(measure, sums) for measure, sums in _sums(figures).items()),
    )
    if not short:
        return said
    worst = sorted(short, key=lambda unit: (used[unit].value - used[unit].target, names[unit]))
    lines = [
        texts.SHORT_LINE.format(unit=names[one], value=used[one].value, target=used[one].target)
        for one in worst[:_SHOWN]
    ]
    if len(worst) > _SHOWN:
        lines.append(texts.MORE.format(count=len(worst) - _SHOWN))
    return said + "\n" + texts.SHORT.format(lines="\n".join(lines))


def _sums(figures: Iterable[OutsideFigure]) -> Sums:
    sums: dict[OutsideMeasure, Sum] = defaultdict(Sum)
    for figure in figures:
        sums[figure.measure].add(figure)
    return sums


def _bare(measure: OutsideMeasure, sums: Sum) -> str:
    name, unit = MEASURES[measure], COUNTED[measure]
    return texts.FIGURE.format(measure=name, value=sums.value, unit=unit)


def _said(measure: OutsideMeasure, sums: Sum) -> str:
    said, unit = _bare(measure, sums), COUNTED[measure]
    if not sums.target:
        return said
    missing = sums.target - sums.value
    left = texts.LEFT.format(missing=missing, unit=unit) if missing > 0 else texts.REACHED
    return said + texts.OF_TARGET.format(target=sums.target, unit=unit, left=left)


def _called(ctx: Context, wanted: Wanted) -> str:
    this_year = wanted.period[:4] == str(local(ctx.now).year)
    return short_name(wanted.period) if this_year else period_name(wanted.period)
