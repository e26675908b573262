"""简报, 专刊: series, their numbered issues, and what stands in an issue."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    ChannelId,
    DraftId,
    IssueId,
    IssueStatus,
    SeriesId,
    UnitId,
    UserId,
)


class BulletinSeries(Base, kw_only=True, eq=False):
    """A bulletin of the bureau: what is printed on each of its issues.

    *office* issues it; *report_to*, *send_to*, *copy_to* are the lines 报, 送, 发, empty ones are
    not printed; *copies* how many are, 0 for not said. To be printed in it counts as a use by
    *channel*.
    """

    __tablename__ = "bulletin_series"
    __table_args__ = (UniqueConstraint("bureau", "name"),)

    id: Mapped[SeriesId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    office: Mapped[str]
    channel: Mapped[ChannelId] = mapped_column(ForeignKey("channels.id"))
    created_at: Mapped[datetime]
    report_to: Mapped[str] = mapped_column(default="")
    send_to: Mapped[str] = mapped_column(default="")
    copy_to: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=0)


class BulletinIssue(Base, kw_only=True, eq=False):
    """第12期（总第45期）: *number* runs in the year, *total* since the first issue of all.

    *unit* is that of who opened it: its leader signs. *hands* are all who had a hand in the
    content; none of them signs it. *offered* is the hash of the content that lies before the
    signers, empty for none; *sha256* that which was signed. *signed_for* is who was away when
    *signed_by* signed in his place.
    """

    __tablename__ = "bulletin_issues"
    __table_args__ = (
        UniqueConstraint("series", "year", "number"),
        UniqueConstraint("series", "total"),
        Index(None, "bureau", "opened_at"),
    )

    id: Mapped[IssueId] = mapped_column(primary_key=True)
    series: Mapped[SeriesId] = mapped_column(ForeignKey("bulletin_series.id"))
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    total: Mapped[int]
    opened_at: Mapped[datetime]
    hands: Mapped[list[str]]
    status: Mapped[IssueStatus] = mapped_column(default=IssueStatus.DRAFTING)
    offered: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    signed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    signed_for: Mapped[UserId] = mapped_column(default=NOBODY)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    distributed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    distributed_at: Mapped[datetime | None] = mapped_column(default=None)
    distributed_to: Mapped[str] = mapped_column(default="")


class BulletinItem(Base, kw_only=True, eq=False):
    """A draft in an issue, with the text as it is to be printed; *source* is its unit's name."""

    __tablename__ = "bulletin_items"
    __table_args__ = (Index(None, "draft"),)

    issue: Mapped[IssueId] = mapped_column(ForeignKey("bulletin_issues.id"), primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    source: Mapped[str]
    added_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    added_at: Mapped[datetime]
