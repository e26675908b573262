"""Which items say the same (转载), and which are about the same matter (同一事件).

    text ── prints_of ──> some thirty numbers ──> rows with an index
    new text ── one query: who shares prints? ──> the likeliest ── says_the_same, belongs ──> one

**The same** is found by MinHash over pairs of characters (bands of 4 out of 64 bins), by its
longest clauses and by its address, and is what has half of its pairs in common, or, of short texts,
what is nearly contained. **The same matter** is found by its rarest runs of two and three
characters and measured by the cosine of their weights against the members of each thread, the five
nearest. Different places in the two never are the same matter. docs/opinion.md has what was
measured.
"""

import math
import re
import threading
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from zlib import compress, decompress

import numpy as np
from numpy.typing import NDArray

from handlers.rules.opinion import numbers
from handlers.rules.opinion.numbers import PLACES, Numbers, Places
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.subjects import subjects
from handlers.rules.similarity import hash_of
from storage.vocabulary import ItemId, UnitId

_IN_BAND, _FEW = 4, 100
_CLAUSES, _SHORTEST_CLAUSE = 4, 8
_KEYS = 12
_READ = 200
"""So much of the text is read to tell a matter; what follows in long ones is how people plead."""

SAME, INSIDE, SHORT = 0.5, 0.8, 120
TOGETHER, PERHAPS, NEAREST = 0.12, 0.08, 5
OTHER_FIELD, OTHER_SUBJECT, ONE_PLACE = 0.3, 0.5, 0.06
COMPARED, MEMBERS = 3, 10
"""How many of those found by their prints, and by their keys, are looked at themselves."""
MOST_COUNTED = 3000
_FIRST_COUNT, _THEN = 100, 3000

_SIGNS = re.compile(r"[\n,。!?;:、()《》<>\[\]【】「」“”]+")


def pairs_of(spelled: str) -> Numbers:
    """Return the pairs of characters of a text in plain spelling, in order."""
    return numbers.pairs(_SIGNS.sub("", spelled))


def prints_of(bureau: UnitId, spelled: str, pairs: Numbers, url: str) -> frozenset[int]:
    """Return by what an item is found by those that say the same: at most 42 signed numbers.

    The bureau is part of each: items of two bureaus share none. Of a short one little is left when
    it is edited: it has bands of 3 besides.
    """
    least = numbers.minima(numbers.mixed(pairs))
    widths = (_IN_BAND, _IN_BAND - 1) if len(pairs) <= _FEW else (_IN_BAND,)
    found = {
        number
        for width in widths
        for number in numbers.signed(numbers.bands(least, width, _seed(bureau, f"band{width}")))
    }
    clauses = {part for part in _SIGNS.split(spelled) if len(part) >= _SHORTEST_CLAUSE}
    longest = sorted(clauses, key=lambda part: (-len(part), part))[:_CLAUSES]
    found.update(hash_of(f"{bureau}|part|{part}") for part in longest)
    if url:
        found.add(hash_of(f"{bureau}|url|{url}"))
    return frozenset(found)


@lru_cache(1 << 10)
def _seed(bureau: UnitId, kind: str) -> int:
    """Return by what the numbers of a bureau and kind differ from all others'."""
    return hash_of(f"{bureau}|{kind}") % (1 << 64)


def says_the_same(new: Numbers, old: Numbers) -> bool:
    """Tell by their pairs whether one is the other over again, edited or cut."""
    fewer = min(len(new), len(old))
    both = len(np.intersect1d(new, old, assume_unique=True))
    if both >= SAME * (len(new) + len(old) - both):
        return True
    return fewer <= SHORT and both >= INSIDE * fewer and fewer > _SHORTEST_CLAUSE


