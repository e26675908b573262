"""人员: who may talk to the bot, as what."""

from handlers.members.importing import ImportReport, import_roster
from handlers.members.roster import RosterError, read_roster

__all__ = ["ImportReport", "RosterError", "import_roster", "read_roster"]
