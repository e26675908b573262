"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.deliveries import burden
from handlers.deliveries.commands import registry

__all__ = ["burden", "registry"]
