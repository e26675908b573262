"""Drafts put off, taken down and put right."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Draft, Recall, ReviewHold
from storage.vocabulary import DraftId, DraftStatus, HoldId, RecallId, RecallStatus

_UNSETTLED = (RecallStatus.ASKED, RecallStatus.APPROVED, RecallStatus.DOWN)


class Moves:
    """Holds, recalls, and what has long ended."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hold(self, hold: ReviewHold) -> None:
        self._session.add(hold)

    def held(self, draft: DraftId) -> ReviewHold | None:
        """Return the hold that stands on the draft."""
        self._session.flush()
        return self._session.scalar(
            select(ReviewHold).where(ReviewHold.draft == draft, ReviewHold.ended_at.is_(None))
        )

    def hold_of(self, hold: HoldId) -> ReviewHold | None:
        return self._session.get(ReviewHold, hold)

    def recall(self, recall: Recall) -> None:
        self._session.add(recall)

    def recall_of(self, recall: RecallId) -> Recall | None:
        return self._session.get(Recall, recall)

    def unsettled(self, draft: DraftId) -> Recall | None:
        """Return the recall of the draft that is not settled yet."""
        self._session.flush()
        return self._session.scalar(
            select(Recall).where(Recall.draft == draft, Recall.status.in_(_UNSETTLED))
        )

    def recalls(self, draft: DraftId) -> Sequence[Recall]:
        return self._session.scalars(
            select(Recall).where(Recall.draft == draft).order_by(Recall.asked_at)
        ).all()

    def long_ended(
        self, statuses: Sequence[DraftStatus], before: datetime, limit: int
    ) -> Sequence[Draft]:
        """Return drafts in one of *statuses* that began before that moment, oldest first, locked.

        Those that another process is just archiving are left to it.
        """
        return self._session.scalars(
            select(Draft)
            .where(Draft.status.in_(statuses), Draft.created_at < before)
            .order_by(Draft.created_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
