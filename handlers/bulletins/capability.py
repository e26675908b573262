"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.bulletins import forms, reactions, undoing
from handlers.bulletins.commands import READERS, registry
from handlers.bulletins.issues import (
    called,
    hash_of,
    is_editor,
    seen_issue,
    sees_issue,
    status_of,
)
from handlers.bulletins.paper import bulletin_of, filename_of
from handlers.bulletins.signing import may_sign

__all__ = [
    "READERS",
    "bulletin_of",
    "called",
    "filename_of",
    "forms",
    "hash_of",
    "is_editor",
    "may_sign",
    "reactions",
    "registry",
    "seen_issue",
    "sees_issue",
    "status_of",
    "undoing",
]
