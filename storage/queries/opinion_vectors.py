"""Items that an embedding model looks at, and what it made of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.models import OpinionItem, OpinionVector
from storage.queries.tables import add_all_once, run, table_of
from storage.sessions import Values
from storage.vocabulary import CaseId, ItemId, UnitId

_items, _vectors = table_of(OpinionItem), table_of(OpinionVector)
_FOR_EACH = 10
"""So many old rows are forgotten for each new one: more than are added."""


class Wanting(NamedTuple):
    """An item that nobody has embedded yet."""

    id: ItemId
    bureau: UnitId
    title: str
    words: str
    place: str
    topics: Sequence[str]
    thread: ItemId | None
    case_id: CaseId | None
    found_at: datetime


class Kept(NamedTuple):
    """The vector of an item, as it is kept."""

    item: ItemId
    vector: str


class OpinionVectors:
    """The vectors of items."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def first_since(self, since: datetime, bureaus: Collection[UnitId]) -> int:
        """Return the number before that of the first item found from *since* on."""
        found = self._session.scalar(
            select(func.min(_items.c.id)).where(
                _items.c.bureau.in_(bureaus), _items.c.found_at >= since
            )
        )
        return self.last() if found is None else found - 1

    def last(self) -> int:
        """Return the highest number of an item."""
        return self._session.scalar(select(func.coalesce(func.max(_items.c.id), 0))) or 0

    def wanting(self, after: int, since: datetime, most: int) -> Sequence[Wanting]:
        """Return items after a number that may be ours, are no copies and are not embedded yet."""
        rows = self._session.execute(
            select(
                _items.c.id,
                _items.c.bureau,
                _items.c.title,
                _items.c.words,
                _items.c.place,
                _items.c.topics,
                _items.c.thread,
                _items.c.case_id,
                _items.c.found_at,
            )
            .where(
                _items.c.id > after,
                _items.c.relevance > 0,
                _items.c.repost_of.is_(None),
                _items.c.found_at >= since,
                ~select(_vectors.c.item).where(_vectors.c.item == _items.c.id).exists(),
            )
            .order_by(_items.c.id)
            .limit(most)
        )
        return [Wanting._make(row) for row in rows]

    def kept(self, bureau: UnitId, since: datetime, most: int) -> Sequence[Kept]:
        """Return the newest vectors of a bureau whose items were found from *since* on."""
        rows = self._session.execute(
            select(_vectors.c.item, _vectors.c.vector)
            .where(_vectors.c.bureau == bureau, _vectors.c.found_at >= since)
            .order_by(_vectors.c.found_at.desc())
            .limit(most)
        )
        return [Kept._make(row) for row in rows]

    def add_all(self, rows: Sequence[Values]) -> None:
        """Keep rows of `OpinionVector`, except of items that have one."""
        add_all_once(self._session, OpinionVector, rows)

    def get(self, item: ItemId) -> OpinionVector | None:
        return self._session.get(OpinionVector, item)

    def forget(self, bureaus: Mapping[UnitId, int], before: datetime) -> None:
        """Forget some of what was found before a moment, for each row that a bureau got."""
        for bureau, added in bureaus.items():
            oldest = (
                select(_vectors.c.item)
                .where(_vectors.c.bureau == bureau, _vectors.c.found_at < before)
                .order_by(_vectors.c.found_at)
                .limit(_FOR_EACH * added)
            )
            run(self._session, delete(OpinionVector).where(OpinionVector.item.in_(oldest)))

    def waiting(self, bureau: UnitId, found_from: datetime, until: datetime) -> int:
        """Count a bureau's items of a span of time that are to be embedded and are not."""
        return (
            self._session.scalar(
                select(func.count())
                .select_from(_items)
                .outerjoin(_vectors, _vectors.c.item == _items.c.id)
                .where(
                    _items.c.bureau == bureau,
                    _items.c.found_at >= found_from,
                    _items.c.found_at < until,
                    _items.c.relevance > 0,
                    _items.c.repost_of.is_(None),
                    _vectors.c.item.is_(None),
                )
            )
            or 0
        )
