"""What an embedding model made of items, where that is switched on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import ItemId, UnitId


class OpinionVector(Base, kw_only=True, eq=False):
    """The meaning of an item as a *vector*, packed (handlers/rules/opinion/second_look.py).

    *chance*: how likely a bureau has to know of it, 0 to 1. *kin* is the item that it is most like
    among those of other threads, if any is near enough, and *likeness* how much, 0 to 1. Nobody
    waits for these rows; they are forgotten with the days that items are compared within.
    """

    __tablename__ = "opinion_vectors"
    __table_args__ = (Index(None, "bureau", "found_at"),)

    item: Mapped[ItemId] = mapped_column(
        ForeignKey("opinion_items.id"), primary_key=True, autoincrement=False
    )
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    found_at: Mapped[datetime]
    vector: Mapped[str]
    chance: Mapped[float]
    kin: Mapped[ItemId | None] = mapped_column(default=None)
    likeness: Mapped[float] = mapped_column(default=0.0)
