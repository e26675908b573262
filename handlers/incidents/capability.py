"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.incidents import (
    clocks,
    either,
    ending,
    filling,
    finding,
    following,
    forms,
    grading,
    limits,
    linking,
    listing,
    owing,
    papers,
    pictures,
    reporting,
    signing,
    undoing,
)
from handlers.incidents.registry import registry

__all__ = [
    "clocks",
    "either",
    "ending",
    "filling",
    "finding",
    "following",
    "forms",
    "grading",
    "limits",
    "linking",
    "listing",
    "owing",
    "papers",
    "pictures",
    "registry",
    "reporting",
    "signing",
    "undoing",
]
