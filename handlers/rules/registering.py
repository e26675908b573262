"""Who may enter an adoption in the register, and whose word makes it count.

The office enters it; officers and heads propose it; nobody's word alone makes what he benefits from
count (domain-rules §2.3, §2.4 item 6).
"""

from collections.abc import Collection
from enum import Enum, unique

from handlers.rules.visibility import DraftFacts, Viewer
from storage.vocabulary import Role, UserId


@unique
class Say(Enum):
    """What somebody's word is worth."""

    COUNTS = "counts"
    PROPOSES = "proposes"
    NOTHING = "nothing"


def say_of(viewer: Viewer, draft: DraftFacts, beneficiaries: Collection[UserId]) -> Say:
    """Return what the word of *viewer* is worth about a draft that he may see."""
    benefits = viewer.userid in beneficiaries or viewer.userid == draft.author
    if viewer.holds({Role.OFFICE}, draft.lineage):
        return Say.PROPOSES if benefits else Say.COUNTS
    if benefits or viewer.holds({Role.SECTION_HEAD, Role.OFFICER}, draft.lineage):
        return Say.PROPOSES
    return Say.NOTHING


def confirmers(
    ladder: Collection[Collection[UserId]], beneficiaries: Collection[UserId], proposer: UserId
) -> list[UserId]:
    """Return who may confirm: those of the first rung who neither propose nor benefit.

    *ladder* has the office first, then who takes its place; empty means that there is nobody.
    """
    for rung in ladder:
        if free := [each for each in rung if each != proposer and each not in beneficiaries]:
            return free
    return []
