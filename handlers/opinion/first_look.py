"""A cheap first look at many posts, by which those that seem grave are judged before the others."""

from handlers.kit.context import Context
from handlers.kit.events import NOT_GRAVE, FirstLookAsked, Glimpse
from handlers.opinion.registry import registry
from handlers.opinion.watching import Watch, watch_of
from handlers.rules.opinion.casualties import casualties
from handlers.rules.opinion.grading import Event, suggest
from handlers.rules.opinion.matching import Post
from handlers.rules.opinion.signs import signs
from storage.vocabulary import Grade

LAST = 100
_ORDER = tuple(Grade)
_STEP, _OWN = 20, 10
_GRAVE = frozenset({Grade.ORANGE, Grade.RED})
_GRAVE_ELSEWHERE = NOT_GRAVE - 1


@registry.on(FirstLookAsked)
def look(ctx: Context, event: FirstLookAsked) -> None:
    """Say of each post when its turn is: the lower the earlier, `LAST` where nothing fits it.

    Its words alone are looked at: what is stored, how it spreads and whether it is known are not.
    The dead and the buried are grave without any topic. What seems grave and is told of elsewhere
    may be of a case here: it comes after what seems grave and ours, and before all that is lighter.
    """
    watch = watch_of(ctx, event.bureau)
    event.ranks.extend(_rank(watch, one) for one in event.posts)


def _rank(watch: Watch, seen: Glimpse) -> int:
    post = Post.of(seen.title, seen.words)
    hits = watch.matcher.hits(post)
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
    if not hits and suggestion.floor is Grade.BLUE:
        return LAST
    grade = _ORDER.index(suggestion.grade) + 1
    ours = watch.ground.of(post, source=seen.source, on_topic=bool(hits), reported=False)
    if not ours.value:
        return _GRAVE_ELSEWHERE if suggestion.grade in _GRAVE else LAST - bool(hits)
    return LAST - _STEP * grade - round(_OWN * ours.value)