class Rarity:
    """How many of *documents* texts have a run of characters, kept in 65,536 places.

    Two runs may share a place: one then counts as more common than it is.
    """

    def __init__(self, documents: int = 0, packed: str = "") -> None:
        self.documents = documents
        content = decompress(b64decode(packed)) if packed else bytes(4 * PLACES)
        self._counts = np.frombuffer(content, "<u4").astype(np.uint32)
        self._weights: NDArray[np.float64] | None = None

    def add(self, runs: Numbers) -> None:
        """Count one more text."""
        self.documents += 1
        self._weights = None
        self._counts[np.unique(numbers.places(runs))] += 1

    @property
    def weights(self) -> NDArray[np.float64]:
        """What a run of each place counts for: the rarer the more, nothing where most have it."""
        if self._weights is None:
            shares = (self.documents + 1) / (self._counts + 0.5)
            self._weights = np.maximum(np.log(shares), 0.0)
        return self._weights

    def packed(self) -> str:
        """Return the counts as they are kept."""
        return b64encode(compress(self._counts.astype("<u4").tobytes())).decode()


def counted_at(number: int) -> int:
    """Return at which item up to that number runs are counted anew: 100, 200, 400 and on; 0: none.

    From 3,000 on at each that is a multiple of it.
    """
    if number >= _THEN:
        return number - number % _THEN
    rounds = number // _FIRST_COUNT
    return _FIRST_COUNT << rounds.bit_length() - 1 if rounds else 0


def counted(texts: Iterable[tuple[str, str]]) -> Rarity:
    """Count the runs of titles and words, both in plain spelling, on top of those that ship."""
    rarity = Rarity()
    for title, words in (*_common(), *texts):
        rarity.add(runs_of(title, words))
    return rarity


@cache
def shipped_rarity() -> Rarity:
    """Return the counts before a bureau has items of its own."""
    return counted(())


@cache
def _common() -> Sequence[tuple[str, str]]:
    text = files("handlers.rules.opinion").joinpath("common.txt").read_text("utf-8")
    return [(plain(line).text, "") for line in text.splitlines() if not line.startswith("#")]


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """What an item is about: its different runs of characters in order, and what each weighs.

    *length* is that of all weights together; *places* are those of the runs.
    """

    runs: Numbers
    weights: NDArray[np.float64]
    places: Places
    length: float

    def likenesses(self, others: Sequence["Matter"]) -> Sequence[float]:
        """Return the cosines of this one with others, each 0 to 1."""
        if not others:
            return []
        board = _BOARD
        board.runs[self.places] = self.runs
        board.weights[self.places] = self.weights
        whose = np.repeat(np.arange(len(others)), [len(other.runs) for other in others])
        runs = np.concatenate([other.runs for other in others])
        places = np.concatenate([other.places for other in others])
        both = np.flatnonzero(board.runs[places] == runs)
        theirs = np.concatenate([other.weights for other in others])[both]
        sums = np.bincount(whose[both], board.weights[places[both]] * theirs, len(others))
        board.runs[self.places] = 0
        return [
            both / (self.length * other.length) if both else 0.0
            for both, other in zip(sums.tolist(), others, strict=True)
        ]

    def keys(self, bureau: UnitId) -> frozenset[int]:
        """Return by what an item is found by those about the same matter: its rarest runs."""
        rarest = self.runs[np.argsort(self.weights, kind="stable")[-_KEYS:]]
        seed = np.array([_seed(bureau, "key")], np.uint64)
        return frozenset(numbers.signed(numbers.mixed(rarest ^ seed)))


class _Board(threading.local):
    """Where the runs of one matter are laid out by their places, for others to be held against.

    Of two that share a place one is seen.
    """

    def __init__(self) -> None:
        self.runs = np.zeros(PLACES, np.uint64)
        self.weights = np.zeros(PLACES)


_BOARD = _Board()


def runs_of(title: str, words: str) -> Numbers:
    """Return the runs of two and three characters, those of the title twice, of plain texts."""
    return numbers.runs(_SIGNS.sub("\0", f"{title}\n{title}\n{words[:_READ]}"))


def matter_of(runs: Numbers, rarity: Rarity) -> Matter:
    """Weigh the runs of a text: the oftener in it and the rarer elsewhere the more."""
    different, times = numbers.tallied(runs)
    places = numbers.places(different)
    weights = rarity.weights[places] * (1 + np.log(times))
    says = np.flatnonzero(weights)
    different, places, weights = different[says], places[says], weights[says]
    return Matter(different, weights, places, math.sqrt(weights @ weights))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """An item of a thread, which is named by its first item; *text* is in plain spelling.

    *fields* are those of its topics.
    """

    thread: ItemId
    matter: Matter
    place: str = ""
    text: str = ""
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Belonging:
    """The thread that an item belongs to, or *perhaps* does."""

    thread: ItemId | None = None
    perhaps: ItemId | None = None


