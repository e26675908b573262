"""What a post is about within its field (电梯, 停水, 过渡费), however people say it."""

from functools import cache, lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_READ = 240
"""As much as tells a matter; what follows in long ones is how people plead."""


def subjects(spelled: str) -> frozenset[str]:
    """Return the subjects of a text in plain spelling, each by the first word of its line."""
    return _subjects(spelled[:_READ])


@lru_cache(1 << 12)
def _subjects(spelled: str) -> frozenset[str]:
    automaton, named = _words()
    found = automaton.find_matches_as_indexes(spelled)
    return frozenset(named[index] for index, _, _ in found)


@cache
def _words() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return what finds the words of the list that ships, and the subject of each."""
    text = files("handlers.rules.opinion").joinpath("subjects.txt").read_text("utf-8")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    words = {word: line[0] for line in lines for word in line}
    automaton = AhoCorasick(
        list(words),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )
    return automaton, tuple(words.values())
