"""The numbers by which posts are found again: who has them, kept and forgotten many at once."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.queries.tables import dialect_of, run

MOST_HOLDERS = 16
"""How many items are kept for one mark of a span, the newest: so no search reads more, ever."""

# Lists are given as one value: the statement is the same for one post and for hundreds.
_HOLDERS = {
    "sqlite": text(
        "SELECT span, mark, item FROM opinion_prints"
        " WHERE span IN (SELECT value FROM json_each(:spans))"
        " AND mark IN (SELECT value FROM json_each(:marks))"
    ),
    # Each mark is looked for by itself: no estimate of PostgreSQL makes it read the table.
    "postgresql": text(
        "SELECT within.span, looked.mark, found.item"  # noqa: S608 - our own number
        " FROM unnest(CAST(CAST(:spans AS text) AS integer[])) AS within(span)"
        " CROSS JOIN unnest(CAST(CAST(:marks AS text) AS bigint[])) AS looked(mark)"
        " CROSS JOIN LATERAL (SELECT item FROM opinion_prints AS prints"
        " WHERE prints.span = within.span AND prints.mark = looked.mark"
        f" ORDER BY prints.item DESC LIMIT {MOST_HOLDERS}) AS found"
    ),
}
# Written as PostgreSQL writes lists: the driver looks at each number for what needs quoting.
_LISTS = "unnest(%s::text::integer[], %s::text::bigint[], %s::text::integer[])"
_KEEP = {
    "sqlite": "INSERT OR IGNORE INTO opinion_prints (span, mark, item) VALUES (?, ?, ?)",
    "postgresql": (
        "INSERT INTO opinion_prints (span, mark, item)"  # noqa: S608 - our own words
        f" SELECT * FROM {_LISTS} ON CONFLICT DO NOTHING"
    ),
}
_FORGET = {
    "sqlite": "DELETE FROM opinion_prints WHERE span = ? AND mark = ? AND item = ?",
    "postgresql": (
        f"DELETE FROM opinion_prints USING {_LISTS} AS gone(span, mark, item)"  # noqa: S608 - same
        " WHERE opinion_prints.span = gone.span AND opinion_prints.mark = gone.mark"
        " AND opinion_prints.item = gone.item"
    ),
}
_FORGET_OLD = text(
    "DELETE FROM opinion_prints WHERE ctid = ANY(ARRAY(SELECT ctid FROM opinion_prints"
    " WHERE span < :first ORDER BY span, mark, item LIMIT :most FOR UPDATE SKIP LOCKED))"
)
# SQLite has one writer, and forgets a range of the table three times as fast as row by row.
_STAYS = text(
    "SELECT span, mark, item FROM opinion_prints WHERE span < :first"
    " ORDER BY span, mark, item LIMIT 1 OFFSET :most"
)
_FORGET_RANGE = text("DELETE FROM opinion_prints WHERE (span, mark, item) < (:span, :mark, :item)")
_LEAST = -(1 << 63)


Print = tuple[int, int, int]
"""In a span of days (`alike.span_of`) there is a mark, which an item has that was found then."""


class Prints:
    """Which items have which marks, of the spans that are still looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holders(self, marks: Collection[int], spans: Collection[int]) -> Sequence[Print]:
        """Return who has one of *marks*, of each of *spans* the newest 16."""
        lists = {"marks": sorted(marks), "spans": sorted(spans)}
        dialect = dialect_of(self._session)
        packed = {name: _PACKED[dialect](numbers) for name, numbers in lists.items()}
        found = run(self._session, _HOLDERS[dialect], packed)
        # Thousands of rows of numbers, past what SQLAlchemy makes of each.
        rows: Sequence[Print] = found.cursor.fetchall()
        found.close()
        return rows

    def keep(self, prints: Iterable[Print]) -> None:
        """Let items be found by these."""
        self._each(_KEEP, sorted(prints))

    def forget(self, prints: Iterable[Print]) -> None:
        """Let items be found by these no longer."""
        self._each(_FORGET, sorted(prints))

    def forget_old(self, first: int, most: int) -> None:
        """Forget the oldest of what was found before the span *first*, at most *most*."""
        given = {"first": first, "most": most}
        if dialect_of(self._session) == "postgresql":
            run(self._session, _FORGET_OLD, given)
            return
        span, mark, item = run(self._session, _STAYS, given).first() or (first, _LEAST, 0)
        run(self._session, _FORGET_RANGE, {"span": span, "mark": mark, "item": item})

    def _each(self, statements: Mapping[str, str], prints: Sequence[Print]) -> None:
        """Run a statement for many, in their order: two that do so wait and do not lock up.

        By the driver itself: to make thousands of rows of numbers ready costs more than they do.
        """
        if not prints:
            return
        self._session.flush()
        connection, dialect = self._session.connection(), dialect_of(self._session)
        if dialect == "postgresql":
            lists = tuple(map(_braced, zip(*prints, strict=True)))
            connection.exec_driver_sql(statements[dialect], lists)
        else:
            connection.exec_driver_sql(statements[dialect], list(prints))


def _braced(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"


_PACKED: Mapping[str, Callable[[Sequence[int]], str]] = {
    "sqlite": json.dumps,
    "postgresql": _braced,
}
