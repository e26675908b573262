"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.contingencies import commands, plans, running
from handlers.contingencies.plans import SET as PLANS
from handlers.contingencies.registry import registry

__all__ = ["PLANS", "commands", "plans", "registry", "running"]
