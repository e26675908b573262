"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.duty import arranging, commands, forms, handing, reminding, sensitive, swapping
from handlers.duty.commands import month_of, on_now
from handlers.duty.days import keeps_roster, roster_of
from handlers.duty.feeds import feed_of
from handlers.duty.handing import log_on_page
from handlers.duty.papers import (
    calendar_title,
    feed_words,
    roster_notes,
    roster_paper,
    roster_table,
    shifts_of_member,
)
from handlers.duty.policy import DutyPolicy
from handlers.duty.registry import registry

__all__ = [
    "DutyPolicy",
    "arranging",
    "calendar_title",
    "commands",
    "feed_of",
    "feed_words",
    "forms",
    "handing",
    "keeps_roster",
    "log_on_page",
    "month_of",
    "on_now",
    "registry",
    "reminding",
    "roster_notes",
    "roster_of",
    "roster_paper",
    "roster_table",
    "sensitive",
    "shifts_of_member",
    "swapping",
]
