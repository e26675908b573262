"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.opinion import first_look, forgetting, reading_ahead, settings, taking_in, trying
from handlers.opinion.agreeing import AgreementOnPage, agreement_on_page
from handlers.opinion.marking import MARKERS, facts_of, item_seen, may_mark, named
from handlers.opinion.policy import OpinionPolicy
from handlers.opinion.registry import registry
from handlers.opinion.second_look import WINDOW, Embedded, look_again
from handlers.opinion.watching import count_runs, keep_count, texts_to_count
from handlers.opinion.weighing import take_refit, top_in_words, try_refit, undo_refit

__all__ = [
    "MARKERS",
    "WINDOW",
    "AgreementOnPage",
    "Embedded",
    "OpinionPolicy",
    "agreement_on_page",
    "count_runs",
    "facts_of",
    "first_look",
    "forgetting",
    "item_seen",
    "keep_count",
    "look_again",
    "may_mark",
    "named",
    "reading_ahead",
    "registry",
    "settings",
    "take_refit",
    "taking_in",
    "texts_to_count",
    "top_in_words",
    "try_refit",
    "trying",
    "undo_refit",
]
