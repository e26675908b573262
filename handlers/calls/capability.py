"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.calls import (
    answering,
    claiming,
    extending,
    forms,
    issuing,
    listing,
    planned,
    steering,
    undoing,
)
from handlers.calls.policy import CallPolicy
from handlers.calls.reading import (
    CallOnPage,
    call_on_page,
    lines_of,
    may_order,
    owed_for_drafts,
    units_to_order,
)
from handlers.calls.registry import registry

__all__ = [
    "CallOnPage",
    "CallPolicy",
    "answering",
    "call_on_page",
    "claiming",
    "extending",
    "forms",
    "issuing",
    "lines_of",
    "listing",
    "may_order",
    "owed_for_drafts",
    "planned",
    "registry",
    "steering",
    "undoing",
    "units_to_order",
]
