"""What the pages show: a draft with its versions and opinions, and what waits for a reviewer."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from storage.models import (
    Draft,
    DraftVersion,
    Inbound,
    Member,
    ReviewDecision,
    ReviewHolder,
    ReviewTask,
    Unit,
)
from storage.queries.reviews import WAITING
from storage.vocabulary import DraftId, Role, TaskId, TaskStatus, UserId, Verdict


class VersionLine(NamedTuple):
    """A version without its text."""

    number: int
    title: str
    characters: int
    created_at: datetime
    author: str


class Opinion(NamedTuple):
    """What a reviewer decided; *absent* is for whom, empty unless for somebody."""

    task: TaskId
    version: int
    gate: int
    verdict: Verdict
    reason: str
    decided_at: datetime
    who: str
    absent: str


class Seat(NamedTuple):
    """One who may decide what a draft waits for now; *absent* as in an opinion."""

    task: TaskId
    gate: int
    role: Role
    opened_at: datetime
    due_at: datetime
    userid: UserId
    who: str
    absent: str


class PendingLine(NamedTuple):
    draft: DraftId
    number: int
    title: str
    version: int
    unit: str
    author: str
    role: Role
    opened_at: datetime
    due_at: datetime


_Absent = aliased(Member)


class Pages:
    """Read-only questions of the pages."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, draft: DraftId) -> Draft | None:
        return self._session.get(Draft, draft)

    def whose(self, draft: Draft) -> tuple[str, str]:
        """Return the names of the draft's author and of his unit."""
        author, unit = self._session.execute(
            select(Member.name, Unit.name)
            .select_from(Draft)
            .join(Member, Member.userid == Draft.author)
            .join(Unit, Unit.id == Draft.unit)
            .where(Draft.id == draft.id)
        ).one()
        return author, unit

    def versions(self, draft: DraftId) -> Sequence[VersionLine]:
        """Return the versions of a draft, oldest first."""
        rows = self._session.execute(
            select(
                DraftVersion.number,
                DraftVersion.title,
                func.length(DraftVersion.body),
                DraftVersion.created_at,
                Member.name,
            )
            .join(Member, Member.userid == DraftVersion.created_by)
            .where(DraftVersion.draft == draft)
            .order_by(DraftVersion.number)
        )
        return [VersionLine(*row) for row in rows]

    def opinions(self, draft: DraftId) -> Sequence[Opinion]:
        """Return what was decided about a draft and still counts, first to last."""
        rows = self._session.execute(
            select(
                ReviewDecision.task,
                ReviewDecision.version,
                ReviewDecision.gate,
                ReviewDecision.verdict,
                ReviewDecision.reason,
                ReviewDecision.decided_at,
                Member.name,
                func.coalesce(_Absent.name, ""),
            )
            .join(Member, Member.userid == ReviewDecision.decided_by)
            .outerjoin(_Absent, _Absent.userid == ReviewDecision.on_behalf_of)
            .where(ReviewDecision.draft == draft, ReviewDecision.undone_at.is_(None))
            .order_by(ReviewDecision.decided_at, ReviewDecision.version, ReviewDecision.gate)
        )
        return [Opinion(*row) for row in rows]

    def seats(self, draft: DraftId) -> Sequence[Seat]:
        """Return who may decide what the draft waits for, task by task."""
        rows = self._session.execute(
            select(
                ReviewTask.id,
                ReviewTask.gate,
                ReviewTask.role,
                ReviewTask.opened_at,
                ReviewTask.due_at,
                Member.userid,
                Member.name,
                func.coalesce(_Absent.name, ""),
            )
            .join(ReviewHolder, ReviewHolder.task == ReviewTask.id)
            .join(Member, Member.userid == ReviewHolder.member)
            .outerjoin(_Absent, _Absent.userid == ReviewHolder.on_behalf_of)
            .where(ReviewTask.draft == draft, ReviewTask.status == TaskStatus.OPEN)
            .order_by(ReviewTask.opened_at, ReviewTask.id, Member.userid)
        )
        return [Seat(*row) for row in rows]

    def pending(self, member: UserId, limit: int, offset: int) -> Sequence[PendingLine]:
        """Return what the member may decide, what is due first in front."""
        rows = self._session.execute(
            select(
                Draft.id,
                Draft.number,
                Draft.title,
                ReviewTask.version,
                Unit.name,
                Member.name,
                ReviewTask.role,
                ReviewTask.opened_at,
                ReviewTask.due_at,
            )
            .select_from(ReviewHolder)
            .join(ReviewTask, ReviewTask.id == ReviewHolder.task)
            .join(Draft, Draft.id == ReviewTask.draft)
            .join(Unit, Unit.id == Draft.unit)
            .join(Member, Member.userid == Draft.author)
            .where(ReviewHolder.member == member, WAITING)
            .order_by(ReviewTask.due_at, ReviewTask.opened_at, Draft.number)
            .limit(limit)
            .offset(offset)
        )
        return [PendingLine(*row) for row in rows]

    def pending_count(self, member: UserId) -> int:
        """Count what the member may decide."""
        found = self._session.scalar(
            select(func.count())
            .select_from(ReviewHolder)
            .where(ReviewHolder.member == member, WAITING)
        )
        return found or 0

    def answer(self, key: str, sender: UserId) -> str:
        """Return what *sender* was answered to the message with that key; empty if to none."""
        found = self._session.scalar(
            select(Inbound.answer).where(Inbound.key == key, Inbound.sender == sender)
        )
        return found or ""
