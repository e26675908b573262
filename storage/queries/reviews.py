"""What waits for a reviewer, and what was decided."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from storage.models import (
    Draft,
    GatePass,
    Member,
    ReviewDecision,
    ReviewHandover,
    ReviewHolder,
    ReviewTask,
    Unit,
)
from storage.queries.tables import run, table_of
from storage.vocabulary import (
    DraftId,
    DraftKind,
    DraftStatus,
    Importance,
    Passage,
    TaskId,
    TaskStatus,
    UserId,
)


class OpenTask(NamedTuple):
    id: TaskId
    opened_at: datetime
    due_at: datetime


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
    importance: Importance
    kind: DraftKind
    status: DraftStatus


WAITING = text("review_holders.waiting")
"""Written out, as the index has it: a parameter would hide from SQLite that it fits."""

_tasks, _holders = table_of(ReviewTask), table_of(ReviewHolder)
_drafts, _units, _members = table_of(Draft), table_of(Unit), table_of(Member)
_URGENCY = case(
    (_drafts.c.status == DraftStatus.ON_HOLD, 3),
    (_drafts.c.kind == DraftKind.EMERGENCY, 0),
    (_drafts.c.importance == Importance.MAJOR, 1),
    else_=2,
)
_WAITED_FOR = (
    select(
        _holders.c.member,
        _tasks.c.id,
        _tasks.c.opened_at,
        _tasks.c.due_at,
        _drafts.c.id,
        _drafts.c.number,
        _drafts.c.title,
        _units.c.name,
        _members.c.name,
        _drafts.c.importance,
        _drafts.c.kind,
        _drafts.c.status,
    )
    .select_from(_holders)
    .join(_tasks, _tasks.c.id == _holders.c.task)
    .join(_drafts, _drafts.c.id == _tasks.c.draft)
    .join(_units, _units.c.id == _drafts.c.unit)
    .join(_members, _members.c.userid == _drafts.c.author)
    .where(WAITING)
    .order_by(_URGENCY, _tasks.c.due_at, _drafts.c.number)
)
_WAITING = _WAITED_FOR.where(_holders.c.member == bindparam("member"))
_reviewers = _members.alias()
_NOT_HELD = _WAITED_FOR.join(_reviewers, _reviewers.c.userid == _holders.c.member).where(
    _drafts.c.status == DraftStatus.IN_REVIEW, _reviewers.c.active
)
_DECIDERS = (
    select(_holders.c.task, _holders.c.member)
    .join(_members, _members.c.userid == _holders.c.member)
    .where(_holders.c.task.in_(bindparam("tasks", expanding=True)), _members.c.active)
    .order_by(_holders.c.member)
)
_MOST_TAKEN = 100


def _waiting(row: Sequence[Any]) -> Waiting:
    task, opened_at, due_at, draft, number, title, unit, author, *rest = row
    return Waiting(
        OpenTask(task, opened_at, due_at), Numbered(draft, number, title), unit, author, *rest
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

    def leave(self, task: TaskId, member: UserId) -> Sequence[UserId]:
        """Take the member from the task, with those who stand in for him; return whom."""
        return self._session.scalars(
            delete(ReviewHolder)
            .where(
                ReviewHolder.task == task,
                or_(ReviewHolder.member == member, ReviewHolder.on_behalf_of == member),
            )
            .returning(ReviewHolder.member)
        ).all()

    def task(self, task: TaskId) -> ReviewTask | None:
        return self._session.get(ReviewTask, task)

    def tasks_called(self, tasks: Collection[TaskId]) -> Sequence[ReviewTask]:
        return self._session.scalars(select(ReviewTask).where(ReviewTask.id.in_(tasks))).all()

    def refresh(self, task: ReviewTask) -> ReviewTask:
        """Read the task again, after a lock was waited for."""
        self._session.refresh(task)
        return task

    def tasks(self, draft: DraftId) -> Sequence[ReviewTask]:
        """Return every task that the draft has had, in order of their opening."""
        return self._session.scalars(
            select(ReviewTask)
            .where(ReviewTask.draft == draft)
            .order_by(ReviewTask.opened_at, ReviewTask.id)
        ).all()

    def open_tasks(self, draft: DraftId) -> Sequence[ReviewTask]:
        """Return the seats that the draft waits at: one, or several where all must agree."""
        return self._session.scalars(
            select(ReviewTask)
            .where(ReviewTask.draft == draft, ReviewTask.status == TaskStatus.OPEN)
            .order_by(ReviewTask.seat)
        ).all()

    def held_by(self, members: Collection[UserId]) -> Sequence[ReviewTask]:
        """Return the open tasks that any of the members may decide, the oldest first."""
        mine = select(ReviewHolder.task).where(ReviewHolder.member.in_(members), WAITING)
        return self._session.scalars(
            select(ReviewTask)
            .where(ReviewTask.id.in_(mine), ReviewTask.status == TaskStatus.OPEN)
            .order_by(ReviewTask.opened_at, ReviewTask.id)
        ).all()

    def seated(self, tasks: Collection[TaskId]) -> Sequence[ReviewHolder]:
        """Return who may decide any of the tasks."""
        return self._session.scalars(
            select(ReviewHolder)
            .where(ReviewHolder.task.in_(tasks))
            .order_by(ReviewHolder.task, ReviewHolder.member)
        ).all()

    def load(self, members: Collection[UserId]) -> Mapping[UserId, int]:
        """Count what waits for each of the members; nothing is told as absence."""
        rows = self._session.execute(
            select(ReviewHolder.member, func.count().label("waiting"))
            .where(ReviewHolder.member.in_(members), WAITING)
            .group_by(ReviewHolder.member)
        )
        return {row.member: row.waiting for row in rows}

    def holders(self, task: TaskId) -> Sequence[ReviewHolder]:
        return self._session.scalars(
            select(ReviewHolder).where(ReviewHolder.task == task).order_by(ReviewHolder.member)
        ).all()

    def waited_for(self, task: TaskId) -> Sequence[UserId]:
        """Return who may decide the task, but for those who have left."""
        return self.waited_for_each([task]).get(task, [])

    def waited_for_each(self, tasks: Collection[TaskId]) -> Mapping[TaskId, Sequence[UserId]]:
        """Return who may decide each of *tasks*, but for those who have left."""
        found: dict[TaskId, list[UserId]] = {}
        rows = run(self._session, _DECIDERS, {"tasks": list(tasks)}) if tasks else ()
        for task, member in rows:
            found.setdefault(task, []).append(member)
        return found

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

    def held_among(self, drafts: Collection[DraftId], member: UserId) -> Collection[DraftId]:
        """Return those of *drafts* of which a gate has ever been put before the member."""
        return set(
            self._session.scalars(
                select(ReviewTask.draft)
                .join(ReviewHolder, ReviewHolder.task == ReviewTask.id)
                .where(ReviewTask.draft.in_(drafts), ReviewHolder.member == member)
            )
        )

    def waiting_for(self, member: UserId) -> Sequence[Waiting]:
        """Return what the member may decide, the most urgent first.

        Emergencies, then major drafts, then what is due first; what was put off comes last.
        """
        return [_waiting(row) for _, *row in run(self._session, _WAITING, {"member": member})]

    def everybody_waited_for(self) -> Mapping[UserId, Sequence[Waiting]]:
        """Return what waits for each active member, the most urgent first.

        What was put off is left out.
        """
        waited: dict[UserId, list[Waiting]] = {}
        for member, *row in run(self._session, _NOT_HELD):
            waited.setdefault(member, []).append(_waiting(row))
        return waited

    def taken(self, member: UserId, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        """Return from when to when each of the member's last decisions took him, newest first."""
        rows = self._session.execute(
            select(ReviewTask.opened_at, ReviewDecision.decided_at)
            .join(ReviewTask, ReviewTask.id == ReviewDecision.task)
            .where(
                ReviewDecision.decided_by == member,
                ReviewDecision.decided_at >= since,
                ReviewDecision.undone_at.is_(None),
            )
            .order_by(ReviewDecision.decided_at.desc())
            .limit(_MOST_TAKEN)
        )
        return [(row.opened_at, row.decided_at) for row in rows]

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
        if closed:
            self._session.execute(
                update(ReviewHolder).where(ReviewHolder.task == task).values(waiting=False)
            )
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

    def passes(self, draft: DraftId, version: int) -> Sequence[GatePass]:
        """Return what has passed that version of the draft, gate by gate."""
        return self._session.scalars(
            select(GatePass)
            .where(GatePass.draft == draft, GatePass.version == version)
            .order_by(GatePass.gate, GatePass.seat)
        ).all()

    def let_pass(self, passes: Collection[GatePass]) -> None:
        self._session.add_all(passes)

    def take_back_passes(self, draft: DraftId, version: int, *, gate: int, seat: str) -> None:
        """Forget that a seat has passed the version, and that later gates were skipped for it."""
        self._session.execute(
            delete(GatePass).where(
                GatePass.draft == draft,
                GatePass.version == version,
                or_(
                    and_(GatePass.gate == gate, GatePass.seat == seat),
                    and_(GatePass.gate > gate, GatePass.how == Passage.SKIPPED),
                ),
            )
        )

    def hand_over(self, handover: ReviewHandover) -> None:
        self._session.add(handover)

    def handovers(self, draft: DraftId) -> Sequence[ReviewHandover]:
        return self._session.scalars(
            select(ReviewHandover).where(ReviewHandover.draft == draft).order_by(ReviewHandover.id)
        ).all()

    def decisions(self, draft: DraftId) -> Sequence[ReviewDecision]:
        return self._session.scalars(
            select(ReviewDecision)
            .where(ReviewDecision.draft == draft, ReviewDecision.undone_at.is_(None))
            .order_by(ReviewDecision.decided_at, ReviewDecision.version, ReviewDecision.gate)
        ).all()
