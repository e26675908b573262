"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.feeds import commands, forms, jobs, keeping
from handlers.feeds.arriving import LANES, Answer, Found, record_answer, record_failure
from handlers.feeds.handing_on import announce, hand_on
from handlers.feeds.looking import ranked
from handlers.feeds.policy import FeedPolicy
from handlers.feeds.pushing import Kept, record_push, record_refused
from handlers.feeds.registry import registry
from handlers.feeds.sheet import BOOK
from handlers.feeds.telling import fault_words, kind_words, may_keep, state_of

__all__ = [
    "BOOK",
    "LANES",
    "Answer",
    "FeedPolicy",
    "Found",
    "Kept",
    "announce",
    "commands",
    "fault_words",
    "forms",
    "hand_on",
    "jobs",
    "keeping",
    "kind_words",
    "may_keep",
    "ranked",
    "record_answer",
    "record_failure",
    "record_push",
    "record_refused",
    "registry",
    "state_of",
]
