"""Posts that come together, as far as their own words go: numbered, read, held against topics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.kit.context import Context
from handlers.kit.events import ItemFound
from handlers.opinion.meanings import place_said
from handlers.opinion.watching import Watch
from handlers.rules.calendar import local
from handlers.rules.opinion.matching import Hit, Post
from handlers.rules.opinion.plain import spelled
from handlers.rules.opinion.relevance import OWN_FIELD, Relevance
from storage.queries.opinion import Reserved
from storage.vocabulary import NOBODY, ItemId, UnitId

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_LONGEST_TITLE = 40
READ_AHEAD = 512
"""So many posts are at hand that were read before their transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A post that is about to be judged, with the numbers it will have."""

    id: ItemId
    year: int
    number: int
    found: ItemFound
    title: str
    place: str
    post: Post
    hits: Sequence[Hit]
    ours: Relevance

    @property
    def concerns(self) -> bool:
        """Tell whether it is anybody's business here: about our ground, or on more than bare words.

        What is not is stored and never looked for, nor does it look for others.
        """
        grave = any(hit.topic.severity > 1 for hit in self.hits)
        return grave or self.ours.value >= OWN_FIELD

    @property
    def reported(self) -> bool:
        return self.found.finder != NOBODY

    @property
    def topics(self) -> Sequence[str]:
        return list(dict.fromkeys(hit.topic.name for hit in self.hits))

    @property
    def topic(self) -> str:
        """The topic that it is counted with; empty if it is not ours, or on none."""
        return self.hits[0].topic.name if self.hits and self.ours.value else ""

    @property
    def voice(self) -> str:
        """Who says it, as far as is known: the outlet, else the platform."""
        return self.found.source or self.found.platform or self.found.finder


def coming_of(
    ctx: Context, bureau: UnitId, watch: Watch, found: Sequence[ItemFound], place: str = ""
) -> Sequence[Coming]:
    """Number and read posts of one bureau; *place* is where they are about, if somebody said it.

    Of two that come at once the second waits for its number, and sees the first.
    """
    years = [local(one.found_at).year for one in found]
    reserved = ctx.uow.opinion.reserve(bureau, years)
    return [_read(one, watch, numbers, place) for one, numbers in zip(found, reserved, strict=True)]


def _read(found: ItemFound, watch: Watch, numbers: Reserved, place: str) -> Coming:
    words = read_words(
        watch, found.title, found.words, source=found.source, reported=found.finder != NOBODY
    )
    return Coming(
        id=numbers.id,
        year=numbers.year,
        number=numbers.number,
        found=found,
        title=words.title,
        place=place or words.place,
        post=words.post,
        hits=words.hits,
        ours=words.ours,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the words of a post say by themselves: its topics, whose it is and where."""

    title: str
    post: Post
    hits: Sequence[Hit]
    ours: Relevance
    place: str


@lru_cache(READ_AHEAD)
def read_words(watch: Watch, title: str, words: str, *, source: str, reported: bool) -> Read:
    """Read a post; what was read ahead, before its transaction, is at hand."""
    post = Post.of(title, words)
    hits = watch.matcher.hits(post)
    ours = watch.ground.of(post, source=source, on_topic=bool(hits), reported=reported)
    named = title or _title(words)
    place = ours.place or place_said(spelled(named)) if hits or ours.value else ""
    return Read(title=named, post=post, hits=hits, ours=ours, place=place)


def _title(words: str) -> str:
    """Return the first sentence, for want of a title."""
    found = _SENTENCE.search(words)
    return (found[0] if found else words).strip()[:_LONGEST_TITLE]
