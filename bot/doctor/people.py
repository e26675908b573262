"""The members: is there somebody for each part."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.doctor.findings import Finding, fault, ok, warning
from handlers.reviews import ReviewPolicy
from handlers.rules.reviewers import may_take_over
from storage.models import Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Role, UnitId, UnitKind

_NEEDED = (Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE)
_CORRECT = "correct the roles in the members' CSV and run `xinshi members import` again"


def examine(uow: UnitOfWork, policy: ReviewPolicy) -> Iterator[Finding]:
    """Check that there are members, an administrator, and somebody for each part."""
    members = uow.members.everybody()
    if not members:
        yield fault("members", "there are no members", "run `xinshi members import FILE.csv`")
        return
    yield ok("members", f"{len(members)} members are registered")
    yield administrator(uow)
    bureaus = {member.bureau for member, _ in members}
    peopled = {member.unit for member, _ in members}
    for bureau in sorted(bureaus, key=lambda unit: uow.members.unit(unit).path):
        yield parts(uow, uow.members.unit(bureau))
        sections = [
            unit
            for unit in uow.members.units_of(bureau)
            if unit.kind is UnitKind.SECTION and unit.id in peopled
        ]
        yield from gates(uow, sections, policy)


def administrator(uow: UnitOfWork) -> Finding:
    if not uow.members.anywhere(Role.ADMIN):
        text = "nobody is administrator: nobody is told when something fails"
        return fault("administrator", text, f"give somebody the role admin: {_CORRECT}")
    return ok("administrator", "there is an administrator")


def parts(uow: UnitOfWork, bureau: Unit) -> Finding:
    """Check that the bureau has somebody for each role that every bureau needs."""
    own = {member.userid for member, _ in uow.members.everybody() if member.bureau == bureau.id}
    missing = [role for role in _NEEDED if own.isdisjoint(uow.members.anywhere(role))]
    if missing:
        return fault("roles", f"nobody in {bureau.path} is {', '.join(missing)}", _CORRECT)
    return ok("roles", f"{bureau.path} has officers, section heads and an office")


def gates(uow: UnitOfWork, sections: Sequence[Unit], policy: ReviewPolicy) -> Iterator[Finding]:
    """Name the sections whose drafts would find nobody at a gate of a route."""
    roles = dict.fromkeys(chain.from_iterable(route.gates for route in policy.routes))
    for role in roles:
        climbing = [unit for unit in sections if not uow.members.holding(role, unit.id)]
        stuck = [unit for unit in climbing if not _anybody_above(uow, role, unit.id)]
        if stuck:
            text = f"drafts of {_paths(stuck)} would stop: nobody is {role}, nor any role above"
            yield fault("reviewers", text, _CORRECT)
        elif climbing:
            text = f"nobody is {role} for {_paths(climbing)}: their drafts go to the next role"
            yield warning("reviewers", text, f"if that is not meant, {_CORRECT}")
        else:
            yield ok("reviewers", f"every section has somebody who is {role}")


def _anybody_above(uow: UnitOfWork, role: Role, unit: UnitId) -> bool:
    return any(uow.members.holding(rung, unit) for rung in may_take_over([role]))


def _paths(units: Sequence[Unit]) -> str:
    return ", ".join(unit.path for unit in units)
