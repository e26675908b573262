"""What a bureau watches for, ready to be held against posts: its topics, names and common words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib.resources import files

from handlers.kit.context import Context
from handlers.rules.opinion import alike
from handlers.rules.opinion.matching import Matcher
from handlers.rules.opinion.plain import spelled
from handlers.rules.opinion.relevance import Ground
from handlers.rules.opinion.topics import read_topics
from storage.vocabulary import UnitId

_FEW_BUREAUS = 64


@dataclass(frozen=True)
class Watch:
    """A file of topics, compiled."""

    text: str

    @cached_property
    def matcher(self) -> Matcher:
        read = read_topics(self.text)
        return Matcher(read.topics, read.filters)

    @cached_property
    def ground(self) -> Ground:
        return Ground(read_topics(self.text).lists)

    def fields(self, topics: Iterable[str]) -> frozenset[str]:
        """Return of which fields topics are, by their names; one that is gone is its own."""
        return frozenset(self._fields.get(name, name) for name in topics)

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        return {topic.name: topic.field for topic in read_topics(self.text).topics}


def watch_of(ctx: Context, bureau: UnitId) -> Watch:
    """Return what a bureau watches for: its own file, or the one that ships."""
    return _watch(ctx.uow.opinion.topics(bureau) or shipped())


def rarity_of(ctx: Context, bureau: UnitId, numbers: Sequence[int]) -> alike.Rarity:
    """Return how common runs of characters are with a bureau.

    Before some numbers are given out, they are counted.
    """
    number = next(filter(alike.is_counted_at, numbers), None)
    if number is not None:
        texts = ctx.uow.opinion.newest(bureau, alike.MOST_COUNTED)
        counted = alike.counted((spelled(title), spelled(words)) for title, words in texts)
        ctx.uow.opinion.keep_rarity(bureau, number, counted.documents, counted.packed())
        which = Counted(bureau, number, counted.documents)
        ctx.uow.after_commit.append(partial(_RARITIES.__setitem__, bureau, (which, counted)))
        return counted
    known = ctx.uow.opinion.counted(bureau)
    if known is None:
        return alike.shipped_rarity()
    return _rarity(ctx, Counted(bureau, *known))


@dataclass(frozen=True, slots=True)
class Counted:
    """Which count of a bureau's runs it is."""

    bureau: UnitId
    number: int
    documents: int


_RARITIES: dict[UnitId, tuple[Counted, alike.Rarity]] = {}
"""The latest counts of each bureau: half a megabyte that is not read again for each item."""


def _rarity(ctx: Context, counted: Counted) -> alike.Rarity:
    kept = _RARITIES.get(counted.bureau)
    if kept is not None and kept[0] == counted:
        return kept[1]
    rarity = alike.Rarity(counted.documents, ctx.uow.opinion.counts(counted.bureau))
    _RARITIES[counted.bureau] = (counted, rarity)
    return rarity


@lru_cache(_FEW_BUREAUS)
def _watch(text: str) -> Watch:
    return Watch(text)


@lru_cache(1)
def shipped() -> str:
    """Return the file of topics that ships."""
    return files("handlers.rules.opinion").joinpath("housing.topics").read_text("utf-8")
