"""xinshi backup, xinshi restore: everything that would be missed, in one portable file."""

from bot.backup.errors import BackupError
from bot.backup.making import back_up
from bot.backup.restoring import restore

__all__ = ["BackupError", "back_up", "restore"]
