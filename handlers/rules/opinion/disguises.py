"""Words that are hidden from filters, written as they are meant: lanwei, 烂wei, 弓虽拆, 着🔥.

What takes signs out from between characters is `plain`; this gives back the characters themselves.
Only words of a list (`disguises.txt`) are looked for, all in one pass over the text.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_PARTS: Final[Mapping[str, str]] = {
    "木娄": "楼",
    "弓虽": "强",
    "火暴": "爆",
    "土荅": "塌",
    "氵屚": "漏",
    "言寸": "讨",
    "亻责": "债",
    "扌斥": "拆",
    "金戋": "钱",
    "歹匕": "死",
    "亻为": "伪",
    "马扁": "骗",
    "足兆": "跳",
    "火兰": "烂",
    "扌立": "拉",
    "扌亢": "抗",
    "彳正": "征",
    "亻尝": "偿",
    "木又": "权",
    "言方": "访",
}
"""Characters in two parts, which hardly any word has side by side."""
_NATURAL: Final = frozenset({"火暴", "言寸", "木又", "言方"})
"""Of these the rest of the word has to be there as well."""
_SIGNS: Final[Mapping[str, str]] = {
    f"{before}{sign}": f"{before}{meant}"
    for sign, meant, befores in (
        ("🔥", "火", "着起失大救灭发"),
        ("💥", "爆", "气罐楼管锅炉厂灶道生"),
        ("💧", "水", "漏停断积进渗"),
        ("🏢", "楼", "跳危"),
        ("🏠", "房", "退交收还危"),
        ("💰", "钱", "退还欠工要汗黑"),
    )
    for before in befores
}
"""A picture for a character, where it stands for one; beside 特卖 it is only loud."""

_DRAWN: Final = re.compile("[🔥💥💧🏢🏠💰]")
_NEVER: Final = "-"

Swap = tuple[int, int, str]
"""From where to where a hidden word stands, and what is meant."""


def drawn(sent: str) -> str:
    """Return *sent* with pictures that stand for a character as that character."""
    if not _DRAWN.search(sent):
        return sent
    for written, meant in _SIGNS.items():
        sent = sent.replace(written, meant)
    return sent


def swaps(text: str) -> list[Swap]:
    """Return where words of a text in plain spelling are hidden, and which."""
    automaton, meant = _automaton()
    return [
        (start, end, meant[which])
        for which, start, end in automaton.find_matches_as_indexes(text)
        if _stands_alone(text, start, end)
    ]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin run at either end of a match is all of it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (
        (_is_latin(text[start]) and before and _is_latin(before))
        or (_is_latin(text[end - 1]) and after and _is_latin(after))
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    known = ways()
    written = sorted(known)
    automaton = AhoCorasick(
        written, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    return automaton, [known[each] for each in written]


@cache
def ways() -> Mapping[str, str]:
    """Return what is meant by each way of hiding a word."""
    whole = {parts: meant for parts, meant in _PARTS.items() if parts not in _NATURAL}
    return whole | {way: word for word, *rest in _lines() for way in _ways(word, rest)}


def _lines() -> Iterator[list[str]]:
    text = files("handlers.rules.opinion").joinpath("disguises.txt").read_text("utf-8")
    return (line.split() for line in text.splitlines() if not line.startswith("#"))


def _ways(word: str, rest: list[str]) -> Iterator[str]:
    syllables, others = rest[: len(word)], rest[len(word) :]
    if _NEVER not in syllables:
        yield "".join(syllables)
    yield from others
    for at, syllable in enumerate(syllables):
        if syllable != _NEVER:
            yield f"{word[:at]}{syllable}{word[at + 1 :]}"
        for parts, meant in _PARTS.items():
            if word[at] == meant:
                yield f"{word[:at]}{parts}{word[at + 1 :]}"
