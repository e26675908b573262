"""Bulletins: how issues are called and numbered, what order is meant, and what a signature binds.

Who compiles an issue is the office; who signs it, the leader over the unit that compiles: a deputy,
else the principal, and never one who had a hand in it (domain-rules §2.3, §2.4 item 1).
"""

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.vocabulary import UserId

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = r"\d{1,4}|[零〇一二两三四五六七八九十百]{1,5}"
_ISSUE = re.compile(
    rf"\s*(?:《(?P<series>[^《》\n]{{1,30}})》)?\s*第?\s*(?P<number>{_NUMERAL})\s*期"
)
_SAID = re.compile(rf"(?:《(?P<series>[^《》\n]{{1,30}})》)?\s*第\s*(?P<number>{_NUMERAL})\s*期")
_TO = r"(?:到|至|在|成|为|去)?"
_FIRST = re.compile(r"最前|最上|第一[位条篇个]|首[位条篇]|头条|置顶|打头|排头|开头|第1[位条篇个]")
_LAST = re.compile(r"最后|末尾|最末|末[位条篇]|垫底|收尾|最下")
_NTH = re.compile(rf"{_TO}第\s*(?P<n>{_NUMERAL})(?!\s*期)\s*(?:位|条|篇|个)?")
_BESIDE = re.compile(rf"(?P<other>{_NUMERAL})\s*号(?:稿件?)?(?:的)?[之以]?(?P<side>[前后])")
_UP = re.compile(r"(?:往|向|提|挪|移|靠|朝)前|上移|提上")
_DOWN = re.compile(r"(?:往|向|挪|移|靠|朝)后|下移")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSaid:
    """第12期, 《住建信息》第十二期: *series* is empty where it was not said."""

    number: int
    series: str
    start: int
    end: int


def issue_at_start(text: str) -> IssueSaid | None:
    """Return the issue that *text* begins with, with or without 第."""
    return _read(_ISSUE.match(text))


def issue_in(text: str) -> IssueSaid | None:
    """Return the first issue that *text* names; there 第 has to be said."""
    return _read(_SAID.search(text))


def _read(found: re.Match[str] | None) -> IssueSaid | None:
    if found is None or not (number := numeral(found["number"])):
        return None
    return IssueSaid(
        number=number, series=found["series"] or "", start=found.start(), end=found.end()
    )


def numeral(word: str) -> int:
    """Return the value of 12 or 十二, up to 999."""
    if word.isdecimal():
        return int(word)
    value = rest = 0
    for char in word:
        if char in "十百":
            value += (rest or 1) * (100 if char == "百" else 10)
            rest = 0
        else:
            rest = rest * 10 * (not value) + _DIGITS[char]
    return value + rest


def total_of(latest: tuple[int, int, int] | None, year: int, number: int) -> int:
    """Return the running number of an issue; *latest* are year, number and total of the last one.

    Within a year the two run side by side; a new year goes on from the last total. The first issue
    that is known begins where its own number stands.
    """
    if latest is None:
        return number
    last_year, last_number, total = latest
    return total + number - (last_number if last_year == year else 0)


def is_next(latest: tuple[int, int, int] | None, year: int, number: int) -> bool:
    """Tell whether *number* is the one that follows; the first that is known may be any."""
    if latest is None:
        return True
    last_year, last_number, _ = latest
    return number == (last_number + 1 if last_year == year else 1)


def place_said(text: str, order: Sequence[int], moved: int) -> int | None:
    """Return the place, from 0, that *text* gives to the item *moved* of *order*; None for none.

    The place counts among the others, as after the item has been taken out.
    """
    others = [number for number in order if number != moved]
    if found := _BESIDE.search(text):
        other = numeral(found["other"])
        if other in others:
            return others.index(other) + (found["side"] == "后")
    at = order.index(moved)
    if _FIRST.search(text):
        return 0
    if _LAST.search(text):
        return len(others)
    if found := _NTH.search(text):
        return max(min(numeral(found["n"]) - 1, len(others)), 0)
    if _UP.search(text):
        return max(at - 1, 0)
    return min(at + 1, len(others)) if _DOWN.search(text) else None


def content_hash(heading: Sequence[str], items: Sequence[tuple[str, str, str, str]]) -> str:
    """Return the hash of all that is printed: the heading, and (draft, title, body, source)."""
    content = json.dumps([list(heading), [list(item) for item in items]], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def signers(ladder: Sequence[Collection[UserId]], hands: Collection[str]) -> list[UserId]:
    """Return who may sign: those of the first rung who had no hand in the issue."""
    for rung in ladder:
        if free := [each for each in rung if each not in hands]:
            return free
    return []
