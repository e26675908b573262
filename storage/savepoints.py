"""Savepoints that cost nothing until something is written: most of what is asked only reads.

One that was set is not released either: the commit does it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.orm import Session

from storage.sessions import WriteBehind

_OPEN = "savepoints"
_GIVEN = "savepoints given"


@dataclass(slots=True, eq=False)
class _Savepoint:
    name: str
    is_set: bool = False


@contextmanager
def savepoint(session: WriteBehind) -> Iterator[None]:
    """Undo on an exception what happened inside, in the database and in the session."""
    session.flush()  # what came before is not undone
    known = set(session)
    connection = session.connection()
    opened = connection.info.setdefault(_OPEN, [])
    mine = _Savepoint(name=f"s{_next(session)}")
    opened.append(mine)
    try:
        yield
    except BaseException:
        if mine.is_set and not connection.invalidated:
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {mine.name}")
        session.forget_put_off()
        _forget(session, known, written=mine.is_set)
        raise
    finally:
        opened.remove(mine)


def set_savepoints(
    connection: Connection,
    cursor: Any,
    _statement: str,
    _parameters: object,
    context: ExecutionContext | None,
    _many: bool,  # noqa: FBT001 - SQLAlchemy's signature
) -> None:
    """Before the first statement that may write, set the savepoints around it."""
    waiting = [one for one in connection.info.get(_OPEN, ()) if not one.is_set]
    if waiting and not _only_asks(context):
        for one in waiting:
            cursor.execute(f"SAVEPOINT {one.name}")
            one.is_set = True


def _next(session: Session) -> int:
    number: int = session.info.get(_GIVEN, 0) + 1
    session.info[_GIVEN] = number
    return number


def _only_asks(context: ExecutionContext | None) -> bool:
    statement = context.invoked_statement if context is not None else None
    return statement is not None and statement.is_select


def _forget(session: Session, known: set[object], *, written: bool) -> None:
    """Let the session hold what the database now holds: what was new is not there."""
    changed = session.dirty
    for entity in list(session):
        if entity not in known:
            session.expunge(entity)
        elif written or entity in changed:
            session.expire(entity)
