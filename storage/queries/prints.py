"""By which marks posts are found again: kept as they were judged together, at hand when asked for.

Each row is a part of an index (`storage/mark_index.py`), in the order in which they were written.
A process reads each part once and holds the index of a bureau, which another process may have
written to meanwhile: before it is asked, what is new is read.
"""

from collections.abc import Collection, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary
from zlib import crc32

from sqlalchemy import Engine, Row, delete, func, insert, select, text

from storage.mark_index import MarkIndex, Part
from storage.models import OpinionPrints
from storage.queries.tables import run, table_of
from storage.sessions import WriteBehind
from storage.vocabulary import UnitId

MOST_HOLDERS = 16
"""Of how many items that have a mark a search hears, the newest: it never reads more."""
_DAYS_LONGER = 7
"""So many days longer than asked for the index is held, before it is read anew without them."""
_AT_ONCE = 8
"""So many rows are read at once: of a large bureau each has a day's two megabytes."""
_MOST_TOGETHER = 1 << 19
"""So many prints, six megabytes, are put into one row at most."""
_prints = table_of(OpinionPrints)
_ADD = insert(_prints)
_newest = (
    select(_prints.c.bureau, func.max(_prints.c.place).label("place"))
    .group_by(_prints.c.bureau)
    .subquery()
)
_ROWS = (
    select(_prints.c.bureau, _prints.c.day, _prints.c.place, _prints.c.size)
    .join(_newest, _newest.c.bureau == _prints.c.bureau)
    .where(_prints.c.place < _newest.c.place)
    .order_by(_prints.c.bureau, _prints.c.day, _prints.c.place)
)
_POSITIVE = (1 << 31) - 1
_SINCE = text(
    "SELECT place, digest, CASE WHEN place > :seen THEN content END AS content"
    " FROM opinion_prints WHERE bureau = :bureau AND place >= :seen AND day >= :first"
    " ORDER BY place LIMIT :most"
)


Print = tuple[int, int]
"""A mark, and an item that has it."""


class AtHand(NamedTuple):
    """The index of a bureau from the day *first* on, up to the row at *place*.

    If that row is another one by now, what wrote it was undone, or the database is another.
    """

    first: int
    place: int = 0
    digest: int = 0
    marks: MarkIndex = MarkIndex()


_AT_HAND: WeakKeyDictionary[Engine, dict[UnitId, AtHand]] = WeakKeyDictionary()


class Prints:
    """Which items have which marks, of the days that are still looked at."""

    def __init__(self, session: WriteBehind) -> None:
        self._session = session

    def holders(self, bureau: UnitId, marks: Collection[int], first: int) -> dict[int, list[int]]:
        """Return which items have each of *marks*, the newest 16, the newest last.

        *first* is the day to look back to (`date.toordinal`).
        """
        return self._at_hand(bureau, first).marks.holders(marks, MOST_HOLDERS)

    def keep(self, bureau: UnitId, prints: Collection[Print], day: int) -> None:
        """Let items be found that were found on a day; they are newer than all that can be."""
        if prints:
            self._add(bureau, max(item for _, item in prints), day, Part.of(prints))

    def tidy(self, first: int) -> None:
        """Forget what was found before the day *first*, and put the rows of a day into one.

        The newest row of a bureau stays as it is: by it one knows what came since.
        """
        run(self._session, delete(_prints).where(_prints.c.day < first))
        for (bureau, day), rows in groupby(run(self._session, _ROWS).all(), itemgetter(0, 1)):
            some: list[int] = []
            room = _MOST_TOGETHER
            for _, _, place, size in rows:
                if size > room:
                    self._put_together(bureau, day, some)
                    some, room = [], _MOST_TOGETHER
                some.append(place)
                room -= size
            self._put_together(bureau, day, some)

    def _at_hand(self, bureau: UnitId, first: int) -> AtHand:
        shelf = _AT_HAND.setdefault(self._session.connection().engine, {})
        held = shelf.get(bureau, AtHand(first))
        if not held.first <= first <= held.first + _DAYS_LONGER:
            held = AtHand(first)
        while True:
            rows = self._since(bureau, held)
            if held.place and _name(rows) != (held.place, held.digest):
                held = AtHand(first)
                continue
            if new := rows[bool(held.place) :]:
                marks = held.marks.with_more([Part.unpacked(row.content) for row in new])
                held = AtHand(held.first, *_name(new[-1:]), marks)
            if len(rows) < _AT_ONCE:
                shelf[bureau] = held
                return held

    def _since(self, bureau: UnitId, held: AtHand) -> Sequence[Row[Any]]:
        asked = {"bureau": bureau, "seen": held.place, "first": held.first, "most": _AT_ONCE}
        return run(self._session, _SINCE, asked).all()

    def _put_together(self, bureau: UnitId, day: int, places: Sequence[int]) -> None:
        if len(places) > 1:
            these = (_prints.c.bureau == bureau, _prints.c.place.in_(places))
            rows = run(self._session, select(_prints.c.content).where(*these).order_by("place"))
            whole = Part.joined([Part.unpacked(content) for content in rows.scalars()])
            run(self._session, delete(_prints).where(*these))
            self._add(bureau, places[-1], day, whole)

    def _add(self, bureau: UnitId, place: int, day: int, part: Part) -> None:
        content = part.packed()
        row = {
            "bureau": bureau,
            "place": place,
            "day": day,
            "size": len(part.marks),
            "digest": crc32(content.encode()) & _POSITIVE,
            "content": content,
        }
        run(self._session, _ADD, row)


def _name(rows: Sequence[Row[Any]]) -> tuple[int, int]:
    """Return by what the first of *rows* is told from another in its place."""
    return (rows[0].place, rows[0].digest) if rows else (0, 0)
