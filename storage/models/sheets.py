"""Sheets that offices hand in, row by row, with what became of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import RowVerdict, SheetId, SheetStatus, UnitId, UserId

_UNDER_WAY = text("status IN ('checking', 'entering')")


class Sheet(Base, kw_only=True, eq=False):
    """A sheet of the *book* that says what its columns mean; *moved_at*: work was last done on it.

    *checked* of its *rows* have been looked at; those up to the number *reached* have been entered.
    The file itself is not kept.
    """

    __tablename__ = "sheets"
    __table_args__ = (
        Index(None, "uploaded_by", "book"),
        Index(
            "ix_sheets_under_way",
            "moved_at",
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    id: Mapped[SheetId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    book: Mapped[str]
    filename: Mapped[str]
    uploaded_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    uploaded_at: Mapped[datetime]
    rows: Mapped[int]
    moved_at: Mapped[datetime]
    status: Mapped[SheetStatus] = mapped_column(default=SheetStatus.STAGING)
    checked: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)


class SheetRow(Base, kw_only=True, eq=False):
    """One row: what stands in the known columns, and what was *said* of it."""

    __tablename__ = "sheet_rows"
    __table_args__ = (Index(None, "sheet", "verdict", "number"),)

    sheet: Mapped[SheetId] = mapped_column(ForeignKey("sheets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cells: Mapped[dict[str, Any]]
    verdict: Mapped[RowVerdict] = mapped_column(default=RowVerdict.UNREAD)
    said: Mapped[str] = mapped_column(default="")
