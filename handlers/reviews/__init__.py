"""审核: gates, who decides at them, and what happens when nobody does."""

from handlers.reviews import delegating, forms, holding, importing, jobs, reactions
from handlers.reviews.commands import registry
from handlers.reviews.policy import ReviewPolicy
from handlers.reviews.routing import routes_in_force

__all__ = [
    "ReviewPolicy",
    "delegating",
    "forms",
    "holding",
    "importing",
    "jobs",
    "reactions",
    "registry",
    "routes_in_force",
]
