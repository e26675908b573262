"""What a backup says of itself, and whether this version can read it."""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from alembic.script import ScriptDirectory
from pydantic import BaseModel, ConfigDict

from bot.backup.errors import BackupError
from storage import migrations


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


def newest_revision() -> str:
    """Return the schema that this version works with."""
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    return script.get_current_head() or ""


def check_revision(manifest: Manifest) -> None:
    """Let only a backup of this version's schema through.

    Raises:
        BackupError: another version wrote it; it is named.
    """
    if manifest.revision != newest_revision():
        raise BackupError(
            f"this backup was made by xinshi {manifest.version} (schema {manifest.revision}), and "
            f"this is xinshi {product_version()} (schema {newest_revision()}): install version "
            f"{manifest.version}, restore with it, then update and run `xinshi migrate`"
        )
