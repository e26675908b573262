"""How the units of a bureau stand in a month: who handed in, who had nothing, who is silent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit.context import Context
from handlers.kit.events import ReportersAsked
from handlers.kit.own_settings import settings_of
from handlers.kit.writers import people_of
from handlers.rules.calendar import local, period_bounds
from handlers.zero_reports.policy import TABLE, ZeroReportPolicy
from storage.models import ZeroReport
from storage.vocabulary import UnitId, UserId

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The units of a bureau that owe something by the end of a month and have somebody to write.

    *zero* are the zero reports of those that handed in nothing, *silent* who writes for the others.
    """

    handed_in: Collection[UnitId]
    zero: Mapping[UnitId, ZeroReport]
    silent: Mapping[UnitId, Sequence[UserId]]


def is_used(ctx: Context, bureau: UnitId) -> bool:
    """Tell whether a bureau has zero reports."""
    return settings_of(ctx, ZeroReportPolicy, TABLE, bureau).on


def this_month(ctx: Context) -> str:
    return f"{local(ctx.now):%Y-%m}"


def month_before(day: date) -> str:
    return f"{day.replace(day=1) - _DAY:%Y-%m}"


def month_name(month: str, today: date) -> str:
    year = "" if month[:4] == f"{today.year}" else f"{month[:4]}年"
    return f"{year}{int(month[5:])}月"


def standing(ctx: Context, bureau: UnitId, month: str) -> Standing:
    """Return how the units of a bureau stand in a month.

    What counts is what was handed in since the time began of which something is owed.
    """
    asked = ReportersAsked(bureau=bureau, month=month, since={})
    ctx.emit(asked)
    people = people_of(ctx, bureau, list(asked.since))
    owing = {unit: since for unit, since in asked.since.items() if people[unit].writers}
    handed_in = _handed_in(ctx, owing, month)
    zero = {
        unit: one
        for unit, one in ctx.uow.zero_reports.of_bureau(bureau, month).items()
        if unit not in handed_in
    }
    return Standing(
        handed_in=handed_in,
        zero=zero,
        silent={
            unit: people[unit].writers
            for unit in owing
            if unit not in handed_in and unit not in zero
        },
    )


def _handed_in(ctx: Context, owing: Mapping[UnitId, date], month: str) -> Collection[UnitId]:
    """Return who handed in; asked once for each length of time, of which there are few."""
    _, end = period_bounds(month)
    found: set[UnitId] = set()
    for since in set(owing.values()):
        units = [unit for unit, begun in owing.items() if begun == since]
        start, _ = period_bounds(since.isoformat())
        found |= {one.unit for one in ctx.uow.scores.handed_in_by(units, start, end)}
    return found


def drafts_in(ctx: Context, unit: UnitId, month: str) -> int:
    """Count what a unit has handed in in a month."""
    return sum(one.drafts for one in ctx.uow.scores.handed_in_by([unit], *period_bounds(month)))
