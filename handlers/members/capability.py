"""What programs use of it."""

from handlers.members.importing import ImportReport, import_roster
from handlers.members.roster import RosterError, read_roster
from handlers.members.syncing import (
    Known,
    SyncPlan,
    apply_sync,
    compare,
    is_drastic,
    known_members,
)

__all__ = [
    "ImportReport",
    "Known",
    "RosterError",
    "SyncPlan",
    "apply_sync",
    "compare",
    "import_roster",
    "is_drastic",
    "known_members",
    "read_roster",
]