def belongs(
    matter: Matter,
    place: str,
    text: str,
    members: Sequence[Member],
    fields: frozenset[str] = frozenset(),
) -> Belonging:
    """Return the thread whose nearest members an item is most like, if it is like enough.

    *members* are of no other place than the item (`contradict`).
    Whatever happens in an estate has its name: of two fields or subjects they have to be more alike
    in words. Of one place and one of these, fewer words are enough, for people have many for it.
    """
    likes: dict[ItemId, list[float]] = defaultdict(list)
    likenesses = matter.likenesses([member.matter for member in members])
    for member, likeness in zip(members, likenesses, strict=True):
        likes[member.thread].append(beside_words(likeness, place, text, member, fields))
    means = {
        thread: sum(nearest) / len(nearest)
        for thread, each in likes.items()
        if (nearest := sorted(each, reverse=True)[:NEAREST])
    }
    best = max(means, key=lambda thread: (means[thread], -thread), default=None)
    if best is None or means[best] < PERHAPS:
        return Belonging()
    return Belonging(thread=best) if means[best] >= TOGETHER else Belonging(perhaps=best)


def beside_words(
    likeness: float, place: str, text: str, member: Member, fields: frozenset[str]
) -> float:
    """Return how alike two items are, by their words and by what they are about, and where."""
    both = len(fields & member.fields)
    new, old = subjects(text), subjects(member.text)
    if new and old:
        shared = math.sqrt(len(new & old) / len(new | old))
        otherwise = OTHER_FIELD if fields and member.fields and not both else OTHER_SUBJECT
    else:
        shared = float(both > 0)
        otherwise = OTHER_FIELD if fields and member.fields else 1.0
    if not shared:
        return likeness * otherwise
    exact = _exact(place)
    is_there = exact and exact in member.text
    return likeness + ONE_PLACE * shared if is_there else likeness


def contradict(place: str, text: str, other: str, other_text: str) -> bool:
    """Tell whether two texts are of two places: each names one that is not in the other."""
    if not place or not other or place == other:
        return False
    return _bare(place) not in other_text and _bare(other) not in text


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """An item as far as it is compared: its text, by what it is found, what it is about."""

    text: str
    pairs: Numbers
    prints: frozenset[int]
    matter: Matter
    keys: frozenset[int]

    @property
    def marks(self) -> frozenset[int]:
        return self.prints | self.keys

    def at(self, bureau: UnitId, place: str, fields: Collection[str]) -> "Look":
        """Return it to be found by what it is about in its place, too, if that is not wide.

        Few words of several that people have for one thing are the same.
        """
        exact = _exact(place)
        if not exact:
            return self
        about = {*subjects(self.text), *(f"@{field}" for field in fields)}
        found = (hash_of(f"{bureau}|at|{exact}|{each}") for each in about)
        return replace(self, keys=self.keys.union(found))


def look_at(bureau: UnitId, whole: str, matter: Matter, *, url: str = "") -> Look:
    """Look at an item; *whole* is its title, a line break and its words, in plain spelling."""
    pairs = pairs_of(whole)
    return Look(whole, pairs, prints_of(bureau, whole, pairs, url), matter, matter.keys(bureau))


_PLACES = 1 << 10
_ENDING = re.compile(r"(?:小区|项目|工地|[一二三四五六七八九十\d]+(?:期|号楼|栋|幢))+$")


_WIDE = re.compile(r"[省市县州盟旗]$|(?<![小社])区$")
"""Such a place says little about a matter: all that a bureau hears of is there."""


@lru_cache(_PLACES)
def _exact(place: str) -> str:
    """Return a place without what may follow its name; empty if it is wide."""
    bare = _bare(place)
    return "" if _WIDE.search(bare) else bare


@lru_cache(_PLACES)
def _bare(place: str) -> str:
    return _ENDING.sub("", place) or place
