"""学习强国 and its like: figures that other systems counted, taken over by month and unit."""

from handlers.outside.commands import registry
from handlers.outside.policy import OutsidePolicy
from handlers.outside.sheet import BOOK

__all__ = ["BOOK", "OutsidePolicy", "registry"]
