"""年度宣传计划: what a bureau means to write about in a year, who owes it, and by when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NO_CALL,
    CallId,
    NodeStatus,
    PlanItemId,
    PlanNodeId,
    UnitId,
    UserId,
)


class PlanItem(Base, kw_only=True, eq=False):
    """A topic of the year's plan; people call it by *number* (3号计划).

    *why*, *kind* and *channel* are what the plan says of it, in its own words; *people* are the
    members who answer for it beside their units. A call counts *weight* times in the figures.
    *opens_calls*: its nodes call upon its units by themselves. *changed_by* touched it last.
    """

    __tablename__ = "plan_items"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "changed_at"),
    )

    id: Mapped[PlanItemId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    topic: Mapped[str]
    changed_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    changed_at: Mapped[datetime]
    people: Mapped[list[str]]
    why: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    opens_calls: Mapped[bool] = mapped_column(default=True)


class PlanOwner(Base, kw_only=True, eq=False):
    """A unit that owes an item of the plan."""

    __tablename__ = "plan_owners"
    __table_args__ = (Index(None, "unit"),)

    item: Mapped[PlanItemId] = mapped_column(ForeignKey("plan_items.id"), primary_key=True)
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    position: Mapped[int]


class PlanNode(Base, kw_only=True, eq=False):
    """A day by which something of an item is to be written.

    *first_on* is the day that it was planned for at first. *call* is the one that it opened.
    *words* say why it was cancelled, or what it was done by. *revision* counts its moves, so that
    clocks of an earlier day are silent.
    """

    __tablename__ = "plan_nodes"
    __table_args__ = (Index(None, "item", "due_on"), Index(None, "call"))

    id: Mapped[PlanNodeId] = mapped_column(primary_key=True)
    item: Mapped[PlanItemId] = mapped_column(ForeignKey("plan_items.id"))
    due_on: Mapped[date]
    first_on: Mapped[date]
    status: Mapped[NodeStatus] = mapped_column(default=NodeStatus.PLANNED)
    call: Mapped[CallId] = mapped_column(default=NO_CALL)
    words: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
