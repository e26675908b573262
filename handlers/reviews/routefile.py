"""`[[route]]` tables of a file of rules: their form, and what a set of routes must hold to."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from handlers.kit.rulefile import Fault, Table, read_tables
from handlers.rules.routes import Gate, Route
from storage.vocabulary import DraftKind, GateMode, Importance, Role


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


_LONGEST_NAME = 20
_Line = Annotated[str, Field(min_length=1, max_length=60)]
_Wording = Literal["carry", "ask"]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class GateForm(_Form):
    """A `[[route.gate]]`."""

    role: Annotated[list[Role], BeforeValidator(_list)] = Field(min_length=1)
    name: str = Field(default="", max_length=_LONGEST_NAME)
    units: tuple[_Line, ...] = ()
    mode: GateMode = GateMode.ANY
    checklist: tuple[_Line, ...] = Field(default=(), max_length=12)
    hours: float = Field(default=0, ge=0, le=400)
    skippable: bool = False
    wording: _Wording | None = None


class RouteForm(_Form):
    """A `[[route]]`."""

    name: str = Field(min_length=1, max_length=_LONGEST_NAME)
    kinds: tuple[DraftKind, ...] = ()
    channels: tuple[_Line, ...] = ()
    importance: tuple[Importance, ...] = ()
    wording: _Wording = "carry"
    gate: list[GateForm] = Field(min_length=1, max_length=12)


def routes_in(tables: Sequence[Table]) -> tuple[list[Route], list[Fault]]:
    """Return the routes that the tables describe, and everything that is wrong with them.

    Some route must fit every draft, and none may stand behind one that does. The last gate signs:
    it cannot be skipped.
    """
    read, faults = read_tables(tables, RouteForm)
    routes = [_route(form) for _, form in read]
    if not faults:
        faults += _faults_of_set(tables, routes)
    return routes, faults


def _route(form: RouteForm) -> Route:
    return Route(
        name=form.name,
        kinds=form.kinds,
        channels=form.channels,
        importance=form.importance,
        gates=tuple(
            Gate(
                roles=tuple(gate.role),
                name=gate.name,
                units=gate.units,
                mode=gate.mode,
                checklist=gate.checklist,
                hours=gate.hours,
                skippable=gate.skippable,
                carries_wording=(gate.wording or form.wording) == "carry",
            )
            for gate in form.gate
        ),
    )


def _faults_of_set(tables: Sequence[Table], routes: Sequence[Route]) -> Iterator[Fault]:
    names: set[str] = set()
    fits_all = ""
    for table, route in zip(tables, routes, strict=True):
        if route.name in names:
            yield table.fault(f"two routes are named {route.name}", "name")
        if fits_all:
            yield table.fault(f"{route.name} is never taken: {fits_all} before it fits every draft")
        if route.gates[-1].skippable:
            last = len(route.gates) - 1
            yield table.fault(
                f"{route.name}: the last gate signs and cannot be skipped",
                "gate",
                last,
                "skippable",
            )
        names.add(route.name)
        fits_all = fits_all or (route.name if route.fits_all else "")
    if not fits_all:
        line = tables[-1].line() if tables else 0
        text = "no route fits every draft: let the last one have no kinds, channels, importance"
        yield Fault(line=line, text=text)
