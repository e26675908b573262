"""Statements on tables, past the ORM: for what every message does, where no entity is needed.

They are built once and differ in their parameters only: to build one and to load entities costs
several times what the database does for it (docs/benchmarks.md).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Base
from storage.sessions import Values, lone_or_many


def table_of(entity: type[Base]) -> Table:
    return cast("Table", entity.__table__)


def run(
    session: Session, statement: Executable, values: Values | Sequence[Values] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run *statement* after what the session has not written yet: it may refer to that."""
    session.flush()
    if isinstance(values, Sequence):
        values = lone_or_many(values)
    return session.connection().execute(statement, values)


def run_alone(
    session: Session, statement: Executable, values: Values | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run *statement*, to which nothing matters that the session has not written yet."""
    return session.connection().execute(statement, values)


def add_once(session: Session, entity: type[Base], values: Values) -> bool:
    """Insert a row unless one with the same key exists; tell whether it was inserted."""
    return run(session, insertion_of(entity, dialect_of(session)), values).rowcount > 0


def add_all_once(session: Session, entity: type[Base], rows: Sequence[Values]) -> None:
    """Insert rows, except those whose key exists."""
    if rows:
        run(session, insertion_of(entity, dialect_of(session)), rows)


def dialect_of(session: Session) -> str:
    return session.get_bind().dialect.name


@cache
def insertion_of(entity: type[Base], dialect: str) -> Executable:
    """Return what inserts a row unless one with the same key exists."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement: Executable = insert(table_of(entity)).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)
