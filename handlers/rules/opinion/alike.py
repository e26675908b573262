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
from array import array
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files
from operator import add, mul
from zlib import compress, crc32, decompress

from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.subjects import subjects
from handlers.rules.similarity import hash_of, minima
from storage.vocabulary import ItemId, UnitId

_BINS, _IN_BAND, _FEW = 64, 4, 100
_CLAUSES, _SHORTEST_CLAUSE = 4, 8
_KEYS = 12
_SPAN = 15 * 24 * 60 * 60
_BUCKETS = 1 << 16
_LAST = _BUCKETS - 1
_READ = 200
"""So much of the text is read to tell a matter; what follows in long ones is how people plead."""

SAME, INSIDE, SHORT = 0.5, 0.8, 120
TOGETHER, PERHAPS, NEAREST = 0.12, 0.08, 5
OTHER_FIELD, OTHER_SUBJECT, ONE_PLACE = 0.3, 0.5, 0.06
COMPARED, MEMBERS = 6, 16
"""How many of those found by their prints, and by their keys, are looked at themselves."""
MOST_COUNTED = 3000
_FIRST_COUNT, _THEN = 100, 3000

_SIGNS = re.compile(r"[\n,。!?;:、()《》<>\[\]【】「」“”]+")
_hash = lru_cache(1 << 17)(hash_of)


def pairs_of(spelled: str) -> frozenset[str]:
    """Return the pairs of characters of a text in plain spelling."""
    whole = _SIGNS.sub("", spelled)
    return frozenset(map(add, whole, whole[1:])) or frozenset({whole})


def prints_of(bureau: UnitId, spelled: str, pairs: Collection[str], url: str) -> frozenset[int]:
    """Return by what an item is found by those that say the same: at most 42 signed numbers.

    The bureau is part of each: items of two bureaus share none. Of a short one little is left when
    it is edited: it has bands of 3 besides.
    """
    least = [str(number) for number in minima(list(map(_hash, pairs)))]
    widths = (_IN_BAND, _IN_BAND - 1) if len(pairs) <= _FEW else (_IN_BAND,)
    bands = (
        hash_of(f"{bureau}|band{width}|{start}|[{', '.join(least[start : start + width])}]")
        for width in widths
        for start in range(0, _BINS - width + 1, width)
    )
    clauses = {part for part in _SIGNS.split(spelled) if len(part) >= _SHORTEST_CLAUSE}
    longest = nlargest(_CLAUSES, sorted(clauses), key=len)
    parts = (hash_of(f"{bureau}|part|{part}") for part in longest)
    address = [hash_of(f"{bureau}|url|{url}")] if url else []
    return frozenset({*bands, *parts, *address})


def span_of(moment: datetime) -> int:
    """Return the number of the 15 days that a moment is in: prints are kept by it.

    Thirty days touch three of them, and what is older ends at once.
    """
    return int(moment.timestamp()) // _SPAN


def says_the_same(new: Collection[str], old: Collection[str]) -> bool:
    """Tell by their pairs whether one is the other over again, edited or cut."""
    fewer = min(len(new), len(old))
    both = len(frozenset(new) & frozenset(old))
    if both >= SAME * (len(new) + len(old) - both):
        return True
    return fewer <= SHORT and both >= INSIDE * fewer and fewer > _SHORTEST_CLAUSE


class Rarity:
    """How many of *documents* texts have a run of characters, kept in 65,536 places.

    Two runs may share a place: one then counts as more common than it is.
    """

    def __init__(self, documents: int = 0, packed: str = "") -> None:
        self.documents = documents
        content = decompress(b64decode(packed)) if packed else bytes(4 * _BUCKETS)
        self._counts = array("I", content)
        self.weights = _Weights(self)
        """What runs count for: the rarer the more, nothing where most have them."""

    def add(self, runs: Iterable[str]) -> None:
        """Count one more text."""
        self.documents += 1
        self.weights.clear()
        counts = self._counts
        for place in {crc32(run.encode()) & _LAST for run in set(runs)}:
            counts[place] += 1

    def count(self, run: str) -> int:
        """Return how many texts have a run, or another in its place."""
        return self._counts[crc32(run.encode()) & _LAST]

    def packed(self) -> str:
        """Return the counts as they are kept."""
        return b64encode(compress(self._counts.tobytes())).decode()


class _Weights(dict[str, float]):
    """The weights of runs that were asked for, worked out once."""

    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._rarity = rarity

    def __missing__(self, run: str) -> float:
        if len(self) >= _BUCKETS:
            self.clear()
        share = (self._rarity.documents + 1) / (self._rarity.count(run) + 0.5)
        self[run] = weight = max(math.log(share), 0.0)
        return weight


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
        rarity.add([*_runs(title), *_runs(words[:_READ])])
    return rarity


