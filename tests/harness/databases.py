"""A database for each test, made anew from a template, of each kind at one address."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.servers import TEMPLATE, PostgreSQL, kept_open
from tests.harness.service import enrol_cast

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what asks the database nothing that other tests do not ask of both."""

_BESIDE = ("", "-wal", "-shm")
_NAME = "xinshi"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a test finds in its database: what *fill* puts there, once in a process.

    It gets the address of an empty one and a folder, and lets go of what it opens.
    """

    name: str
    fill: Callable[[str, Path], None]


CAST = Beginning("cast", enrol_cast)
"""The usual cast, and nothing that happened."""


class Sqlite:
    """One file, copied from *migrated*, or from that with a beginning in it."""

    def __init__(self, migrated: Path) -> None:
        self._migrated = migrated
        self._file = migrated.with_name(f"{_NAME}.db")

    def anew(self, beginning: Beginning | None = None) -> str:
        """Return the address of a fresh database."""
        template = self._template(beginning) if beginning else self._migrated
        url = f"sqlite:///{self._file}"
        kept_open(url).close()
        for suffix in _BESIDE:
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copy(template, self._file)
        return url

    def _template(self, beginning: Beginning) -> Path:
        template = self._migrated.with_name(f"{_NAME}_{beginning.name}.db")
        if not template.exists():
            shutil.copy(self._migrated, template)
            beginning.fill(f"sqlite:///{template}", template.parent)
        return template


class Postgres:
    """One database of a server, copied in the same way."""

    def __init__(self, server: PostgreSQL, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._filled: set[str] = set()

    def anew(self, beginning: Beginning | None = None) -> str:
        """Return the address of a fresh database."""
        template = self._template(beginning) if beginning else TEMPLATE
        kept_open(self._server.uri_of(_NAME)).close()
        return self._server.copy(template, _NAME)

    def _template(self, beginning: Beginning) -> str:
        template = f"{_NAME}_{beginning.name}"
        if template not in self._filled:
            beginning.fill(self._server.copy(TEMPLATE, template), self._folder)
            self._filled.add(template)
        return template
