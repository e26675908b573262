"""What a notice of a gathering says after its time: where, what about, for whom."""

import re
from dataclasses import dataclass

_PLACE = re.compile(r".*(?:室|厅|楼|会场|礼堂|中心|大厅|场|馆|线上|腾讯会议|视频会议|\d{3,4})")
_ALL = re.compile(
    r"(?:全体|全局|各科室?的?|所有|各单位的?)+(?:人员|同志|干部|职工|单位|科室|人|大家)?|全局|大家"
)
_OFFICERS = re.compile(r"(?:全体|各科室?的?|所有|各单位的?)*信息员")
_HEADS = re.compile(r"(?:全体|各科室?的?|所有|各单位的?)*(?:科室)?(?:负责人|科长)")
_GROUP = re.compile(
    r"(?:全体|各科室?的?|所有|各单位的?)(?:科室)?(?:信息员|负责人|科长|人员|同志|干部|职工|单位|科室)"
)
_WHERE = re.compile(
    r"(?:在|到|去)(?P<where>[^,，。\s开参]{1,12}(?:会议室|办公室|室|厅|楼|礼堂|中心|会场|大厅))"
)
_BESIDE = re.compile(
    r"^(?:请|麻烦|通知(?:一下)?)+|(?:来|都|要|准时|按时)*(?:参加|参会)[。.！!]?$"
    r"|^(?:来|去|参加|开|召开|举行|举办|组织)(?:一?个|一?次|一?场)?"
)
_SEPARATORS = re.compile(r"[\s,，;；]+")
_NAMES = re.compile(r"[、和及]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is asked: everybody, all officers, all heads, or those of *names* (units, people)."""

    everybody: bool = False
    officers: bool = False
    heads: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A gathering as it was said; *place* may be empty."""

    place: str
    title: str
    audience: Audience


def read(text: str) -> Wanted | None:
    """Read 三楼会议室 信息员培训 全体信息员; None where the matter or the audience is missing."""
    if spoken := _spoken(text):
        return spoken
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    if len(parts) < len(("title", "audience")):
        return None
    *rest, whom = parts
    place = ""
    if len(rest) > 1 and _PLACE.fullmatch(rest[0]):
        place, *rest = rest
    elif len(rest) > 1 and _PLACE.fullmatch(rest[-1]):
        *rest, place = rest
    return Wanted(place=place, title=" ".join(rest), audience=audience(whom))


def _spoken(text: str) -> Wanted | None:
    """Read 通知全体信息员 到三楼会议室培训, where 在 or 到 leads to the place; else None."""
    group, where = _GROUP.search(text), _WHERE.search(text)
    if group is None or where is None:
        return None
    rest = text.replace(group[0], " ", 1).replace(where[0], " ", 1)
    words = (_BESIDE.sub("", part) for part in _SEPARATORS.split(rest))
    title = " ".join(word for word in words if word)
    if not title:
        return None
    return Wanted(place=where["where"], title=title, audience=audience(group[0]))


def audience(said: str) -> Audience:
    """Read who is asked: 全体信息员, 各科室负责人, 物业科、李强."""
    names: list[str] = []
    everybody = officers = heads = False
    for word in filter(None, _NAMES.split(said)):
        if _OFFICERS.fullmatch(word):
            officers = True
        elif _HEADS.fullmatch(word):
            heads = True
        elif _ALL.fullmatch(word):
            everybody = True
        else:
            names.append(word)
    return Audience(everybody=everybody, officers=officers, heads=heads, names=tuple(names))
