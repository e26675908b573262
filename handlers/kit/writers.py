"""Units as they are named, who writes for each, and since when they are there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from handlers.kit.context import Context
from storage.models import Unit
from storage.vocabulary import Role, UnitId, UserId

_ADDED = "unit:add"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who writes for a unit, and who heads it."""

    officers: Sequence[UserId] = field(default_factory=tuple)
    heads: Sequence[UserId] = field(default_factory=tuple)

    @property
    def writers(self) -> Sequence[UserId]:
        """The officers; the heads where there is none."""
        return self.officers or self.heads


def people_of(ctx: Context, bureau: UnitId, units: Collection[UnitId]) -> Mapping[UnitId, People]:
    """Return the people of units: of each role those of the nearest scope that has any.

    A head over the whole bureau is no unit's.
    """
    lineages = ctx.uow.members.lineages(units)
    below = {unit: _below(lineages[unit], bureau) for unit in units}
    scopes = {scope for each in below.values() for scope in each}
    held = ctx.uow.members.holders_over(scopes, {Role.OFFICER, Role.SECTION_HEAD})

    def nearest(role: Role, unit: UnitId) -> Sequence[UserId]:
        return next((held[role][scope] for scope in below[unit] if scope in held[role]), ())

    return {
        unit: People(officers=nearest(Role.OFFICER, unit), heads=nearest(Role.SECTION_HEAD, unit))
        for unit in units
    }


def _below(lineage: Sequence[UnitId], bureau: UnitId) -> Sequence[UnitId]:
    """Return what is below the bureau; the bureau itself only where it is asked of."""
    return list(takewhile(lambda scope: scope != bureau, lineage)) or lineage[:1]


def add_unit(ctx: Context, unit: Unit) -> None:
    """Take in a unit that nobody knew; from now on something may be wanted of it."""
    ctx.uow.members.add_unit(unit)
    ctx.audit(_ADDED, unit.id, after={"path": unit.path})


def there_before(ctx: Context, units: Sequence[Unit], moment: datetime) -> list[Unit]:
    """Return those of *units* that were there before *moment*.

    Of a unit from before this was noted it is not known when it came: it was always there.
    """
    added = ctx.uow.ledger.first(_ADDED, [unit.id for unit in units])
    return [unit for unit in units if unit.id not in added or added[unit.id] < moment]


def unit_said(said: str, names: Collection[str]) -> str | None:
    """Return the name that is said, in full or short: 物业科 is 物业管理科, if no other is."""
    if said in names:
        return said
    close = [name for name in names if _is_short_for(said, name)]
    return close[0] if len(close) == 1 else None


def _is_short_for(said: str, name: str) -> bool:
    left = iter(name)
    return len(said) > 1 and said[0] == name[0] and all(one in left for one in said)
