"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.calls import answering, claiming, issuing, listing
from handlers.calls.policy import CallPolicy
from handlers.calls.registry import registry

__all__ = ["CallPolicy", "answering", "claiming", "issuing", "listing", "registry"]
