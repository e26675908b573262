"""A session that puts off what nobody reads back: many such rows are then written at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session

Row = Mapping[str, Any]


class WriteBehind(Session):
    """A session that keeps rows until it is flushed, after what is new in it.

    Whatever is asked of it flushes it first, and so does the end of the transaction: that rows
    were put off shows only in how few statements write them. What is put off with one statement
    has the same columns.
    """

    _later: dict[Executable, list[Row]] | None = None

    def put_off(self, statement: Executable, rows: Sequence[Row]) -> None:
        """Keep rows that *statement* is to insert; they may refer to what the session holds."""
        if self._later is None:
            self._later = {}
        self._later.setdefault(statement, []).extend(rows)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        super().flush(objects)
        later, self._later = self._later, None
        for statement, rows in (later or {}).items():
            self.connection().execute(statement, rows if len(rows) > 1 else rows[0])

    def forget_put_off(self) -> None:
        """Let what was put off not be written."""
        self._later = None
