"""Taking `[[route]]` tables: a bureau's next set of routes, if each section can walk it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.kit.context import SYSTEM, Context
from handlers.kit.finding import gate_name
from handlers.kit.rulefile import Fault, Table, Taken
from handlers.reviews.commands import registry
from handlers.reviews.routefile import routes_in
from handlers.reviews.routing import routes_in_force
from handlers.rules.routes import Route
from handlers.rules.walking import gaps
from storage.models import StoredRoute, Unit
from storage.vocabulary import Role


@registry.rules("route")
def import_routes(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Make the tables the bureau's next set of routes; drafts on their way keep theirs."""
    routes, faults = routes_in(tables)
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    units = ctx.uow.members.units_of(bureau.id)
    routes, faults = _with_paths(tables, routes, units)
    faults += _gaps(ctx, bureau, tables, routes)
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    return Taken(said=_store(ctx, bureau, routes))


def _store(ctx: Context, bureau: Unit, routes: Sequence[Route]) -> str:
    version, present = routes_in_force(ctx.uow, bureau.id)
    if version and list(present) == list(routes):
        return f"routes of {bureau.path}: version {version} already says the same"
    author = ctx.me.userid if ctx.me is not None else SYSTEM
    ctx.uow.routes.add(
        [
            StoredRoute(
                bureau=bureau.id,
                version=version + 1,
                position=position,
                name=route.name,
                definition=route.write(),
                imported_at=ctx.now,
                imported_by=author,
            )
            for position, route in enumerate(routes)
        ]
    )
    ctx.audit("routes:import", bureau.id, after={"version": version + 1})
    lines = [f"  {route.name}: {' → '.join(map(gate_name, route.gates))}" for route in routes]
    head = f"routes of {bureau.path}: version {version + 1}, for drafts handed in from now on"
    return "\n".join([head, *lines])


def _with_paths(
    tables: Sequence[Table], routes: Sequence[Route], units: Sequence[Unit]
) -> tuple[list[Route], list[Fault]]:
    """Return the routes with each unit by its full path; names are good where just one has them."""
    paths: dict[str, list[str]] = {}
    for unit in units:
        for name in {unit.name, unit.path}:
            paths.setdefault(name, []).append(unit.path)
    faults = [
        table.fault(_unknown(name, paths), "gate", place, "units")
        for table, route in zip(tables, routes, strict=True)
        for place, gate in enumerate(route.gates)
        for name in gate.units
        if len(paths.get(name, ())) != 1
    ]
    if faults:
        return list(routes), faults
    return [_placed(route, paths) for route in routes], []


def _placed(route: Route, paths: Mapping[str, Sequence[str]]) -> Route:
    gates = tuple(
        replace(gate, units=tuple(paths[name][0] for name in gate.units)) for gate in route.gates
    )
    return replace(route, gates=gates)


def _unknown(name: str, paths: Mapping[str, Sequence[str]]) -> str:
    several = paths.get(name, ())
    return f"which {name}: {', '.join(several)}?" if several else f"there is no unit {name}"


def _gaps(
    ctx: Context, bureau: Unit, tables: Sequence[Table], routes: Sequence[Route]
) -> Iterator[Fault]:
    """Name each gate that drafts of a section would find empty."""
    held = ctx.uow.members.roles_held_in(bureau.id)
    sections = sorted({path for role, path in held if role is Role.OFFICER})
    for table, route in zip(tables, routes, strict=True):
        for gap in gaps(route.gates, sections, held):
            roles = " or ".join(gap.roles)
            text = f"{route.name}, gate {gap.gate + 1}: nobody is {roles} for {gap.section}"
            yield table.fault(text, "gate", gap.gate)
