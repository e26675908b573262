"""Who may change who writes for a section and who belongs to it (domain-rules §2.1, §2.3)."""

from collections.abc import Collection

from handlers.rules.visibility import Viewer
from storage.vocabulary import Role, UnitId

_KEEPERS = frozenset({Role.OFFICE, Role.ADMIN})
OF_A_UNIT = frozenset({Role.OFFICER, Role.SECTION_HEAD})
"""Roles that are held over a section because one belongs to it."""


def may_name_officer(viewer: Viewer, unit: UnitId, lineage: Collection[UnitId]) -> bool:
    """Tell whether *viewer* may say who writes for *unit*: a section names its own officer.

    Its head, and whoever keeps the register; a head over more than the section is none of it.
    """
    return viewer.holds({Role.SECTION_HEAD}, [unit]) or viewer.holds(_KEEPERS, lineage)


def may_move_members(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may say that others went to another unit of *bureau*."""
    return viewer.holds(_KEEPERS, [bureau])
