"""The members: is there somebody for each part."""

from collections.abc import Iterator, Sequence

from bot.doctor.findings import Finding, fault, ok, warning
from handlers.reviews.capability import routes_in_force
from handlers.rules.reviewers import may_take_over
from handlers.rules.walking import gaps, is_held
from storage.models import Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Role, UnitKind

_NEEDED = (Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE)
_CORRECT = "correct the roles in the members' CSV and run `xinshi members import` again"


def examine(uow: UnitOfWork) -> Iterator[Finding]:
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
        whole = uow.members.unit(bureau)
        yield parts(uow, whole)
        sections = [
            unit.path
            for unit in uow.members.units_of(bureau)
            if unit.kind is UnitKind.SECTION and unit.id in peopled
        ]
        yield from reviewers(uow, whole, sections)


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


def reviewers(uow: UnitOfWork, bureau: Unit, sections: Sequence[str]) -> Iterator[Finding]:
    """Name the sections whose drafts would find nobody at a gate of a route."""
    held = uow.members.roles_held_in(bureau.id)
    _, routes = routes_in_force(uow, bureau.id)
    gates = dict.fromkeys(gate for route in routes for gate in route.gates)
    for role in dict.fromkeys(role for gate in gates for role in gate.roles):
        mine = [gate for gate in gates if role in gate.roles]
        found = [gap for gap in gaps(mine, sections, held) if role in gap.roles]
        climbing = list(dict.fromkeys(gap.section for gap in found))
        stuck = [path for path in climbing if not _anybody_above(held, role, path)]
        if stuck:
            text = f"drafts of {', '.join(stuck)} would stop: nobody is {role}, nor any role above"
            yield fault("reviewers", text, _CORRECT)
        elif climbing:
            text = f"nobody is {role} for {', '.join(climbing)}: their drafts go to the next role"
            yield warning("reviewers", text, f"if that is not meant, {_CORRECT}")
        else:
            yield ok("reviewers", f"every section has somebody who is {role}")


def _anybody_above(held: set[tuple[Role, str]], role: Role, path: str) -> bool:
    return any(is_held(held, rung, path) for rung in may_take_over([role]))
