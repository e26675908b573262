"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.scores import answering, deducting, jobs, reactions, undoing
from handlers.scores.commands import registry
from handlers.scores.importing import Imported, import_rule_sets
from handlers.scores.listing import Objection, objections_seen, taken_off
from handlers.scores.replaying import Replayed, replay

__all__ = [
    "Imported",
    "Objection",
    "Replayed",
    "answering",
    "deducting",
    "import_rule_sets",
    "jobs",
    "objections_seen",
    "reactions",
    "registry",
    "replay",
    "taken_off",
    "undoing",
]
