"""Which drafts count as nearly the same, and whether their marks find one another."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.similarity import (
    Likeness,
    Threshold,
    likeliest,
    likeness,
    marks_of,
    profile_of,
)
from storage.vocabulary import Alike, UnitId
from tests.harness.drafts import EDITS, MadeDraft, made_draft

HERE = UnitId("区住建局")
USUAL = Threshold()

BODY = (
    "9月20日，区住建局物业科到幸福里小区检查消防通道。\n"
    "检查组逐栋查看，发现占用通道的车辆12辆，当场劝离9辆，对其余3辆张贴了告知单。\n"
    "物业公司表示，将在月底前施划标线，并安排专人值守。\n"
    "下一步，物业科将对全区86个小区开展回头看，结果向社会公布。"
)


def compared(new: tuple[str, str], old: tuple[str, str]) -> Likeness:
    return likeness(profile_of(*new), profile_of(*old))


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("消防通道检查", BODY, Alike.SAME),
        ("消防通道检查！", BODY.replace("，", ", "), Alike.SAME),  # marks are not read
        ("消防通道检查", BODY.replace("12辆", "15辆").replace("9月20日", "9月21日"), Alike.EDITED),
        ("物业科上门劝离", "\n".join(reversed(BODY.split("\n"))), Alike.EDITED),
        ("占道车辆被劝离", BODY.split("\n")[1], Alike.PART_OF),
        ("九月工作综述", BODY + "\n" + made_draft(random.Random(1), 7).body, Alike.HOLDS),
        ("电梯维保", made_draft(random.Random(2)).body, None),
        ("消防通道检查", made_draft(random.Random(2)).body, None),  # a title alone is no likeness
    ],
)
def test_in_which_way_two_are_alike(title: str, body: str, kind: Alike | None) -> None:
    assert compared((title, body), ("消防通道检查", BODY)).kind(USUAL) is kind


def test_a_bureau_may_be_stricter() -> None:
    changed = BODY.replace("检查", "巡查").replace("小区", "院落").replace("物业", "房管")
    like = compared(("标题", changed), ("标题", BODY))
    assert like.kind(USUAL) is Alike.EDITED
    assert like.kind(Threshold(shared=0.9, contained=0.9)) is None


def test_marks_are_the_same_for_ever() -> None:
    """They are kept: one that changes makes two years of drafts impossible to find."""
    marks = marks_of(HERE, "消防通道检查", BODY)
    assert len(marks) == 27
    assert min(marks) == -8240007792761469900
    assert sum(marks) % 1_000_003 == 508009


def test_bureaus_share_no_marks() -> None:
    assert not marks_of(HERE, "标题", BODY) & marks_of(UnitId("区水务局"), "标题", BODY)


@given(title=st.text(min_size=1, max_size=30), body=st.text(min_size=1, max_size=200))
def test_any_text_has_marks_and_is_like_itself(title: str, body: str) -> None:
    marks = marks_of(HERE, title, body)
    assert 1 <= len(marks) <= 81
    assert all(-(2**63) <= mark < 2**63 for mark in marks)
    assert marks == marks_of(HERE, title, body)
    assert compared((title, body), (title, body)).kind(USUAL) is Alike.SAME


def test_what_everybody_writes_says_little() -> None:
    assert likeliest({1: range(30), 2: [7, 8], 3: [8]}, 2) == [8, 7]


@pytest.fixture(scope="module")
def history() -> list[MadeDraft]:
    dice = random.Random(11)
    return [made_draft(dice) for _ in range(800)]


@pytest.fixture(scope="module")
def holders(history: list[MadeDraft]) -> dict[int, list[int]]:
    index: dict[int, list[int]] = {}
    for number, draft in enumerate(history):
        for mark in marks_of(HERE, draft.title, draft.body):
            index.setdefault(mark, []).append(number)
    return index


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_draft_is_found(
    edit: str, history: list[MadeDraft], holders: dict[int, list[int]]
) -> None:
    """Nothing but the draft itself, and it in at least 19 of 20 cases."""
    dice = random.Random(12)
    right = wrong = 0
    for _ in range(60):
        number = dice.randrange(len(history))
        new = EDITS[edit](dice, history[number])
        marks = marks_of(HERE, new.title, new.body)
        found = likeliest({mark: holders[mark] for mark in marks if mark in holders}, 6)
        for one in found:
            old = history[one]
            if compared((new.title, new.body), (old.title, old.body)).kind(USUAL):
                right, wrong = right + (one == number), wrong + (one != number)
    assert right >= 57
    assert wrong <= 1
