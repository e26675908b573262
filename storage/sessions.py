"""A session that puts off what nobody reads back: many such rows are then written at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.orm import Session

Values = Mapping[str, Any]


def lone_or_many(rows: Sequence[Values]) -> Values | Sequence[Values]:
    """Return rows as a statement takes them: for a lone one psycopg needs no pipeline."""
    return rows[0] if len(rows) == 1 else rows


class WriteBehind(Session):
    """A session that keeps rows until it is flushed, after what is new in it.

    Whatever is asked of it flushes it first, and so does the end of the transaction: that rows
    were put off shows only in how few statements write them. What is put off with one statement
    has the same columns.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._later: dict[Executable, list[Values]] = {}
        self._wire: Connection | None = None

    def connection(self, *given: Any, **options: Any) -> Connection:
        """Return the connection of the one transaction that a session lives for."""
        if self._wire is None:
            self._wire = super().connection(*given, **options)
        return self._wire

    def put_off(self, statement: Executable, rows: Sequence[Values]) -> None:
        """Keep rows that *statement* is to insert; they may refer to what the session holds."""
        self._later.setdefault(statement, []).extend(rows)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        super().flush(objects)
        later, self._later = self._later, {}
        for statement, rows in later.items():
            self.connection().execute(statement, lone_or_many(rows))

    def forget_put_off(self) -> None:
        """Let what was put off not be written."""
        self._later.clear()
