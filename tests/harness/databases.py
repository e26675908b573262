"""A database for each test, made anew from a template, of each kind at one address."""

import shutil
from pathlib import Path

import pytest

from tests.harness.servers import TEMPLATE, PostgreSQL, kept_open
from tests.harness.service import enrol_cast

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what asks the database nothing that other tests do not ask of both."""

_BESIDE = ("", "-wal", "-shm")
_ENROLLED, _NAME = "xinshi_enrolled", "xinshi"


class Sqlite:
    """One file, copied from *migrated*, or from that with the usual cast in it."""

    def __init__(self, migrated: Path) -> None:
        self._migrated = migrated
        self._enrolled = migrated.with_name(f"{_ENROLLED}.db")
        self._file = migrated.with_name(f"{_NAME}.db")

    def anew(self, *, enrolled: bool) -> str:
        """Return the address of a fresh database."""
        if enrolled and not self._enrolled.exists():
            shutil.copy(self._migrated, self._enrolled)
            enrol_cast(f"sqlite:///{self._enrolled}", self._enrolled.parent)
        url = f"sqlite:///{self._file}"
        kept_open(url).close()
        for suffix in _BESIDE:
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._enrolled if enrolled else self._migrated, self._file)
        return url


class Postgres:
    """One database of a server, copied in the same way."""

    def __init__(self, server: PostgreSQL, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._has_enrolled = False

    def anew(self, *, enrolled: bool) -> str:
        """Return the address of a fresh database."""
        if enrolled and not self._has_enrolled:
            enrol_cast(self._server.copy(TEMPLATE, _ENROLLED), self._folder)
            self._has_enrolled = True
        kept_open(self._server.uri_of(_NAME)).close()
        return self._server.copy(_ENROLLED if enrolled else TEMPLATE, _NAME)
