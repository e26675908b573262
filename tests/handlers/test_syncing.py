"""The members against who is within range: what is decided, and that roles are never touched."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.members.capability import Known, SyncPlan, compare, is_drastic
from storage.vocabulary import UserId

A, B = UserId("a"), UserId("b")
USERIDS = st.sampled_from(["a", "b", "c", "d", "e"]).map(UserId)
NAMES = st.sampled_from(["", "甲", "乙"])
REGISTERS = st.dictionaries(USERIDS, st.tuples(NAMES, st.booleans())).map(
    lambda found: [
        Known(userid=userid, name=name, active=active) for userid, (name, active) in found.items()
    ]
)


def known(userid: str, name: str = "王芳", *, active: bool = True) -> Known:
    return Known(userid=UserId(userid), name=name, active=active)


def contacts(**names: str) -> Mapping[UserId, str]:
    return {UserId(userid): name for userid, name in names.items()}


@pytest.mark.parametrize(
    ("register", "within", "plan"),
    [
        ([known("a")], contacts(a="王芳"), SyncPlan()),
        ([known("a")], contacts(b="李强"), SyncPlan(departed=(A,), unknown=((B, "李强"),))),
        ([known("a", active=False)], contacts(a="王芳"), SyncPlan(returned=(A,))),
        ([known("a", active=False)], contacts(), SyncPlan()),
        ([known("a")], contacts(a="王方"), SyncPlan(renamed=((A, "王方"),))),
        (
            [known("a", active=False)],
            contacts(a="王方"),
            SyncPlan(returned=(A,), renamed=((A, "王方"),)),
        ),
        ([known("a")], contacts(a=""), SyncPlan()),
        ([known("wangfang")], contacts(wangfang="WangFang"), SyncPlan()),
    ],
    ids=["same", "left and new", "back", "gone", "renamed", "back renamed", "unnamed", "id only"],
)
def test_what_differs_is_told(
    register: list[Known], within: Mapping[UserId, str], plan: SyncPlan
) -> None:
    assert compare(register, within) == plan


@given(REGISTERS, st.dictionaries(USERIDS, NAMES))
def test_after_the_plan_nothing_differs(register: list[Known], within: dict[UserId, str]) -> None:
    plan = compare(register, within)
    names = dict(plan.renamed)
    after = [
        Known(
            userid=one.userid,
            name=names.get(one.userid, one.name),
            active=one.userid not in plan.departed and (one.active or one.userid in plan.returned),
        )
        for one in register
    ]
    after += [Known(userid=userid, name=name, active=True) for userid, name in plan.unknown]
    assert compare(after, within).is_empty


@pytest.mark.parametrize(
    ("active", "departed", "drastic"),
    [(4, 2, False), (4, 3, True), (1, 1, True), (0, 0, False), (5, 2, False), (5, 3, True)],
)
def test_to_lose_more_than_half_is_drastic(active: int, departed: int, *, drastic: bool) -> None:
    register = [known(f"m{n}") for n in range(active)]
    register += [known(f"old{n}", active=False) for n in range(9)]
    plan = SyncPlan(departed=tuple(UserId(f"m{n}") for n in range(departed)))
    assert is_drastic(plan, register) is drastic
