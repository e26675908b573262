"""What a monitoring service sends: kept before anything else, told of where it is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.feeds.arriving import Found, bring, note_failure, note_well
from handlers.kit.context import Context
from storage.models import Source
from storage.vocabulary import SourceFault, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The keys of what was new; None: the source takes nothing any more."""

    keys: frozenset[str] | None


def record_push(ctx: Context, source_id: SourceId, found: Sequence[Found]) -> Kept:
    """Keep what a service sent and was not known, all of it in this transaction."""
    source = _sender(ctx, source_id)
    if source is None:
        return Kept(keys=None)
    fresh = bring(ctx, source, found)
    note_well(ctx, source)
    return Kept(keys=frozenset(one.key for one in fresh))


def record_refused(ctx: Context, source_id: SourceId, fault: SourceFault, detail: str = "") -> None:
    """Note that what a service sent was not taken; who keeps it hears of that once."""
    source = _sender(ctx, source_id)
    if source is not None:
        note_failure(ctx, source, fault, detail)


def _sender(ctx: Context, source_id: SourceId) -> Source | None:
    source = ctx.uow.sources.lock(source_id)
    return source if source is not None and source.active else None
