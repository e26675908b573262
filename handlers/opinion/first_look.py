"""A cheap first look at many posts, by which those that seem grave are judged before the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.opinion.watching import Watch, watch_of
from handlers.rules.opinion.casualties import casualties
from handlers.rules.opinion.grading import Event, suggest
from handlers.rules.opinion.matching import Post
from handlers.rules.opinion.signs import signs
from storage.vocabulary import Grade, UnitId

LAST = 100
_ORDER = tuple(Grade)
_STEP, _OWN = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A post as far as the first look goes; *source* is who says it, *heat* its largest count."""

    title: str
    words: str
    source: str = ""
    heat: int = 0


def ranks(ctx: Context, bureau: UnitId, posts: Sequence[Seen]) -> list[int]:
    """Return for each post when its turn is: the lower the earlier, `LAST` where nothing fits it.

    Its words alone are looked at: what is stored, how it spreads and whether it is known are not.
    """
    watch = watch_of(ctx, bureau)
    return [_rank(watch, one) for one in posts]


def _rank(watch: Watch, seen: Seen) -> int:
    post = Post.of(seen.title, seen.words)
    hits = watch.matcher.hits(post)
    if not hits:
        return LAST
    ours = watch.ground.of(post, source=seen.source, on_topic=True, reported=False)
    if not ours.value:
        return LAST - 1
    text = post.plain.sent
    title, _, body = text.partition("\n")
    read = signs(text, seen.heat)
    suggestion = suggest(
        Event(
            topics=tuple({(hit.topic.name, hit.topic.severity) for hit in hits}),
            signs=read,
            harm=casualties(title, body),
            trapped=read.trapped,
        )
    )
    grade = _ORDER.index(suggestion.grade) + 1
    return LAST - _STEP * grade - round(_OWN * ours.value)
