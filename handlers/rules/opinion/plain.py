"""One spelling of a post for matching, with every place kept.

Half width, simplified, lower case; and what is put between the characters of a word to hide it
(spaces, dots, stars, emoji, what cannot be seen) is taken out. Marks that end a clause stay, so
that two sentences do not become one word. Words that are written as others (lanwei) are given back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from opencc import OpenCC

from handlers.rules.opinion.disguises import Swap, drawn, swaps

_STOPS = frozenset("\n,。!?;:、()《》<>[]【】「」“”")
"""What ends a clause or encloses one, after widths are made equal."""

_HIDING = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp", "So", "Sk", "Sm", "Sc"})
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their category that show nothing: what fills a syllable of Hangul."""

_PLANES = (
    range(0x20, 0xD800),
    range(0xE000, 0x10000),
    range(0x1D400, 0x1D800),  # letters for formulas
    range(0x1F000, 0x1FC00),  # emoji
    range(0xE0000, 0xE01F0),  # tags, variants
)
_CONTROLS = {char: "" for char in map(chr, range(0x20)) if char != "\n"}
_READ_AGAIN = 1 << 10
_FIRST_RARE = "\U00010000"
_SAME = {"。": "。", "｡": "。", "、": "、"}


@dataclass(frozen=True)
class Plain:
    """A text in one spelling; *sent* is how it was written."""

    sent: str
    text: str
    hidden: tuple[Swap, ...] = ()

    @cached_property
    def _moved(self) -> Sequence[Swap]:
        """Where one character became none or several: what stands behind it moved."""
        moving = _moving()
        found = _moving_form().finditer(drawn(self.sent))
        return [(*each.span(), moving[each[0]]) for each in found if each[0] in moving]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from *start* to before *end* stand in what was sent."""
        first, _ = _before(self.hidden, start)
        _, last = _before(self.hidden, end - 1)
        begins, _ = _before(self._moved, first)
        _, ends = _before(self._moved, last - 1)
        return begins, ends

    def quoted(self, start: int, end: int) -> str:
        """Return what was written from *start* to before *end*."""
        begins, ends = self.origin(start, end)
        return self.sent[begins:ends]


def _before(swaps: Iterable[Swap], place: int) -> tuple[int, int]:
    """Return from where to where a character stood before *swaps* were made, which are in order."""
    shift = 0
    for start, end, meant in swaps:
        if place < start + shift:
            break
        if place < start + shift + len(meant):
            return start, end
        shift += len(meant) - (end - start)
    return place - shift, place - shift + 1


@lru_cache(_READ_AGAIN)
def plain(sent: str) -> Plain:
    """Return *sent* in one spelling; the same text is read for one thing after another."""
    text, hidden = _spelled(sent)
    return Plain(sent, text, hidden)


def spelled(sent: str) -> str:
    """Return the text of `plain`, of what is not read again: it takes no place of what is."""
    return _spelled(sent)[0]


def _spelled(sent: str) -> tuple[str, tuple[Swap, ...]]:
    text = _changing_form().sub(_become, drawn(sent))
    hidden = tuple(swaps(text))
    if not hidden:
        return text, hidden
    ends = (0, *(end for _, end, _ in hidden))
    parts = [text[end:start] + meant for end, (start, _, meant) in zip(ends, hidden, strict=False)]
    return "".join(parts) + text[ends[-1] :], hidden


def _become(found: re.Match[str]) -> str:
    return _changed().get(found[0], found[0])


@cache
def _changing_form() -> re.Pattern[str]:
    return _any_of(_changed())


@cache
def _moving_form() -> re.Pattern[str]:
    return _any_of(_moving())


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these characters, and rare ones that may be none of them.

    To find the few of a text costs a third of asking `str.translate` about each.
    """
    common = "".join(each for each in characters if each < _FIRST_RARE)
    return re.compile(f"[{re.escape(common)}{_FIRST_RARE}-\U0010ffff]")


@cache
def _moving() -> Mapping[str, str]:
    """Return what becomes of each character of which not just one becomes."""
    return {each: kept for each, kept in _changed().items() if len(kept) != 1}


@cache
def _changed() -> Mapping[str, str]:
    """Return what becomes of each character that does not stay as it is."""
    wide = {each: _wide(each) for each in map(chr, chain(*_PLANES))}
    simple = dict(zip(wide, _simplified(wide.values()), strict=True))
    return _CONTROLS | {
        each: kept
        for each, text in simple.items()
        if (kept := "".join(filter(_is_kept, text.lower()))) != each
    }


def _wide(char: str) -> str:
    return _SAME.get(char) or unicodedata.normalize("NFKC", char)


def _simplified(texts: Iterable[str]) -> list[str]:
    """Convert each text for itself, in one call: on lines of their own they make no phrase."""
    converted: str = OpenCC("t2s").convert("\n".join(texts))
    return converted.split("\n")


def _is_kept(char: str) -> bool:
    if char in _STOPS:
        return True
    if char in _BLANKS:
        return False
    category = unicodedata.category(char)
    return category not in _HIDING and not category.startswith("P")
