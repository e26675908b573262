"""Why there is no backup, or no restored bureau."""


class BackupError(Exception):
    """Nothing was written, or nothing kept; the message says why and what to do."""
