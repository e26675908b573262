"""舆情 cases: what somebody has to answer for, everything that was done about it, and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    CaseId,
    CaseMove,
    CaseState,
    DraftId,
    Grade,
    Truth,
    UnitId,
    UserId,
)

_OPEN = text("state NOT IN ('closed', 'merged', 'false_alarm', 'not_ours')")


class Case(Base, kw_only=True, eq=False):
    """One event that is talked about in public, however many posts do.

    *number* is short, and its bureau's in its year. *unit* is whose matter it is: the bureau itself
    until it is given to a section. *suggested* is the machine's grade and *why* what it comes from;
    *grade* a named person's, which no machine lowers. *finder* is nobody where a machine found it.
    The times are those of the ledger (domain-rules §6.5); *facts_at*, *plan_at* and *answered_at*
    are when that step was done first, *clock_at* since when progress is owed. *wording* is what may
    be said in public; it is proposed until *wording_approved_by* is somebody. *alerted* says what
    people knew when they were last told, *overdue* how high each step that is late has climbed.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "registered_at"),
        Index("ix_cases_open", "bureau", "state", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "bureau", "touched_at"),
    )

    id: Mapped[CaseId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    topic: Mapped[str] = mapped_column(default="")
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    state: Mapped[CaseState] = mapped_column(default=CaseState.REGISTERED)
    suggested: Mapped[Grade]
    why: Mapped[str] = mapped_column(default="")
    grade: Mapped[Grade | None] = mapped_column(default=None)
    graded_by: Mapped[UserId] = mapped_column(default=NOBODY)
    graded_at: Mapped[datetime | None] = mapped_column(default=None)
    finder: Mapped[UserId] = mapped_column(default=NOBODY)
    source: Mapped[str] = mapped_column(default="")
    platform: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    posted_at: Mapped[datetime | None] = mapped_column(default=None)
    found_at: Mapped[datetime]
    registered_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    heat_found: Mapped[str] = mapped_column(default="")
    heat_peak: Mapped[str] = mapped_column(default="")
    demands: Mapped[str] = mapped_column(default="")
    truth: Mapped[Truth] = mapped_column(default=Truth.UNKNOWN)
    assigned_by: Mapped[UserId] = mapped_column(default=NOBODY)
    assigned_at: Mapped[datetime | None] = mapped_column(default=None)
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    holder: Mapped[UserId] = mapped_column(default=NOBODY)
    acked_at: Mapped[datetime | None] = mapped_column(default=None)
    facts_at: Mapped[datetime | None] = mapped_column(default=None)
    plan_at: Mapped[datetime | None] = mapped_column(default=None)
    measures: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default="")
    wording_by: Mapped[UserId] = mapped_column(default=NOBODY)
    wording_approved_by: Mapped[UserId] = mapped_column(default=NOBODY)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_where: Mapped[str] = mapped_column(default="")
    reported_to: Mapped[str] = mapped_column(default="")
    instruction: Mapped[str] = mapped_column(default="")
    clock_at: Mapped[datetime]
    watch_until: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    merged_into: Mapped[CaseId] = mapped_column(default=CaseId(""))
    alerted: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    overdue: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    late_because: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)


class CaseDoubt(Base, kw_only=True, eq=False):
    """Two cases that may be about one event; *one* is the id that sorts first.

    *differ*: somebody has said that they are two, so that it is asked no more.
    """

    __tablename__ = "case_doubts"
    __table_args__ = (Index(None, "other"),)

    one: Mapped[CaseId] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other: Mapped[CaseId] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    arisen_at: Mapped[datetime]
    differ: Mapped[bool] = mapped_column(default=False)


class CaseDraft(Base, kw_only=True, eq=False):
    """A draft that answers a case: what the bureau writes about it, linked by *linked_by*."""

    __tablename__ = "case_drafts"
    __table_args__ = (Index(None, "draft"),)

    case: Mapped[CaseId] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    linked_at: Mapped[datetime]
    linked_by: Mapped[UserId]


class CaseEvent(Base, kw_only=True, eq=False):
    """One line of a case's ledger: who did what, when, and how long it took of what it may.

    *state* is what the case was afterwards. *minutes* were used of *limit*, both of a step that has
    one, and both *in_working_time* where its limit is counted so. *before* is what an undo puts
    back. Who only stood in for somebody acted *on_behalf_of* him.
    """

    __tablename__ = "case_events"
    __table_args__ = (Index(None, "case", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    case: Mapped[CaseId] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    move: Mapped[CaseMove]
    state: Mapped[CaseState]
    actor: Mapped[UserId]
    words: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None] = mapped_column(default=None)
    limit: Mapped[int | None] = mapped_column(default=None)
    in_working_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    before: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    on_behalf_of: Mapped[UserId] = mapped_column(default=NOBODY, server_default="")
