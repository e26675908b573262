"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.recalls import approving, archiving, doing
from handlers.recalls.commands import registry
from handlers.recalls.policy import RecallPolicy

__all__ = ["RecallPolicy", "approving", "archiving", "doing", "registry"]
