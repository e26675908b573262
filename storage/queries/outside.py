"""Figures that other systems counted."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import OutsideFigure
from storage.vocabulary import UnitId


class Outside:
    """What was taken over from elsewhere, by unit and month."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_all(self, figures: Sequence[OutsideFigure]) -> None:
        self._session.add_all(figures)
        self._session.flush()

    def of_units(self, units: Collection[UnitId], first: str, last: str) -> Sequence[OutsideFigure]:
        """Return the figures of units in the months from *first* to *last*, month by month."""
        return self._session.scalars(
            select(OutsideFigure)
            .where(OutsideFigure.unit.in_(units), OutsideFigure.month.between(first, last))
            .order_by(OutsideFigure.month, OutsideFigure.source, OutsideFigure.measure)
        ).all()

    def of_bureau(self, bureau: UnitId, months: Collection[str]) -> Sequence[OutsideFigure]:
        return self._session.scalars(
            select(OutsideFigure).where(
                OutsideFigure.bureau == bureau, OutsideFigure.month.in_(months)
            )
        ).all()

    def last_month(self, bureau: UnitId) -> str:
        """Return the latest month of which there are figures; empty if there are none."""
        return (
            self._session.scalar(
                select(OutsideFigure.month)
                .where(OutsideFigure.bureau == bureau)
                .order_by(OutsideFigure.month.desc())
                .limit(1)
            )
            or ""
        )
