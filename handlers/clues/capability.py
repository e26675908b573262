"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.clues import undoing
from handlers.clues.commands import keeps, reads, state_of
from handlers.clues.registry import registry

__all__ = ["keeps", "reads", "registry", "state_of", "undoing"]
