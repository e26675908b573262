"""Words of a text as the search index keeps them: the same on every database, whatever was typed.

Chinese has no spaces between words, and the word that people look for has two characters: so what
is indexed is each pair of neighbouring characters. A pair is written in hexadecimal digits: no
tokeniser, locale or query language can read anything into it. A word is in a text if all its pairs
are, and then, where it is longer than a pair, if it stands there as it is.
"""

import unicodedata
from collections.abc import Iterable, Sequence

_PAIR = 2
_UNDOTTED = str.maketrans("İı", "ii")


def runs_of(text: str) -> list[str]:
    """Return the stretches of letters and digits, in half width and lower case."""
    plain = unicodedata.normalize("NFKC", text.translate(_UNDOTTED)).casefold()
    return "".join(char if char.isalnum() else " " for char in plain).split()


def normal(text: str) -> str:
    """Return *text* as it is searched: its runs, with one space between."""
    return " ".join(runs_of(text))


def marks_of(*texts: str) -> str:
    """Return the marks of normal texts, sorted: what the index is given."""
    runs = (run for text in texts for run in text.split())
    marks = {_mark(run[at : at + _PAIR]) for run in runs for at in range(len(run))}
    return " ".join(sorted(marks))


def marks_wanted(runs: Iterable[str]) -> Sequence[tuple[str, bool]]:
    """Return the marks that a text must have to hold *runs*, each with whether it is a beginning.

    A single character is the beginning of some pair, or of the rest of a run.
    """
    wanted: dict[tuple[str, bool], None] = {}
    for run in runs:
        if len(run) < _PAIR:
            wanted[_mark(run), True] = None
        for at in range(len(run) - 1):
            wanted[_mark(run[at : at + _PAIR]), False] = None
    return list(wanted)


def is_exact(run: str) -> bool:
    """Tell whether a text that has the marks of *run* is sure to hold it."""
    return len(run) <= _PAIR


def _mark(pair: str) -> str:
    return "w" + "".join(f"{ord(char):05x}" for char in pair)
