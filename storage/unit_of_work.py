"""One transaction and its queries; the database that opens them."""

import select
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime

import structlog
from pydantic_core import from_json
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import sessionmaker

from storage.queries.adoptions import Adoptions
from storage.queries.alerts import Alerts
from storage.queries.briefings import Briefings
from storage.queries.bulletins import Bulletins
from storage.queries.burden import Burdens
from storage.queries.calls import Calls
from storage.queries.canaries import Canaries
from storage.queries.cases import Cases
from storage.queries.clues import Clues
from storage.queries.contingencies import Contingencies
from storage.queries.deductions import Deductions
from storage.queries.delegations import Delegations
from storage.queries.drafts import Drafts
from storage.queries.duty import Duty
from storage.queries.figures import Figures
from storage.queries.filling import Filling
from storage.queries.forgetting import Forgetting
from storage.queries.gatherings import Gatherings
from storage.queries.idle import IdleChannels
from storage.queries.incidents import Incidents
from storage.queries.ledger import Ledger
from storage.queries.library import Library
from storage.queries.lying import Lying, lying
from storage.queries.mailbox import Conversations, Inbox, Outbox
from storage.queries.members import Members
from storage.queries.moves import Moves
from storage.queries.notices import Notices
from storage.queries.opinion import Opinion
from storage.queries.opinion_marks import OpinionMarks
from storage.queries.opinion_vectors import OpinionVectors
from storage.queries.outside import Outside
from storage.queries.pages import Pages
from storage.queries.papers import Papers
from storage.queries.pictures import Pictures
from storage.queries.plans import Plans
from storage.queries.prints import Prints
from storage.queries.reminders import Reminders
from storage.queries.reports import Reports
from storage.queries.reviews import Reviews
from storage.queries.rule_tables import RuleTables
from storage.queries.scores import Scores
from storage.queries.sheets import Sheets
from storage.queries.similarity import Similar
from storage.queries.sources import Sources
from storage.queries.tables import dialect_of
from storage.queries.timers import Timers
from storage.queries.troubles import Troubles
from storage.queries.visits import Visits
from storage.queries.zero_reports import ZeroReports
from storage.savepoints import savepoint, set_savepoints
from storage.sessions import WriteBehind
from storage.turns import READING, Turns

log = structlog.get_logger()

_BUSY_SECONDS = 15
_MOST_LOGGED = 16_000
"""So many pages (62 MiB) may lie in SQLite's log before whoever commits has to write them back."""
# A server that is gone without a word is noticed before the next message needs it.
_KEPT_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_BRIEFLY = text("SET LOCAL lock_timeout = '100ms'")


class UnitOfWork:
    """The queries of one transaction, and what to do once it is durable."""

    def __init__(self, session: WriteBehind) -> None:  # noqa: PLR0915 - a line for each aggregate
        self.members = Members(session)
        self.drafts = Drafts(session)
        self.reviews = Reviews(session)
        self.pages = Pages(session)
        self.rule_tables = RuleTables(session)
        self.adoptions = Adoptions(session)
        self.filling = Filling(session)
        self.scores = Scores(session)
        self.deductions = Deductions(session)
        self.library = Library(session)
        self.reminders = Reminders(session)
        self.reports = Reports(session)
        self.notices = Notices(session)
        self.bulletins = Bulletins(session)
        self.briefings = Briefings(session)
        self.clues = Clues(session)
        self.burdens = Burdens(session)
        self.calls = Calls(session)
        self.alerts = Alerts(session)
        self.cases = Cases(session)
        self.moves = Moves(session)
        self.delegations = Delegations(session)
        self.duty = Duty(session)
        self.papers = Papers(session)
        self.similar = Similar(session)
        self.inbox = Inbox(session)
        self.conversations = Conversations(session)
        self.outbox = Outbox(session)
        self.sheets = Sheets(session)
        self.sources = Sources(session)
        self.outside = Outside(session)
        self.opinion = Opinion(session)
        self.prints = Prints(session)
        self.opinion_marks = OpinionMarks(session)
        self.opinion_vectors = OpinionVectors(session)
        self.timers = Timers(session)
        self.gatherings = Gatherings(session)
        self.pictures = Pictures(session)
        self.plans = Plans(session)
        self.idle = IdleChannels(session)
        self.incidents = Incidents(session)
        self.contingencies = Contingencies(session)
        self.ledger = Ledger(session)
        self.figures = Figures(session)
        self.troubles = Troubles(session)
        self.canaries = Canaries(session)
        self.visits = Visits(session)
        self.zero_reports = ZeroReports(session)
        self.forgetting = Forgetting(session)
        self.after_commit: list[Callable[[], object]] = []
        self._session = session

    def lying(self, now: datetime, before: datetime) -> Lying:
        """Tell of which kind of work anything lies that nobody works at."""
        return lying(self._session, now, before)

    def wait_briefly(self) -> None:
        """Fail rather than wait for long for a row that another transaction has locked.

        Of two that lock the same rows in different orders this one gives way. SQLite has one
        writer at a time, and nothing to wait for.
        """
        if dialect_of(self._session) == "postgresql":
            self._session.execute(_BRIEFLY)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo on an exception what happened inside, and only that."""
        rings, talks = len(self.after_commit), self.conversations.marked()
        try:
            with savepoint(self._session):
                yield
        except BaseException:
            del self.after_commit[rings:]
            self.cases.let_go()
            self.conversations.restore(talks)
            raise


class Database:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine, class_=WriteBehind, expire_on_commit=False)
        self.reader = engine.execution_options(**{READING: True})
        self._readers = sessionmaker(self.reader, class_=WriteBehind)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Commit on the way out, roll back on an exception."""
        with self._sessions.begin() as session:
            uow = UnitOfWork(session)
            yield uow
            uow.conversations.write()
            session.flush()
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

    def write_back(self) -> None:
        """Let SQLite's log go into its file, as far as nobody reads what is older.

        Otherwise every twentieth post would wait for it in its own commit.
        """
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, pool_size: int = 8, busy_seconds: float = _BUSY_SECONDS) -> Database:
    """Open a database by its address: sqlite:///… or postgresql+psycopg://….

    *busy_seconds*: so long others are waited for that write to SQLite.

    What a statement was given never shows in its errors: drafts do not belong in a log.
    """
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=pool_size,
            hide_parameters=True,
            json_deserializer=from_json,
            connect_args={"timeout": busy_seconds},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", Turns(engine.url.database or "", busy_seconds).begin)
    else:
        engine = create_engine(
            url,
            pool_size=pool_size,
            hide_parameters=True,
            json_deserializer=from_json,
            connect_args=_KEPT_ALIVE,
        )
        event.listen(engine, "checkout", _refuse_ended)
    event.listen(engine, "before_cursor_execute", set_savepoints)
    return Database(engine)


def _refuse_ended(connection: DBAPIConnection, _record: object, _proxy: object) -> None:
    """Take another connection if the server has ended this one.

    It says so at once, and an idle connection has nothing else to say: to look costs no round trip,
    as a ping would for each message.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        raise DisconnectionError("the server has ended the connection")


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # Without this the driver begins and commits on its own, and a savepoint that was released
    # stays in the file even when the transaction around it is rolled back.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA wal_autocheckpoint={_MOST_LOGGED}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
