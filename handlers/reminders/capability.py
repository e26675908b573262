"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.reminders import jobs, mine, quiet
from handlers.reminders.commands import registry
from handlers.reminders.policy import QuietHours

__all__ = ["QuietHours", "jobs", "mine", "quiet", "registry"]
