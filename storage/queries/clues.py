"""信息线索 of a bureau."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Clue
from storage.vocabulary import ClueId, ClueStatus, UnitId, UserId


class Clues:
    """What officers find in the media."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, clue: Clue) -> None:
        self._session.add(clue)

    def get(self, clue: str) -> Clue | None:
        return self._session.get(Clue, ClueId(clue))

    def lock(self, clue: str) -> Clue | None:
        return self._session.get(Clue, ClueId(clue), with_for_update=True, populate_existing=True)

    def settled_since(self, by: UserId, since: datetime, limit: int) -> Sequence[ClueId]:
        """Return what a member has settled from *since* on, the latest first."""
        return self._session.scalars(
            select(Clue.id)
            .where(Clue.settled_by == by, Clue.settled_at >= since)
            .order_by(Clue.settled_at.desc())
            .limit(limit)
        ).all()

    def latest_numbered(self, bureau: UnitId, number: int) -> Clue | None:
        """Return the clue of that number of the latest year that has one, locked."""
        return self._session.scalar(
            select(Clue)
            .where(Clue.bureau == bureau, Clue.number == number)
            .order_by(Clue.year.desc())
            .limit(1)
            .with_for_update()
        )

    def open_of(self, bureau: UnitId) -> Sequence[Clue]:
        """Return what nobody has settled yet, the latest first."""
        return self._session.scalars(
            select(Clue)
            .where(Clue.bureau == bureau, Clue.status == ClueStatus.OPEN)
            .order_by(Clue.found_at.desc(), Clue.number.desc())
        ).all()

    def lately(
        self, bureau: UnitId, limit: int, offset: int = 0, *, finder: UserId | None = None
    ) -> Sequence[Clue]:
        """Return the clues of a bureau, or those that somebody found, the latest first."""
        wanted = select(Clue).where(Clue.bureau == bureau)
        if finder is not None:
            wanted = wanted.where(Clue.finder == finder)
        return self._session.scalars(
            wanted.order_by(Clue.found_at.desc(), Clue.number.desc()).limit(limit).offset(offset)
        ).all()

    def merged_into(self, clue: ClueId) -> Sequence[Clue]:
        """Return what was merged into a clue."""
        return self._session.scalars(
            select(Clue).where(Clue.into == clue, Clue.into != "").order_by(Clue.number)
        ).all()
