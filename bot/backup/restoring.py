"""Bring a backup back, into an empty database of either kind."""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, delete, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import rows
from bot.backup.archive import CONFIG, check, digest, reading
from bot.backup.errors import BackupError
from bot.backup.making import media_named
from bot.backup.manifest import Manifest, check_revision
from bot.config import Config
from bot.media import keep, path_of
from bot.private import OWNER_ONLY, make_database_file
from storage.migrations import upgrade
from storage.queries.library import reindex
from storage.unit_of_work import Database, open_database


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The manifest of the backup, and the files that its rows name and that it did not have."""

    manifest: Manifest
    lost: tuple[str, ...]


def restore(config: Config, source: Path, config_target: Path | None = None) -> Restored:
    """Put everything in *source* where *config* says; the configuration goes to *config_target*.

    1. The whole file is checked before anything is written.
    2. The configuration comes first: where there is no place for it, nothing else is done.
    3. The database must be empty. It gets the newest schema, which must be the backup's.
    4. Tables, the index of the library, files and counts: all in one transaction, which an error
       undoes.

    Raises:
        BackupError: any of that failed; the database has no row of the backup.
    """
    manifest = check(source)
    check_revision(manifest)
    if config_target is not None and config_target.exists():
        raise BackupError(f"{config_target} exists; move it away first")
    try:
        with ExitStack() as undo:
            if config_target is not None:
                _write_config(source, config_target, undo)
            named = _restore_rows(config, source, manifest)
            undo.pop_all()
    except SQLAlchemyError as error:
        raise BackupError(f"the database refused it ({type(error).__name__})") from error
    except OSError as error:
        raise BackupError(f"{error.filename}: {error.strerror}") from error
    media_dir = config.storage.media_dir
    lost = sorted(sha256 for sha256 in named if not path_of(media_dir, sha256).exists())
    return Restored(manifest=manifest, lost=tuple(lost))


def _restore_rows(config: Config, source: Path, manifest: Manifest) -> set[str]:
    """Fill the database and the folder of files; return the files that the rows name."""
    database = _empty_database(config.storage.database_url)
    try:
        upgrade(database.engine)
        with database.engine.begin() as connection:
            _load(connection, source, config.storage.media_dir)
            rows.advance_sequences(connection)
            reindex(connection)
            _check_counts(connection, manifest)
            return media_named(connection)
    finally:
        database.close()


def _empty_database(url: str) -> Database:
    make_database_file(url)
    database = open_database(url)
    try:
        with database.engine.connect() as connection:
            there = set(inspect(connection).get_table_names())
            used = [
                table.name
                for table in rows.tables()
                if table.name in there - rows.SEEDED and rows.count(connection, table)
            ]
    except BaseException:
        database.close()
        raise
    if used:
        database.close()
        raise BackupError(
            f"the database is not empty, there are rows in {', '.join(used)}: a backup is restored "
            "into a new database only; name one in [storage] database_url"
        )
    return database


def _load(connection: Connection, source: Path, media_dir: Path) -> None:
    known = {f"tables/{table.name}.jsonl": table for table in rows.tables()}
    for table in known.values():
        if table.name in rows.SEEDED:
            connection.execute(delete(table))
    with reading(source) as members:
        for name, file in members:
            if name in known:
                rows.load(connection, known[name], file)
            elif name.startswith("media/"):
                _keep(media_dir, name.removeprefix("media/"), file)


def _keep(media_dir: Path, sha256: str, file: BinaryIO) -> None:
    """Store a file; one that is there already counts only if it is whole."""
    content, there = file.read(), path_of(media_dir, sha256)
    if digest(BytesIO(content)) != sha256:
        raise BackupError(f"media/{sha256} has another content than its name says")
    if there.exists() and there.read_bytes() != content:
        there.unlink()
    keep(media_dir, content)


def _check_counts(connection: Connection, manifest: Manifest) -> None:
    found = {table.name: rows.count(connection, table) for table in rows.tables()}
    differing = [
        name for name in found | manifest.tables if found.get(name) != manifest.tables.get(name)
    ]
    if differing:
        raise BackupError(f"other rows than the manifest says in {', '.join(differing)}")


def _write_config(source: Path, target: Path, undo: ExitStack) -> None:
    with reading(source) as members:
        for name, file in members:
            if name == CONFIG:
                handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
                undo.callback(target.unlink)
                with os.fdopen(handle, "wb") as fresh:
                    fresh.write(file.read())
