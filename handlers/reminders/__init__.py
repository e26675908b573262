"""提醒我: reminders that a member sets for himself; what is due; the yearly one of the calendar."""

from handlers.reminders.commands import registry

__all__ = ["registry"]
