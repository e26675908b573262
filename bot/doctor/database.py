"""The database: reachable, of the newest schema, writable; then what is in it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.doctor.findings import Finding, Level, fault, ok
from storage.migrations import is_current
from storage.models import ScheduledRun
from storage.unit_of_work import Database, UnitOfWork, open_database

_READ_ONLY = ("readonly", "read-only")
_HELD = "database is locked"

Inside = Callable[[UnitOfWork], Iterable[Finding]]


def examine(url: str, now: datetime, inside: Inside) -> Iterator[Finding]:
    """Check the database as far as it goes, at last what is *inside*.

    What cannot be read is not judged.
    """
    try:
        shown = without_secrets(url)
        database = open_database(url)
    except (ArgumentError, ImportError, ValueError, SQLAlchemyError):
        remedy = "write sqlite:///path or postgresql://user:password@host/database"
        yield fault("database", "[storage] database_url is not understood", remedy)
        return
    try:
        yield from _examine(database, shown, now, inside)
    finally:
        database.close()


def _examine(database: Database, shown: str, now: datetime, inside: Inside) -> Iterator[Finding]:
    checks: tuple[Callable[[], Finding], ...] = (
        partial(reachable, database, shown),
        partial(migrated, database),
        partial(writable, database, now),
    )
    for check in checks:
        finding = check()
        yield finding
        if finding.level is Level.FAULT:
            return
    with database.begin() as uow:
        found = list(inside(uow))
    yield from found


def reachable(database: Database, shown: str) -> Finding:
    if not _exists(database):
        return fault("database", f"{shown} does not exist yet", "run `xinshi migrate`")
    try:
        database.ping()
    except SQLAlchemyError as error:
        return _failed(error, shown)
    return ok("database", f"{shown} answers")


def migrated(database: Database) -> Finding:
    if not is_current(database.reader):
        text = "the database does not have the schema of this version"
        remedy = "back up with the version used so far, then run `xinshi migrate`"
        return fault("migrations", text, remedy)
    return ok("migrations", "the database has the newest schema")


def writable(database: Database, now: datetime) -> Finding:
    """Write a row and take it back."""
    try:
        with database.engine.connect() as connection:
            row = {"name": "xinshi doctor", "due_at": now, "ran_at": now}
            connection.execute(insert(ScheduledRun).values(row))
            connection.rollback()
    except SQLAlchemyError as error:
        return _failed(error, "the database")
    return ok("database writable", "the database can be written")


def without_secrets(url: str) -> str:
    """Return an address as it may be shown: its query may hold a password too.

    Raises:
        ArgumentError: it is no address.
    """
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def _exists(database: Database) -> bool:
    """Tell whether the file of a SQLite database is there: to open it would make it."""
    url = database.engine.url
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def _failed(error: SQLAlchemyError, shown: str) -> Finding:
    reason = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
    if any(word in reason for word in _READ_ONLY):
        remedy = "give the database's file and folder, or its rights, to the user that runs xinshi"
        return fault("database writable", f"{shown} can be read only: {reason}", remedy)
    if _HELD in reason:
        remedy = "see which other program holds it: a shell, a copy, a migration that still runs"
        return fault("database writable", f"{shown} cannot be written: {reason}", remedy)
    remedy = "start the database server, or correct [storage] database_url"
    return fault("database", f"{shown} cannot be used: {reason}", remedy)
