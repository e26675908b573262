"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.help.commands import registry

__all__ = ["registry"]
