"""The whole of it: all that it registers."""

from handlers.profiles import commands, undoing
from handlers.profiles.registry import registry

__all__ = ["commands", "registry", "undoing"]
