"""Who is put before a gate: the two-person rule and the ladder."""

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.reviewers import LADDER, Bench, Holder, rungs_from, seat
from storage.vocabulary import NOBODY, Role, Standing, UserId

BOB, CAROL, CHRIS, DAN, EVE = map(UserId, ("bob", "carol", "chris", "dan", "eve"))
USUAL = {
    Role.SECTION_HEAD: [BOB],
    Role.OFFICE: [CAROL, CHRIS],
    Role.DEPUTY: [DAN],
    Role.PRINCIPAL: [EVE],
}


def seated(
    role: Role,
    cast: Mapping[Role, Collection[UserId]] = USUAL,
    *,
    absences: Collection[tuple[UserId, UserId]] = (),
    barred: Collection[UserId] = (),
) -> Bench:
    """Seat reviewers; *absences* are (substitute, absent)."""
    return seat(
        (role,),
        lambda rung: cast.get(rung, ()),
        lambda absent: [pair for pair in absences if pair[1] in absent],
        barred,
    )


def test_all_who_hold_the_role_may_decide() -> None:
    bench = seated(Role.OFFICE)
    assert bench.role is Role.OFFICE
    assert [(one.member, one.standing) for one in bench.holders] == [
        (CAROL, Standing.HOLDER),
        (CHRIS, Standing.HOLDER),
    ]


def test_a_barred_person_leaves_the_gate_to_his_colleague() -> None:
    assert [one.member for one in seated(Role.OFFICE, barred=[CAROL]).holders] == [CHRIS]


@pytest.mark.parametrize(
    ("barred", "rung", "members"),
    [
        ([BOB], Role.OFFICE, [CAROL, CHRIS]),
        ([BOB, CAROL, CHRIS], Role.DEPUTY, [DAN]),
        ([BOB, CAROL, CHRIS, DAN], Role.PRINCIPAL, [EVE]),
    ],
)
def test_a_gate_without_anybody_free_climbs(
    barred: list[UserId], rung: Role, members: list[UserId]
) -> None:
    bench = seated(Role.SECTION_HEAD, barred=barred)
    assert bench.role is rung
    assert [one.member for one in bench.holders] == members
    assert {one.standing for one in bench.holders} == {Standing.ESCALATED}


def test_a_gate_with_nobody_at_all_keeps_its_role_and_stays_empty() -> None:
    assert seated(Role.OFFICE, barred=[CAROL, CHRIS, DAN, EVE]) == Bench(
        role=Role.OFFICE, holders=()
    )


def test_a_substitute_joins_the_one_he_stands_in_for() -> None:
    bench = seated(Role.DEPUTY, absences=[(EVE, DAN)])
    assert bench.holders == (
        Holder(member=DAN, standing=Standing.HOLDER),
        Holder(member=EVE, standing=Standing.SUBSTITUTE, on_behalf_of=DAN),
    )


@pytest.mark.parametrize(
    ("absences", "barred", "members"),
    [
        ([(EVE, DAN)], [EVE], [DAN]),
        ([(EVE, CAROL)], [], [DAN]),
        ([(CHRIS, DAN)], [DAN], [EVE]),
    ],
    ids=["he is barred himself", "another is absent", "the absent one is barred"],
)
def test_a_substitute_is_not_seated(
    absences: list[tuple[UserId, UserId]], barred: list[UserId], members: list[UserId]
) -> None:
    bench = seated(Role.DEPUTY, absences=absences, barred=barred)
    assert [one.member for one in bench.holders] == members


def test_who_holds_the_role_himself_acts_for_himself() -> None:
    bench = seated(Role.OFFICE, absences=[(CHRIS, CAROL)])
    assert [one.standing for one in bench.holders] == [Standing.HOLDER] * 2


def climbing(role: Role) -> list[Role]:
    """Return the role and those that it climbs to."""
    return [each for rung in rungs_from([role]) for each in rung]


people = st.sampled_from([UserId(name) for name in "abcdefgh"])
casts = st.dictionaries(st.sampled_from(Role), st.lists(people, max_size=3, unique=True))
absence_lists = st.lists(st.tuples(people, people), max_size=6)


@given(st.sampled_from(Role), casts, absence_lists, st.sets(people))
def test_whatever_the_cast_the_rules_hold(
    role: Role,
    cast: dict[Role, list[UserId]],
    absences: list[tuple[UserId, UserId]],
    barred: set[UserId],
) -> None:
    """Nobody barred, nobody twice, nobody free passed over, substitutes for seated people only."""
    bench = seated(role, cast, absences=absences, barred=barred)
    members = [one.member for one in bench.holders]
    free = [one for rung in climbing(role) for one in cast.get(rung, ()) if one not in barred]

    assert barred.isdisjoint(members)
    assert len(members) == len(set(members))
    assert bool(members) == bool(free)
    assert bench.role in climbing(role)
    own = [one.member for one in bench.holders if one.standing is not Standing.SUBSTITUTE]
    assert own == [one for one in cast.get(bench.role, ()) if one not in barred]
    for one in bench.holders:
        if one.standing is Standing.SUBSTITUTE:
            assert (one.member, one.on_behalf_of) in absences
            assert one.on_behalf_of in own
        else:
            assert one.on_behalf_of == NOBODY


@pytest.mark.parametrize("role", Role)
def test_every_gate_ends_at_the_principal(role: Role) -> None:
    rungs = climbing(role)
    assert rungs[0] is role
    assert rungs[-1] is Role.PRINCIPAL
    assert list(rungs[1:]) == list(LADDER[-len(rungs) + 1 :] if len(rungs) > 1 else [])
