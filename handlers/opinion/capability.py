"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.opinion import forgetting, taking_in, trying
from handlers.opinion.agreeing import AgreementOnPage, agreement_on_page
from handlers.opinion.first_look import LAST, Seen, ranks
from handlers.opinion.marking import MARKERS, facts_of, item_seen, may_mark, named
from handlers.opinion.policy import OpinionPolicy
from handlers.opinion.registry import registry
from handlers.opinion.weighing import take_refit, top_in_words, try_refit, undo_refit

__all__ = [
    "LAST",
    "MARKERS",
    "AgreementOnPage",
    "OpinionPolicy",
    "Seen",
    "agreement_on_page",
    "facts_of",
    "forgetting",
    "item_seen",
    "may_mark",
    "named",
    "ranks",
    "registry",
    "take_refit",
    "taking_in",
    "top_in_words",
    "try_refit",
    "trying",
    "undo_refit",
]
