"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.reviews import (
    delegating,
    forms,
    holding,
    importing,
    jobs,
    mornings,
    reactions,
    secrecy,
    undecided,
)
from handlers.reviews.cards import approved_before
from handlers.reviews.commands import registry
from handlers.reviews.forms import Act
from handlers.reviews.policy import ReviewPolicy
from handlers.reviews.routing import routes_in_force
from handlers.reviews.undoing import undoable

__all__ = [
    "Act",
    "ReviewPolicy",
    "approved_before",
    "delegating",
    "forms",
    "holding",
    "importing",
    "jobs",
    "mornings",
    "reactions",
    "registry",
    "routes_in_force",
    "secrecy",
    "undecided",
    "undoable",
]
