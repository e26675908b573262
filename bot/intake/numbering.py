"""Numbers that Word writes before paragraphs by itself: 一、 （二） 3."""

import re
from dataclasses import dataclass, field

from bot.intake.markup import Attributes, Reader, read

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_TEN, _LETTERS, _CIRCLES = 10, 26, 20
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    words: str
    start: int


class _Definitions(Reader):
    """Reads word/numbering.xml: abstract lists with their levels, and which list uses which."""

    def __init__(self) -> None:
        self.levels: dict[tuple[str, int], _Level] = {}
        self.lists: dict[str, str] = {}
        self._abstract = self._number = ""
        self._level = 0
        self._form, self._words, self._start = "decimal", "", 1

    def start(self, tag: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if tag == "abstractNum":
            self._abstract = attributes.get("abstractNumId", "")
        elif tag == "num":
            self._number = attributes.get("numId", "")
        elif tag == "abstractNumId":
            self.lists[self._number] = value
        elif tag == "lvl" and attributes.get("ilvl", "").isdigit():
            self._level = int(attributes["ilvl"])
            self._form, self._words, self._start = "decimal", "", 1
        elif tag == "numFmt":
            self._form = value
        elif tag == "lvlText":
            self._words = value
        elif tag == "start" and value.isdigit():
            self._start = int(value)

    def end(self, tag: str) -> None:
        if tag == "lvl" and not self._number:
            found = _Level(self._form, self._words, self._start)
            self.levels[self._abstract, self._level] = found


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of each list, level by level."""

    _defined: _Definitions
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: bytes) -> "Numbering":
        """Read the lists of a document; none where there is no such part."""
        defined = _Definitions()
        if part:
            read(part, defined)
        return cls(defined)

    def next(self, number: str, level: int) -> str:
        """Return what stands before the next paragraph of a list; nothing for a bullet."""
        abstract = self._defined.lists.get(number, "")
        found = self._defined.levels.get((abstract, level))
        if found is None:
            return ""
        counts = self._counts.setdefault(abstract, [])
        del counts[level + 1 :]
        while len(counts) <= level:
            counts.append(self._first(abstract, len(counts)) - (len(counts) == level))
        counts[level] += 1
        if found.form in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda place: self._said(abstract, counts, int(place[1])), found.words)

    def _first(self, abstract: str, level: int) -> int:
        found = self._defined.levels.get((abstract, level))
        return found.start if found else 1

    def _said(self, abstract: str, counts: list[int], place: int) -> str:
        if place > len(counts):
            return ""
        found = self._defined.levels.get((abstract, place - 1))
        return _written(counts[place - 1], found.form if found else "decimal")


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < _TEN * _TEN:
        return _in_chinese(number)
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= _LETTERS:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= _CIRCLES:
        return chr(ord("①") + number - 1)
    return str(number)


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
