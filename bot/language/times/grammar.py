"""What the time grammar is made of: forms, tried only at the places where one may begin.

A text is read up to its first LIMIT characters, each form is anchored at a place and bounded in
length, so that the work grows with the text at worst, and not at all beyond the limit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from handlers.kit.patterns import later
from handlers.rules.numerals import number

LIMIT = 2_000  # characters; who says when says it earlier

M = TypeVar("M")

DIGITS = "0123456789"
HAN = "零〇一二两三四五六七八九十"
COUNTS = DIGITS + HAN

TENS = "[二三四五]?十[一二三四五六七八九]?"
COUNT = f"(?:[0-9]{{1,2}}|{TENS}|[零〇]?[一二两三四五六七八九]|[零〇])"
# A number that stands alone: not 12.5, 第3, v2, and not the end of a longer one.
ALONE = r"(?<![0-9A-Za-z第#])(?<![0-9][./-])"
WEEK = "(?:周|星期|礼拜)"
DAYS_OF_WEEK = "一二三四五六日"
TO = "(?: (?:[到至]|-{1,2}|~|—{1,2}|–) )"
BEFORE = "(?: [之以]?前(?![往期面后台]))"


def form(pattern: str) -> re.Pattern[str]:
    """Compile *pattern*, in which a space stands for a little spacing (much would be slow)."""
    return later(pattern.replace(" ", r"\s{0,3}"))


def count(word: str | None) -> int:
    """Return the number that the pattern COUNT has found; nothing is 0."""
    return number(word or "0") or 0


def weekday(word: str) -> int:
    """Return 0 for 一 up to 6 for 日, 天 and 7."""
    return DAYS_OF_WEEK.index("日") if word in "天日7" else (count(word) - 1)


def places_of(first: str) -> re.Pattern[str]:
    """Compile a pattern that finds where a form may begin; a number is one place, however long."""
    words = "".join(sorted(set(first) - set(COUNTS)))
    return later(f"[0-9]+|[{HAN}]+|[{words}]")


class Grammar(Generic[M]):
    """Forms and what each of them means, found by their first character."""

    def __init__(self, *forms: tuple[str, str, M]) -> None:
        by_first: defaultdict[str, list[tuple[re.Pattern[str], M]]] = defaultdict(list)
        for first, pattern, meaning in forms:
            compiled = form(pattern)
            for char in first:
                by_first[char].append((compiled, meaning))
        self._by_first = dict(by_first)
        self.first = "".join(by_first)
        self._places = places_of(self.first)

    def at(self, text: str, place: int) -> tuple[re.Match[str], M] | None:
        """Read the form that begins at *place*."""
        for pattern, meaning in self._by_first.get(text[place : place + 1], ()):
            if found := pattern.match(text, place):
                return found, meaning
        return None

    def scan(self, text: str) -> Iterator[tuple[re.Match[str], M]]:
        """Yield each form of the text that does not overlap one before it."""
        end = 0
        for place in self._places.finditer(text):
            if place.start() >= end and (read := self.at(text, place.start())):
                yield read
                end = read[0].end()
