"""What people decided about what the machine had suggested, and the weights made from that."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import CaseId, Grade, ItemId, ItemVerdict, UnitId, UserId


class OpinionMark(Base, kw_only=True, eq=False):
    """What somebody decided about an item, beside what the machine had suggested.

    *grade* is what was decided, none where it was nothing of ours; *suggested* what the machine
    had said, none where it had raised nothing. *of_case*: it was decided about the case that the
    item is in, and *suggested* is the case's. *seen* is what the machine went by, as it was then:
    ``relevance``, ``reported``, ``parts`` of the risk, and what `OpinionItem.weighed` has. *rules*
    is the version of the bureau's topics, *model* that of its weights; 0 is what ships. Rows are
    added, and taken away again by who takes it back.
    """

    __tablename__ = "opinion_marks"
    __table_args__ = (Index(None, "bureau", "at"), Index(None, "item"), Index(None, "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    item: Mapped[ItemId] = mapped_column(ForeignKey("opinion_items.id"))
    case_id: Mapped[CaseId | None]
    of_case: Mapped[bool]
    verdict: Mapped[ItemVerdict]
    grade: Mapped[Grade | None]
    suggested: Mapped[Grade | None]
    seen: Mapped[dict[str, Any]]
    rules: Mapped[int]
    model: Mapped[int]
    reason: Mapped[str]
    by: Mapped[UserId]
    at: Mapped[datetime]


class OpinionModel(Base, kw_only=True, eq=False):
    """A version of a bureau's weights (`Top.write`); the highest is in force, rows are only added.

    *marks* is how many marks there were, *decisions* how many cases and single items they were
    about; *figures* how well the weights before and after agreed with them. *undoes* is the version
    that this one takes back, 0 if none.
    """

    __tablename__ = "opinion_models"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    weights: Mapped[dict[str, Any]]
    marks: Mapped[int]
    decisions: Mapped[int]
    figures: Mapped[dict[str, Any]]
    undoes: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[UserId]
