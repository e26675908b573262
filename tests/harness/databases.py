"""A database for each test, made anew from a template, of each kind at one address."""

import fcntl
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from os import getpid
from pathlib import Path

import pytest

from storage.migrations import upgrade
from storage.unit_of_work import open_database
from tests.harness.servers import TEMPLATE, PostgreSQL, kept_open
from tests.harness.service import enrol_cast

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what asks the database nothing that other tests do not ask of both."""

_BESIDE = ("", "-wal", "-shm")
_NAME = "xinshi"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a test finds in its database: what *fill* puts there, once in a run.

    It gets the address of an empty one and a folder, and lets go of what it opens.
    """

    name: str
    fill: Callable[[str, Path], None]


CAST = Beginning("cast", enrol_cast)
"""The usual cast, and nothing that happened."""


class Sqlite:
    """One file in *folder*, copied from one that has been migrated, or that has a beginning in it.

    Those are made once, in a folder that all testers of a run share.
    """

    def __init__(self, shared: Path, folder: Path) -> None:
        self._shared = shared
        self._folder = folder
        self._file = folder / f"{_NAME}.db"

    def migrated(self) -> Path:
        def migrate(path: Path) -> None:
            database = open_database(f"sqlite:///{path}")
            upgrade(database.engine)
            database.close()

        return self._once(TEMPLATE, migrate)

    def anew(self, beginning: Beginning | None = None) -> str:
        """Return the address of a fresh database."""
        template = self._template(beginning) if beginning else self.migrated()
        url = f"sqlite:///{self._file}"
        kept_open(url).close()
        for suffix in _BESIDE:
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copy(template, self._file)
        return url

    def _template(self, beginning: Beginning) -> Path:
        def fill(path: Path) -> None:
            shutil.copy(self.migrated(), path)
            beginning.fill(f"sqlite:///{path}", self._folder)

        return self._once(f"{_NAME}_{beginning.name}", fill)

    def _once(self, name: str, make: Callable[[Path], None]) -> Path:
        """Let one tester make a file; the others wait for it."""
        made = self._shared / f"{name}.db"
        if not made.exists():
            with made.with_suffix(".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not made.exists():
                    unfinished = self._folder / f"{name}.db"
                    make(unfinished)
                    unfinished.rename(made)
        return made


class Postgres:
    """A database of this tester's own on a server, copied in the same way."""

    def __init__(self, server: PostgreSQL, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._name = f"{_NAME}_{getpid()}"

    def anew(self, beginning: Beginning | None = None) -> str:
        """Return the address of a fresh database."""
        template = self._template(beginning) if beginning else TEMPLATE
        kept_open(self._server.uri_of(self._name)).close()
        return self._server.copy(template, self._name)

    def _template(self, beginning: Beginning) -> str:
        name = f"{_NAME}_{beginning.name}"
        self._server.make_once(name, TEMPLATE, lambda url: beginning.fill(url, self._folder))
        return name
