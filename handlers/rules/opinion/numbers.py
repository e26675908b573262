"""Texts as arrays of numbers: pairs and triples of characters, met and hashed without a loop.

A run of two or three characters is one number of 63 bits, 21 to a character: two runs are the same
where their numbers are.
"""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.intp]

BINS = 64
_PLACES_BITS = 16
PLACES = 1 << _PLACES_BITS
_CHARACTER = np.uint64(21)
_NONE = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_ODD = np.uint64(0x9E37_79B9_7F4A_7C15)
_FIRST, _SECOND = np.uint64(0xBF58_476D_1CE4_E5B9), np.uint64(0x94D0_49BB_1331_11EB)


def mixed(numbers: Numbers) -> Numbers:
    """Return numbers that look drawn by lot, the same for the same (SplitMix64's last step)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))


_LOTS = mixed(np.arange(1, BINS + 1, dtype=np.uint64)) | np.uint64(1)
"""Odd numbers, by which numbers in a row are told from the same ones in another order."""


def characters(text: str) -> Numbers:
    """Return the numbers of a text's characters."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def pairs(text: str) -> Numbers:
    """Return the different pairs of characters in a text, in order; of a shorter one itself."""
    each = characters(text)
    if len(each) < 2:  # noqa: PLR2004 - a pair
        return each if len(each) else np.zeros(1, np.uint64)
    different, _ = tallied(_pairs(each))
    return different


def tallied(numbers: Numbers) -> tuple[Numbers, Places]:
    """Return the different ones of some numbers, in order, and how often each is there.

    `np.unique` does the same and takes twice as long for the few hundred of a post.
    """
    ordered = np.sort(numbers)
    begins = np.ones(len(ordered) + 1, bool)  # of each different one, and behind the last
    begins[1:-1] = ordered[1:] != ordered[:-1]
    places = np.flatnonzero(begins)
    return ordered[places[:-1]], places[1:] - places[:-1]


def runs(text: str) -> Numbers:
    """Return all pairs and triples of a text that do not reach over a NUL."""
    each = characters(text)
    if len(each) < 2:  # noqa: PLR2004 - a pair
        return each[:0]
    stands = each != 0
    two, both = _pairs(each), stands[:-1] & stands[1:]
    three = two[:-1] << _CHARACTER | each[2:]
    return np.concatenate((two[both], three[both[:-1] & stands[2:]]))


def _pairs(each: Numbers) -> Numbers:
    # One more than a character is: a pair that begins with NUL is no character.
    return (each[:-1] + np.uint64(1)) << _CHARACTER | each[1:]


def places(numbers: Numbers) -> Places:
    """Return for each number one of 65,536 places; two may share one."""
    return ((numbers * _ODD) >> np.uint64(64 - _PLACES_BITS)).astype(np.intp)


def minima(hashes: Numbers) -> Numbers:
    """Return the least of each of 64 bins; an empty bin takes that of another, always the same."""
    least = np.full(BINS, _NONE)
    np.minimum.at(least, (hashes % np.uint64(BINS)).astype(np.intp), hashes)
    filled = least != _NONE
    empty = np.flatnonzero(~filled)
    if len(empty):
        others = _others()[empty]
        first = filled[others].argmax(axis=1)
        least[empty] = least[others[np.arange(len(empty)), first]]
    return least


def bands(least: Numbers, width: int, seed: int) -> Numbers:
    """Return a number for each *width* minima that stand together, of its place among them, too."""
    rows = least[: BINS // width * width].reshape(-1, width)
    return mixed((rows * _LOTS[:width]).sum(axis=1) + _lots_of_places(len(rows), seed))


def signed(numbers: Numbers) -> list[int]:
    """Return numbers as a database keeps them: of 64 bits, with their sign."""
    found: list[int] = numbers.view(np.int64).tolist()
    return found


@lru_cache(1 << 7)
def _lots_of_places(count: int, seed: int) -> Numbers:
    return mixed(np.arange(count, dtype=np.uint64) + np.array([seed], np.uint64))


@cache
def _others() -> Places:
    """Return for each bin all of them, in an order of its own."""
    lots = mixed(np.arange(BINS * BINS, dtype=np.uint64)).reshape(BINS, BINS)
    return np.argsort(lots, axis=1)
