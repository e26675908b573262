"""Trainings and meetings, and who is asked to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import GatheringId, GatheringStatus, GuestAnswer, UnitId, UserId


class Gathering(Base, kw_only=True, eq=False):
    """A training or meeting; *number* is short, and its bureau's in its year.

    *revision* counts its changes, so that each is told once.
    """

    __tablename__ = "gatherings"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "begins_at"),
    )

    id: Mapped[GatheringId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    place: Mapped[str]
    begins_at: Mapped[datetime]
    organiser: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    status: Mapped[GatheringStatus] = mapped_column(default=GatheringStatus.PLANNED)
    revision: Mapped[int] = mapped_column(default=0)


class GatheringGuest(Base, kw_only=True, eq=False):
    """Somebody who is asked to a gathering, and what he answered."""

    __tablename__ = "gathering_guests"
    __table_args__ = (Index(None, "member"),)

    gathering: Mapped[GatheringId] = mapped_column(ForeignKey("gatherings.id"), primary_key=True)
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"), primary_key=True)
    answer: Mapped[GuestAnswer] = mapped_column(default=GuestAnswer.OPEN)
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
