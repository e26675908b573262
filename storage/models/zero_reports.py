"""零报告: that a unit had nothing to report in a month."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import UnitId, UserId


class ZeroReport(Base, kw_only=True, eq=False):
    """A unit's word that it has nothing for *period*, a month such as 2026-09."""

    __tablename__ = "zero_reports"
    __table_args__ = (Index(None, "bureau", "period"), Index(None, "said_by", "said_at"))

    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    said_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    said_at: Mapped[datetime]
