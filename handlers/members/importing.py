"""Bring a roster into the tables: units as they appear, members, roles with their scopes."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.writers import add_unit
from handlers.members.roster import BadRow, Row
from storage.models import Member, Unit
from storage.vocabulary import Role, UnitId, UnitKind

_OWN_UNIT = frozenset({Role.OFFICER, Role.SECTION_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did; *bad* lists every line that was left out."""

    added: int
    changed: int
    bad: tuple[BadRow, ...]


def import_roster(ctx: Context, rows: Sequence[Row], bad: Sequence[BadRow]) -> ImportReport:
    """Make the members and their roles what the rows say; members not named stay as they are."""
    left_out = list(bad)
    for row in rows:
        _unit(ctx, row.unit)
    added = changed = 0
    for row in rows:
        scopes, unknown = _scopes(ctx, row)
        if unknown:
            reason = f"in_charge_of names no unit of the bureau: {', '.join(unknown)}"
            left_out.append(BadRow(line=row.line, reason=reason))
            continue
        is_new = _save(ctx, row, scopes)
        added, changed = added + is_new, changed + (not is_new)
    return ImportReport(
        added=added, changed=changed, bad=tuple(sorted(left_out, key=lambda row: row.line))
    )


def _save(ctx: Context, row: Row, scopes: list[tuple[Role, UnitId]]) -> bool:
    before = ctx.uow.members.get(row.userid)
    unit = _unit(ctx, row.unit)
    ctx.uow.members.save(
        Member(
            userid=row.userid,
            name=row.name,
            unit=unit.id,
            bureau=unit.bureau,
            aliases=list(row.aliases),
            active=True,
        )
    )
    ctx.uow.members.set_roles(row.userid, set(scopes))
    ctx.audit(
        "member:import",
        row.userid,
        after={"unit": row.unit, "roles": [str(role) for role in row.roles]},
    )
    return before is None


def _scopes(ctx: Context, row: Row) -> tuple[list[tuple[Role, UnitId]], list[str]]:
    """Return each role with the unit it is held over, and names that stand for no unit.

    Officers and section heads hold theirs over their own unit; a deputy over the sections that he
    is in charge of, or the whole bureau where none is named; all others over the bureau.
    """
    own = _unit(ctx, row.unit)
    units = ctx.uow.members.units_of(own.bureau)
    by_name = {name: unit.id for unit in units for name in (unit.name, unit.path)}
    scopes: list[tuple[Role, UnitId]] = []
    for role in row.roles:
        if role in _OWN_UNIT:
            scopes.append((role, own.id))
        elif role is Role.DEPUTY and row.in_charge_of:
            scopes += [(role, by_name[name]) for name in row.in_charge_of if name in by_name]
        else:
            scopes.append((role, own.bureau))
    return scopes, [name for name in row.in_charge_of if name not in by_name]


def _unit(ctx: Context, path: str) -> Unit:
    """Return the unit at *path*, made with everything above it if it is new."""
    found = ctx.uow.members.unit_at(path)
    if found is not None:
        return found
    above, _, name = path.rpartition("/")
    parent = _unit(ctx, above) if above else None
    identity = UnitId(ctx.new_id())
    unit = Unit(
        id=identity,
        bureau=parent.bureau if parent else identity,
        parent=parent.id if parent else None,
        kind=UnitKind.SECTION if parent else UnitKind.BUREAU,
        name=name,
        path=path,
    )
    add_unit(ctx, unit)
    return unit
