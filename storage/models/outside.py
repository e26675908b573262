"""What other systems counted for units, as the office took it over."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import OutsideMeasure, SheetId, UnitId, UserId


class OutsideStaged(Base, kw_only=True, eq=False):
    """A figure that a sheet is to bring in, out of sight until all of the sheet is there.

    *target* 0: the sheet names none, and the one that is known stays.
    """

    __tablename__ = "outside_staged"

    sheet: Mapped[SheetId] = mapped_column(ForeignKey("sheets.id"), primary_key=True)
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[OutsideMeasure] = mapped_column(primary_key=True)
    value: Mapped[int]
    target: Mapped[int]


class OutsideFigure(Base, kw_only=True, eq=False):
    """A unit's figure of a *month* (2026-09) in a *source* such as 学习强国; *target* 0: none."""

    __tablename__ = "outside_figures"
    __table_args__ = (Index(None, "bureau", "month"),)

    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[OutsideMeasure] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    value: Mapped[int]
    target: Mapped[int]
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    entered_at: Mapped[datetime]
