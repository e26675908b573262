"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.troubles import reactions
from handlers.troubles.commands import PAGE_LIFETIME, registry
from handlers.troubles.policy import StatusPage, TroublePolicy
from handlers.troubles.telling import full, length, what
from handlers.troubles.watching import Change, Signs, carry_out, changes

__all__ = [
    "PAGE_LIFETIME",
    "Change",
    "Signs",
    "StatusPage",
    "TroublePolicy",
    "carry_out",
    "changes",
    "full",
    "length",
    "reactions",
    "registry",
    "what",
]
