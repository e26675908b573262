"""Which section a report names, and what of its words is left."""

import pytest

from handlers.rules.opinion.handing import handing


@pytest.mark.parametrize(
    ("words", "called", "left", "to_handle"),
    [
        ("燃气科那边报舆情 金色家园停气三天", "燃气科", "金色家园停气三天", False),
        ("物业科反映了个舆情，滨江壹号渗水", "物业科", "滨江壹号渗水", False),
        ("物业管理中心今早转来：云溪府停水", "物业管理中心", "云溪府停水", False),
        ("翠湖小区电梯坏了 由燃气科处置", "燃气科", "翠湖小区电梯坏了", True),
        ("锦绣城拉横幅，请物业科尽快核实一下。点赞2万", "物业科", "锦绣城拉横幅 。点赞2万", True),
        ("燃气科那边报舆情：金色家园停气三天，由燃气科处置", "燃气科", "金色家园停气三天", True),
        ("和兴苑烂尾，建议由房产科牵头", "房产科", "和兴苑烂尾", True),
    ],
)
def test_the_section_is_told_from_what_is_said(
    words: str, called: str, left: str, *, to_handle: bool
) -> None:
    assert handing(words) == (called, left, to_handle)


@pytest.mark.parametrize(
    "words",
    [
        "网友说此事由信访办处理却没下文",
        "业主说物业科处理不公，拉横幅",
        "物业办公室被砸",
        "办公室转来：金色家园停气三天",
        "燃气科的车堵了小区门",
    ],
)
def test_a_section_that_is_only_talked_of_is_none(words: str) -> None:
    assert handing(words) is None
