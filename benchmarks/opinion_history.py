"""Posts of a year, written straight into the tables: those that were judged, over and over."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, Engine, func, insert, literal, select, text

from handlers.rules.opinion.alike import span_of
from storage.models import OpinionItem
from storage.queries.prints import MOST_HOLDERS
from storage.queries.tables import table_of

_DAYS = 365
_KEPT = timedelta(days=45)
_items = table_of(OpinionItem)
_COPIED = [
    column
    for column in _items.c
    if column.name
    not in {"id", "number", "found_at", "case_id", "perhaps", "repost_of", "thread", "copies"}
]
_MIXED = {
    "sqlite": "(mark | :salt) - (mark & :salt)",
    "postgresql": "mark # :salt",
}
# As the intake does: of one mark the newest alone stay.
_FORGET_CROWDS = text(
    "DELETE FROM opinion_prints WHERE (span, mark, item) IN (SELECT span, mark, item FROM ("  # noqa: S608 - our own number
    "SELECT span, mark, item, row_number() OVER (PARTITION BY mark ORDER BY item DESC) AS place"
    f" FROM opinion_prints) AS ranked WHERE place > {MOST_HOLDERS})"
)


def fill(engine: Engine, size: int, now: datetime) -> None:
    """Repeat the bureau's first thousand items until there are *size*, evenly over a year.

    The newest 45 days have prints: as many as real ones, but others. One block in ten keeps the
    real ones, so that what comes finds its like.
    """
    dice = Random(4)  # noqa: S311 - made-up numbers
    with engine.begin() as connection:
        have, first, last = connection.execute(
            select(func.count(), func.min(_items.c.id), func.max(_items.c.id))
        ).one()
        block = min(1000, have)
        blocks = range(max(size - have, 0) // block)
        for place in blocks:
            at = now - timedelta(days=_DAYS) * (1 - (place + 1) / (len(blocks) + 1))
            begins = _repeat(connection, first, block, 10_000_000 + last + place * block, at)
            if now - at < _KEPT:
                salt = dice.getrandbits(62) if place % 10 else 0
                _print(connection, first, block, begins, salt, span_of(at))
        connection.execute(_FORGET_CROWDS)
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


def _print(
    connection: Connection, first: int, block: int, begins: int, salt: int, span: int
) -> None:
    mixed = _MIXED[connection.dialect.name]
    connection.execute(
        text(
            "INSERT INTO opinion_prints (span, mark, item)"  # noqa: S608 - our own words
            f" SELECT CAST(:span AS INTEGER), {mixed}, item + :begins FROM opinion_prints"
            " WHERE item >= :first AND item < :after ON CONFLICT DO NOTHING"
        ),
        {"span": span, "salt": salt, "begins": begins, "first": first, "after": first + block},
    )
