"""What was wrong with the service itself, and for how long; how its checks of itself went."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import CanaryStep, TroubleId, TroubleKind, TroubleStatus

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


class CanaryRun(Base, kw_only=True, eq=False):
    """One self-check: the daily one is known by its day, so that there is no second.

    *step_at* is since when it has stood at *step*, *why* what kept it there at the last try;
    *number* is that of its draft. One that ended and did not pass was given up for the next.
    """

    __tablename__ = "canary_runs"
    __table_args__ = (Index(None, "began_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at: Mapped[datetime]
    step: Mapped[CanaryStep]
    step_at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    passed: Mapped[bool] = mapped_column(default=False)
