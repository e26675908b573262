"""Which route a draft takes: of its bureau's own set, or of the one that ships."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from handlers.kit.context import Context
from handlers.kit.rulefile import read_rule_file
from handlers.reviews.routefile import routes_in
from handlers.rules.routes import Profile, Route, Stop, route_for
from storage.models import Draft
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UnitId

ROUTES = "route"
"""The name of a bureau's set of routes, in a file of rules and where it is stored."""
_SHIPPED = Path(__file__).with_name("routes.toml")


@cache
def shipped_routes() -> Sequence[Route]:
    """Return the routes of a bureau that has imported none."""
    routes, faults = routes_in(read_rule_file(_SHIPPED.read_bytes()).tables[ROUTES])
    if faults:
        raise ValueError(faults)
    return routes


def routes_in_force(uow: UnitOfWork, bureau: UnitId) -> tuple[int, Sequence[Route]]:
    """Return the version of the bureau's set and its routes; version 0 is the set that ships."""
    stored = uow.rule_tables.in_force(bureau, ROUTES)
    if not stored:
        return 0, shipped_routes()
    return stored[0].version, [Route.read(one.definition) for one in stored]


def set_route(ctx: Context, draft: Draft) -> None:
    """Write into the draft the gates that it is to pass, as they stand today."""
    profile = Profile(
        kind=draft.kind,
        importance=draft.importance,
        channel=draft.channel,
        outward=_is_outward(ctx, draft),
    )
    version, routes = routes_in_force(ctx.uow, draft.bureau)
    route = route_for(routes, profile)
    draft.route_name, draft.route_version = route.name, version
    draft.route = [Stop(gate=gate).write() for gate in route.gates]


def _is_outward(ctx: Context, draft: Draft) -> bool:
    """Tell whether the public reads the draft's channel; one that is not known counts as such."""
    if not draft.channel:
        return False
    known = {one.name: one.outward for one in ctx.uow.adoptions.channels(draft.bureau)}
    return known.get(draft.channel, True)
