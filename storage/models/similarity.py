"""By what a draft is found again when somebody hands in nearly the same."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import Alike, DraftId, UnitId


class DraftPrint(Base, kw_only=True, eq=False):
    """A draft among those that a new one is compared with; *id* is its short name in the marks.

    *version* is the one whose marks are kept: the latest that was handed in.
    """

    __tablename__ = "draft_prints"
    __table_args__ = (UniqueConstraint("draft"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    version: Mapped[int]
    handed_in_at: Mapped[datetime]


class DraftMark(Base, kw_only=True, eq=False):
    """One of the numbers that a text leaves (handlers/rules/similarity.py).

    Some fifty for each draft, and looked for by the mark alone, which has the bureau in it: the row
    is its own index, and names the draft by a small number.
    """

    __tablename__ = "draft_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    print: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class DraftLikeness(Base, kw_only=True, eq=False):
    """What was found alike when a version was handed in: for its reviewers, as it was then."""

    __tablename__ = "draft_likenesses"
    __table_args__ = (Index(None, "other"),)

    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    other_version: Mapped[int]
    alike: Mapped[Alike]
    shared: Mapped[float]
    contained: Mapped[float]
