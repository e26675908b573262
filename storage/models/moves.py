"""What happens to a draft beside its gates: it is put off, taken down, or put right."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    DraftId,
    HoldId,
    RecallId,
    RecallKind,
    RecallStatus,
    TaskId,
    UserId,
)

_STANDING = text("ended_at IS NULL")
_UNSETTLED = text("status IN ('asked', 'approved', 'down')")


class ReviewHold(Base, kw_only=True, eq=False):
    """A reviewer put a draft off until a moment; nobody's clock runs meanwhile.

    *ended_by* is nobody where it ended by itself.
    """

    __tablename__ = "review_holds"
    __table_args__ = (
        Index(
            "uq_review_holds_standing",
            "draft",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(None, "draft", "held_at"),
    )

    id: Mapped[HoldId] = mapped_column(primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    task: Mapped[TaskId] = mapped_column(ForeignKey("review_tasks.id"))
    held_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    held_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[UserId] = mapped_column(default=NOBODY)


class Recall(Base, kw_only=True, eq=False):
    """That something published was wrong, and what was done about it.

    *wrong* says what, and who found it. The office takes it down or puts it right
    (*done_by*); the sign-off role approves (*decided_by*), before or, where it was *urgent*, after.
    """

    __tablename__ = "recalls"
    __table_args__ = (
        Index(
            "uq_recalls_unsettled",
            "draft",
            unique=True,
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        Index(None, "draft", "asked_at"),
    )

    id: Mapped[RecallId] = mapped_column(primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    kind: Mapped[RecallKind]
    wrong: Mapped[str]
    asked_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    asked_at: Mapped[datetime]
    urgent: Mapped[bool]
    status: Mapped[RecallStatus] = mapped_column(default=RecallStatus.ASKED)
    decided_by: Mapped[UserId] = mapped_column(default=NOBODY)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    refusal: Mapped[str] = mapped_column(default="")
    done_by: Mapped[UserId] = mapped_column(default=NOBODY)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
