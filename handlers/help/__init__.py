"""帮助: what can be said; courtesy; and what the bot refuses."""

from handlers.help.commands import registry

__all__ = ["registry"]
