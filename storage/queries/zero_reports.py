"""Zero reports of units."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ZeroReport
from storage.queries.tables import add_once
from storage.vocabulary import UnitId, UserId


class ZeroReports:
    """Which units said that they had nothing, by month."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, values: Mapping[str, Any]) -> None:
        """Store a zero report, unless the unit has one of that period."""
        add_once(self._session, ZeroReport, values)

    def get(self, unit: UnitId, period: str) -> ZeroReport | None:
        return self._session.get(ZeroReport, (unit, period))

    def of_bureau(self, bureau: UnitId, period: str) -> Mapping[UnitId, ZeroReport]:
        rows = self._session.scalars(
            select(ZeroReport)
            .where(ZeroReport.bureau == bureau, ZeroReport.period == period)
            .order_by(ZeroReport.said_at, ZeroReport.unit)
        )
        return {one.unit: one for one in rows}

    def latest_by(self, member: UserId, since: datetime) -> ZeroReport | None:
        """Return the zero report that *member* sent last, from *since* on."""
        return self._session.scalar(
            select(ZeroReport)
            .where(ZeroReport.said_by == member, ZeroReport.said_at >= since)
            .order_by(ZeroReport.said_at.desc(), ZeroReport.unit)
            .limit(1)
        )

    def remove(self, report: ZeroReport) -> None:
        self._session.delete(report)
        self._session.flush()  # the unit may report anew in this same transaction