@cache
def shipped_rarity() -> Rarity:
    """Return the counts before a bureau has items of its own."""
    return counted(())


@cache
def _common() -> Sequence[tuple[str, str]]:
    text = files("handlers.rules.opinion").joinpath("common.txt").read_text("utf-8")
    return [(plain(line).text, "") for line in text.splitlines() if not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Matter:
    """What an item is about: runs of characters with their weights, and how long these are.

    *runs* are the same runs: to meet, sets are quicker than mappings.
    """

    weights: Mapping[str, float]
    length: float
    runs: frozenset[str]

    def likeness(self, other: "Matter") -> float:
        """Return the cosine of the two, 0 to 1."""
        mine, theirs = self.weights, other.weights
        both = sum([mine[run] * theirs[run] for run in self.runs & other.runs])
        return both / (self.length * other.length) if both else 0.0

    def keys(self, bureau: UnitId) -> frozenset[int]:
        """Return by what an item is found by those about the same matter: its rarest runs."""
        least = min(sorted(self.weights.values())[-_KEYS:], default=0.0)
        rare = [(weight, run) for run, weight in self.weights.items() if weight >= least]
        rarest = sorted(rare, reverse=True)[:_KEYS]
        return frozenset(hash_of(f"{bureau}|key|{run}") for _, run in rarest)


def runs_of(title: str, words: str) -> Counter[str]:
    """Return the runs of two and three characters, those of the title twice, of plain texts."""
    found = Counter(_runs(words[:_READ]))
    for run in _runs(title):
        found[run] += 2
    return found


def _runs(text: str) -> list[str]:
    found: list[str] = []
    for part in _SIGNS.split(text):
        pairs = list(map(add, part, part[1:]))
        found += pairs
        found += map(add, pairs, part[2:])
    return found


def matter_of(runs: Mapping[str, int], rarity: Rarity) -> Matter:
    """Weigh the runs of a text: the oftener in it and the rarer elsewhere the more."""
    weights = dict(zip(runs, map(rarity.weights.__getitem__, runs), strict=True))
    for run, times in runs.items():
        if times > 1:
            weights[run] *= 1 + math.log(times)
    if 0.0 in weights.values():
        weights = {run: weight for run, weight in weights.items() if weight}
    length = math.sqrt(sum(map(mul, weights.values(), weights.values())))
    return Matter(weights, length, frozenset(weights))


@dataclass(frozen=True, slots=True, kw_only=True)
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

    Whatever happens in an estate has its name: of two fields or subjects they have to be more alike
    in words. Of one place and one of these, fewer words are enough, for people have many for it.
    """
    likes: dict[ItemId, list[float]] = defaultdict(list)
    for member in members:
        if not contradict(place, text, member.place, member.text):
            likeness = matter.likeness(member.matter)
            likes[member.thread].append(beside_words(likeness, place, text, member, fields))
    means = {
        thread: sum(nearest) / len(nearest)
        for thread, each in likes.items()
        if (nearest := nlargest(NEAREST, each))
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
    bare = _bare(place)
    is_there = bare and not _WIDE.search(bare) and bare in member.text
    return likeness + ONE_PLACE * shared if is_there else likeness


def contradict(place: str, text: str, other: str, other_text: str) -> bool:
    """Tell whether two texts are of two places: each names one that is not in the other."""
    if not place or not other:
        return False
    return _bare(place) not in other_text and _bare(other) not in text


@dataclass(frozen=True, slots=True)
class Look:
    """An item as far as it is compared: its text, by what it is found, what it is about."""

    text: str
    pairs: frozenset[str]
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
        bare = _bare(place)
        if not bare or _WIDE.search(bare):
            return self
        about = {*subjects(self.text), *(f"@{field}" for field in fields)}
        found = (hash_of(f"{bureau}|at|{bare}|{each}") for each in about)
        return replace(self, keys=self.keys.union(found))


def look_at(bureau: UnitId, whole: str, matter: Matter, *, url: str = "") -> Look:
    """Look at an item; *whole* is its title, a line break and its words, in plain spelling."""
    pairs = pairs_of(whole)
    return Look(whole, pairs, prints_of(bureau, whole, pairs, url), matter, matter.keys(bureau))


_ENDING = re.compile(r"(?:小区|项目|工地|[一二三四五六七八九十\d]+(?:期|号楼|栋|幢))+$")


_WIDE = re.compile(r"[省市县州盟旗]$|(?<![小社])区$")
"""Such a place says little about a matter: all that a bureau hears of is there."""


def _bare(place: str) -> str:
    return _ENDING.sub("", place) or place
