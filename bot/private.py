"""Files for the service's own user: they hold drafts, secrets and WeCom's token."""

import os
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url

OWNER_ONLY = 0o600
OTHERS = 0o077


def make_database_file(url: str) -> None:
    """Make the empty file of a SQLite database and the folders above it, unless it is there."""
    path = make_url(url).database if url.startswith("sqlite") else None
    if path and not Path(path).exists():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=OWNER_ONLY)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that has its name only when all of it is on the disk.

    Whoever writes the same at that moment writes a file of his own.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".fresh-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
