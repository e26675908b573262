"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.library import jobs, reactions
from handlers.library.commands import registry
from handlers.library.finding import search_of
from handlers.library.reading import Model, model_of, uses_in_short

__all__ = ["Model", "jobs", "model_of", "reactions", "registry", "search_of", "uses_in_short"]
