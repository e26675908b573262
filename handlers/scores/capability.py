"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.scores import deducting, jobs, reactions, taking_back
from handlers.scores.commands import registry
from handlers.scores.importing import Imported, import_rule_sets
from handlers.scores.replaying import Replayed, replay

__all__ = [
    "Imported",
    "Replayed",
    "deducting",
    "import_rule_sets",
    "jobs",
    "reactions",
    "registry",
    "replay",
    "taking_back",
]
