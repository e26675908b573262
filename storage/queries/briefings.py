"""Reports of public opinion of a bureau, and the figures that stand in them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Briefing, Case, CaseEvent, OpinionItem
from storage.vocabulary import (
    BriefingId,
    BriefingKind,
    BriefingStatus,
    CaseId,
    CaseMove,
    CaseState,
    Grade,
    UnitId,
    UserId,
)

_NO_CASE = (CaseState.CLUE, CaseState.MERGED, CaseState.FALSE_ALARM, CaseState.NOT_OURS)
_ENDING = (CaseMove.CLOSE,)


class Briefings:
    """Reports by kind and day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, briefing: Briefing) -> None:
        self._session.add(briefing)
        self._session.flush()  # its clock may be asked for in this same transaction

    def some(self, briefing: BriefingId) -> Briefing:
        """Return one that there is."""
        return self._session.get_one(Briefing, briefing)

    def lock(self, briefing: str) -> Briefing | None:
        """Return it as it now is, and keep others from it until the commit."""
        return self._session.get(
            Briefing, BriefingId(briefing), with_for_update=True, populate_existing=True
        )

    def find(self, briefing: str) -> Briefing | None:
        return self._session.get(Briefing, BriefingId(briefing))

    def of_day(
        self, bureau: UnitId, day: date, kind: BriefingKind = BriefingKind.DAILY
    ) -> Briefing | None:
        """Return the report of a bureau of a day; of a week or month, of its first day."""
        return self._session.scalar(
            select(Briefing)
            .where(
                Briefing.bureau == bureau,
                Briefing.kind == kind,
                Briefing.subject == "",
                Briefing.day == day,
            )
            .with_for_update()
        )

    def of_case(self, case: CaseId) -> Sequence[Briefing]:
        """Return the special reports of a case, the last one first, locked."""
        self._session.flush()
        return self._session.scalars(
            select(Briefing)
            .where(Briefing.subject == case)
            .order_by(Briefing.day.desc(), Briefing.number.desc())
            .with_for_update()
        ).all()

    def released_by(self, bureau: UnitId, member: UserId, since: datetime) -> Briefing | None:
        """Return what a member released last, not before *since*, and is not sent yet; locked."""
        self._session.flush()
        return self._session.scalar(
            select(Briefing)
            .where(
                Briefing.bureau == bureau,
                Briefing.released_at >= since,
                Briefing.released_by == member,
                Briefing.status == BriefingStatus.RELEASED,
            )
            .order_by(Briefing.released_at.desc())
            .limit(1)
            .with_for_update()
        )

    def lately(
        self, bureau: UnitId, limit: int, *, sent: bool, kinds: Collection[BriefingKind]
    ) -> Sequence[Briefing]:
        """Return reports of a bureau, the last day first; *sent*: only what was sent."""
        wanted = select(Briefing).where(Briefing.bureau == bureau, Briefing.kind.in_(kinds))
        if sent:
            wanted = wanted.where(Briefing.status == BriefingStatus.SENT)
        last = wanted.order_by(Briefing.day.desc(), Briefing.number.desc(), Briefing.id)
        return self._session.scalars(last.limit(limit)).all()

    def latest(
        self,
        bureau: UnitId,
        *,
        before: date,
        sent: bool = False,
        kind: BriefingKind = BriefingKind.DAILY,
    ) -> Briefing | None:
        """Return the last one of a day before *before*; *sent*: that was sent."""
        wanted = select(Briefing).where(
            Briefing.bureau == bureau,
            Briefing.kind == kind,
            Briefing.subject == "",
            Briefing.day < before,
        )
        if sent:
            wanted = wanted.where(Briefing.status == BriefingStatus.SENT)
        return self._session.scalar(wanted.order_by(Briefing.day.desc()).limit(1))

    def fresh(self, bureau: UnitId, begins: datetime, ends: datetime) -> Sequence[Case]:
        """Return the bureau's own cases that were registered after *begins*, until *ends*."""
        return self._session.scalars(
            select(Case)
            .where(
                Case.bureau == bureau,
                Case.registered_at > begins,
                Case.registered_at <= ends,
                Case.state.not_in(_NO_CASE),
            )
            .order_by(Case.registered_at, Case.number)
        ).all()

    def elsewhere(self, bureau: UnitId, begins: datetime, ends: datetime) -> Sequence[OpinionItem]:
        """Return the first posts about what seems graver than blue and is none of the bureau's.

        They were found after *begins*, until *ends*.
        """
        return self._session.scalars(
            select(OpinionItem)
            .where(
                OpinionItem.bureau == bureau,
                OpinionItem.found_at > begins,
                OpinionItem.found_at <= ends,
                OpinionItem.relevance == 0,
                OpinionItem.suggested != Grade.BLUE,
                OpinionItem.case_id.is_(None),
                OpinionItem.repost_of.is_(None),
                OpinionItem.thread.is_(None),
            )
            .order_by(OpinionItem.found_at, OpinionItem.id)
        ).all()

    def began_before(self, bureau: UnitId, moment: datetime) -> bool:
        """Tell whether a bureau had any case before *moment*."""
        found = select(Case.id).where(Case.bureau == bureau, Case.registered_at < moment).limit(1)
        return self._session.scalar(found) is not None

    def closed(self, bureau: UnitId, begins: datetime, ends: datetime) -> int:
        """Count the cases that were closed from *begins* until before *ends*."""
        found = self._session.scalar(
            select(func.count(CaseEvent.case.distinct()))
            .join(Case, Case.id == CaseEvent.case)
            .where(
                Case.bureau == bureau,
                Case.touched_at >= begins,
                CaseEvent.move.in_(_ENDING),
                CaseEvent.at >= begins,
                CaseEvent.at < ends,
                Case.state == CaseState.CLOSED,
            )
        )
        return found or 0

    def steps(self, bureau: UnitId, begins: datetime, ends: datetime) -> Sequence[CaseEvent]:
        """Return the steps with a limit that were done from *begins* until before *ends*."""
        return self._session.scalars(
            select(CaseEvent)
            .join(Case, Case.id == CaseEvent.case)
            .where(
                Case.bureau == bureau,
                Case.touched_at >= begins,
                CaseEvent.at >= begins,
                CaseEvent.at < ends,
                CaseEvent.minutes.is_not(None),
            )
            .order_by(CaseEvent.id)
        ).all()
