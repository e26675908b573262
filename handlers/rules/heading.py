"""What stands before a title: 投稿 经验做法 学习强国 标题, 【重大】【调研】标题."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handlers.rules.channels import plain
from storage.vocabulary import DraftKind

_BRACKETED = re.compile(
    r"[【\[(（〔]\s*(?P<mark>[^】\])）〕]{1,20}?)\s*[】\])）〕]\s*(?P<rest>\S.*)", re.DOTALL
)
_WORD = re.compile(r"(?P<mark>[^\s,，、:：]{1,20})[\s,，、]+(?P<rest>\S.*)", re.DOTALL)
_TO = re.compile(r"^(?:报送?|投|发|供|给)")
_MAJOR = "重大"
_KINDS: Mapping[str, DraftKind] = MappingProxyType(
    {
        "动态": DraftKind.DYNAMIC,
        "工作动态": DraftKind.DYNAMIC,
        "简讯": DraftKind.DYNAMIC,
        "经验": DraftKind.PRACTICE,
        "做法": DraftKind.PRACTICE,
        "经验做法": DraftKind.PRACTICE,
        "经验信息": DraftKind.PRACTICE,
        "调研": DraftKind.RESEARCH,
        "调研报告": DraftKind.RESEARCH,
        "调研信息": DraftKind.RESEARCH,
        "问题": DraftKind.PROBLEM,
        "问题建议": DraftKind.PROBLEM,
        "问题信息": DraftKind.PROBLEM,
        "社情民意": DraftKind.PUBLIC_FEEDBACK,
        "紧急": DraftKind.EMERGENCY,
        "紧急信息": DraftKind.EMERGENCY,
        "应急信息": DraftKind.EMERGENCY,
        "党建": DraftKind.PARTY_BUILDING,
        "党建信息": DraftKind.PARTY_BUILDING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title without what stood before it; *kind* is None where none was said."""

    title: str
    kind: DraftKind | None = None
    channel: str = ""
    major: bool = False


def may_have_marks(said: str) -> bool:
    """Tell whether anything stands before the title that could be more than a part of it."""
    return bool(_BRACKETED.match(said.strip()) or _WORD.match(said.strip()))


def read_heading(said: str, channels: Mapping[str, str]) -> Heading:
    """Read the kind, the channel and 重大 before a title, in any order, each once.

    Each stands in brackets or is a word of its own, and is written exactly so: what is not known is
    the beginning of the title, and a title is always left. *channels* are the names that people use
    for a channel, as `handlers.rules.channels.plain` writes them, with its own.
    """
    heading = Heading(title=said.strip())
    while found := _BRACKETED.match(heading.title) or _WORD.match(heading.title):
        marked = _marked(heading, found["mark"], found["rest"], channels)
        if marked is None:
            return heading
        heading = marked
    return heading


def _marked(heading: Heading, mark: str, rest: str, channels: Mapping[str, str]) -> Heading | None:
    """Return the heading with one more mark; None where the word is none, or said before."""
    kind, channel, major = heading.kind, heading.channel, heading.major
    name = plain(mark)
    if mark == _MAJOR and not major:
        major = True
    elif name in _KINDS and kind is None:
        kind = _KINDS[name]
    elif not channel and (named := channels.get(name) or channels.get(_TO.sub("", name))):
        channel = named
    else:
        return None
    return Heading(title=rest, kind=kind, channel=channel, major=major)
