"""Taking `[[route]]` tables: a bureau's next set of routes, if each section can walk it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.kit.context import Context
from handlers.kit.finding import gate_name
from handlers.kit.rulefile import Fault, Table, Taken, keep
from handlers.reviews.commands import registry
from handlers.reviews.routefile import routes_in
from handlers.reviews.routing import ROUTES
from handlers.rules.routes import Route
from handlers.rules.walking import gaps
from storage.models import Unit
from storage.vocabulary import Role


@registry.rules(ROUTES)
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
    lines = [f"  {route.name}: {' → '.join(map(gate_name, route.gates))}" for route in routes]
    return keep(
        ctx,
        bureau,
        ROUTES,
        [route.write() for route in routes],
        what="routes",
        effect="\n".join(["for drafts handed in from now on", *lines]),
    )


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
