"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.reminders import due, jobs, mine, quiet
from handlers.reminders.commands import registry

__all__ = ["due", "jobs", "mine", "quiet", "registry"]
