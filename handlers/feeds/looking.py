"""Posts of a source before they are kept: which of them are judged first."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.feeds.arriving import Found
from handlers.kit.context import Context
from handlers.kit.events import FirstLookAsked, Glimpse
from storage.vocabulary import UnitId


def ranked(ctx: Context, bureau: UnitId, found: Sequence[Found]) -> list[Found]:
    """Return posts with their ranks by a first look at their words."""
    posts = tuple(
        Glimpse(
            title=one.title,
            words=one.words,
            source=one.source,
            heat=max(one.heat.values(), default=0),
        )
        for one in found
    )
    ranks: list[int] = []
    ctx.emit(FirstLookAsked(bureau=bureau, posts=posts, ranks=ranks))
    return [replace(one, rank=rank) for one, rank in zip(found, ranks, strict=True)]
