"""Alerts that climb until somebody takes them: whom they reached, what happened, what is silent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    AlertAct,
    AlertId,
    AlertStatus,
    Grade,
    SilenceId,
    UnitId,
    UserId,
)

_UNENDED = text("status != 'ended'")
_LIVE = text("live")


class Alert(Base, kw_only=True, eq=False):
    """One matter that somebody has to take.

    *code* is the short number by which it is answered: no other of the bureau has it from a day
    before. *subject* is what it is about, kind and key; *source* where it came from. *policy* is
    how it climbs, as `handlers.rules.escalation.Policy` writes it, taken when it was raised;
    *named* whom the policy's word ``named`` stands for. *turn* grows with all that ends a wait, so
    that a clock that was set before does nothing. *next_at* is when that clock runs out. *count* is
    how often the matter came, *shown* how often as far as people were told. *above* is the graver
    alert that speaks for it.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "ix_alerts_unended",
            "bureau",
            "subject",
            sqlite_where=_UNENDED,
            postgresql_where=_UNENDED,
        ),
        Index(None, "bureau", "raised_at"),
        Index(None, "bureau", "code"),
        Index(None, "bureau", "ended_at"),
    )

    id: Mapped[AlertId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    code: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    source: Mapped[str]
    grade: Mapped[Grade]
    title: Mapped[str]
    text: Mapped[str]
    policy: Mapped[dict[str, Any]]
    named: Mapped[list[str]]
    raised_by: Mapped[UserId]
    raised_at: Mapped[datetime]
    status: Mapped[AlertStatus] = mapped_column(default=AlertStatus.OPEN)
    step: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(default=None)
    holder: Mapped[UserId] = mapped_column(default=NOBODY)
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    count: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=1)
    above: Mapped[AlertId] = mapped_column(default=AlertId(""))
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[UserId] = mapped_column(default=NOBODY)
    ended_why: Mapped[str] = mapped_column(default="")


class AlertRecipient(Base, kw_only=True, eq=False):
    """Somebody who was told of an alert; *live* until it ends."""

    __tablename__ = "alert_recipients"
    __table_args__ = (
        Index("ix_alert_recipients_live", "member", sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    alert: Mapped[AlertId] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"), primary_key=True)
    step: Mapped[int]
    told_at: Mapped[datetime]
    acked_at: Mapped[datetime | None] = mapped_column(default=None)
    live: Mapped[bool] = mapped_column(default=True)


class AlertEntry(Base, kw_only=True, eq=False):
    """One line of an alert's log; *people* are whom it is about, *actor* is nobody for a clock."""

    __tablename__ = "alert_entries"
    __table_args__ = (Index(None, "alert", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    alert: Mapped[AlertId] = mapped_column(ForeignKey("alerts.id"))
    at: Mapped[datetime]
    act: Mapped[AlertAct]
    step: Mapped[int]
    actor: Mapped[UserId]
    people: Mapped[list[str]]
    words: Mapped[str]


class AlertSilence(Base, kw_only=True, eq=False):
    """For a time, alerts of *source* that are no graver than *grade* wait, and why."""

    __tablename__ = "alert_silences"
    __table_args__ = (Index(None, "bureau", "until"),)

    id: Mapped[SilenceId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int]
    source: Mapped[str]
    grade: Mapped[Grade]
    reason: Mapped[str]
    made_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    made_at: Mapped[datetime]
    until: Mapped[datetime]
