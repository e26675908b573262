"""The database: reachable, of the newest schema, writable; then what is in it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.clock import Now
from bot.config import Config
from bot.doctor import people, work
from bot.doctor.findings import Finding, Level, fault, ok
from storage.migrations import is_current
from storage.models import ScheduledRun
from storage.unit_of_work import Database, open_database

_READ_ONLY = ("readonly", "read-only")


def examine(config: Config, now: Now) -> Iterator[Finding]:
    """Check the database as far as it goes: what cannot be read is not judged."""
    url = config.storage.database_url
    try:
        shown = make_url(url).render_as_string(hide_password=True)
        database = open_database(url)
    except (ArgumentError, ImportError, ValueError, SQLAlchemyError):
        remedy = "write sqlite:///path or postgresql://user:password@host/database"
        yield fault("database", "[storage] database_url is not understood", remedy)
        return
    try:
        yield from _examine(database, shown, config, now)
    finally:
        database.close()


def _examine(database: Database, shown: str, config: Config, now: Now) -> Iterator[Finding]:
    checks: tuple[Callable[[], Finding], ...] = (
        partial(reachable, database, shown),
        partial(migrated, database),
        partial(writable, database, now()),
    )
    for check in checks:
        finding = check()
        yield finding
        if finding.level is Level.FAULT:
            return
    with database.begin() as uow:
        found = [*people.examine(uow, config.reviews), *work.examine(uow, config, now())]
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
    if not is_current(database.engine):
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


def _exists(database: Database) -> bool:
    """Tell whether the file of a SQLite database is there: to open it would make it."""
    url = database.engine.url
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def _failed(error: SQLAlchemyError, shown: str) -> Finding:
    reason = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
    if any(word in reason for word in _READ_ONLY):
        remedy = "give the database's file and folder, or its rights, to the user that runs xinshi"
        return fault("database writable", f"{shown} can be read only: {reason}", remedy)
    remedy = "start the database server, or correct [storage] database_url"
    return fault("database", f"{shown} cannot be used: {reason}", remedy)
