"""The file: a compressed tar of known members, each with its hash, and the manifest at the end."""

import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from gzip import BadGzipFile
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from pydantic import ValidationError

from bot.backup.errors import BackupError
from bot.backup.manifest import Manifest

MANIFEST = "manifest.json"
CONFIG = "config.toml"

_KNOWN = re.compile(r"tables/[a-z_]+\.jsonl|media/[0-9a-f]{64}|config\.toml|manifest\.json")
_BROKEN = (tarfile.TarError, zlib.error, EOFError, BadGzipFile)
_CHUNK = 1 << 20


class Writer:
    """Adds members, and remembers what the manifest says of them."""

    def __init__(self, tar: tarfile.TarFile, created_at: datetime) -> None:
        self._tar = tar
        self._created_at = created_at
        self.members: dict[str, str] = {}

    def add(self, name: str, file: BinaryIO) -> None:
        self.members[name] = digest(file)
        size = file.tell()
        file.seek(0)
        self._add(name, file, size)

    def finish(self, manifest: Manifest) -> None:
        content = manifest.model_dump_json(indent=2).encode()
        self._add(MANIFEST, BytesIO(content), len(content))

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size = size
        entry.mode = 0o600
        entry.mtime = int(self._created_at.timestamp())
        self._tar.addfile(entry, file)


def digest(file: IO[bytes] | gzip.GzipFile) -> str:
    """Read to the end; return the SHA-256."""
    found = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def check(path: Path) -> Manifest:
    """Read the whole file once, writing nothing.

    Raises:
        BackupError: it is damaged or incomplete, or has a member that does not belong there.
    """
    found: dict[str, str] = {}
    manifest = b""
    with reading(path) as members:
        for name, file in members:
            if name in found:
                raise BackupError(f"{path}: {name} is in it twice")
            if name == MANIFEST:
                manifest = file.read()
            else:
                found[name] = digest(file)
    if not manifest:
        raise BackupError(f"{path}: it has no manifest, so it is incomplete or no backup")
    try:
        told = Manifest.model_validate_json(manifest)
    except ValidationError:
        raise BackupError(f"{path}: its manifest cannot be read by this version") from None
    damaged = [name for name in found if told.members.get(name) != found[name]]
    missing = [name for name in told.members if name not in found]
    if damaged or missing:
        names = ", ".join([*damaged, *missing][:3])
        raise BackupError(f"{path}: it is damaged, not as the manifest says are {names}")
    return told


@contextmanager
def reading(path: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Open the archive; yield its members one after the other, each with its name.

    Raises:
        BackupError: it cannot be read, or has a member that does not belong there.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}") from error
    try:
        with file, gzip.open(file) as plain, tarfile.open(fileobj=plain, mode="r:") as tar:
            yield _members(path, tar)
            digest(plain)  # to the very end, where the checksum stands
    except _BROKEN as error:
        raise BackupError(f"{path}: it is no backup, or damaged ({error})") from error


def _members(path: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for entry in tar:
        file = tar.extractfile(entry) if entry.isreg() else None
        if file is None or not _KNOWN.fullmatch(entry.name):
            raise BackupError(f"{path}: {entry.name!r} does not belong in a backup")
        yield entry.name, file  # type: ignore[misc]  # a reader of bytes, as BinaryIO is
