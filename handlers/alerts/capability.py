"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.alerts import chat, climbing, forms, listing, notices, policies, raising, silencing
from handlers.alerts.commands import KINDS, registry
from handlers.alerts.finding import sees
from handlers.alerts.forms import HOURS, acts_of
from handlers.alerts.listing import entries_of, silent_of, states_of, told_of, visible
from handlers.alerts.telling import label_of, named

__all__ = [
    "HOURS",
    "KINDS",
    "acts_of",
    "chat",
    "climbing",
    "entries_of",
    "forms",
    "label_of",
    "listing",
    "named",
    "notices",
    "policies",
    "raising",
    "registry",
    "sees",
    "silencing",
    "silent_of",
    "states_of",
    "told_of",
    "visible",
]
