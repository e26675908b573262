"""约稿: a call for drafts, each unit's part in it, and the drafts that answer it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NO_PLAN,
    NOBODY,
    CallId,
    CallPartId,
    CallStatus,
    DraftId,
    PartState,
    PlanItemId,
    UnitId,
    UserId,
)

_OWED = text("state IN ('received', 'claimed', 'declined')")
_PLANNED = text("plan_item <> ''")


class Call(Base, kw_only=True, eq=False):
    """An order for drafts about *topic*; people call it by *number* (5号约稿).

    *source* is the office outside that ordered it, which wants it by *outward_due*; empty and None
    where the bureau itself does. *due_at* is when units must hand in; a unit may be given longer.
    Each unit owes *pieces* drafts. *weight* is how many times it counts in the figures.
    *plan_item* is the item of the year's plan that it was issued for.
    """

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "status", "due_at"),
        Index(
            "ix_calls_planned",
            "bureau",
            "ordered_at",
            sqlite_where=_PLANNED,
            postgresql_where=_PLANNED,
        ),
    )

    id: Mapped[CallId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    ordered_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    ordered_at: Mapped[datetime]
    topic: Mapped[str]
    due_at: Mapped[datetime]
    angle: Mapped[str] = mapped_column(default="")
    length: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    outward_due: Mapped[datetime | None] = mapped_column(default=None)
    pieces: Mapped[int] = mapped_column(default=1)
    weight: Mapped[int] = mapped_column(default=1)
    urgent: Mapped[bool] = mapped_column(default=False)
    status: Mapped[CallStatus] = mapped_column(default=CallStatus.OPEN)
    plan_item: Mapped[PlanItemId] = mapped_column(default=NO_PLAN, server_default="")


class CallPart(Base, kw_only=True, eq=False):
    """What one unit owes to a call, and how far it is.

    *moved_by* brought it into its state at *moved_at*, with *words* such as the reason;
    *suggested* is the unit that should write instead, in the words of the one that declined.
    *claimed_by* is nobody while nobody has claimed it. *extended* counts how often its deadline was
    moved; *ladder* names the reminders that run now, so that those of an old one are silent.
    """

    __tablename__ = "call_parts"
    __table_args__ = (
        UniqueConstraint("call", "unit"),
        Index(None, "unit", "due_at"),
        Index(None, "moved_at"),
        Index(
            "ix_call_parts_owed",
            "unit",
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
    )

    id: Mapped[CallPartId] = mapped_column(primary_key=True)
    call: Mapped[CallId] = mapped_column(ForeignKey("calls.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    position: Mapped[int]
    due_at: Mapped[datetime]
    moved_by: Mapped[UserId]
    moved_at: Mapped[datetime]
    state: Mapped[PartState] = mapped_column(default=PartState.RECEIVED)
    words: Mapped[str] = mapped_column(default="")
    suggested: Mapped[str] = mapped_column(default="")
    claimed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    extended: Mapped[int] = mapped_column(default=0)
    ladder: Mapped[int] = mapped_column(default=0)


class CallAnswer(Base, kw_only=True, eq=False):
    """A draft answers a unit's part in a call; a draft answers one at most.

    *handed_in_at* is None while it is still being written; *on_time* is then without meaning.
    """

    __tablename__ = "call_answers"
    __table_args__ = (Index(None, "part"),)

    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    part: Mapped[CallPartId] = mapped_column(ForeignKey("call_parts.id"))
    bound_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    bound_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None] = mapped_column(default=None)
    on_time: Mapped[bool] = mapped_column(default=False)
