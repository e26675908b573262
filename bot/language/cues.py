"""All cues of all meanings, and which of them are found in a text.

A cue whose characters are not in the text is not tried, and not even compiled before it is tried
for the first time. Sets of cues are integers with a bit for each; the strongest have the lowest.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.language.needs import MOST, Need, needs
from handlers.kit.meaning import GATHERING, Cue, Meaning, Situation
from handlers.kit.patterns import later
from storage.vocabulary import Role

_NOT_FOUND = (0, -1)
_ANYTHING: Need = frozenset({""})


class _Tried:
    """A cue with its meaning's place, and how to look for it."""

    __slots__ = ("cue", "form", "meaning", "strength", "unless")

    def __init__(self, meaning: int, cue: Cue) -> None:
        self.meaning = meaning
        self.cue = cue
        self.strength = cue.strength
        self.form = later(cue.pattern, re.DOTALL)
        self.unless = later(cue.unless) if cue.unless else None

    def length(self, text: str) -> int:
        """Return how many characters it explains; -1 if it is not found."""
        found = self.form.search(text)
        if found is None or (self.unless is not None and self.unless.search(text)):
            return -1
        return found.end() - found.start()


class Cues:
    """Knows the cues of *meanings*."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        every = [_Tried(at, cue) for at, meaning in enumerate(meanings) for cue in meaning.cues]
        self._cues = sorted(every, key=lambda each: -each.cue.strength)
        self._words = frozenset(
            {"composing", *(word for each in every for word in each.cue.during)}
        )
        self._met = _by_character([needs(each.cue.pattern) for each in self._cues])
        self._in_place = lru_cache(maxsize=1024)(self._placed)

    def strongest(
        self, text: str, situation: Situation, roles: frozenset[Role]
    ) -> dict[int, tuple[int, int]]:
        """Return strength and length of the best cue of each meaning that has one in *text*."""
        left = self._in_place(self._words & frozenset(_called(situation)), roles)
        met = self._met[""]
        for char in self._met.keys() & set(text):
            met |= self._met[char]
        count = len(self._cues)
        for place in range(MOST):
            left &= met >> place * count
        best: dict[int, tuple[int, int]] = {}
        while left:
            lowest = left & -left
            left ^= lowest
            tried = self._cues[lowest.bit_length() - 1]
            strength, longest = best.get(tried.meaning, _NOT_FOUND)
            if tried.strength >= strength and (length := tried.length(text)) > longest:
                best[tried.meaning] = (tried.strength, length)
        return best

    def _placed(self, names: frozenset[str], roles: frozenset[Role]) -> int:
        """Return the cues that are heard in a situation of these *names*, from these *roles*."""
        return sum(
            1 << at for at, each in enumerate(self._cues) if _in_place(each.cue, names, roles)
        )


def _by_character(needed: Sequence[Sequence[Need]]) -> Mapping[str, int]:
    """Return which needs are met by a character: the first of all cues, then the second ...

    Under no character stand those that are not there.
    """
    met: defaultdict[str, int] = defaultdict(int)
    for at, found in enumerate(needed):
        none_left = [_ANYTHING] * (MOST - len(found))
        for place, need in enumerate([*found, *none_left]):
            for char in need:
                met[char] |= 1 << (place * len(needed) + at)
    return dict(met)


def _called(situation: Situation) -> Iterator[str]:
    """Yield what the situation is called in `Cue.during`."""
    kind = situation.kind or "-"
    yield kind
    if kind == GATHERING:
        yield "-"
    if situation.word:
        yield f"{kind}:{situation.word}"
    if situation.menu:
        yield "menu"
    if kind == "pending" and len(situation.numbers) == 1:
        yield "pending1"
        yield "review_card"


def _in_place(each: Cue, names: frozenset[str], roles: frozenset[Role]) -> bool:
    if each.roles and not each.roles & roles:
        return False
    if each.during:
        return not names.isdisjoint(each.during)
    return "composing" not in names
