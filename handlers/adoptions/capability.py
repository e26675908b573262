"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.adoptions import forms, jobs, printing, reactions, retracting
from handlers.adoptions.commands import registry
from handlers.adoptions.importing import ChannelsError, exported, import_channels, read_channels
from handlers.adoptions.listing import OVERSEERS
from handlers.adoptions.policy import AdoptionPolicy
from handlers.adoptions.sheet import BOOK

__all__ = [
    "BOOK",
    "OVERSEERS",
    "AdoptionPolicy",
    "ChannelsError",
    "exported",
    "forms",
    "import_channels",
    "jobs",
    "printing",
    "reactions",
    "read_channels",
    "registry",
    "retracting",
]
