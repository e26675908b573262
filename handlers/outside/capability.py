"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.outside import jobs
from handlers.outside.commands import registry
from handlers.outside.policy import OutsidePolicy
from handlers.outside.sheet import BOOK

__all__ = ["BOOK", "OutsidePolicy", "jobs", "registry"]
