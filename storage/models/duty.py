"""The duty roster: who is on when, swaps, the log; sensitive periods and calendar feeds."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NO_SHIFT,
    NOBODY,
    DutyPosition,
    LogKind,
    ShiftId,
    ShiftKind,
    SwapId,
    SwapStatus,
    UnitId,
    UserId,
)


class DutyShift(Base, kw_only=True, eq=False):
    """Somebody is on from *begins_at* to *ends_at*, less than two days later.

    *day* is the day in Shanghai on which it begins; *seat* tells two of the same position apart.
    *phone* is the one that is answered then, empty where it is the usual one. *position* and
    *kind* together with the day name a shift as people do: 10月1日 夜班 值班.
    """

    __tablename__ = "duty_shifts"
    __table_args__ = (
        UniqueConstraint("bureau", "day", "kind", "position", "seat"),
        Index(None, "bureau", "begins_at"),
        Index(None, "member", "begins_at"),
    )

    id: Mapped[ShiftId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    day: Mapped[date]
    kind: Mapped[ShiftKind]
    position: Mapped[DutyPosition]
    seat: Mapped[int]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    entered_by: Mapped[UserId]
    entered_at: Mapped[datetime]
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class DutyGap(Base, kw_only=True, eq=False):
    """A day on which nobody need be on, and why: it was declared, so it is no oversight."""

    __tablename__ = "duty_gaps"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str]
    declared_by: Mapped[UserId]
    declared_at: Mapped[datetime]


class DutyAbsence(Base, kw_only=True, eq=False):
    """From *first* to *last*, both within it, a member is not put on the roster."""

    __tablename__ = "duty_absences"
    __table_args__ = (Index(None, "bureau", "last"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    first: Mapped[date]
    last: Mapped[date]
    said_by: Mapped[UserId]
    said_at: Mapped[datetime]


class DutySwap(Base, kw_only=True, eq=False):
    """*taker* is to take *shift* of *giver*, and in exchange *giver* is to take *back*, if any.

    *asked_by* is one of the two, and *asks* the other, who agrees first; *expires_at* is when it
    is over without a decision. *number* runs per bureau and year.
    """

    __tablename__ = "duty_swaps"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "asks", "status"),
        Index(None, "bureau", "status"),
        Index(None, "shift", "status"),
    )

    id: Mapped[SwapId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    shift: Mapped[ShiftId] = mapped_column(ForeignKey("duty_shifts.id"))
    giver: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    taker: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    asked_by: Mapped[UserId]
    asks: Mapped[UserId]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    back: Mapped[ShiftId] = mapped_column(default=NO_SHIFT)
    status: Mapped[SwapStatus] = mapped_column(default=SwapStatus.ASKED)
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[UserId] = mapped_column(default=NOBODY)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class DutyLog(Base, kw_only=True, eq=False):
    """A line of the duty log; an *open* one is handed on until somebody closes it.

    *taken_by* is who took it over last, nobody while it waits for the next shift.
    """

    __tablename__ = "duty_log"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "at"),
        Index(None, "bureau", "open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[LogKind]
    at: Mapped[datetime]
    written_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    text: Mapped[str]
    open: Mapped[bool]
    taken_by: Mapped[UserId] = mapped_column(default=NOBODY)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class SensitivePeriod(Base, kw_only=True, eq=False):
    """重要时段: from *first* to *last*, both within it, the duty is doubled and never ends.

    It ends by itself; *cancelled_at* is set where it was called off.
    """

    __tablename__ = "sensitive_periods"
    __table_args__ = (Index(None, "bureau", "last"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    declared_by: Mapped[UserId]
    declared_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)


class CalendarFeed(Base, kw_only=True, eq=False):
    """An address under which a member's calendar subscribes to what concerns him.

    Only the SHA-256 of the secret part of the address is kept; *revoked_at* closes it.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (Index(None, "member"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
