"""What was wrong with the service itself, and for how long."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import TroubleId, TroubleKind, TroubleStatus

_CURRENT = text("status != 'over'")


class Trouble(Base, kw_only=True, eq=False):
    """Something wrong with the service; of each kind at most one is not over.

    *began_at* is when it was first seen, *seen_at* when last; *detail* says in a few words what
    differs from one trouble of the kind to the next.
    """

    __tablename__ = "troubles"
    __table_args__ = (
        Index(
            "uq_troubles_current",
            "kind",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index(None, "began_at"),
    )

    id: Mapped[TroubleId] = mapped_column(primary_key=True)
    kind: Mapped[TroubleKind]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    detail: Mapped[str]
    status: Mapped[TroubleStatus] = mapped_column(default=TroubleStatus.SUSPECTED)
    over_at: Mapped[datetime | None] = mapped_column(default=None)
