"""What a pattern needs: characters without which it cannot be found, whatever else there is.

Patterns are read by the documented syntax of `re`, as much of it as meanings are written in.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

Need = frozenset[str]
"""At least one of these has to be in the text."""

MOST = 3
"""Needs of one pattern; more would not rule out much more."""

_WIDEST = 400  # characters of a need; one that is wider rules out nothing
_CODED = r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|.)"
_TOKEN = re.compile(
    r"(?P<plain>[^][\\(){}|*+?.^$]+)"
    r"|(?P<set>\[\^?]?(?:\\.|[^]\\])*])"
    r"|(?P<open>\((?:\?(?:[:>]|<?[=!]|P<\w+>)|(?!\?)))"
    r"|(?P<close>\))"
    r"|(?P<either>\|)"
    r"|(?P<optional>(?:[*?]|\{0*(?:,\d*)?})[+?]?)"
    r"|(?P<repeat>(?:\+|\{\d+(?:,\d*)?})[+?]?)"
    r"|(?P<anything>[.^$]|\\[A-Zbdsw])"
    rf"|(?P<coded>(?!\\\d){_CODED})",
    re.DOTALL,
)
_MEMBER = re.compile(rf"(?P<first>{_CODED}|.)(?:-(?P<last>{_CODED}|[^]]))?", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_CLASSES = re.compile(r"\\[DSWdsw]")


def needs(pattern: str) -> Sequence[Need]:
    """Return what a text must have to contain *pattern*, the rarest first; empty if anything may.

    It is not exact: a text that has it all need not contain the pattern.

    Raises:
        ValueError: there is more in it than literals, sets, repeats, alternatives, groups and
            looks ahead and behind.
    """
    return _rarest(_Reading(pattern).needs())[:MOST]


class _Reading:
    """Reads a pattern from the left to the right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._found: list[Need] = []  # in the alternative that is being read
        self._others: list[list[Need]] = []  # in those before it
        self._last = 0  # where in what was found begins what a repeat would repeat
        self._around: list[tuple[str, list[Need], list[list[Need]]]] = []

    def needs(self) -> Sequence[Need]:
        end = 0
        for token in _TOKEN.finditer(self._pattern):
            closes_nothing = token.lastgroup == "close" and not self._around
            if token.start() != end or token.lastgroup is None or closes_nothing:
                break
            self._take(token.lastgroup, token[0])
            end = token.end()
        if end < len(self._pattern) or self._around:
            raise ValueError(f"not read from character {end} on: {self._pattern}")
        return _either(*self._others, self._found)

    def _take(self, kind: str, token: str) -> None:
        match kind:
            case "optional":
                del self._found[self._last :]
            case "either":
                self._others.append(self._found)
                self._found = []
            case "open":
                self._around.append((token, self._found, self._others))
                self._found, self._others = [], []
            case "close":
                inside = _either(*self._others, self._found)
                opened, self._found, self._others = self._around.pop()
                self._add([] if opened.endswith("!") else inside)
            case "plain":
                self._add(map(frozenset, token))
                self._last = len(self._found) - 1
            case "repeat":  # what is repeated is there at least once
                pass
            case _:  # a set or an escape
                self._add(_of_one(token))

    def _add(self, found: Iterable[Need]) -> None:
        self._last = len(self._found)
        self._found += found


def _either(*alternatives: Sequence[Need]) -> Sequence[Need]:
    """Join their needs, one of each: whichever is found, it is there."""
    if not all(alternatives):
        return []
    branches = [_rarest(each)[:MOST] for each in alternatives]
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return []
    most = max(map(len, branches))
    filled = ([*branch, *branch[:1] * (most - len(branch))] for branch in branches)
    return [frozenset().union(*each) for each in zip(*filled, strict=True)]


def _rarest(found: Sequence[Need]) -> list[Need]:
    narrow = [need for need in found if len(need) <= _WIDEST]
    return sorted(set(narrow), key=_rarity) if len(narrow) > 1 else narrow


def _rarity(need: Need) -> tuple[int, str]:
    return len(need), min(need)


@lru_cache(maxsize=1024)
def _of_one(token: str) -> Sequence[Need]:
    """Return what a set or an escape needs."""
    if not token.startswith("["):
        return [] if len(token) == 1 or token[1] in "ABDSWZbdsw" else [frozenset(_decoded(token))]
    if token.startswith("[^") or _CLASSES.search(token):
        return []
    found: set[str] = set()
    for member in _MEMBER.finditer(token[1:-1]):
        first = ord(_decoded(member["first"]))
        last = ord(_decoded(member["last"])) if member["last"] else first
        if last - first >= _WIDEST:
            return []
        found.update(map(chr, range(first, last + 1)))
    return [frozenset(found)]


def _decoded(written: str) -> str:
    r"""Return the character that is written `x`, `\x`, `\n` or `\u4e00`."""
    if not written.startswith("\\"):
        return written
    if code := written[2:]:
        return chr(int(code, base=16))
    return _NAMED.get(written[1], written[1])
