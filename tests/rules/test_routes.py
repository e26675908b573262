"""Which route a draft takes, which gate comes next, and whether a route can be walked."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.routes import (
    ANY_CHANNEL,
    OUTWARD,
    OWN_SEAT,
    Gate,
    Profile,
    Route,
    Stop,
    next_gate,
    route_for,
)
from handlers.rules.seats import (
    Seat,
    read_seat,
    seat_of_member,
    seat_of_role,
    seats_of,
)
from handlers.rules.walking import gaps
from storage.vocabulary import DraftKind, GateMode, Importance, Role, UserId

HEAD, OFFICE, DEPUTY = (
    Gate(roles=(role,)) for role in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY)
)
PLAIN = Profile(kind=DraftKind.DYNAMIC, importance=Importance.ORDINARY)


def route(name: str, **conditions: tuple[object, ...]) -> Route:
    return Route(name=name, gates=(HEAD,), **conditions)  # type: ignore[arg-type]  # of each kind


ROUTES = [
    route("major research", kinds=(DraftKind.RESEARCH,), importance=(Importance.MAJOR,)),
    route("platform", channels=("学习强国",)),
    route("outward", channels=(OUTWARD,)),
    route("anywhere", channels=(ANY_CHANNEL,)),
    route("major", importance=(Importance.MAJOR,)),
    route("all"),
]


@pytest.mark.parametrize(
    ("kind", "importance", "channel", "outward", "name"),
    [
        ("research", "major", "学习强国", True, "major research"),
        ("research", "ordinary", "学习强国", True, "platform"),
        ("dynamic", "major", "区政府网站", True, "outward"),
        ("dynamic", "major", "区政府信息", False, "anywhere"),
        ("dynamic", "major", "", False, "major"),
        ("dynamic", "ordinary", "", False, "all"),
    ],
)
def test_the_first_route_that_fits_is_taken(
    kind: str, importance: str, channel: str, *, outward: bool, name: str
) -> None:
    profile = Profile(
        kind=DraftKind(kind), importance=Importance(importance), channel=channel, outward=outward
    )
    assert route_for(ROUTES, profile).name == name


def test_no_fitting_route_is_an_error_and_not_an_empty_route() -> None:
    with pytest.raises(LookupError):
        route_for(ROUTES[:-1], PLAIN)


gates = st.builds(
    Gate,
    roles=st.lists(st.sampled_from(Role), min_size=1, max_size=3, unique=True).map(tuple),
    name=st.text(max_size=8),
    units=st.lists(st.sampled_from(["局/甲科", "局/乙科"]), max_size=2, unique=True).map(tuple),
    mode=st.sampled_from(GateMode),
    checklist=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    hours=st.sampled_from([0, 2, 7.5]),
    skippable=st.booleans(),
    carries_wording=st.booleans(),
)
seats = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=3, unique=True).map(tuple)
stops = st.builds(Stop, gate=gates, seats=seats, countersigners=seats)


@given(st.lists(gates, min_size=1, max_size=4), st.sampled_from(DraftKind))
def test_a_route_is_the_same_after_it_was_written_and_read(
    some: list[Gate], kind: DraftKind
) -> None:
    whole = Route(name="一", gates=tuple(some), kinds=(kind,), channels=("*",))
    assert Route.read(json.loads(json.dumps(whole.write()))) == whole


@given(stops)
def test_a_stop_is_the_same_after_it_was_written_and_read(stop: Stop) -> None:
    assert Stop.read(json.loads(json.dumps(stop.write()))) == stop


@given(st.lists(stops, max_size=5), st.sets(st.tuples(st.integers(0, 4), st.sampled_from("abc"))))
def test_the_next_gate_is_the_first_that_has_not_passed(
    way: list[Stop], passed: set[tuple[int, str]]
) -> None:
    """Every gate before it was opened and passed whole; it was not; without one, all were."""
    place = next_gate(way, passed)
    for at, stop in enumerate(way[:place]):
        assert stop.seats
        assert {(at, seat) for seat in stop.needed} <= passed
    if place is not None:
        stop = way[place]
        assert not stop.seats or not {(place, seat) for seat in stop.needed} <= passed


@given(st.lists(stops, min_size=1, max_size=5), st.data())
def test_one_more_approval_never_leads_back(way: list[Stop], data: st.DataObject) -> None:
    everything = [(at, seat) for at, stop in enumerate(way) for seat in stop.needed]
    passed: set[tuple[int, str]] = set()
    last = next_gate(way, passed)
    for each in data.draw(st.permutations(everything)):
        passed.add(each)
        here = next_gate(way, passed)
        assert here is None or (last is not None and here >= last)
        last = here
    assert (last is None) == all(stop.seats for stop in way)


@pytest.mark.parametrize(
    ("gate", "named"),
    [
        (Gate(roles=(Role.OFFICE,)), [OWN_SEAT]),
        (Gate(roles=(Role.DEPUTY, Role.PRINCIPAL), mode=GateMode.SINGLE), [OWN_SEAT]),
        (Gate(roles=(Role.OFFICE,), mode=GateMode.ALL), ["member:carol", "member:chris"]),
        (
            Gate(roles=(Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER), mode=GateMode.ALL),
            ["secrecy_reviewer@", "legal_reviewer@"],
        ),
        (
            Gate(roles=(Role.SECTION_HEAD,), units=("局/甲科", "局/乙科"), mode=GateMode.ALL),
            ["section_head@局/甲科", "section_head@局/乙科"],
        ),
    ],
)
def test_each_who_must_agree_has_a_seat(gate: Gate, named: list[str]) -> None:
    assert list(seats_of(gate, [UserId("carol"), UserId("chris")])) == named


def test_a_gate_of_all_that_nobody_holds_has_one_seat_which_climbs() -> None:
    assert seats_of(Gate(roles=(Role.OFFICE,), mode=GateMode.ALL), []) == (OWN_SEAT,)


def test_a_seat_is_read_as_it_was_named() -> None:
    gate = Gate(roles=(Role.DEPUTY,), units=("局/甲科",))
    assert read_seat(OWN_SEAT, gate) == Seat(roles=(Role.DEPUTY,), units=("局/甲科",))
    assert read_seat(seat_of_role(Role.OFFICE, "局/乙科"), gate) == Seat(
        roles=(Role.OFFICE,), units=("局/乙科",)
    )
    assert read_seat(seat_of_role(Role.OFFICE), gate) == Seat(roles=(Role.OFFICE,))
    assert read_seat(seat_of_member(UserId("bob")), gate).member == "bob"


SECTIONS = ["局/甲科", "局/乙科"]
HELD = {
    (Role.OFFICE, "局"),
    (Role.SECTION_HEAD, "局/甲科"),
    (Role.DEPUTY, "局/甲科"),
    (Role.PRINCIPAL, "另一局"),
}


@pytest.mark.parametrize(
    ("gate", "empty_for"),
    [
        (OFFICE, []),
        (HEAD, ["局/乙科"]),
        (Gate(roles=(Role.DEPUTY, Role.OFFICE)), []),
        (Gate(roles=(Role.DEPUTY, Role.OFFICE), mode=GateMode.ALL), ["局/乙科"]),
        (Gate(roles=(Role.PRINCIPAL,)), SECTIONS),
        (Gate(roles=(Role.PRINCIPAL,), skippable=True), []),
        (Gate(roles=(Role.SECTION_HEAD,), units=("局/甲科",)), []),
        (Gate(roles=(Role.SECTION_HEAD,), units=("局/乙科",)), SECTIONS),
    ],
)
def test_a_gate_that_nobody_holds_is_found_for_each_section(
    gate: Gate, empty_for: list[str]
) -> None:
    found = list(gaps([OFFICE, gate], SECTIONS, HELD))
    assert [gap.section for gap in found] == empty_for
    assert {gap.gate for gap in found} <= {1}
    assert all(set(gap.roles) <= set(gate.roles) for gap in found)


def test_every_draft_finds_a_route_where_one_fits_all() -> None:
    everything = product(DraftKind, Importance, ("", "区政府网站"), (False, True))
    taken = {
        route_for(
            ROUTES, Profile(kind=kind, importance=importance, channel=channel, outward=outward)
        ).name
        for kind, importance, channel, outward in everything
    }
    assert taken == {"major research", "outward", "anywhere", "major", "all"}
