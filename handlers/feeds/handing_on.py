"""Posts that sources brought, handed on to whoever judges them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.kit.context import Context
from handlers.kit.events import ItemFound, ItemsAwaited, ItemsFound
from storage.models import FoundItem
from storage.vocabulary import FoundStatus, SourceId, UnitId


def announce(ctx: Context, found: Sequence[FoundItem], bureaus: Mapping[SourceId, UnitId]) -> None:
    """Say what will be handed on, so that it can be read before anybody waits for it."""
    ctx.emit(ItemsAwaited(items=tuple(_found(one, bureaus[one.source]) for one in found)))


def hand_on(ctx: Context, found: Sequence[FoundItem], bureaus: Mapping[SourceId, UnitId]) -> None:
    """Say what was found, all at once; its words are not kept here any longer."""
    if not found:
        return
    ctx.emit(ItemsFound(items=tuple(_found(one, bureaus[one.source]) for one in found)))
    for one in found:
        one.status, one.item = FoundStatus.TAKEN, {}


def _found(found: FoundItem, bureau: UnitId) -> ItemFound:
    item = found.item
    return ItemFound(
        bureau=bureau,
        finder=found.finder,
        source=item["source"],
        platform=item["platform"],
        title=item["title"],
        words=item["words"],
        url=item["url"],
        posted_at=datetime.fromisoformat(item["posted_at"]) if item["posted_at"] else None,
        found_at=found.found_at,
        heat=item["heat"],
        weight=item.get("weight"),  # what waited before there were weights has none
    )
