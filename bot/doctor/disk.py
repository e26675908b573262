"""The folders: can they be written, and is there room."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bot.doctor.findings import Finding, fault, ok, warning

_MIB = 1024**2
_GIB = 1024**3
_LITTLE = _GIB
_TOO_LITTLE = 100 * _MIB


def examine(folders: Mapping[str, Path]) -> Iterator[Finding]:
    """Check the folders that are written to, each by its setting, and each of their disks once."""
    disks: dict[int, Path] = {}
    for name, folder in folders.items():
        yield writable(name, folder)
        with suppress(OSError):
            disks[nearest(folder).stat().st_dev] = nearest(folder)
    for place in disks.values():
        yield room(place, shutil.disk_usage(place).free)


def writable(name: str, folder: Path) -> Finding:
    """Try to make a file in the folder, or where it would be made."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            return ok(name, f"{folder} can be written")
    except OSError as error:
        text = f"{folder} cannot be written: {error.strerror}"
        return fault(name, text, "give the folder to the user that runs xinshi, or name another")


def room(place: Path, free: int) -> Finding:
    remedy = f"free some of the disk that holds {place}; backups belong on another one"
    if free < _TOO_LITTLE:
        return fault("disk space", f"only {free // _MIB} MiB are left at {place}", remedy)
    if free < _LITTLE:
        return warning("disk space", f"only {free // _MIB} MiB are left at {place}", remedy)
    return ok("disk space", f"{free // _GIB} GiB are left at {place}")


def nearest(folder: Path) -> Path:
    """Return the folder, or what of the way to it exists already."""
    return next(place for place in (folder, *folder.parents) if place.exists())
