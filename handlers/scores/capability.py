"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.scores import reactions
from handlers.scores.commands import registry
from handlers.scores.importing import Imported, import_rule_sets
from handlers.scores.replaying import Replayed, replay

__all__ = ["Imported", "Replayed", "import_rule_sets", "reactions", "registry", "replay"]
