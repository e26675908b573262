"""Who is who, and who holds which role over a unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from storage.models import Delegation, Member, MemberPreference, RoleAssignment, Unit
from storage.queries.tables import run, table_of
from storage.vocabulary import CANARY, Role, UnitId, UnitKind, UserId

_members, _units = table_of(Member), table_of(Unit)
_OF_BUREAU = (
    select(
        _members.c.userid,
        _members.c.name,
        _members.c.unit,
        _members.c.aliases,
        _members.c.reachable,
    )
    .join(_units, _units.c.id == _members.c.unit)
    .where(_units.c.bureau == bindparam("bureau"), _members.c.active)
    .order_by(_members.c.userid)
)
_LEFT = select(_members.c.userid).where(
    _members.c.userid.in_(bindparam("userids", expanding=True)), _members.c.active.is_(False)
)
PERSON = tuple(
    _members.c[name] for name in ("userid", "name", "unit", "bureau", "active", "reachable")
)
"""The columns of which `Person.of` makes a person."""

_wishes = table_of(MemberPreference)
_roles = table_of(RoleAssignment)
_ROLES_OF = select(_roles.c.role, _roles.c.scope).where(_roles.c.member == bindparam("member"))
# Built once: to build one costs more than to run it, and each alert asks all of them.
_PEOPLE = select(*PERSON).where(
    _members.c.userid.in_(bindparam("who", expanding=True)), _members.c.active
)
_NAMES = select(_members.c.userid, _members.c.name).where(
    _members.c.userid.in_(bindparam("who", expanding=True))
)
_HOLDERS = (
    select(RoleAssignment.role, RoleAssignment.scope, RoleAssignment.member)
    .join(Unit, Unit.id == RoleAssignment.scope)
    .join(Member, Member.userid == RoleAssignment.member)
    .where(
        Unit.bureau == bindparam("bureau"),
        RoleAssignment.role.in_(bindparam("roles", expanding=True)),
        Member.active,
    )
    .order_by(RoleAssignment.id)
)
_HOLDERS_OVER = (
    select(_roles.c.role, _roles.c.scope, _roles.c.member)
    .join(_members, _members.c.userid == _roles.c.member)
    .where(
        _roles.c.scope.in_(bindparam("units", expanding=True)),
        _roles.c.role.in_(bindparam("roles", expanding=True)),
        _members.c.active,
    )
    .order_by(_roles.c.id)
)
_SUBSTITUTES = (
    select(Delegation.substitute, Delegation.absent)
    .join(Member, Member.userid == Delegation.substitute)
    .where(
        Delegation.absent.in_(bindparam("absent", expanding=True)),
        Delegation.starts_at <= bindparam("now"),
        Delegation.ends_at > bindparam("now"),
        Member.active,
    )
    .order_by(Delegation.id)
)
_ABOVE = (
    select(Unit.id, Unit.parent)
    .where(Unit.id.in_(bindparam("units", expanding=True)))
    .cte(recursive=True)
)
_TREE = select(_ABOVE.union(select(Unit.id, Unit.parent).join(_ABOVE, Unit.id == _ABOVE.c.parent)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An active member, as far as a message of his needs to know him."""

    userid: UserId
    name: str
    unit: UnitId
    bureau: UnitId
    reachable: bool = True

    @classmethod
    def of(cls, row: Row[Any]) -> "Person":
        return cls(
            userid=row.userid,
            name=row.name,
            unit=row.unit,
            bureau=row.bureau,
            reachable=row.reachable,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a member asked of the bot: silence until a moment, at some hours, about some topics."""

    muted_until: datetime | None = None
    quiet: tuple[time, time] | None = None
    off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, row: Row[Any] | MemberPreference) -> "Wishes":
        quiet = (row.quiet_from, row.quiet_until)
        return cls(
            muted_until=row.muted_until,
            quiet=(time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
            if any(quiet)
            else None,
            off=frozenset(row.off),
        )


class Named(NamedTuple):
    """A member by his names: all of a bureau are looked through for one that somebody said."""

    userid: UserId
    name: str
    unit: UnitId
    aliases: Sequence[str]
    reachable: bool


class Members:
    """Units, members, roles, delegations and preferences."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, userid: UserId) -> Member | None:
        return self._session.get(Member, userid)

    def person(self, userid: UserId) -> Person | None:
        """Return who it is, if the bot may talk to him."""
        found = select(*PERSON).where(_members.c.userid == userid, _members.c.active)
        row = self._session.execute(found).one_or_none()
        return Person.of(row) if row is not None else None

    def people(self, userids: Collection[UserId]) -> Mapping[UserId, Person]:
        """Return those whom the bot may talk to."""
        if not userids:
            return {}
        rows = self._session.execute(_PEOPLE, {"who": list(userids)})
        return {row.userid: Person.of(row) for row in rows}

    def left(self, userids: Collection[UserId]) -> Collection[UserId]:
        """Return those who have left; who was never a member has not."""
        if not userids:
            return frozenset()
        return frozenset(run(self._session, _LEFT, {"userids": list(userids)}).scalars())

    def active(self, userid: UserId) -> Member | None:
        """Return the member if the bot may talk to him."""
        member = self.get(userid)
        return member if member is not None and member.active else None

    def reached(self, userid: UserId) -> None:
        """Note that messages can reach the member: he writes himself."""
        self._session.execute(update(Member).where(Member.userid == userid).values(reachable=True))

    def everybody(self) -> Sequence[tuple[Member, str]]:
        """Return each active member with the path of his unit; the self-check's are nobody."""
        rows = self._session.execute(
            select(Member, Unit.path)
            .join(Unit, Unit.id == Member.unit)
            .where(Member.active, Member.bureau != CANARY)
            .order_by(Unit.path, Member.userid)
        )
        return [(row.Member, row.path) for row in rows]

    def names(self, userids: Collection[UserId]) -> Mapping[UserId, str]:
        if not userids:
            return {}
        rows = self._session.execute(_NAMES, {"who": list(userids)})
        return {row.userid: row.name for row in rows}

    def of_bureau(self, bureau: UnitId) -> Sequence[Named]:
        """Return the active members of a bureau, with the names that they go by."""
        return [Named(*row) for row in run(self._session, _OF_BUREAU, {"bureau": bureau})]

    def roles_held_in(self, bureau: UnitId) -> set[tuple[Role, str]]:
        """Return each role that an active member holds in a bureau, with the path of its scope."""
        rows = self._session.execute(
            select(RoleAssignment.role, Unit.path)
            .join(Unit, Unit.id == RoleAssignment.scope)
            .join(Member, Member.userid == RoleAssignment.member)
            .where(Unit.bureau == bureau, Member.active)
            .distinct()
        )
        return {(row.role, row.path) for row in rows}

    def holders(
        self, bureau: UnitId, roles: Collection[Role]
    ) -> Mapping[Role, Mapping[UnitId, Sequence[UserId]]]:
        """Return who in a bureau holds each of *roles* over which unit."""
        rows = self._session.execute(_HOLDERS, {"bureau": bureau, "roles": list(roles)})
        found: dict[Role, dict[UnitId, list[UserId]]] = {role: {} for role in roles}
        for row in rows:
            found[row.role].setdefault(row.scope, []).append(row.member)
        return found

    def holders_over(
        self, units: Collection[UnitId], roles: Collection[Role]
    ) -> Mapping[Role, Mapping[UnitId, Sequence[UserId]]]:
        """Return who holds each of *roles* over one of *units* itself."""
        rows = run(self._session, _HOLDERS_OVER, {"units": list(units), "roles": list(roles)})
        found: dict[Role, dict[UnitId, list[UserId]]] = {role: {} for role in roles}
        for role, scope, member in rows:
            found[role].setdefault(scope, []).append(member)
        return found

    def bureaus(self) -> Sequence[Unit]:
        return self._session.scalars(
            select(Unit).where(Unit.kind == UnitKind.BUREAU).order_by(Unit.path)
        ).all()

    def names_in(self, bureau: UnitId) -> Sequence[str]:
        """Return the names of everybody in a bureau."""
        return self._session.scalars(
            select(Member.name).join(Unit, Unit.id == Member.unit).where(Unit.bureau == bureau)
        ).all()

    def unit_names(self, units: Collection[UnitId]) -> Mapping[UnitId, str]:
        rows = self._session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units)))
        return {row.id: row.name for row in rows}

    def called(self, bureau: UnitId, names: Collection[str]) -> Sequence[Member]:
        """Return the active members of a bureau that have one of *names*."""
        return self._session.scalars(
            select(Member).where(Member.bureau == bureau, Member.name.in_(names), Member.active)
        ).all()

    def bureau_of_each(self) -> Mapping[UserId, UnitId]:
        """Return the bureau of each member, also of those who left; the self-check's are nobody."""
        rows = self._session.execute(
            select(Member.userid, Member.bureau).where(Member.bureau != CANARY)
        )
        return {row.userid: row.bureau for row in rows}

    def unit(self, unit: UnitId) -> Unit:
        return self._session.get_one(Unit, unit)

    def unit_at(self, path: str) -> Unit | None:
        return self._session.scalar(select(Unit).where(Unit.path == path))

    def units_of(self, bureau: UnitId) -> Sequence[Unit]:
        return self._session.scalars(
            select(Unit).where(Unit.bureau == bureau).order_by(Unit.path)
        ).all()

    def sections_of(self, bureau: UnitId) -> Sequence[Unit]:
        """Return the units of a bureau without the bureau itself, by their paths."""
        return [unit for unit in self.units_of(bureau) if unit.kind is UnitKind.SECTION]

    def lineage(self, unit: UnitId) -> Sequence[UnitId]:
        """Return the unit and everything above it, nearest first."""
        return self.lineages([unit])[unit]

    def lineages(self, units: Collection[UnitId]) -> Mapping[UnitId, Sequence[UnitId]]:
        """Return each unit with everything above it, nearest first."""
        rows = self._session.execute(_TREE, {"units": list(units)})
        parents = {row.id: row.parent for row in rows}
        return {unit: _line(unit, parents) for unit in units}

    def holding(self, role: Role, unit: UnitId) -> Sequence[UserId]:
        """Return who holds *role* over *unit*: those of the nearest scope that has any."""
        lineage = self.lineage(unit)
        rows = self._session.execute(
            select(RoleAssignment.scope, RoleAssignment.member)
            .join(Member, Member.userid == RoleAssignment.member)
            .where(RoleAssignment.role == role, RoleAssignment.scope.in_(lineage), Member.active)
            .order_by(RoleAssignment.id)
        ).all()
        for scope in lineage:
            if found := [row.member for row in rows if row.scope == scope]:
                return found
        return []

    def deputies(self, unit: UnitId) -> Sequence[UserId]:
        """Return the deputies in charge of a unit; where none is, all of its bureau."""
        in_charge = self.holding(Role.DEPUTY, unit)
        if in_charge:
            return in_charge
        held = self.holders(self.unit(unit).bureau, {Role.DEPUTY})[Role.DEPUTY]
        return list(dict.fromkeys(one for some in held.values() for one in some))

    def roles_of(self, userid: UserId) -> Mapping[Role, Collection[UnitId]]:
        """Return each role of a member with the units that it is held over."""
        roles: dict[Role, set[UnitId]] = {}
        for row in run(self._session, _ROLES_OF, {"member": userid}):
            roles.setdefault(row.role, set()).add(row.scope)
        return roles

    def roles_of_each(
        self, userids: Collection[UserId]
    ) -> Mapping[UserId, Mapping[Role, Collection[UnitId]]]:
        """Return of each member what `roles_of` does."""
        found: dict[UserId, dict[Role, set[UnitId]]] = {one: {} for one in userids}
        rows = self._session.execute(
            select(RoleAssignment.member, RoleAssignment.role, RoleAssignment.scope).where(
                RoleAssignment.member.in_(userids)
            )
        )
        for row in rows:
            found[row.member].setdefault(row.role, set()).add(row.scope)
        return found

    def anywhere(self, role: Role) -> Sequence[UserId]:
        """Return everybody who holds *role*, whatever its scope; the self-check's are nobody."""
        return self._session.scalars(
            select(RoleAssignment.member)
            .join(Member, Member.userid == RoleAssignment.member)
            .where(RoleAssignment.role == role, Member.active, Member.bureau != CANARY)
            .distinct()
        ).all()

    def substitutes_for(
        self, absent: Collection[UserId], now: datetime
    ) -> Sequence[tuple[UserId, UserId]]:
        """Return (substitute, absent) for each delegation in force at *now*."""
        rows = self._session.execute(_SUBSTITUTES, {"absent": list(absent), "now": now})
        return [(row.substitute, row.absent) for row in rows]

    def preferences(self, userids: Collection[UserId]) -> Mapping[UserId, Wishes]:
        """Return what those who asked for something asked for."""
        rows = self._session.execute(
            select(_wishes).where(_wishes.c.member.in_(bindparam("who", expanding=True))),
            {"who": list(userids)},
        )
        return {row.member: Wishes.of(row) for row in rows}

    def wishes_of(self, userid: UserId) -> MemberPreference:
        """Return what a member asked for, to be changed; made where there is nothing yet."""
        found = self._session.get(MemberPreference, userid)
        if found is None:
            found = MemberPreference(member=userid)
            self._session.add(found)
        return found

    def add_unit(self, unit: Unit) -> None:
        self._session.add(unit)
        self._session.flush()  # its sections refer to it by a plain column

    def save(self, member: Member) -> None:
        self._session.merge(member)
        self._session.flush()  # his roles refer to him by a plain column

    def delegate(self, delegation: Delegation) -> None:
        self._session.add(delegation)

    def set_roles(self, userid: UserId, roles: Collection[tuple[Role, UnitId]]) -> None:
        """Make *roles* all that the member holds."""
        self._session.execute(delete(RoleAssignment).where(RoleAssignment.member == userid))
        self._session.add_all(
            RoleAssignment(member=userid, role=role, scope=scope) for role, scope in sorted(roles)
        )


def _line(unit: UnitId, parents: Mapping[UnitId, UnitId | None]) -> Sequence[UnitId]:
    line: list[UnitId] = []
    here: UnitId | None = unit
    while here is not None:
        line.append(here)
        here = parents[here]
    return line
