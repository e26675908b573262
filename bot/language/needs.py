"""What a pattern needs: characters without which it cannot be found, whatever else there is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from re import _constants as code  # type: ignore[attr-defined]  # no other reader of patterns
from re import _parser  # type: ignore[attr-defined]  # as above
from typing import Any

Need = frozenset[str]
"""At least one of these has to be in the text."""

MOST = 3
"""Needs of one pattern; more would not rule out much more."""

_WIDEST = 400  # characters of a need; one that is wider rules out nothing


def needs(pattern: str) -> Sequence[Need]:
    """Return what a text must have to contain *pattern*, the rarest first; empty if anything may.

    It is not exact: a text that has it all need not contain the pattern.
    """
    return _rarest(_of_sequence(_parser.parse(pattern, re.DOTALL)))[:MOST]


def _rarest(found: Iterable[Need]) -> list[Need]:
    return sorted(
        {need for need in found if len(need) <= _WIDEST}, key=lambda need: (len(need), min(need))
    )


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[Need]:
    return [need for kind, value in parts for need in _of_part(kind, value)]


def _of_part(kind: Any, value: Any) -> list[Need]:
    read = _READERS.get(kind)
    return read(value) if read else []


def _of_set(members: Sequence[tuple[Any, Any]]) -> list[Need]:
    found: set[str] = set()
    for kind, value in members:
        if kind is code.LITERAL:
            found.add(chr(value))
        elif kind is code.RANGE and value[1] - value[0] < _WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return []
    return [frozenset(found)]


def _of_branches(value: Any) -> list[Need]:
    """Join the needs of the branches, one of each: whichever branch is taken, it is there."""
    branches = [_rarest(_of_sequence(branch)) for branch in value[1]]
    if not all(branches):
        return []
    joined = zip_longest(*branches)
    return [
        frozenset().union(*(need or branch[0] for need, branch in zip(each, branches, strict=True)))
        for each in joined
    ]


def _of_repeat(value: Any) -> list[Need]:
    least, _, body = value
    return _of_sequence(body) if least else []


_READERS: Mapping[Any, Callable[[Any], list[Need]]] = {
    code.LITERAL: lambda value: [frozenset(chr(value))],
    code.IN: _of_set,
    code.BRANCH: _of_branches,
    code.SUBPATTERN: lambda value: _of_sequence(value[-1]),
    code.ATOMIC_GROUP: _of_sequence,
    code.ASSERT: lambda value: _of_sequence(value[1]),
    code.MAX_REPEAT: _of_repeat,
    code.MIN_REPEAT: _of_repeat,
    code.POSSESSIVE_REPEAT: _of_repeat,
}
