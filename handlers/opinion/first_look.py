"""A cheap first look at many posts, by which those that seem grave are judged before the others."""

from handlers.kit.context import Context
from handlers.kit.events import FirstLookAsked, Glimpse
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


@registry.on(FirstLookAsked)
def look(ctx: Context, event: FirstLookAsked) -> None:
    """Say of each post when its turn is: the lower the earlier, `LAST` where nothing fits it.

    Its words alone are looked at: what is stored, how it spreads and whether it is known are not.
    """
    watch = watch_of(ctx, event.bureau)
    event.ranks.extend(_rank(watch, one) for one in event.posts)


def _rank(watch: Watch, seen: Glimpse) -> int:
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
