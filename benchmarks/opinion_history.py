"""Posts of a year, written straight into the tables: those that were judged, over and over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, Engine, func, insert, literal, select, text

from storage.mark_index import Part
from storage.models import OpinionItem, OpinionPrints
from storage.queries.prints import Print, Prints
from storage.queries.tables import table_of
from storage.sessions import WriteBehind

_DAYS = 365
_KEPT = timedelta(days=45)
_items, _prints = table_of(OpinionItem), table_of(OpinionPrints)
_COPIED = [
    column
    for column in _items.c
    if column.name
    not in {"id", "number", "found_at", "case_id", "perhaps", "repost_of", "thread", "copies"}
]


def fill(engine: Engine, size: int, now: datetime) -> None:
    """Repeat the bureau's first thousand items until there are *size*, evenly over a year.

    The newest 45 days have prints: as many as real ones, but others. One block in ten keeps the
    real ones, so that what comes finds its like.
    """
    dice = Random(4)  # noqa: S311 - made-up numbers
    with engine.begin() as connection:
        whose, have, first, last = connection.execute(
            select(
                _items.c.bureau, func.count(), func.min(_items.c.id), func.max(_items.c.id)
            ).group_by(_items.c.bureau)
        ).one()
        block = min(1000, have)
        prints = Prints(WriteBehind(connection))
        real = _found_by(connection)
        blocks = range(max(size - have, 0) // block)
        for place in blocks:
            at = now - timedelta(days=_DAYS) * (1 - (place + 1) / (len(blocks) + 1))
            begins = _repeat(connection, first, block, 10_000_000 + last + place * block, at)
            if now - at < _KEPT:
                salt = dice.getrandbits(62) if place % 10 else 0
                these = [(mark ^ salt, item + begins) for mark, item in real]
                prints.keep(whose, these, at.toordinal())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _repeat(connection: Connection, first: int, block: int, number: int, at: datetime) -> int:
    """Repeat the first block with numbers of its own; return how far its ids are from those."""
    own = {"number": _items.c.number + number, "found_at": literal(at, _items.c.found_at.type)}
    none = {"copies": literal(0)}
    values = own | none
    connection.execute(
        insert(_items).from_select(
            [*(column.name for column in _COPIED), *values],
            select(*_COPIED, *values.values())
            .where(_items.c.id >= first, _items.c.id < first + block)
            .order_by(_items.c.id),
        )
    )
    last: int = connection.execute(select(func.max(_items.c.id))).scalar_one()
    return last - block + 1 - first


def _found_by(connection: Connection) -> Sequence[Print]:
    """Return by which marks the judged items are found."""
    parts = map(Part.unpacked, connection.execute(select(_prints.c.content)).scalars())
    return [
        pair
        for part in parts
        for pair in zip(part.marks.tolist(), part.items.tolist(), strict=True)
    ]
