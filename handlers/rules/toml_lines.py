"""Where each key of a TOML file stands, so that a fault can be told with its line.

`tomllib` says what a file holds and not where; this walks a text that `tomllib` has taken already,
so it need not tell valid from invalid.
"""

import re
import tomllib
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(slots=True)
class Place:
    """The line of one value, counted from 1, and the places of what is inside it."""

    line: int
    inside: dict[str | int, "Place"] = field(default_factory=dict)

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of the last step of *path* that stands in the file.

        Steps that are not there (a default, the name of a variant) are passed over.
        """
        here = self
        for step in path:
            here = here.inside.get(step, here)
        return here.line


def places(text: str) -> Place:
    """Return the places of a TOML document.

    Raises:
        tomllib.TOMLDecodeError: it is none.
    """
    tomllib.loads(text)
    return _Walk(text.replace("\r\n", "\n")).document()


class _Walk:
    """Goes once through the text; *_at* is how far it has come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [found.start() for found in re.finditer(r"\n", text)]

    def document(self) -> Place:
        root = here = Place(1)
        while self._next():
            if self._take("[["):
                here = self._row(root)
            elif self._take("["):
                here = self._within(root, self._key())
                here.line = self._line()
            else:
                self._pair(here)
                continue
            self._at = self._text.index("]", self._at) + 1
            self._take("]")
        return root

    def _row(self, root: Place) -> Place:
        """Begin the next table of an array of tables."""
        *above, last = self._key()
        array = self._within(self._within(root, above), [last])
        number = len(array.inside)
        return array.inside.setdefault(number, Place(self._line()))

    def _within(self, here: Place, path: Sequence[str]) -> Place:
        """Go down *path*, through the last table of each array of tables on the way."""
        for step in path:
            if here.inside and all(isinstance(each, int) for each in here.inside):
                here = here.inside[len(here.inside) - 1]
            here = here.inside.setdefault(step, Place(self._line()))
        return here

    def _pair(self, here: Place) -> None:
        line = self._line()
        *above, last = self._key()
        target = self._within(here, above)
        target.inside[last] = Place(line)
        self._next()
        self._at += 1  # the equals sign
        self._value(target.inside[last])

    def _value(self, place: Place) -> None:
        self._next()
        if self._take("["):
            number = 0
            while not self._ended("]"):
                place.inside[number] = Place(self._line())
                self._value(place.inside[number])
                number += 1
        elif self._take("{"):
            while not self._ended("}"):
                self._pair(place)
        else:
            scalar = _STRING.match(self._text, self._at) or _SCALAR.match(self._text, self._at)
            self._at = scalar.end() if scalar else len(self._text)

    def _ended(self, bracket: str) -> bool:
        """Pass over a comma; say whether *bracket* closes what was open."""
        self._next()
        if self._take(","):
            self._next()
        return self._take(bracket) or self._at >= len(self._text)

    def _key(self) -> list[str]:
        steps = [self._step()]
        while self._next() and self._take("."):
            steps.append(self._step())
        return steps

    def _step(self) -> str:
        self._next()
        found = _KEY.match(self._text, self._at)
        raw = found[0] if found else ""
        self._at += len(raw) or 1
        return str(next(iter(tomllib.loads(f"{raw} = 0")))) if raw[:1] in {'"', "'"} else raw

    def _next(self) -> bool:
        """Go on to what is neither blank nor a comment."""
        if found := _BLANK.match(self._text, self._at):
            self._at = found.end()
        return self._at < len(self._text)

    def _take(self, sign: str) -> bool:
        taken = self._text.startswith(sign, self._at)
        self._at += len(sign) * taken
        return taken

    def _line(self) -> int:
        return bisect(self._breaks, self._at - 1) + 1
