"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.gatherings import jobs, undoing
from handlers.gatherings.commands import may_see, named, registry
from handlers.gatherings.telling import summary

__all__ = ["jobs", "may_see", "named", "registry", "summary", "undoing"]
