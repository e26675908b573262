"""What is due when: timers, recurring runs and the calendar that they follow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import TimerId, TimerStatus

_PENDING = text("status = 'pending'")


class Timer(Base, kw_only=True, eq=False):
    """Something that happens at *due_at* unless it is cancelled; *key* refuses a second one."""

    __tablename__ = "timers"
    __table_args__ = (
        Index("ix_timers_due", "due_at", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(None, "subject", "status"),
    )

    id: Mapped[TimerId] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    due_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    status: Mapped[TimerStatus] = mapped_column(default=TimerStatus.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    incident: Mapped[str] = mapped_column(default="")


class ScheduledRun(Base, kw_only=True, eq=False):
    """One run of a recurring job; the key refuses the second for the same moment."""

    __tablename__ = "scheduled_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    ran_at: Mapped[datetime]


class CalendarDay(Base, kw_only=True, eq=False):
    """A day that differs from Monday-to-Friday, by the yearly notice of the State Council."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    workday: Mapped[bool]


class Heartbeat(Base, kw_only=True, eq=False):
    """When the clocks were last looked at; one row."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Outage(Base, kw_only=True, eq=False):
    """A time in which nobody looked at the clocks: what was due in it was late."""

    __tablename__ = "outages"

    began_at: Mapped[datetime] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)
