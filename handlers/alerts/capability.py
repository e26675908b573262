"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.alerts import chat, climbing, listing, notices, policies, raising
from handlers.alerts.commands import KINDS, registry

__all__ = [
    "KINDS",
    "chat",
    "climbing",
    "listing",
    "notices",
    "policies",
    "raising",
    "registry",
]
