"""What a backup says of itself, and whether this version can read it."""

from datetime import datetime
from importlib.metadata import version
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.backup.errors import BackupError
from storage.migrations import newest_step


class Manifest(BaseModel):
    """The last member of the archive: *tables* has the rows of each, *members* their SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    version: str
    revision: str
    created_at: datetime
    tables: dict[str, int]
    members: dict[str, str]


def product_version() -> str:
    return version("xinshi")


def check_revision(manifest: Manifest) -> None:
    """Let only a backup of this version's schema through.

    Raises:
        BackupError: another version wrote it; it is named.
    """
    if manifest.revision != newest_step():
        raise BackupError(
            f"this backup was made by xinshi {manifest.version} (schema {manifest.revision}), and "
            f"this is xinshi {product_version()} (schema {newest_step()}): install version "
            f"{manifest.version}, restore with it, then update and run `xinshi migrate`"
        )
