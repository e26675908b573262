"""What points are taken off for, and the objections to scores."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Appeal, Deduction, Draft, Member, Notice
from storage.vocabulary import (
    AppealId,
    AppealStatus,
    EntryStatus,
    NoticeStatus,
    UnitId,
    UserId,
)


class Deducted(NamedTuple):
    """A deduction, with the number and the title of the draft that it is about; 0 without one."""

    deduction: Deduction
    number: int
    year: int
    title: str
    author: UserId


class Entered(NamedTuple):
    """The day of a breach, and the name of who entered it."""

    on: date
    by: str


class Deductions:
    """The office's list of breaches, and what units say against their scores."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, deduction: Deduction) -> None:
        self._session.add(deduction)

    def deduction(self, identity: str) -> Deduction | None:
        return self._session.get(Deduction, identity)

    def lock(self, deduction: Deduction) -> Deduction:
        """Let nobody else change a deduction in this transaction; it is read anew."""
        self._session.flush()
        self._session.refresh(deduction, with_for_update=True)
        return deduction

    def with_draft(self, deduction: Deduction) -> Deducted:
        draft = self._session.get(Draft, deduction.draft) if deduction.draft else None
        if draft is None:
            return _with_draft(deduction, None, None, None, None)
        return Deducted(deduction, draft.number, draft.year, draft.title, draft.author)

    def of_units(self, units: Collection[UnitId], months: Collection[str]) -> Sequence[Deducted]:
        """Return what counts against *units* in *months*."""
        rows = self._session.execute(
            select(Deduction, Draft.number, Draft.year, Draft.title, Draft.author)
            .outerjoin(Draft, Draft.id == Deduction.draft)
            .where(
                Deduction.unit.in_(units),
                Deduction.counts_in.in_(months),
                Deduction.status == EntryStatus.CONFIRMED,
            )
            .order_by(Deduction.happened_on, Deduction.id)
        )
        return [_with_draft(*row) for row in rows]

    def of_bureau(self, bureau: UnitId, months: Collection[str]) -> Sequence[Deducted]:
        """Return every deduction of a bureau in *months*, also those that were taken back."""
        rows = self._session.execute(
            select(Deduction, Draft.number, Draft.year, Draft.title, Draft.author)
            .outerjoin(Draft, Draft.id == Deduction.draft)
            .where(Deduction.bureau == bureau, Deduction.counts_in.in_(months))
            .order_by(Deduction.happened_on, Deduction.id)
        )
        return [_with_draft(*row) for row in rows]

    def entered(self, bureau: UnitId, months: Collection[str]) -> Mapping[str, Entered]:
        """Return when what counts against units of a bureau in *months* was, and who entered it."""
        rows = self._session.execute(
            select(Deduction.id, Deduction.happened_on, Member.name)
            .join(Member, Member.userid == Deduction.entered_by)
            .where(
                Deduction.bureau == bureau,
                Deduction.counts_in.in_(months),
                Deduction.status == EntryStatus.CONFIRMED,
            )
        )
        return {identity: Entered(on, by) for identity, on, by in rows}

    def entered_by(self, member: UserId, since: datetime) -> Deduction | None:
        """Return what *member* entered last, from *since* on, if it counts."""
        return self._session.scalar(
            select(Deduction)
            .where(
                Deduction.entered_by == member,
                Deduction.entered_at >= since,
                Deduction.status == EntryStatus.CONFIRMED,
            )
            .order_by(Deduction.entered_at.desc())
            .limit(1)
        )

    def taken_back_by(self, member: UserId, since: datetime) -> Deduction | None:
        """Return what *member* took back last, from *since* on."""
        return self._session.scalar(
            select(Deduction)
            .where(Deduction.taken_back_by == member, Deduction.taken_back_at >= since)
            .order_by(Deduction.taken_back_at.desc())
            .limit(1)
        )

    def file(self, appeal: Appeal) -> None:
        self._session.add(appeal)

    def appeal(self, identity: AppealId) -> Appeal | None:
        return self._session.get(Appeal, identity)

    def lock_appeal(self, appeal: Appeal) -> Appeal:
        """Let nobody else answer an appeal in this transaction; it is read anew."""
        self._session.flush()
        self._session.refresh(appeal, with_for_update=True)
        return appeal

    def open_appeals(self, bureau: UnitId) -> Sequence[Appeal]:
        """Return what waits for the office's answer, the oldest first."""
        return self._session.scalars(
            select(Appeal)
            .where(Appeal.bureau == bureau, Appeal.status == AppealStatus.OPEN)
            .order_by(Appeal.filed_at, Appeal.id)
        ).all()

    def appeals_of(self, units: Collection[UnitId], months: Collection[str]) -> Sequence[Appeal]:
        """Return all objections of *units* to their scores of *months*, the oldest first."""
        return self._session.scalars(
            select(Appeal)
            .where(Appeal.unit.in_(units), Appeal.period.in_(months))
            .order_by(Appeal.filed_at, Appeal.id)
        ).all()

    def filed_by(self, member: UserId, since: datetime) -> Appeal | None:
        """Return what *member* objected to last, from *since* on, if nobody has answered."""
        return self._session.scalar(
            select(Appeal)
            .where(
                Appeal.filed_by == member,
                Appeal.filed_at >= since,
                Appeal.status == AppealStatus.OPEN,
            )
            .order_by(Appeal.filed_at.desc())
            .limit(1)
        )

    def answered_by(self, member: UserId, since: datetime) -> Appeal | None:
        """Return what *member* answered last, from *since* on."""
        return self._session.scalar(
            select(Appeal)
            .where(Appeal.answered_by == member, Appeal.answered_at >= since)
            .order_by(Appeal.answered_at.desc())
            .limit(1)
        )

    def last_announced(self, bureau: UnitId) -> Notice | None:
        """Return the notice that was released last."""
        return self._session.scalar(
            select(Notice)
            .where(Notice.bureau == bureau, Notice.status == NoticeStatus.RELEASED)
            .order_by(Notice.released_at.desc())
            .limit(1)
        )


def _with_draft(
    deduction: Deduction,
    number: int | None,
    year: int | None,
    title: str | None,
    author: UserId | None,
) -> Deducted:
    return Deducted(
        deduction=deduction,
        number=number or 0,
        year=year or 0,
        title=title or "",
        author=author or UserId(""),
    )
