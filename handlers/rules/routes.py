"""Routes: the ordered gates that a draft passes, which draft takes which, and where it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage.vocabulary import DraftKind, GateMode, Importance, Role

ANY_CHANNEL = "*"
"""Among a route's channels: it is meant for every draft whose channel is named."""

OUTWARD = "outward"
"""Among a route's channels: it is meant for what the public can read."""

OWN_SEAT = ""
"""The one seat of a gate at which a single decision is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate of a route: who decides there, on what, how soon.

    *units* are paths; where there are some, the roles are meant over those units and not over the
    draft's own. *hours* are working ones, 0 stands for the bureau's usual patience. A *skippable*
    gate is passed over where nobody holds its roles, others go up the ladder. Where it
    *carries_wording*, its approval stays good for a text in which only the wording changed.
    """

    roles: tuple[Role, ...]
    name: str = ""
    units: tuple[str, ...] = ()
    mode: GateMode = GateMode.ANY
    checklist: tuple[str, ...] = ()
    hours: float = 0
    skippable: bool = False
    carries_wording: bool = True

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Gate":
        """Return the gate that `write` made *written* of."""
        return cls(
            name=written["name"],
            roles=tuple(Role(role) for role in written["roles"]),
            units=tuple(written["units"]),
            mode=GateMode(written["mode"]),
            checklist=tuple(written["checklist"]),
            hours=written["hours"],
            skippable=written["skippable"],
            carries_wording=written["carries_wording"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What decides which route a draft takes."""

    kind: DraftKind
    importance: Importance
    channel: str = ""
    outward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Gates, first to last, and the drafts that they are meant for; an empty condition fits all."""

    name: str
    gates: tuple[Gate, ...]
    kinds: tuple[DraftKind, ...] = ()
    channels: tuple[str, ...] = ()
    importance: tuple[Importance, ...] = ()

    def fits(self, draft: Profile) -> bool:
        return (
            (not self.kinds or draft.kind in self.kinds)
            and (not self.importance or draft.importance in self.importance)
            and self._fits_channel(draft)
        )

    @property
    def fits_all(self) -> bool:
        return not (self.kinds or self.channels or self.importance)

    def _fits_channel(self, draft: Profile) -> bool:
        if not self.channels:
            return True
        if OUTWARD in self.channels and draft.outward:
            return True
        return bool(draft.channel) and bool({draft.channel, ANY_CHANNEL} & set(self.channels))

    def write(self) -> dict[str, Any]:
        """Return the route in values that JSON can carry."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Route":
        return cls(
            name=written["name"],
            gates=tuple(Gate.read(gate) for gate in written["gates"]),
            kinds=tuple(DraftKind(kind) for kind in written["kinds"]),
            channels=tuple(written["channels"]),
            importance=tuple(Importance(one) for one in written["importance"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A gate on the way of one draft.

    *seats* are those that must agree, empty until the gate was opened for the first time;
    *countersigners* are the seats that reviewers of this draft asked for beside them.
    """

    gate: Gate
    seats: tuple[str, ...] = ()
    countersigners: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Every seat that must agree, whoever asked for it."""
        return (*self.seats, *self.countersigners)

    def write(self) -> dict[str, Any]:
        """Return the stop in values that JSON can carry."""
        return asdict(self.gate) | {"seats": self.seats, "countersigners": self.countersigners}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Stop":
        return cls(
            gate=Gate.read(written),
            seats=tuple(written["seats"]),
            countersigners=tuple(written["countersigners"]),
        )


def route_for(routes: Iterable[Route], draft: Profile) -> Route:
    """Return the first route that is meant for such a draft.

    Raises:
        LookupError: none is.
    """
    for route in routes:
        if route.fits(draft):
            return route
    raise LookupError(f"no route for {draft.importance} drafts of kind {draft.kind}")


def next_gate(stops: Sequence[Stop], passed: Collection[tuple[int, str]]) -> int | None:
    """Return the first gate without a standing approval of the present text; None after the last.

    *passed* are the (gate, seat) pairs that have passed this very text: by a decision on it, by one
    that was carried over, or because they were skipped. A gate that was never opened has no seats
    yet, and has not been passed.
    """
    for place, stop in enumerate(stops):
        if not stop.seats or any((place, seat) not in passed for seat in stop.needed):
            return place
    return None
