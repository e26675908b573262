"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.drafts import detail, forms, intake, papers, paperwork
from handlers.drafts.commands import registry
from handlers.drafts.policy import DuplicatePolicy, ProofPolicy
from handlers.drafts.withdrawing import withdrawable

__all__ = [
    "DuplicatePolicy",
    "ProofPolicy",
    "detail",
    "forms",
    "intake",
    "papers",
    "paperwork",
    "registry",
    "withdrawable",
]
