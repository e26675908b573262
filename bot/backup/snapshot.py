"""One moment of a database that goes on working: what is read hangs together, nobody waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.backup.errors import BackupError
from storage.unit_of_work import open_database


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """Open a transaction that reads only and sees one state of the database.

    Raises:
        BackupError: there is no such database.
    """
    engine = _sqlite(url) if url.startswith("sqlite") else open_database(url).engine
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(  # noqa: PLW2901 - the same one
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection
    finally:
        engine.dispose()


def _sqlite(url: str) -> Engine:
    """Open a reader beside the service's own connections, which lock before they read."""
    path = make_url(url).database
    if not path or not Path(path).exists():
        raise BackupError(f"there is no database at {path}")
    engine = create_engine(url, hide_parameters=True)

    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only=ON")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine
