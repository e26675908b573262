"""How much attention a post says that something has: 点赞2万, 播放量突破100万, 5万人看过."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from handlers.rules.opinion.people import COUNT, WHO, least

_UNITS: Final = {"": 1, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_HOW_MUCH = rf"(?:[0-9]+(?:\.[0-9]+)?|{COUNT})"
_UNIT = "[万w千k亿]"
_NAMED = "点赞|赞|播放|阅读|浏览|转发|评论|观看|围观|收藏|跟帖|讨论|互动|热度"
_LINK = (
    r"(?:已经?|累计|总共|共|目前|都|有|了|在|超过?|突?破|过|接?近|大?约|达到?|高达|到|快|涨|升|飙|冲"
    r"|攀|上|至|为|是|[:\s])"
)
_NO_COUNT = "(?![0-9.]|[年月日号楼栋幢单元户块岁时点分秒天周期层米平%])"
_NOT_SAID = (
    rf"(?![零〇一二两三四五六七八九十百千]*[多余来几]?[名个位]?(?:{WHO}|网友|人|[0-9]+人)[^,.。，!?;；\n]{{0,3}}"
    "(?:说|称|讲|问|喊|骂|吐槽|反映|表示|提到|提出|要求|扬言|建议|质疑|留言|爆料|投诉|晒))"
)
"""Of whom it is told what they say in a comment: 评论有3人说也漏水 counts no comments."""
_ATTENTION = re.compile(
    rf"(?:{_NAMED}|转|播)(?:量|人?数|人次|次数|区)?{_LINK}{{0,8}}"
    rf"(?P<after>{_HOW_MUCH})\s?(?P<unit>{_UNIT}?){_NO_COUNT}{_NOT_SAID}"
    rf"|(?P<before>{_HOW_MUCH})\s?(?P<of>{_UNIT}?)[多余来+\s]*(?:人次|名?网友|个?人|个|次|条)?(?:已经?|的)?"
    r"(?P<what>点赞|赞|播放|阅读|浏览|转发|评论|观看|看过|在看|收藏|跟帖|讨论)"
    rf"|(?P<crowd>{_HOW_MUCH})\s?(?P<many>[万w])[多余+]*(?:人次|名?网友|人)?(?:围观|关注)"
)
_COUNTED_NEXT = re.compile(rf"(?:量|人?数|人次|次数)?{_LINK}{{0,8}}{_HOW_MUCH}")
_MAY_SAY = re.compile(f"{_NAMED}|转|播|看过|在看|关注")
"""A text without any of these says nothing of it: the full reading costs many times as much."""


def attention(text: str) -> int:
    """Return the highest count of views, likes, reposts or comments in a text as it was sent."""
    spelled = unicodedata.normalize("NFKC", text).lower()
    return max(_counts(spelled), default=0) if _MAY_SAY.search(spelled) else 0


def in_words(heat: int) -> str:
    """Return a heat as it is shown: 2.3万; nothing for none."""
    if heat < _UNITS["万"]:
        return str(heat) if heat else ""
    return f"{heat / _UNITS['万']:.1f}万".replace(".0万", "万")


def _counts(spelled: str) -> Iterator[int]:
    place = 0
    while found := _ATTENTION.search(spelled, place):
        if _is_of_something_else(found):
            place = found.start("what")
            continue
        place = found.end()
        count = found["after"] or found["before"] or found["crowd"]
        unit = found["unit"] or found["of"] or found["many"] or ""
        yield int(_read(count) * _UNITS[unit])


def _is_of_something_else(found: re.Match[str]) -> bool:
    """Tell whether the number before ends what stands apart: 电话12345678 点赞2万, 张三 点赞2万."""
    apart = found["before"] is not None and any(map(str.isspace, found[0]))
    return apart and _COUNTED_NEXT.match(found.string, found.end()) is not None


def _read(count: str) -> float:
    """Return the least that a number says; what follows 破 may be 百万."""
    if count[0].isascii():
        return float(count)
    return least(count) or least(f"一{count}") or 0
