"""审核: gates, who decides at them, and what happens when nobody does."""

from handlers.reviews import delegating, forms, holding, jobs, reactions
from handlers.reviews.commands import registry
from handlers.reviews.policy import ReviewPolicy, Route

__all__ = [
    "ReviewPolicy",
    "Route",
    "delegating",
    "forms",
    "holding",
    "jobs",
    "reactions",
    "registry",
]
