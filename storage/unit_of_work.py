"""One transaction and its queries; the database that opens them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker

from storage.queries.drafts import Drafts
from storage.queries.figures import Figures
from storage.queries.ledger import Ledger
from storage.queries.mailbox import Conversations, Inbox, Outbox
from storage.queries.members import Members
from storage.queries.reviews import Reviews
from storage.queries.timers import Timers
from storage.queries.troubles import Troubles

log = structlog.get_logger()

_BUSY_SECONDS = 15
_READING = "reading"


class UnitOfWork:
    """The queries of one transaction, and what to do once it is durable."""

    def __init__(self, session: Session) -> None:
        self.members = Members(session)
        self.drafts = Drafts(session)
        self.reviews = Reviews(session)
        self.inbox = Inbox(session)
        self.conversations = Conversations(session)
        self.outbox = Outbox(session)
        self.timers = Timers(session)
        self.ledger = Ledger(session)
        self.figures = Figures(session)
        self.troubles = Troubles(session)
        self.after_commit: list[Callable[[], object]] = []
        self._session = session

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Open a savepoint: an exception undoes what happened inside, and only that."""
        kept = len(self.after_commit)
        try:
            with self._session.begin_nested():
                yield
        except BaseException:
            del self.after_commit[kept:]
            raise


class Database:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self.reader = engine.execution_options(**{_READING: True})
        self._readers = sessionmaker(self.reader)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Commit on the way out, roll back on an exception."""
        with self._sessions.begin() as session:
            uow = UnitOfWork(session)
            yield uow
        for action in uow.after_commit:
            try:
                action()
            except Exception:
                # What was promised is a row; the sweep will ring again for it.
                log.exception("after_commit_failed")

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Look without changing: no writer waits for it, and nothing is kept."""
        with self._readers() as session:
            yield UnitOfWork(session)

    def ping(self) -> None:
        with self.reader.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, pool_size: int = 8) -> Database:
    """Open a database by its address: sqlite:///… or postgresql+psycopg://….

    What a statement was given never shows in its errors: drafts do not belong in a log.
    """
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=pool_size,
            hide_parameters=True,
            connect_args={"timeout": _BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    else:
        engine = create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
    return Database(engine)


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # Without this the driver begins and commits on its own, and a savepoint that was released
    # stays in the file even when the transaction around it is rolled back.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediately(connection: Connection) -> None:
    # What may write takes the lock at once: that avoids a deadlock on upgrade.
    reading = connection.get_execution_options().get(_READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
