"""撤下, 更正: what was published is wrong, and is taken down or put right."""

from handlers.recalls import approving, archiving, doing
from handlers.recalls.commands import registry
from handlers.recalls.policy import RecallPolicy

__all__ = ["RecallPolicy", "approving", "archiving", "doing", "registry"]
