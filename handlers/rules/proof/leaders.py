"""领导: names, titles and the order of the bureau's leaders."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handlers.rules.proof.finding import Finding, Found, Item, Leader

_TITLES = (
    "党组书记",
    "党组副书记",
    "党组成员",
    "党委书记",
    "党委副书记",
    "党委委员",
    "党工委书记",
    "纪检组长",
    "总工程师",
    "副总工程师",
    "副书记",
    "副局长",
    "副主任",
    "副区长",
    "副县长",
    "副市长",
    "副镇长",
    "副科长",
    "副处长",
    "副部长",
    "副主席",
    "副院长",
    "常务副局长",
    "调研员",
    "书记",
    "局长",
    "主任",
    "区长",
    "县长",
    "市长",
    "镇长",
    "科长",
    "处长",
    "部长",
    "主席",
    "院长",
)
_TITLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_BEFORE = re.compile(rf"((?:{_TITLE})(?:(?:、|兼|和|，)(?:{_TITLE}))*)[：:\s]?$")
_AFTER = re.compile(rf"^({_TITLE})(?!助理)")
_ONE = re.compile(_TITLE)
_TOGETHER = re.compile(r"领导(?:班子成员)?[：:]?(?:[\u4e00-\u9fff]{2,3}、)*$")
_HAN = r"[\u4e00-\u9fff]"
_LISTED = re.compile(rf"^[、和及与，,]?(?:{_HAN}{{0,6}}(?:{_TITLE}|、)){{0,4}}[、和及与，,]?$")
_NAME_LENGTH = 3


def leaders(item: Item, known: Sequence[Leader]) -> Iterator[Found]:
    """Yield names that are not quite a leader's, titles that are not his, and a wrong order."""
    if not known:
        return
    for in_title, text in ((True, item.title), (False, item.body)):
        yield from _names(text, known, in_title=in_title)
        yield from _titles(text, known, in_title=in_title)
        yield from _order(text, known, in_title=in_title)


def _titles(text: str, known: Sequence[Leader], *, in_title: bool) -> Iterator[Found]:
    """Yield wrong titles, and a name without any where it comes first in the body."""
    for leader in known:
        for place, found in enumerate(re.finditer(re.escape(leader.name), text)):
            said, start, end = _said(text, found.start(), found.end())
            if said and not set(_ONE.findall(said)) <= set(leader.titles):
                yield Found(
                    code=Finding.LEADER_TITLE,
                    in_title=in_title,
                    start=start,
                    end=end,
                    words=text[start:end],
                    instead="、".join(leader.titles) + leader.name,
                )
            elif not (said or place or in_title or _TOGETHER.search(text[:start][-30:])):
                yield Found(
                    code=Finding.LEADER_WITHOUT_TITLE,
                    start=start,
                    end=end,
                    words=leader.name,
                    instead="、".join(leader.titles) + leader.name,
                )


def _said(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the titles that stand at a name, and from where to where they and it stand."""
    if before := _BEFORE.search(text[:start][-30:]):
        return before[1], start - len(before[0]), end
    if after := _AFTER.match(text[end:]):
        return after[1], start, end + len(after[1])
    return "", start, end


def _names(text: str, known: Sequence[Leader], *, in_title: bool) -> Iterator[Found]:
    """Yield a name with one other character, where a leader's title stands at it."""
    for leader in known:
        if len(leader.name) < _NAME_LENGTH:
            continue
        own = "|".join(map(re.escape, leader.titles))
        family, middle, last = leader.name[0], leader.name[1:-1], leader.name[-1]
        near = (
            rf"{family}(?:{re.escape(middle)}(?!{last}){_HAN}|(?!{re.escape(middle)}){_HAN}{last})"
        )
        pattern = re.compile(rf"(?<=(?P<t>[\u4e00-\u9fff]{{2}})){near}|{near}(?=(?:{own}))")
        for found in pattern.finditer(text):
            titled = re.search(rf"(?:{own})$", text[: found.start()][-12:])
            followed = re.match(rf"(?:{own})", text[found.end() :])
            is_other = any(found[0] == other.name for other in known)
            if (titled or followed) and not is_other:
                yield Found(
                    code=Finding.LEADER_NAME,
                    in_title=in_title,
                    start=found.start(),
                    end=found.end(),
                    words=found[0],
                    instead=leader.name,
                )


def _order(text: str, known: Sequence[Leader], *, in_title: bool) -> Iterator[Found]:
    """Yield two leaders that are listed one after the other, the lower one first."""
    rank = {leader.name: place for place, leader in enumerate(known)}
    every = re.compile("|".join(re.escape(name) for name in rank))
    for one, other in pairwise(every.finditer(text)):
        between = text[one.end() : other.start()]
        if rank[one[0]] > rank[other[0]] and between and _LISTED.match(between):
            yield Found(
                code=Finding.LEADER_ORDER,
                in_title=in_title,
                start=one.start(),
                end=other.end(),
                words=text[one.start() : other.end()],
                instead=f"{other[0]}、{one[0]}",
            )
