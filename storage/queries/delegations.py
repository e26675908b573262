"""Who stands in for whom, and when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from storage.models import Delegation, ReviewDecision, ReviewHolder
from storage.queries.reviews import WAITING
from storage.vocabulary import TaskId, UserId


class Delegations:
    """Dated delegations, made in chat or at the shell."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, delegation: Delegation) -> int:
        """Keep a delegation; return its number."""
        self._session.add(delegation)
        self._session.flush()
        return delegation.id

    def get(self, number: int) -> Delegation | None:
        return self._session.get(Delegation, number)

    def of(self, member: UserId, now: datetime) -> Sequence[Delegation]:
        """Return those that are not over and in which the member is absent or stands in."""
        return self._session.scalars(
            select(Delegation)
            .where(
                or_(Delegation.absent == member, Delegation.substitute == member),
                Delegation.ends_at > now,
            )
            .order_by(Delegation.starts_at, Delegation.id)
        ).all()

    def absent_for(self, substitute: UserId, now: datetime) -> Sequence[UserId]:
        """Return for whom a member stands in at that moment."""
        return self._session.scalars(
            select(Delegation.absent)
            .where(
                Delegation.substitute == substitute,
                Delegation.starts_at <= now,
                Delegation.ends_at > now,
            )
            .order_by(Delegation.id)
        ).all()

    def overlapping(self, absent: UserId, start: datetime, end: datetime) -> Delegation | None:
        """Return a delegation of *absent* that has days in common with that stretch."""
        return self._session.scalar(
            select(Delegation)
            .where(
                Delegation.absent == absent,
                Delegation.starts_at < end,
                Delegation.ends_at > start,
            )
            .order_by(Delegation.starts_at)
            .limit(1)
        )

    def in_force(self, absent: UserId, substitute: UserId, now: datetime) -> bool:
        found = select(Delegation.id).where(
            Delegation.absent == absent,
            Delegation.substitute == substitute,
            Delegation.starts_at <= now,
            Delegation.ends_at > now,
        )
        return self._session.scalar(found.limit(1)) is not None

    def decided(self, absent: UserId, substitute: UserId, since: datetime) -> int:
        """Count what *substitute* has decided for *absent* and what still counts."""
        count = select(func.count()).where(
            ReviewDecision.decided_by == substitute,
            ReviewDecision.decided_at >= since,
            ReviewDecision.on_behalf_of == absent,
            ReviewDecision.undone_at.is_(None),
        )
        return self._session.scalar(count) or 0

    def stand_down(self, absent: UserId, substitute: UserId) -> Sequence[TaskId]:
        """Take from *substitute* what still waits for him on behalf of *absent*."""
        return self._session.scalars(
            delete(ReviewHolder)
            .where(
                ReviewHolder.member == substitute,
                ReviewHolder.on_behalf_of == absent,
                WAITING,
            )
            .returning(ReviewHolder.task)
        ).all()
