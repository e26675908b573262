"""范文: what was adopted or remarked on, as it is found again."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import DraftId, DraftKind, UnitId


class LibraryItem(Base, kw_only=True, eq=False):
    """A draft that others may learn from; *used_on* is the day of its latest use or remark.

    *title_words* and *body_words* are what is searched (`storage.queries.wordindex`). The index
    beside this table, `library_index`, is no table of the models: FTS5 on SQLite, tsvector on
    PostgreSQL; only `storage.queries.library` writes either.
    """

    __tablename__ = "library_items"
    __table_args__ = (Index(None, "bureau", "used_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), unique=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[DraftKind]
    used_on: Mapped[date]
    remarked: Mapped[bool]
    title: Mapped[str]
    title_words: Mapped[str]
    body_words: Mapped[str]
