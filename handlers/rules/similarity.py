"""查重: how alike two drafts are, and how those that are alike are found without reading them all.

    text ── marks_of ──> some 50 numbers, its marks ──> rows with an index
    new text ── marks_of ──> one query: who shares marks? ── likeness ──> the few that are alike

There are two kinds of marks. **Bands** are of the whole text: MinHash over pairs of characters
(one permutation cut into bins, after Li, Owen and Zhang; an empty bin borrows, after Shrivastava),
four minima to a band. Two texts that have half of their pairs in common share a band in two cases
of three, two that have a tenth in one of six hundred. **Clauses** are of its parts, what stands
between two marks of punctuation: by them a short item finds the long one that it was taken from,
whatever stands around it there, and a long one finds the items that it was made of.

Marks are kept: what is written here must go on giving the same numbers, or those of two years are
made anew. That is one reason why no library's hash is in it (docs/adr/0015).
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from storage.vocabulary import Alike, UnitId

_BINS = 64
_IN_BAND = 4
_SHORTEST_CLAUSE = 6
_MOST_CLAUSES = 64
_NOT_READ = re.compile(r"[\W_]+")
_BETWEEN_CLAUSES = re.compile(r"[\s,.;:!?、。()\"“”…—]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From where on two drafts count as alike, each between 0 and 1."""

    shared: float = 0.4
    contained: float = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike a new draft and an older one are.

    *shared* is the share of pairs of characters, title and body, that both have, of those that
    either has (Jaccard); *contained* the share of the shorter body's runs of four that the longer
    one has, too; *lengths* the new body's length in those of the old.
    """

    shared: float
    contained: float
    lengths: float

    @property
    def degree(self) -> float:
        """What people are told: the greater of the two, between 0 and 1."""
        return max(self.shared, self.contained)

    def kind(self, threshold: Threshold) -> Alike | None:
        """Say in which way they are alike, None if they are not."""
        if self.shared < threshold.shared and self.contained < threshold.contained:
            return None
        if self.shared == self.contained == 1:
            return Alike.SAME
        if self.contained >= threshold.contained and self.lengths <= _HALF:
            return Alike.PART_OF
        if self.contained >= threshold.contained and self.lengths >= 1 / _HALF:
            return Alike.HOLDS
        return Alike.EDITED


_HALF = 0.6
"""Shorter than this, in lengths of the other, a draft is a part of it and not another form."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a draft is compared by: made once of the new one, not once for each comparison."""

    characters: int
    pairs: frozenset[str]
    runs: frozenset[str]


def profile_of(title: str, body: str) -> Profile:
    plain = _plain(body)
    return Profile(
        characters=len(plain),
        pairs=frozenset(_grams(_plain(title) + plain, 2)),
        runs=frozenset(_grams(plain, 4)),
    )


def likeness(new: Profile, old: Profile) -> Likeness:
    """Compare a new draft with an older one."""
    both = len(new.pairs & old.pairs)
    fewer = min(len(new.runs), len(old.runs))
    return Likeness(
        shared=both / (len(new.pairs) + len(old.pairs) - both),
        contained=len(new.runs & old.runs) / fewer,
        lengths=new.characters / max(old.characters, 1),
    )


def marks_of(bureau: UnitId, title: str, body: str) -> frozenset[int]:
    """Return the marks of a draft: at most 81 signed 64-bit numbers.

    The bureau is part of each: drafts of two bureaus share none.
    """
    pairs = _grams(_plain(title) + _plain(body), 2)
    least = minima([hash_of(pair) for pair in pairs])
    bands = (
        hash_of(f"{bureau}|band|{start}|{least[start : start + _IN_BAND]}")
        for start in range(0, _BINS, _IN_BAND)
    )
    clauses = sorted(hash_of(f"{bureau}|clause|{clause}") for clause in _clauses(body))
    return frozenset({*bands, *clauses[:_MOST_CLAUSES], hash_of(f"{bureau}|title|{_plain(title)}")})


def likeliest(holders: Mapping[int, Collection[int]], most: int) -> Sequence[int]:
    """Return who shares the most with a new draft, at most *most*, the likeliest first.

    *holders* are, for each of its marks, the drafts that have it, by number. A mark counts the
    more the fewer have it: that of 下一步，我局将继续 says little.
    """
    weights: dict[int, float] = {}
    for drafts in holders.values():
        share = 1 / max(len(drafts), 1)
        for draft in drafts:
            weights[draft] = weights.get(draft, 0.0) + share
    newest_first = sorted(weights, reverse=True)
    return sorted(newest_first, key=weights.__getitem__, reverse=True)[:most]


def _plain(text: str) -> str:
    """Return letters, digits and characters alone, in one form."""
    return _NOT_READ.sub("", unicodedata.normalize("NFKC", text).casefold())


def _grams(plain: str, length: int) -> Collection[str]:
    """Return the runs of *length* characters; of a shorter text itself."""
    return {plain[at : at + length] for at in range(len(plain) - length + 1)} or {plain}


def _clauses(body: str) -> Collection[str]:
    parts = _BETWEEN_CLAUSES.split(unicodedata.normalize("NFKC", body))
    return {plain for part in parts if len(plain := _plain(part)) >= _SHORTEST_CLAUSE}


def hash_of(text: str) -> int:
    """Return a number of 64 bits, with its sign, that will always be the same."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def minima(hashes: Collection[int]) -> Sequence[int]:
    """Return the least hash of each bin; an empty bin takes that of another, always the same."""
    least: dict[int, int] = {}
    for number in hashes:
        place = number % _BINS
        if number < least.get(place, number + 1):
            least[place] = number
    return [
        least[place]
        if place in least
        else least[next(other for other in _others(place) if other in least)]
        for place in range(_BINS)
    ]


@cache
def _others(place: int) -> Sequence[int]:
    """Return every bin in an order of *place*'s own, itself first."""
    rest = sorted(set(range(_BINS)) - {place}, key=lambda other: hash_of(f"{place}:{other}"))
    return [place, *rest]
