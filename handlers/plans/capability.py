"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.plans import clocks, commands, following, forms, listing, owing, undoing
from handlers.plans.policy import PlanPolicy
from handlers.plans.reading import ItemOnPage, YearOnPage, item_on_page, year_on_page
from handlers.plans.registry import registry
from handlers.plans.sheet import BOOK, COLUMNS

__all__ = [
    "BOOK",
    "COLUMNS",
    "ItemOnPage",
    "PlanPolicy",
    "YearOnPage",
    "clocks",
    "commands",
    "following",
    "forms",
    "item_on_page",
    "listing",
    "owing",
    "registry",
    "undoing",
    "year_on_page",
]
