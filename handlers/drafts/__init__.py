"""投稿: write a draft, hand it in, change it, take it back, look at it."""

from handlers.drafts import detail, forms, intake, papers, paperwork
from handlers.drafts.commands import registry
from handlers.drafts.policy import DuplicatePolicy, ProofPolicy

__all__ = [
    "DuplicatePolicy",
    "ProofPolicy",
    "detail",
    "forms",
    "intake",
    "papers",
    "paperwork",
    "registry",
]
