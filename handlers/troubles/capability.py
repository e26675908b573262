"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.troubles import reactions
from handlers.troubles.canary import (
    begin,
    finish,
    go_on,
    last_check,
    owed,
    stuck_check,
    subject_of,
)
from handlers.troubles.commands import PAGE_LIFETIME
from handlers.troubles.policy import CanaryPolicy, StatusPage, TroublePolicy
from handlers.troubles.registry import registry
from handlers.troubles.telling import full, length, what
from handlers.troubles.watching import Change, Signs, carry_out, changes

__all__ = [
    "PAGE_LIFETIME",
    "CanaryPolicy",
    "Change",
    "Signs",
    "StatusPage",
    "TroublePolicy",
    "begin",
    "carry_out",
    "changes",
    "finish",
    "full",
    "go_on",
    "last_check",
    "length",
    "owed",
    "reactions",
    "registry",
    "stuck_check",
    "subject_of",
    "what",
]
