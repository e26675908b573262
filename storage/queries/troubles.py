"""What is wrong with the service now, and what was."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, text, update
from sqlalchemy.orm import Session

from storage.models import Trouble
from storage.queries.tables import add_once, run, table_of
from storage.vocabulary import TroubleId, TroubleStatus

# Written out, so that both databases see that the partial index answers the question.
_CURRENT = text("troubles.status != 'over'")

# It is asked every half a minute.
_ALL_CURRENT = select(Trouble).where(_CURRENT)

_troubles = table_of(Trouble)
_ANY_OPEN = (
    select(_troubles.c.id).where(_CURRENT, _troubles.c.status == TroubleStatus.OPEN).limit(1)
)


class Troubles:
    """Troubles: each change is made by one process only, whoever else wants to make it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> Sequence[Trouble]:
        """Return what is suspected or open."""
        return self._session.scalars(_ALL_CURRENT).all()

    def open(self) -> Sequence[Trouble]:
        """Return what is open, oldest first. Asked with every answer, and mostly there is none."""
        if run(self._session, _ANY_OPEN).first() is None:
            return []
        return self._session.scalars(
            select(Trouble)
            .where(_CURRENT, Trouble.status == TroubleStatus.OPEN)
            .order_by(Trouble.began_at, Trouble.id)
        ).all()

    def past(self, since: datetime) -> Sequence[Trouble]:
        """Return what is over and was not before *since*, newest first."""
        return self._session.scalars(
            select(Trouble)
            .where(Trouble.status == TroubleStatus.OVER, Trouble.over_at >= since)
            .order_by(Trouble.began_at.desc(), Trouble.id)
        ).all()

    def last(self) -> Trouble | None:
        """Return what was wrong last and is over."""
        return self._session.scalar(
            select(Trouble)
            .where(Trouble.status == TroubleStatus.OVER)
            .order_by(Trouble.began_at.desc(), Trouble.id)
            .limit(1)
        )

    def suspect(self, values: Mapping[str, Any]) -> bool:
        """Store a suspicion unless its kind has a trouble that is not over."""
        return add_once(self._session, Trouble, {"status": TroubleStatus.SUSPECTED, **values})

    def forget(self, trouble: TroubleId) -> None:
        """Remove what was only suspected."""
        self._session.execute(
            delete(Trouble).where(Trouble.id == trouble, Trouble.status == TroubleStatus.SUSPECTED)
        )

    def see(self, trouble: TroubleId, detail: str, now: datetime) -> None:
        """Note that the trouble is still there."""
        self._change(
            trouble, {"detail": detail, "seen_at": now}, Trouble.status != TroubleStatus.OVER
        )

    def begin(self, trouble: TroubleId, detail: str, now: datetime) -> bool:
        """Let a suspicion become a trouble; False when another process did it."""
        values = {"status": TroubleStatus.OPEN, "detail": detail, "seen_at": now}
        return self._change(trouble, values, Trouble.status == TroubleStatus.SUSPECTED)

    def end(self, trouble: TroubleId, over_at: datetime) -> bool:
        """Let a trouble be over; False when another process did it."""
        values = {"status": TroubleStatus.OVER, "over_at": over_at}
        return self._change(trouble, values, Trouble.status == TroubleStatus.OPEN)

    def _change(
        self, trouble: TroubleId, values: Mapping[str, Any], condition: ColumnElement[bool]
    ) -> bool:
        changed = self._session.scalars(
            update(Trouble)
            .where(Trouble.id == trouble, condition)
            .values(**values)
            .returning(Trouble.id)
        )
        return changed.first() is not None
