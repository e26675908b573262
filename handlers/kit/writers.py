"""Units as they are named, who writes for each, and since when they are there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

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
    held = ctx.uow.members.holders(bureau, {Role.OFFICER, Role.SECTION_HEAD})
    lineages = ctx.uow.members.lineages(units)

    def nearest(role: Role, unit: UnitId) -> Sequence[UserId]:
        scopes = held[role]
        below = (scope for scope in lineages[unit] if scope != bureau or unit == bureau)
        return next((scopes[scope] for scope in below if scope in scopes), ())

    return {
        unit: People(officers=nearest(Role.OFFICER, unit), heads=nearest(Role.SECTION_HEAD, unit))
        for unit in units
    }


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
