"""Reports of public opinion: each with the text that was looked at, released and sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    BriefingId,
    BriefingKind,
    BriefingStatus,
    UnitId,
    UserId,
)


class Briefing(Base, kw_only=True, eq=False):
    """A bureau's report of a *day*, on what happened from *begins_at* to *ends_at*.

    *day* is that of a daily report, the first one of a week or a month, and that on which a special
    report was begun; *subject* is the case of a special report, and *number* its place in the year.
    *content* is what it says, as it was drafted. *fresh* is how many cases were new. *note* is what
    the liaison adds for tomorrow, *edits* what a person wrote in place of a section, by its key.
    *turn* counts how often it was drafted.
    """

    __tablename__ = "briefings"
    __table_args__ = (
        UniqueConstraint("bureau", "kind", "subject", "day", "number"),
        Index(None, "bureau", "released_at"),
        Index(None, "subject"),
    )

    id: Mapped[BriefingId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[BriefingKind] = mapped_column(
        default=BriefingKind.DAILY, server_default=BriefingKind.DAILY.value
    )
    subject: Mapped[str] = mapped_column(default="", server_default="")
    number: Mapped[int] = mapped_column(default=0, server_default="0")
    day: Mapped[date]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    due_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    fresh: Mapped[int]
    duty: Mapped[list[str]]
    note: Mapped[str] = mapped_column(default="")
    edits: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default=text("'{}'"))
    status: Mapped[BriefingStatus] = mapped_column(default=BriefingStatus.DRAFTED)
    turn: Mapped[int] = mapped_column(default=0)
    released_by: Mapped[UserId] = mapped_column(default=NOBODY)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
