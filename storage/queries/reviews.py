"""What waits for a reviewer, and what was decided."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.models import Draft, Member, ReviewDecision, ReviewHolder, ReviewTask, Unit
from storage.queries.tables import run, table_of
from storage.vocabulary import DraftId, TaskId, TaskStatus, UserId


class OpenTask(NamedTuple):
    id: TaskId
    opened_at: datetime


class Numbered(NamedTuple):
    """A draft, as far as people name it."""

    id: DraftId
    number: int
    title: str


class Waiting(NamedTuple):
    """One line of a reviewer's list."""

    task: OpenTask
    draft: Numbered
    unit: str
    author: str


_tasks, _holders = table_of(ReviewTask), table_of(ReviewHolder)
_drafts, _units, _members = table_of(Draft), table_of(Unit), table_of(Member)
_WAITING = (
    select(
        _tasks.c.id,
        _tasks.c.opened_at,
        _drafts.c.id,
        _drafts.c.number,
        _drafts.c.title,
        _units.c.name,
        _members.c.name,
    )
    .select_from(_holders)
    .join(_tasks, _tasks.c.id == _holders.c.task)
    .join(_drafts, _drafts.c.id == _tasks.c.draft)
    .join(_units, _units.c.id == _drafts.c.unit)
    .join(_members, _members.c.userid == _drafts.c.author)
    .where(_holders.c.member == bindparam("member"), _tasks.c.status == TaskStatus.OPEN)
    .order_by(_tasks.c.opened_at, _drafts.c.number)
)


class Reviews:
    """Tasks, their holders and their decisions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, task: ReviewTask, holders: Collection[ReviewHolder]) -> None:
        self._session.add(task)
        self._session.flush()  # its holders refer to it by a plain column
        self.add_holders(holders)

    def add_holders(self, holders: Collection[ReviewHolder]) -> None:
        self._session.add_all(holders)

    def task(self, task: TaskId) -> ReviewTask | None:
        return self._session.get(ReviewTask, task)

    def refresh(self, task: ReviewTask) -> ReviewTask:
        """Read the task again, after a lock was waited for."""
        self._session.refresh(task)
        return task

    def open_task(self, draft: DraftId) -> ReviewTask | None:
        return self._session.scalar(
            select(ReviewTask).where(
                ReviewTask.draft == draft, ReviewTask.status == TaskStatus.OPEN
            )
        )

    def holders(self, task: TaskId) -> Sequence[ReviewHolder]:
        return self._session.scalars(
            select(ReviewHolder).where(ReviewHolder.task == task).order_by(ReviewHolder.member)
        ).all()

    def has_held(self, draft: DraftId, member: UserId) -> bool:
        """Tell whether a gate of the draft has ever been put before the member."""
        return (
            self._session.scalar(
                select(ReviewHolder.task)
                .join(ReviewTask, ReviewTask.id == ReviewHolder.task)
                .where(ReviewTask.draft == draft, ReviewHolder.member == member)
                .limit(1)
            )
            is not None
        )

    def waiting_for(self, member: UserId) -> Sequence[Waiting]:
        """Return what the member may decide, longest waiting first."""
        return [
            Waiting(OpenTask(task, opened_at), Numbered(draft, number, title), unit, author)
            for task, opened_at, draft, number, title, unit, author in run(
                self._session, _WAITING, {"member": member}
            )
        ]

    def close(self, task: TaskId, version: int, status: TaskStatus) -> bool:
        """End an open task of that version; False when somebody else was first."""
        closed = self._session.scalars(
            update(ReviewTask)
            .where(
                ReviewTask.id == task,
                ReviewTask.version == version,
                ReviewTask.status == TaskStatus.OPEN,
            )
            .values(status=status)
            .returning(ReviewTask.id)
        ).all()
        return bool(closed)

    def record(self, decision: ReviewDecision) -> None:
        self._session.add(decision)

    def decision(self, task: TaskId) -> ReviewDecision | None:
        return self._session.get(ReviewDecision, task)

    def latest_by(self, member: UserId, since: datetime) -> ReviewDecision | None:
        """Return the member's last decision from *since* on that still counts."""
        return self._session.scalar(
            select(ReviewDecision)
            .where(
                ReviewDecision.decided_by == member,
                ReviewDecision.decided_at >= since,
                ReviewDecision.undone_at.is_(None),
            )
            .order_by(ReviewDecision.decided_at.desc(), ReviewDecision.task.desc())
            .limit(1)
        )

    def decisions(self, draft: DraftId) -> Sequence[ReviewDecision]:
        return self._session.scalars(
            select(ReviewDecision)
            .where(ReviewDecision.draft == draft, ReviewDecision.undone_at.is_(None))
            .order_by(ReviewDecision.decided_at, ReviewDecision.version, ReviewDecision.gate)
        ).all()
