"""What stands before a title, and what is the title's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.heading import Heading, may_have_marks, read_heading
from storage.vocabulary import DraftKind

CHANNELS = {"学习强国": "学习强国", "强国": "学习强国", "区政府网站": "区政府网站"}


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("加装电梯的做法", Heading(title="加装电梯的做法")),
        ("经验做法 加装电梯", Heading(title="加装电梯", kind=DraftKind.PRACTICE)),
        ("【调研】老旧小区", Heading(title="老旧小区", kind=DraftKind.RESEARCH)),
        (
            "经验做法 学习强国 加装电梯",
            Heading(title="加装电梯", kind=DraftKind.PRACTICE, channel="学习强国"),
        ),
        (
            "报强国，动态 加装电梯",
            Heading(title="加装电梯", kind=DraftKind.DYNAMIC, channel="学习强国"),
        ),
        ("【重大】【学习强国】防汛", Heading(title="防汛", channel="学习强国", major=True)),
        ("区政府官网 防汛", Heading(title="防汛", channel="区政府网站")),
        ("动态", Heading(title="动态")),
        ("经验做法 ", Heading(title="经验做法")),
        ("党建引领 基层治理", Heading(title="党建引领 基层治理")),
        ("发挥作用 加装电梯", Heading(title="发挥作用 加装电梯")),
        ("【图解】加装电梯", Heading(title="【图解】加装电梯")),
        ("动态 调研 加装电梯", Heading(title="调研 加装电梯", kind=DraftKind.DYNAMIC)),
        ("问题：谁来管电梯", Heading(title="问题：谁来管电梯")),
    ],
)
def test_marks_are_whole_words_and_a_title_is_left(said: str, heading: Heading) -> None:
    assert read_heading(said, CHANNELS) == heading


@given(st.text(max_size=40))
def test_any_title_keeps_its_end_and_loses_nothing_unread(said: str) -> None:
    heading = read_heading(said, CHANNELS)
    assert said.strip().endswith(heading.title)
    assert bool(heading.title) == bool(said.strip())
    if not may_have_marks(said):
        assert heading == Heading(title=said.strip())
