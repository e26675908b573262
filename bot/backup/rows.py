"""Rows as JSON lines, the same for every database: written from a snapshot, read into tables."""

import base64
import enum
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import JSON, Column, Connection, Table, TypeDecorator, func, insert, select

from bot.backup.errors import BackupError
from storage.models import Base

SEEDED = frozenset({"calendar_days"})
"""What a fresh database has rows in: they give way to those of the backup."""

_BATCH = 500
_SAME_IN_JSON = frozenset({str, int, bool, float})
_READERS: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: base64.b64decode,
    Decimal: Decimal,
}

Values = dict[str, Any]


def tables() -> list[Table]:
    """Return all tables, each after those that it refers to."""
    return Base.metadata.sorted_tables


def count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def dump(connection: Connection, table: Table, file: BinaryIO) -> int:
    """Write each row of the table as a line; return how many there are."""
    written = 0
    for row in parents_first(table, _rows(connection, table)):
        file.write(json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n")
        written += 1
    return written


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Insert the rows that :func:`dump` wrote.

    Raises:
        BackupError: a line is no row of this table.
    """
    readers = {column.name: reader_of(column) for column in table.columns}
    rows = (_row(table, readers, line) for line in lines)
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(table), batch)


def parents_first(table: Table, rows: Iterable[Values]) -> Iterable[Values]:
    """Order the rows of a table that refers to itself so that each comes after what it names."""
    links = [
        (key.parent.name, key.column.name)
        for key in table.foreign_keys
        if key.column.table is table
    ]
    return _ordered(list(rows), links) if links else rows


def advance_sequences(connection: Connection) -> None:
    """Let numbers that PostgreSQL gives out go on after the highest; SQLite does so itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        column = table.autoincrement_column
        if column is None:
            continue
        highest = connection.execute(select(func.max(column))).scalar_one()
        if highest is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, highest)))


def _rows(connection: Connection, table: Table) -> Iterator[Values]:
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(statement, execution_options={"yield_per": _BATCH}).mappings():
        yield {column.name: row[column] for column in table.columns}


def _ordered(rows: list[Values], links: list[tuple[str, str]]) -> Iterator[Values]:
    written: dict[str, set[Any]] = {target: {None} for _, target in links}
    while rows:
        waiting = []
        for row in rows:
            if all(
                row[source] == row[target] or row[source] in written[target]
                for source, target in links
            ):
                for target, seen in written.items():
                    seen.add(row[target])
                yield row
            else:
                waiting.append(row)
        if len(waiting) == len(rows):
            raise BackupError("rows refer to one another in a circle")
        rows = waiting


def _plain(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case Decimal():
            return str(value)
        case _:
            raise TypeError(f"a backup cannot hold a {type(value).__name__}")


def reader_of(column: Column[Any]) -> Callable[[Any], Any]:
    """Return what turns a value of JSON into one of the column.

    Raises:
        TypeError: the column has a type that a backup does not know yet.
    """
    found = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    kind: Any = found.python_type
    if isinstance(found, JSON) or kind in _SAME_IN_JSON:
        return lambda value: value
    read = kind if issubclass(kind, enum.Enum) else _READERS.get(kind)
    if read is None:
        raise TypeError(f"a backup cannot hold {column}, a {kind.__name__}")
    return lambda value: None if value is None else read(value)


def _row(table: Table, readers: dict[str, Callable[[Any], Any]], line: bytes) -> Values:
    try:
        row = json.loads(line)
        if row.keys() == readers.keys():
            return {name: readers[name](value) for name, value in row.items()}
    except (ValueError, TypeError, AttributeError):
        pass
    raise BackupError(f"the backup has a line that is no row of {table.name}")
