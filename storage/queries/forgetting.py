"""What nobody asks for any more, and only takes room: taken away a bounded lot at a time."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from storage.models import FoundItem, OpinionHour, SentPicture
from storage.queries.tables import run
from storage.vocabulary import FoundStatus, PictureOf

_OVER = (FoundStatus.TAKEN, FoundStatus.FAILED)


class Forgetting:
    """Rows that have served."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def posts(self, dated: datetime, undated: datetime, most: int) -> int:
        """Forget posts that were handed on, or could not be, before a moment; return how many.

        One without a date may be brought again for long: it is known until another moment.
        """
        oldest = (
            select(FoundItem.id)
            .where(
                FoundItem.found_at < dated,
                FoundItem.status.in_(_OVER),
                or_(FoundItem.posted_at.is_not(None), FoundItem.found_at < undated),
            )
            .order_by(FoundItem.found_at)
            .limit(most)
        )
        return run(self._session, delete(FoundItem).where(FoundItem.id.in_(oldest))).rowcount

    def hours(self, before: datetime) -> int:
        """Forget how many items of a topic came in hours before a moment; return how many rows."""
        return run(self._session, delete(OpinionHour).where(OpinionHour.hour < before)).rowcount

    def loose_pictures(self, before: datetime) -> int:
        """Forget pictures sent before a moment and never said to be of anything."""
        loose = (SentPicture.about == PictureOf.EITHER, SentPicture.created_at < before)
        return run(self._session, delete(SentPicture).where(*loose)).rowcount
