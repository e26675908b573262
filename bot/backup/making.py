"""Make a backup while the service goes on working."""

import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import rows
from bot.backup.archive import CONFIG, Writer, digest
from bot.backup.errors import BackupError
from bot.backup.manifest import Manifest, product_version
from bot.backup.snapshot import snapshot
from bot.config import Config
from bot.media import path_of
from bot.private import OWNER_ONLY
from storage.migrations import newest_step
from storage.models import Attachment, SentPicture

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The manifest of a backup, and the files that were missing or damaged."""

    manifest: Manifest
    lost: tuple[str, ...]


def back_up(config: Config, config_path: Path, target: Path, now: datetime) -> Made:
    """Write one file with the tables, the media and the configuration.

    1. The tables are read in one transaction that sees a single moment and blocks nobody.
    2. Then the files: those that the rows name were stored before them, and none ever changes.
    3. All of it goes to a private folder beside *target*, and takes its name when it is complete.

    Raises:
        BackupError: *target* exists, or something could not be read or written.
    """
    if target.exists():
        raise BackupError(f"{target} exists; a backup never replaces another")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".xinshi-backup-") as folder:
            fresh = Path(folder) / "archive"
            made = _write(fresh, config, config_path, now)
            fresh.replace(target)
    except OSError as error:
        raise BackupError(f"{error.filename or target}: {error.strerror}") from error
    except SQLAlchemyError as error:
        raise BackupError(f"the database could not be read ({type(error).__name__})") from error
    return made


def _write(fresh: Path, config: Config, config_path: Path, now: datetime) -> Made:
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            writer = Writer(tar, now)
            with snapshot(config.storage.database_url) as connection:
                _check_schema(connection)
                written = _add_tables(connection, writer, fresh.parent)
                named = media_named(connection)
            lost = tuple(_add_media(writer, config.storage.media_dir, named))
            writer.add(CONFIG, BytesIO(config_path.read_bytes()))
            manifest = Manifest(
                version=product_version(),
                revision=newest_step(),
                created_at=now,
                tables=written,
                members=writer.members,
            )
            writer.finish(manifest)
        file.flush()
        os.fsync(file.fileno())
    return Made(manifest=manifest, lost=lost)


def _check_schema(connection: Connection) -> None:
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != newest_step():
        raise BackupError(
            f"the database has schema {found}, this version works with {newest_step()}: back "
            "up with the version that was used so far, then run `xinshi migrate`"
        )


def _add_tables(connection: Connection, writer: Writer, folder: Path) -> dict[str, int]:
    written = {}
    for table in rows.tables():
        with tempfile.TemporaryFile(dir=folder) as file:
            written[table.name] = rows.dump(connection, table, file)
            file.seek(0)
            writer.add(f"tables/{table.name}.jsonl", file)
    return written


def media_named(connection: Connection) -> set[str]:
    """Return the hashes of the files that members sent."""
    named: set[str] = set()
    for kind in (Attachment, SentPicture):
        named.update(connection.scalars(select(kind.sha256).where(kind.sha256 != "").distinct()))
    return named


def _add_media(writer: Writer, media_dir: Path, named: set[str]) -> Iterator[str]:
    """Add each file that is named or there, if it is whole; yield the others."""
    there = {path.name for path in media_dir.glob("??/*") if _HASH.fullmatch(path.name)}
    for sha256 in sorted(named | there):
        try:
            content = path_of(media_dir, sha256).read_bytes()
        except FileNotFoundError:
            yield sha256
            continue
        if digest(BytesIO(content)) == sha256:
            writer.add(f"media/{sha256}", BytesIO(content))
        else:
            yield sha256
