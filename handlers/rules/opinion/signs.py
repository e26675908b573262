"""What makes a post graver or lighter than its topic: crowds, media, heat, and words that soften.

Read from the text by words and counts; each sign comes with the words that say so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from handlers.rules.numerals import NUMERAL, number
from handlers.rules.opinion.plain import plain


class Medium(IntEnum):
    """Who carries it; the widest last."""

    LOCAL = 0
    CITY = 1
    PROVINCE = 2
    NATION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What stands in a text. *mass* is 0, 2 or 3; *heat* counts views, likes and reposts.

    *crowd* is how many came together. *softened*: it is settled, denied or exercised.
    *trapped*: people are below or inside what came down, or missing.
    """

    mass: int = 0
    crowd: int = 0
    medium: Medium = Medium.LOCAL
    heat: int = 0
    softened: bool = False
    trapped: bool = False
    read_from: tuple[str, ...] = ()


_GATHERED = (
    "聚集|围堵|堵门|堵路|拉横幅|拉条幅|上访|维权|静坐|游行|讨说法|要说法|讨薪|讨要|跪求|集会|围住|围着"
    "|围了|堵住|堵着|联名"
)
_FIERCE = re.compile(
    "集体上访|进京上访|越级上访|群体性事件|拉横幅|拉条幅|堵路|堵门|围堵|静坐|游行|下跪|扬言|跳楼|轻生"
    "|自焚|喝农药|集体维权|打砸|堵[住着][^,。]{0,6}门|爬[上到][^,。]{0,8}(?:塔吊|楼顶)|跳下来|推搡|打起来|动手打"
)
_MASSED = re.compile("聚集|上访|维权|冲突|组团去|讨说法|围住|集会|联名|围了|堵住|上fang|维quan|wq")
_PEOPLE = rf"(?:{NUMERAL}|上百|数百|近百)[多余]?[个名]?(?:人|户|业主|群众|工人)"
_CROWD = re.compile(
    rf"{_PEOPLE}[^,。!?;\n]{{0,8}}?(?:{_GATHERED})|(?:{_GATHERED})[^,。!?;\n]{{0,8}}?{_PEOPLE}"
)
_SIZE = re.compile(rf"上百|数百|近百|{NUMERAL}")
_MEDIA = {
    Medium.NATION: (
        "央视|焦点访谈|新华社|人民日报|央媒|人民网|中央巡视|国务院督查|环保督察|自然资源督察"
        "|全国热搜|微博热搜|上热搜|热搜第"
    ),
    Medium.PROVINCE: "省台|省级媒体|卫视|省电视台|省纪委|省督查",
    Medium.CITY: (
        "市电视台|市台|晚报|都市报|都市频道|同城热搜|问政节目|记者采访|暗访|调查报道|大v"
    ),
}
_MEDIUM = {medium: re.compile(words) for medium, words in _MEDIA.items()}
_HEAT = re.compile(
    rf"(?:点赞|赞|播放|阅读|浏览|转发|评论|热度|转|播)(?:量|数)?(?:已|都|有|了|过|超|破|近|达|到|快){{0,3}}"
    rf"(?P<after>[0-9]+(?:.[0-9]+)?|{NUMERAL})(?P<unit>万|w|k|千)?"
    rf"|(?P<before>[0-9]+(?:.[0-9]+)?|{NUMERAL})(?P<of>万|w|k|千)?(?:多|余)?(?:个|次|条)?"
    rf"(?:点赞|赞|播放|阅读|浏览|转发|评论)"
)
_UNITS: Mapping[str | None, int] = {None: 1, "万": 10_000, "w": 10_000, "k": 1_000, "千": 1_000}
_SOFT = re.compile(
    "已复工|已交付|已发放|已解决|已办结|已处理|达成一致|辟谣|不实信息|谣言|已调解|已恢复|已修复|已全部发|已拆除重建|已整改|已落实|修复加固|住进新|预计(?:年底|下月|[0-9]+月)(?:前)?(?:交房|复工|完工)|演练|演习|竣工|通过验收"
)
_TRAPPED = re.compile(
    r"(?:人|工人|租客|住户|居民|村民|老人|孩子|司机|口)[^,。!?;\n电梯]{0,6}(?:被困|被埋|被压|压在|埋在|失踪|失联)"
    r"|(?:被困|被埋|被压)(?:者|人员|[0-9一二两三四五六七八九十]+[人名个])|有人被[困埋压]"
)
_FREE = re.compile(
    r"(?:无|没有|未有|未造成)(?:人员?)?[^,。]{0,3}(?:被困|被埋|被压|失踪|失联)|差点|险些|电梯|救出|演练"
)
_WORDS = {"上百": 100, "数百": 100, "近百": 90}


def signs(text: str, heat: int = 0) -> Signs:
    """Return what a text says about crowds, media and heat; nothing where it says nothing.

    *heat* was counted where it stands; the text may tell more.
    """
    spelled = plain(text).text
    fierce, massed = _FIERCE.search(spelled), _MASSED.search(spelled)
    crowds = [_SIZE.findall(each[0]) for each in _CROWD.finditer(spelled)]
    crowd = max((_count(size) for sizes in crowds for size in sizes), default=0)
    medium = next((each for each, words in _MEDIUM.items() if words.search(spelled)), Medium.LOCAL)
    soft = _SOFT.search(spelled)
    return Signs(
        mass=3 if fierce else 2 if massed or crowd else 0,
        crowd=crowd,
        medium=medium,
        heat=max((heat, *_heats(text))),
        softened=soft is not None,
        trapped=_TRAPPED.search(spelled) is not None and _FREE.search(spelled) is None,
        read_from=tuple(
            found[0]
            for found in (
                fierce or massed,
                _CROWD.search(spelled),
                _MEDIUM[medium].search(spelled) if medium else None,
                soft,
            )
            if found
        ),
    )


def _count(word: str) -> int:
    return _WORDS.get(word) or number(word) or 0


def _heats(text: str) -> Iterator[int]:
    """Yield each count of views, likes or reposts: 点赞2万, 转发3.5w, 800多评论."""
    for found in _HEAT.finditer(text.replace("．", ".").lower()):
        word, unit = (
            (found["after"], found["unit"]) if found["after"] else (found["before"], found["of"])
        )
        value = float(word) if "." in word else number(word)
        if value is not None:
            yield int(value * _UNITS[unit])
