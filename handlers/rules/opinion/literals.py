"""Which words a regular expression cannot do without, so that it is tried only where one stands.

A reading that errs on the safe side: what it does not know for sure breaks a word off.
"""

from collections.abc import Iterator, Sequence

_OPTIONAL = "?*"
_SPECIAL = frozenset(".^$|?*+")


def literals_of(pattern: str) -> tuple[str, ...]:
    """Return words of which one at least is in every text that *pattern* fits; none if unsure.

    Of the parts that must all be there, the one with the longest shortest word is taken.
    """
    try:
        return _of_sequence(_branches(pattern))
    except ValueError:  # a bracket that stands for itself
        return ()


def _strength(words: Sequence[str]) -> int:
    return min(map(len, words), default=0)


def _branches(pattern: str) -> list[str]:
    """Split at each | that stands outside of brackets."""
    found = [""]
    for piece in _pieces(pattern):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece
    return found


def _of_sequence(branches: Sequence[str]) -> tuple[str, ...]:
    """Return the words of alternatives: each must give some."""
    words: list[str] = []
    for branch in branches:
        of_branch = max(_parts(branch), key=_strength, default=())
        if not of_branch:
            return ()
        words += of_branch
    return tuple(dict.fromkeys(words))


def _parts(branch: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that each part of a sequence must have."""
    run = ""
    pieces = list(_pieces(branch))
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        may_lack = following[:1] in set(_OPTIONAL) or following.startswith(("{0", "{,"))
        literal = _literal(piece)
        if literal and not may_lack:
            run += literal
            if not following.startswith(("+", "{")):
                continue
        if run:
            yield (run,)
        run = ""
        if piece.startswith("(") and not may_lack and not piece.startswith("(?"):
            yield _of_sequence(_branches(piece[1:-1]))
        elif piece.startswith("(?:") and not may_lack:
            yield _of_sequence(_branches(piece[3:-1]))
    if run:
        yield (run,)


def _literal(piece: str) -> str:
    """Return the character that a piece stands for, if it is just one."""
    if len(piece) == 1:
        return "" if piece in _SPECIAL else piece
    escaped = piece.removeprefix("\\")
    return escaped if len(escaped) == 1 and not escaped.isalnum() else ""


def _pieces(pattern: str) -> Iterator[str]:
    """Yield characters, escapes, classes, counts and groups, each as a whole."""
    at = 0
    while at < len(pattern):
        end = _end(pattern, at)
        yield pattern[at:end]
        at = end


def _end(pattern: str, at: int) -> int:
    match pattern[at]:
        case "\\":
            return at + 2
        case "[":
            return _class_end(pattern, at)
        case "{":
            return pattern.index("}", at) + 1
        case "(":
            return _group_end(pattern, at)
        case _:
            return at + 1


def _class_end(pattern: str, at: int) -> int:
    end = at + 1 + pattern.startswith("^", at + 1)
    end += pattern.startswith("]", end)
    while pattern[end : end + 1] != "]":
        if end >= len(pattern):
            raise ValueError(pattern)
        end += 2 if pattern[end] == "\\" else 1
    return end + 1


def _group_end(pattern: str, at: int) -> int:
    end = at + 1
    while pattern[end : end + 1] != ")":
        if end >= len(pattern):
            raise ValueError(pattern)
        end = _end(pattern, end)
    return end + 1
