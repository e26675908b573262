"""Incidents (紧急信息): what is known of each, its two clocks, its reports, what happened when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    Grade,
    IncidentAct,
    IncidentId,
    IncidentReportId,
    IncidentReportKind,
    IncidentReportStatus,
    IncidentStatus,
    UnitId,
    UserId,
)

_OPEN = text("status = 'open'")
_LINKED = text("\"case\" <> ''")


class Incident(Base, kw_only=True, eq=False):
    """An emergency that has to be reported upwards; *number* is its bureau's in its year.

    *words* is the line that began it, *elements* what is known now by `IncidentElement`, *unknown*
    which of them somebody said that nobody knows. *suggested* is what the rules or who is on duty
    say how grave it is, *grade* what somebody decided, if he did. The clocks run from *received_at*
    until *phoned_at* and *written_at*; *phone_reason* and *written_reason* say why one ran out.
    *revision* counts what was added. *case* is the opinion case that it belongs to, if it does.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "received_at"),
        Index("ix_incidents_open", "bureau", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_incidents_case", "case", sqlite_where=_LINKED, postgresql_where=_LINKED),
    )

    id: Mapped[IncidentId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    words: Mapped[str]
    elements: Mapped[dict[str, Any]]
    reported_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    reported_at: Mapped[datetime]
    received_at: Mapped[datetime]
    phone_due: Mapped[datetime]
    written_due: Mapped[datetime]
    suggested: Mapped[Grade]
    unknown: Mapped[list[str]] = mapped_column(default_factory=list)
    grade: Mapped[Grade | None] = mapped_column(default=None)
    graded_by: Mapped[UserId] = mapped_column(default=NOBODY)
    status: Mapped[IncidentStatus] = mapped_column(default=IncidentStatus.OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    phoned_at: Mapped[datetime | None] = mapped_column(default=None)
    phoned_by: Mapped[UserId] = mapped_column(default=NOBODY)
    phoned_to: Mapped[str] = mapped_column(default="")
    phone_reason: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None] = mapped_column(default=None)
    written_by: Mapped[UserId] = mapped_column(default=NOBODY)
    written_to: Mapped[str] = mapped_column(default="")
    written_reason: Mapped[str] = mapped_column(default="")
    case: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[UserId] = mapped_column(default=NOBODY)
    ended_words: Mapped[str] = mapped_column(default="")

    @property
    def is_open(self) -> bool:
        return self.status is IncidentStatus.OPEN

    @property
    def counts_as(self) -> Grade:
        """How grave it is held to be: as decided, before that as suggested."""
        return self.grade or self.suggested


class IncidentReport(Base, kw_only=True, eq=False):
    """The initial report, a numbered follow-up or the final report.

    *position* is 0 for the initial one. *elements* is what was known when it was signed, and empty
    before; *words* is what it says of its own beside them.
    """

    __tablename__ = "incident_reports"
    __table_args__ = (UniqueConstraint("incident", "position"),)

    id: Mapped[IncidentReportId] = mapped_column(primary_key=True)
    incident: Mapped[IncidentId] = mapped_column(ForeignKey("incidents.id"))
    position: Mapped[int]
    kind: Mapped[IncidentReportKind]
    opened_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    opened_at: Mapped[datetime]
    status: Mapped[IncidentReportStatus] = mapped_column(default=IncidentReportStatus.DRAFT)
    words: Mapped[str] = mapped_column(default="")
    elements: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    signed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    signed_for: Mapped[UserId] = mapped_column(default=NOBODY)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_by: Mapped[UserId] = mapped_column(default=NOBODY)
    sent_to: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)


class IncidentEntry(Base, kw_only=True, eq=False):
    """One line of an incident's log; *actor* is nobody for a clock."""

    __tablename__ = "incident_entries"
    __table_args__ = (Index(None, "incident", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    incident: Mapped[IncidentId] = mapped_column(ForeignKey("incidents.id"))
    at: Mapped[datetime]
    act: Mapped[IncidentAct]
    actor: Mapped[UserId]
    words: Mapped[str]
