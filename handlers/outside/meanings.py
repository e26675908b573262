"""What is asked about figures of other systems: 学习强国 above all."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import constant, period, when

SOURCE = "学习强国"
_ASKED = (
    r"(?:采用|供稿|用稿|录用|完成|达标|学习|任务|目标)?(?:情况|数据|数字|统计|完成率|进度|完成得?怎么样"
    r"|(?:了|得)?怎么样|多少[篇条]|几[篇条]|达标)|(?:没|未|还没|没有)(?:完成|达标|达到)|还[差欠缺](?:多少|几)"
    r"|(?:完成|达标)(?:了)?(?:没|吗|多少|几)"
)

_BEFORE = later(
    rf"(?<![一-鿿])(?P<x>(?!我|本|各|哪)[一-鿿]{{1,6}}(?:科|股|室|处|站|中心|大队))的?{SOURCE}"
)
"""物业科学习强国: the words run into one another, so that no section is found by itself."""


def _unit(heard: Heard) -> Slots:
    """Read the section that is named; 哪些科室 names none."""
    if found := _BEFORE.search(heard.plain):
        return {"unit": found["x"]}
    named = [name for name in heard.units() if not re.search(r"单位|科室|处室|[哪各个]|外部", name)]
    return {"unit": named[0]} if named else {}


outside = Meaning(
    name="outside_figures",
    words=(SOURCE, "外部数据"),
    cues=(
        cue(
            rf"(?:{SOURCE}|外部数据).{{0,14}}(?:{_ASKED})|(?:{_ASKED}).{{0,6}}(?:{SOURCE}|外部数据)",
            10,
            unless=r"\d+号|那[篇条份]|这[篇条份]|登记|提醒|几分|多少分|算分|加分|怎么(?!样)|导入|约稿|被",
        ),
    ),
    slots=(
        when(SOURCE, constant(source=SOURCE)),
        when("外部数据", constant(source="")),
        period(),
        _unit,
        when(r"没完成|未完成|没有完成|没达标|未达标|差|欠", constant(status="unmet")),
    ),
)

DECLARED = declared(__file__, outside)
