"""What a bureau watches for, ready to be held against posts: its topics, names and common words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib.resources import files

from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.opinion import alike
from handlers.rules.opinion.matching import Matcher
from handlers.rules.opinion.plain import spelled
from handlers.rules.opinion.relevance import Ground
from handlers.rules.opinion.topics import Topic, read_topics
from storage.vocabulary import UnitId

_FEW_BUREAUS = 64
COUNT = "count"
"""The job that counts the runs of a bureau's texts anew."""


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

    @cached_property
    def set_apart(self) -> Sequence[Topic]:
        """The topics that route or cap what they find, the gravest first."""
        found = [topic for topic in read_topics(self.text).topics if topic.routes or topic.cap]
        return sorted(found, key=lambda topic: -topic.severity)

    def fields(self, topics: Iterable[str]) -> frozenset[str]:
        """Return of which fields topics are, by their names; one that is gone is its own."""
        return _fields(self, tuple(topics))

    @cached_property
    def field_of(self) -> Mapping[str, str]:
        """The field of each topic, by its name."""
        return {topic.name: topic.field for topic in read_topics(self.text).topics}


@lru_cache(1 << 10)
def _fields(watch: Watch, topics: tuple[str, ...]) -> frozenset[str]:
    return frozenset(watch.field_of.get(name, name) for name in topics)


def watch_of(ctx: Context, bureau: UnitId) -> Watch:
    """Return what a bureau watches for: its own file, or the one that ships."""
    return watch_by(ctx.uow.opinion.topics(bureau))


def watch_by(topics: str) -> Watch:
    """Return what is watched for by a file of topics; an empty one is the one that ships."""
    return _watch(topics or shipped())


def rarity_of(ctx: Context, bureau: UnitId) -> alike.Rarity:
    """Return how common runs of characters are with a bureau, as they were counted last."""
    return rarity_by(ctx, bureau, ctx.uow.opinion.counted(bureau))


def rarity_by(
    ctx: Context, bureau: UnitId, known: tuple[int, int] | None, number: int = 0
) -> alike.Rarity:
    """Return it by what is *known* of the last count: at which item, of how many texts.

    From some *number* of an item on that is long ago: then a worker is asked to count them, again
    with each post until one has.
    """
    if is_to_count(known, number):
        ctx.ring(COUNT, bureau)
    if known is None:
        return alike.shipped_rarity()
    return _rarity(ctx, Counted(bureau, *known))


def is_to_count(known: tuple[int, int] | None, number: int) -> bool:
    """Tell whether what is *known* was counted too early for the item of that number."""
    wanted = alike.counted_at(number)
    return wanted > 0 and (known is None or known[0] != wanted)


def texts_to_count(ctx: Context, bureau: UnitId) -> tuple[int, Sequence[tuple[str, str]]]:
    """Return at which item a bureau's runs are to be counted, and the texts; 0 where not now."""
    number = ctx.uow.ledger.last_number(bureau, local(ctx.now).year, "opinion_item")
    if not is_to_count(ctx.uow.opinion.counted(bureau), number):
        return 0, ()
    return alike.counted_at(number), ctx.uow.opinion.newest(bureau, alike.MOST_COUNTED)


def count_runs(texts: Iterable[tuple[str, str]]) -> alike.Rarity:
    """Count the runs of texts: half a second of work, which no transaction waits for."""
    return alike.counted((spelled(title), spelled(words)) for title, words in texts)


def keep_count(ctx: Context, bureau: UnitId, number: int, counted: alike.Rarity) -> None:
    """Let what was counted be in force."""
    ctx.uow.opinion.keep_rarity(bureau, number, counted.documents, counted.packed())
    which = Counted(bureau, number, counted.documents)
    ctx.uow.after_commit.append(partial(_RARITIES.__setitem__, bureau, (which, counted)))


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
