"""What the office takes points off for, and what units object to in their scores."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.scores import Points
from storage.vocabulary import (
    NO_DEDUCTION,
    NO_DRAFT,
    NOBODY,
    AppealId,
    AppealStatus,
    DeductionId,
    DraftId,
    EntryStatus,
    UnitId,
    UserId,
)

_OPEN = text("status = 'open'")


class Deduction(Base, kw_only=True, eq=False):
    """Something that a unit did and that is punished; a named person of the office says so.

    *event* is the word of the rule set (`late_submit`), *draft* the one it is about, if it is about
    one, *member* whose it is where the rules are about people. *counts_in* is the month that it
    belongs to. Nothing is deleted: who takes it back says why.
    """

    __tablename__ = "deductions"
    __table_args__ = (
        Index(None, "bureau", "counts_in"),
        Index(None, "unit", "counts_in"),
        Index(None, "entered_by", "entered_at"),
        Index(None, "taken_back_by", "taken_back_at"),
    )

    id: Mapped[DeductionId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    event: Mapped[str]
    happened_on: Mapped[date]
    counts_in: Mapped[str]
    late: Mapped[bool]
    reason: Mapped[str]
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    entered_at: Mapped[datetime]
    draft: Mapped[DraftId] = mapped_column(default=NO_DRAFT)
    member: Mapped[UserId] = mapped_column(default=NOBODY)
    status: Mapped[EntryStatus] = mapped_column(default=EntryStatus.CONFIRMED)
    taken_back_by: Mapped[UserId] = mapped_column(default=NOBODY)
    taken_back_at: Mapped[datetime | None] = mapped_column(default=None)
    taken_back_why: Mapped[str] = mapped_column(default="")


class Appeal(Base, kw_only=True, eq=False):
    """A unit's objection to its score of a month whose notice is out; *points* were its then.

    *deduction* is the one that it is about, if it is about one. *answered_by* says *answer*.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        Index(None, "bureau", "period"),
        Index(None, "unit", "period"),
        Index(None, "filed_by", "filed_at"),
        Index(None, "answered_by", "answered_at"),
        Index("ix_appeals_open", "bureau", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[AppealId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    period: Mapped[str]
    words: Mapped[str]
    filed_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    filed_at: Mapped[datetime]
    points: Mapped[Decimal] = mapped_column(Points)
    deduction: Mapped[DeductionId] = mapped_column(default=NO_DEDUCTION)
    status: Mapped[AppealStatus] = mapped_column(default=AppealStatus.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[UserId] = mapped_column(default=NOBODY)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
