"""Which drafts others may learn from: what was adopted, or remarked on by a leader.

What was taken down, withdrawn or bears a mark of secrecy is no model for anybody.
"""

from storage.vocabulary import DraftStatus

_STANDING = frozenset(
    {DraftStatus.DISPATCHED, DraftStatus.CORRECTED, DraftStatus.EDITED, DraftStatus.SIGNED}
)


def is_model(status: DraftStatus, *, counts: bool, taken_down: bool, marked: bool) -> bool:
    """Tell whether a draft belongs on the shelf.

    *counts*: an adoption or a leader's remark of it does. An archived draft stays, unless it was
    once *taken_down*; *marked*: a mark of secrecy stands in a text of it.
    """
    lives = status in _STANDING or (status is DraftStatus.ARCHIVED and not taken_down)
    return counts and lives and not marked
