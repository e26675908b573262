"""What the words of posts say, read before the transaction that takes them in.

It is kept at hand in this process alone (`lru_cache`): read or not, the same is judged.
"""

from handlers.kit.context import Context
from handlers.kit.events import ItemFound, ItemsAwaited
from handlers.opinion.coming import read_words
from handlers.opinion.knowing import look_at
from handlers.opinion.registry import registry
from handlers.opinion.watching import Watch, rarity_of, watch_of
from handlers.rules.opinion.alike import Rarity
from handlers.rules.opinion.judging import read_signs
from storage.vocabulary import NOBODY


@registry.on(ItemsAwaited)
def read_ahead(ctx: Context, event: ItemsAwaited) -> None:
    """Read posts that will be taken in: a third of what one costs, for which nobody has to wait."""
    bureaus = {one.bureau for one in event.items}
    known = {each: (watch_of(ctx, each), rarity_of(ctx, each)) for each in bureaus}
    for one in event.items:
        _read(one, *known[one.bureau])


def _read(one: ItemFound, watch: Watch, rarity: Rarity) -> None:
    read = read_words(watch, one.title, one.words, source=one.source, reported=one.finder != NOBODY)
    read_signs(read.post.plain.sent, max(one.heat.values(), default=0))
    look_at(one.bureau, read.title, one.words, one.url, rarity)
