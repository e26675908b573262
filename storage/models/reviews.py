"""What waits for whom, and what was decided on which text."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    DraftId,
    Handing,
    Passage,
    Role,
    Standing,
    TaskId,
    TaskStatus,
    UserId,
    Verdict,
)

_WAITING = text("waiting")


class ReviewTask(Base, kw_only=True, eq=False):
    """One seat of one gate of one version of a draft, waiting or over.

    A gate has one seat, named "", unless several must agree there (会签): then each has a task of
    his own. *due_at* is when the gate's time is up.
    """

    __tablename__ = "review_tasks"
    __table_args__ = (Index(None, "draft", "status"),)

    id: Mapped[TaskId] = mapped_column(primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    version: Mapped[int]
    gate: Mapped[int]
    role: Mapped[Role]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    seat: Mapped[str] = mapped_column(default="")
    status: Mapped[TaskStatus] = mapped_column(default=TaskStatus.OPEN)
    escalations: Mapped[int] = mapped_column(default=0)

    @property
    def is_open(self) -> bool:
        return self.status is TaskStatus.OPEN


class ReviewHolder(Base, kw_only=True, eq=False):
    """Somebody who may decide a task, and why; *on_behalf_of* is empty unless a substitute.

    *waiting* says again that the task is open: what waits for somebody is asked with every message,
    and must not cost more the more he has decided.
    """

    __tablename__ = "review_holders"
    __table_args__ = (
        Index(
            "ix_review_holders_waiting",
            "member",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    task: Mapped[TaskId] = mapped_column(ForeignKey("review_tasks.id"), primary_key=True)
    member: Mapped[UserId] = mapped_column(
        ForeignKey("members.userid"), primary_key=True, index=True
    )
    standing: Mapped[Standing]
    on_behalf_of: Mapped[UserId] = mapped_column(default=NOBODY)
    waiting: Mapped[bool] = mapped_column(default=True)


class ReviewDecision(Base, kw_only=True, eq=False):
    """What a reviewer decided, on exactly this text."""

    __tablename__ = "review_decisions"
    __table_args__ = (
        Index("ix_review_decisions_decided_by", "decided_by", "decided_at"),
        Index(None, "decided_at"),
    )

    task: Mapped[TaskId] = mapped_column(ForeignKey("review_tasks.id"), primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), index=True)
    gate: Mapped[int]
    version: Mapped[int]
    sha256: Mapped[str]
    verdict: Mapped[Verdict]
    reason: Mapped[str]
    decided_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    on_behalf_of: Mapped[UserId]
    decided_at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class GatePass(Base, kw_only=True, eq=False):
    """That a seat of a gate has passed one version of a draft, and how.

    *task* is the one whose decision it rests on: of this version, or of an older one where the
    approval was carried over; None where the seat was skipped.
    """

    __tablename__ = "gate_passes"

    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    gate: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat: Mapped[str] = mapped_column(primary_key=True)
    how: Mapped[Passage]
    passed_at: Mapped[datetime]
    task: Mapped[TaskId | None] = mapped_column(ForeignKey("review_tasks.id"), default=None)


class ReviewHandover(Base, kw_only=True, eq=False):
    """That a reviewer handed his task to somebody, or asked somebody to countersign."""

    __tablename__ = "review_handovers"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), index=True)
    task: Mapped[TaskId] = mapped_column(ForeignKey("review_tasks.id"))
    gate: Mapped[int]
    kind: Mapped[Handing]
    handed_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    handed_to: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    reason: Mapped[str]
    handed_at: Mapped[datetime]
