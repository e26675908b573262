"""Posts of a source before they are kept: which of them are judged first."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.feeds.capability import Found
from handlers.kit.context import Context
from handlers.opinion.capability import Seen, ranks
from storage.vocabulary import UnitId


def ranked(ctx: Context, bureau: UnitId, found: Sequence[Found]) -> list[Found]:
    """Return posts with their ranks by a first look at their words."""
    seen = [
        Seen(
            title=one.title,
            words=one.words,
            source=one.source,
            heat=max(one.heat.values(), default=0),
        )
        for one in found
    ]
    ranking = zip(found, ranks(ctx, bureau, seen), strict=True)
    return [replace(one, rank=rank) for one, rank in ranking]
