"""Seats of a gate: which must agree, and how each is named in a draft's route and its tasks.

The name of a seat is "" where one decision is enough; `role@path` where a role over a unit must
agree (`role@` over the draft's own unit); `member:userid` where one person must. `confirms:` and
one of these is where a condition is confirmed under which the gate was passed: the office's, unless
somebody else is named. To confirm is no review of the text, and bars from none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.rules.routes import OWN_SEAT, Gate
from storage.vocabulary import NOBODY, GateMode, Role, UserId

_MEMBER = "member:"
_CONFIRMS = "confirms:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who may sit there: *member* if he is named, else who holds *roles* over *units* (paths)."""

    roles: tuple[Role, ...]
    units: tuple[str, ...] = ()
    member: UserId = NOBODY


def seat_of_role(role: Role, unit: str = "") -> str:
    return f"{role}@{unit}"


def seat_of_member(member: UserId) -> str:
    return f"{_MEMBER}{member}"


def seat_of_confirmation(inner: str = "") -> str:
    """Return the seat where *inner*, else the office, confirms a condition."""
    return f"{_CONFIRMS}{inner or seat_of_role(Role.OFFICE)}"


def is_confirmation(name: str) -> bool:
    return name.startswith(_CONFIRMS)


def seats_of(gate: Gate, everybody: Iterable[UserId]) -> tuple[str, ...]:
    """Return the seats that must agree at *gate*.

    Where all must, each role over each unit has a seat; with just one role and no unit, each of
    *everybody* who holds it. A gate of that kind which nobody holds has one seat, like any other.
    """
    if gate.mode is not GateMode.ALL:
        return (OWN_SEAT,)
    if len(gate.roles) > 1 or gate.units:
        units = gate.units or ("",)
        return tuple(seat_of_role(role, unit) for unit in units for role in gate.roles)
    return tuple(seat_of_member(member) for member in everybody) or (OWN_SEAT,)


def read_seat(name: str, gate: Gate) -> Seat:
    """Return who may sit at the seat of that name at *gate*."""
    name = name.removeprefix(_CONFIRMS)
    if name.startswith(_MEMBER):
        return Seat(roles=gate.roles, units=gate.units, member=UserId(name.removeprefix(_MEMBER)))
    if name == OWN_SEAT:
        return Seat(roles=gate.roles, units=gate.units)
    role, _, unit = name.partition("@")
    return Seat(roles=(Role(role),), units=(unit,) if unit else ())
