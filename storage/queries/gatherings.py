"""Gatherings, who is asked and who comes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Gathering, GatheringGuest, Member, RoleAssignment
from storage.vocabulary import GatheringId, GatheringStatus, GuestAnswer, Role, UnitId, UserId


class Gatherings:
    """Trainings and meetings of a bureau."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, gathering: Gathering, guests: Collection[UserId]) -> None:
        self._session.add(gathering)
        self._session.flush()  # its guests refer to it by a plain column
        self._session.add_all(
            GatheringGuest(gathering=gathering.id, member=member) for member in guests
        )

    def get(self, gathering: str) -> Gathering | None:
        return self._session.get(Gathering, GatheringId(gathering))

    def latest_numbered(self, bureau: UnitId, number: int) -> Gathering | None:
        """Return the bureau's gathering of that number, of the latest year that has one."""
        return self._session.scalar(
            select(Gathering)
            .where(Gathering.bureau == bureau, Gathering.number == number)
            .order_by(Gathering.year.desc())
            .limit(1)
        )

    def guests(self, gathering: GatheringId) -> Sequence[GatheringGuest]:
        return self._session.scalars(
            select(GatheringGuest)
            .where(GatheringGuest.gathering == gathering)
            .order_by(GatheringGuest.member)
        ).all()

    def guest(self, gathering: GatheringId, member: UserId) -> GatheringGuest | None:
        return self._session.get(GatheringGuest, (gathering, member))

    def ahead_of(self, member: UserId, now: datetime) -> Sequence[Gathering]:
        """Return what a member is asked to and is still to come, the next first."""
        return self._session.scalars(
            select(Gathering)
            .join(GatheringGuest, GatheringGuest.gathering == Gathering.id)
            .where(
                GatheringGuest.member == member,
                Gathering.begins_at > now,
                Gathering.status == GatheringStatus.PLANNED,
            )
            .order_by(Gathering.begins_at, Gathering.number)
        ).all()

    def unanswered_by(self, member: UserId, now: datetime) -> Sequence[int]:
        """Return the numbers of what a member is asked to and has not answered, the next first."""
        return self._session.scalars(
            select(Gathering.number)
            .join(GatheringGuest, GatheringGuest.gathering == Gathering.id)
            .where(
                GatheringGuest.member == member,
                GatheringGuest.answer == GuestAnswer.OPEN,
                Gathering.begins_at > now,
                Gathering.status == GatheringStatus.PLANNED,
            )
            .order_by(Gathering.begins_at, Gathering.number)
        ).all()

    def ahead(self, bureau: UnitId, now: datetime) -> Sequence[Gathering]:
        """Return what is still to come in a bureau, the next first."""
        return self._session.scalars(
            select(Gathering)
            .where(
                Gathering.bureau == bureau,
                Gathering.begins_at > now,
                Gathering.status == GatheringStatus.PLANNED,
            )
            .order_by(Gathering.begins_at, Gathering.number)
        ).all()

    def touched(self, bureau: UnitId, since: datetime) -> Sequence[GatheringId]:
        """Return what is to come in a bureau and was announced or changed from a moment on."""
        return self._session.scalars(
            select(Gathering.id).where(
                Gathering.bureau == bureau,
                Gathering.begins_at > since,
                Gathering.changed_at >= since,
            )
        ).all()

    def holding(self, bureau: UnitId, roles: Collection[Role]) -> Sequence[UserId]:
        """Return the active members of a bureau who hold one of *roles* anywhere."""
        return self._session.scalars(
            select(Member.userid)
            .join(RoleAssignment, RoleAssignment.member == Member.userid)
            .where(Member.bureau == bureau, Member.active, RoleAssignment.role.in_(roles))
            .distinct()
            .order_by(Member.userid)
        ).all()
