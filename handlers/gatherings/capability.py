"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.gatherings import answering, jobs, undoing
from handlers.gatherings.commands import may_see, seen_ahead
from handlers.gatherings.registry import registry
from handlers.gatherings.telling import at, named, summary

__all__ = [
    "answering",
    "at",
    "jobs",
    "may_see",
    "named",
    "registry",
    "seen_ahead",
    "summary",
    "undoing",
]
