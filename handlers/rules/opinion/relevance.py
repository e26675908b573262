"""Whether a post is about the bureau's own ground: 0, .3, .6 or 1, and by which words.

A bureau writes its names into its file of topics, as lists:

    [词表 本地]  full names that nobody else has: 江北区, 春江花园
    [词表 小区]  estates, projects, companies; other cities have some of the same name
    [词表 单位]  what the bureau and its leaders are called
    [词表 简称]  names that are words as well (友好, 前进): with a suffix or beside a parent
    [词表 重名]  own towns whose names many have (城关镇): beside a parent
    [词表 上级]  city and province
    [词表 外地]  neighbours, and others that are taken for us
    [词表 来源]  outlets and accounts that write about here alone

Provinces, cities and countries that it does not name are somebody else's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from handlers.rules.opinion.matching import Post
from handlers.rules.opinion.plain import plain

OWN, OWN_FIELD, LOCAL, NONE = 1.0, 0.6, 0.3, 0.0

_SUFFIX = "[省市区县旗州镇乡村]|街道|社区|地区|自治"
_NO_PLACE = re.compile(
    # 南京路, 北京时间, 上海银行, 进京上访: the name of a place, but nothing that happened there.
    "[东西南北中]?[一二三四五]?(?:大?路|大?街(?!道)|大道|巷|桥)|时间|银行|户口|户籍|来的|老乡|人寿|方面|籍|话|菜|牌照|烤鸭|站(?!台)|大学"
    "|春天|小区|花园|家园|新村|公寓|广场|大厦|苑|府|湾|里|园|庭|国际|酒店|饭店|红(?!河)"
)


_OFFICES = ("局", "委", "办", "厅", "中心", "政府", "公司", "大队", "所")


@unique
class Kind(Enum):
    """What a name says about where."""

    FULL = "本地"
    ESTATE = "小区"
    UNIT = "单位"
    SHORT = "简称"
    SHARED = "重名"
    PARENT = "上级"
    OTHER = "外地"
    SOURCE = "来源"


_OF_A_PARENT = frozenset({Kind.FULL, Kind.SHORT, Kind.SHARED})
"""Other cities have some of these names too: 重庆江北区 is not the 江北区 of 南州."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How far a post is the bureau's own, by which *words*; *elsewhere*: it names others alone.

    *place* is the most exact own name in it.
    """

    value: float
    words: tuple[str, ...] = ()
    place: str = ""
    elsewhere: bool = False


class Ground:
    """The names of a bureau's ground, ready to be looked for; safe to be shared by threads."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._kinds: dict[str, Kind] = {}
        for kind in reversed(Kind):
            for written in lists.get(kind.value, ()):
                if name := plain(written).text:
                    self._kinds[name] = kind
        own = [name for name, kind in self._kinds.items() if kind is not Kind.OTHER]
        for name in elsewhere():
            if not any(name in mine or _stem(mine) == name for mine in own):
                self._kinds.setdefault(name, Kind.OTHER)
        self._names = sorted(self._kinds)
        self._automaton = AhoCorasick(
            self._names,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )

    @property
    def known(self) -> bool:
        """Tell whether the bureau has said where it is at all."""
        return any(kind is not Kind.OTHER for kind in self._kinds.values())

    def of(self, post: Post, *, source: str = "", on_topic: bool, reported: bool) -> Relevance:
        """Say how far a post is the bureau's own.

        Args:
            post: its words.
            source: who says it.
            on_topic: it is about the bureau's field.
            reported: a member of the bureau found it worth a report.
        """
        found = self._named(post.plain.text)
        beside = self._named(plain(source).text) if source else {}
        parents = [*found.get(Kind.PARENT, ()), *beside.get(Kind.PARENT, ())]
        own = [*found.get(Kind.FULL, ()), *found.get(Kind.UNIT, ())]
        estates, others = found.get(Kind.ESTATE, []), found.get(Kind.OTHER, [])
        local = Kind.SOURCE in beside or Kind.FULL in beside
        short = found.get(Kind.SHORT, []) if parents or local else []
        shared = found.get(Kind.SHARED, []) if parents or local else []
        if not others or parents or local:
            own += estates
        place = _narrowest(estates, own) if own or not others else ""
        if own or short:
            return Relevance(value=OWN, words=(*own, *short), place=place)
        if others and not parents and not local:
            value = LOCAL if reported else NONE
            return Relevance(value=value, words=tuple(others), elsewhere=True)
        if reported:
            return Relevance(value=OWN, words=(*shared, *parents))
        if shared or (parents and on_topic and not others):
            return Relevance(value=OWN_FIELD, words=(*shared, *parents))
        if on_topic or local:
            return Relevance(value=LOCAL, words=tuple(parents))
        return Relevance(value=NONE)

    def _named(self, text: str) -> dict[Kind, list[str]]:
        """Return the names in a text by kind, each once."""
        found: dict[Kind, list[str]] = {}
        other_ends = -1
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            name = self._names[index]
            kind = self._kinds[name]
            if kind in _OF_A_PARENT and _is_behind(text, other_ends, start):
                continue
            if kind is Kind.OTHER and _NO_PLACE.match(text, end):
                continue
            if kind is Kind.OTHER:
                other_ends = end
            if kind is Kind.SHORT and re.match(_SUFFIX, text[end : end + 2]):
                kind = Kind.FULL
            names = found.setdefault(kind, [])
            if name not in names:
                names.append(name)
        return found


def _narrowest(estates: Sequence[str], own: Sequence[str]) -> str:
    """Return the most exact of some names: what an office tells of an estate is of the estate."""
    places = estates or [name for name in own if not name.endswith(_OFFICES)] or own
    return max(places, key=len, default="")


def _is_behind(text: str, other_ends: int, start: int) -> bool:
    """Tell whether a name stands right behind another city's, and so is of that city."""
    return other_ends >= 0 and text[other_ends:start] in {"", "市", "省"}


@cache
def elsewhere() -> frozenset[str]:
    """Return the provinces, cities and countries of the list that ships."""
    text = files("handlers.rules.opinion").joinpath("elsewhere.txt").read_text("utf-8")
    return frozenset(_words(text))


@cache
def abroad_names() -> frozenset[str]:
    """Return the countries of that list, and their cities."""
    text = files("handlers.rules.opinion").joinpath("elsewhere.txt").read_text("utf-8")
    return frozenset(_words(text.partition("[外国]")[2]))


def _words(text: str) -> Iterable[str]:
    for line in text.splitlines():
        if not line.startswith(("#", "[")):
            yield from line.split()


def _stem(name: str) -> str:
    return re.sub(f"(?:{_SUFFIX})$", "", name)
