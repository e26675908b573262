"""What members asked to be reminded of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import ReminderId, ReminderStatus, UnitId, UserId


class Reminder(Base, kw_only=True, eq=False):
    """A reminder that a member set, for himself or, the office, for the officers of *units*.

    *recur* is its rule (weekly:5T09:00), empty for once; *due_at* is when it comes next, or came
    last. *number* counts each member's own.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("member", "number"),
        Index(None, "member", "status", "told_at"),
    )

    id: Mapped[ReminderId] = mapped_column(primary_key=True)
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int]
    text: Mapped[str]
    recur: Mapped[str]
    units: Mapped[list[str]]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    status: Mapped[ReminderStatus] = mapped_column(default=ReminderStatus.WAITING)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
