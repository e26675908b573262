"""What members asked to be reminded of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Member, Reminder, RoleAssignment
from storage.vocabulary import ReminderId, ReminderStatus, Role, UnitId, UserId


class Reminders:
    """Reminders by whom they belong to."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reminder: Reminder) -> None:
        self._session.add(reminder)

    def get(self, reminder: str) -> Reminder | None:
        return self._session.get(Reminder, ReminderId(reminder))

    def of(self, reminders: Collection[str]) -> Mapping[str, Reminder]:
        """Return those of *reminders* that there are, by their ids."""
        found = self._session.scalars(select(Reminder).where(Reminder.id.in_(reminders)))
        return {one.id: one for one in found}

    def next_number(self, member: UserId) -> int:
        """Return the number of a member's next reminder; his own count on from 1."""
        last = self._session.scalar(
            select(func.max(Reminder.number)).where(Reminder.member == member)
        )
        return (last or 0) + 1

    def waiting(self, member: UserId) -> Sequence[Reminder]:
        """Return what a member is still to be reminded of, the next first."""
        return self._session.scalars(
            select(Reminder)
            .where(Reminder.member == member, Reminder.status == ReminderStatus.WAITING)
            .order_by(Reminder.due_at, Reminder.number)
        ).all()

    def last_told(self, member: UserId, since: datetime) -> Reminder | None:
        """Return what a member was last reminded of, if that was not before *since*."""
        return self._session.scalar(
            select(Reminder)
            .where(Reminder.member == member, Reminder.told_at >= since)
            .order_by(Reminder.told_at.desc(), Reminder.number.desc())
            .limit(1)
        )

    def officers(self, bureau: UnitId, units: Collection[str]) -> Sequence[UserId]:
        """Return the officers of *units* of a bureau; of all of them, if none is named."""
        found = (
            select(Member.userid)
            .join(RoleAssignment, RoleAssignment.member == Member.userid)
            .where(Member.bureau == bureau, Member.active, RoleAssignment.role == Role.OFFICER)
            .distinct()
            .order_by(Member.userid)
        )
        return self._session.scalars(found.where(Member.unit.in_(units)) if units else found).all()
