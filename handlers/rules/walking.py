"""Whether a route can be walked: is there somebody for each seat of each gate, for each section."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from handlers.rules.routes import Gate
from handlers.rules.seats import read_seat, seats_of
from storage.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gate, counted from 0, at which nobody holds any of the *roles* for drafts of *section*."""

    gate: int
    roles: tuple[Role, ...]
    section: str


def gaps(
    gates: Sequence[Gate], sections: Sequence[str], held: Collection[tuple[Role, str]]
) -> Iterator[Gap]:
    """Yield each place where drafts of a section would find nobody who holds a gate's role.

    *sections* and units are paths; *held* are the roles that
    somebody holds, each with the path of the unit that it is held over. Gates that
    may be skipped have no gaps.
    """
    for place, gate in enumerate(gates):
        if gate.skippable:
            continue
        for seat in seats_of(gate, ()):
            sitting = read_seat(seat, gate)
            for section in sections:
                units = sitting.units or (section,)
                if not any(is_held(held, role, unit) for role in sitting.roles for unit in units):
                    yield Gap(gate=place, roles=sitting.roles, section=section)


def is_held(held: Collection[tuple[Role, str]], role: Role, path: str) -> bool:
    """Tell whether somebody holds *role* over the unit at *path* or anything above it."""
    parts = path.split("/")
    return any((role, "/".join(parts[:end])) in held for end in range(len(parts), 0, -1))
