"""Emergency plans (应急预案): what a bureau brought, each run of one, and who had which task."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, ContingencyId, Grade, TaskOfPlanId, UnitId, UserId


class ContingencyRun(Base, kw_only=True, eq=False):
    """One run of an emergency plan, for *subject* (incident:… or case:…), or an *exercise*.

    *plan* is its name then; *number* is the bureau's in its year. A subject runs a plan once.
    """

    __tablename__ = "contingency_runs"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        UniqueConstraint("subject", "plan"),
        Index(None, "bureau", "started_at"),
    )

    id: Mapped[ContingencyId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    plan: Mapped[str]
    subject: Mapped[str]
    title: Mapped[str]
    grade: Mapped[Grade]
    exercise: Mapped[bool]
    started_by: Mapped[UserId]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")


class ContingencyTask(Base, kw_only=True, eq=False):
    """One task of a run; *alert* is how its alert is called, *told* who got it."""

    __tablename__ = "contingency_tasks"
    __table_args__ = (UniqueConstraint("run", "position"),)

    id: Mapped[TaskOfPlanId] = mapped_column(primary_key=True)
    run: Mapped[ContingencyId] = mapped_column(ForeignKey("contingency_runs.id"))
    position: Mapped[int]
    words: Mapped[str]
    due_at: Mapped[datetime]
    told: Mapped[list[str]]
    alert: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[UserId] = mapped_column(default=NOBODY)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[UserId] = mapped_column(default=NOBODY)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_words: Mapped[str] = mapped_column(default="")
