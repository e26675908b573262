"""信息线索: what officers find in the media, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, ClueCategory, ClueId, ClueStatus, UnitId, UserId


class Clue(Base, kw_only=True, eq=False):
    """One find; *number* is short, and its bureau's in its year. *into* is what it was merged into.

    *why* is the word with which it was closed.
    """

    __tablename__ = "clues"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "status", "found_at"),
        Index(None, "finder", "found_at"),
        Index(None, "into"),
        Index(None, "settled_by", "settled_at"),
    )

    id: Mapped[ClueId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    finder: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    category: Mapped[ClueCategory]
    words: Mapped[str]
    url: Mapped[str]
    found_at: Mapped[datetime]
    status: Mapped[ClueStatus] = mapped_column(default=ClueStatus.OPEN)
    into: Mapped[ClueId] = mapped_column(default=ClueId(""))
    settled_by: Mapped[UserId] = mapped_column(default=NOBODY)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
