"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.recalls import approving, archiving, doing, forms
from handlers.recalls.commands import registry
from handlers.recalls.forms import RecallAct, offered, standing
from handlers.recalls.policy import RecallPolicy

__all__ = [
    "RecallAct",
    "RecallPolicy",
    "approving",
    "archiving",
    "doing",
    "forms",
    "offered",
    "registry",
    "standing",
]
