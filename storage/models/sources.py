"""Where posts come from by themselves, and what came that is not handed on yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    FoundStatus,
    SheetId,
    SourceFault,
    SourceId,
    SourceKind,
    UnitId,
    UserId,
)

_ASKED = text("kind = 'feed' AND active")
_WAITING = text("status = 'waiting'")
_STAGED = text("status = 'staged'")


class Source(Base, kw_only=True, eq=False):
    """A feed that is asked, a service that sends, or the sheets that the office hands in.

    *number* is its short number in the bureau. *every* is how many minutes lie between two
    questions, *silence* after how many hours without anything new it is silent (0: learnt from
    *arrivals* and *usual_gap*, in seconds), since *silent_at*. *next_at* is when it is asked again.
    *failures* counts those in a row, *broken_at* is when they were told. *asked_by* wants to hear
    of the next answer. *turn* changes a sender's secret; the one before is good until *old_until*.
    *weight* is what its word is worth in a risk, 0 to 100; none: that of its platform.
    One with *removed_at* is shown to nobody and takes nothing.
    """

    __tablename__ = "sources"
    __table_args__ = (
        UniqueConstraint("bureau", "number"),
        Index("ix_sources_asked", "next_at", sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index(None, "host", "polled_at"),
    )

    id: Mapped[SourceId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int]
    name: Mapped[str]
    kind: Mapped[SourceKind]
    platform: Mapped[str]
    added_by: Mapped[UserId]
    added_at: Mapped[datetime]
    url: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(default="")
    every: Mapped[int] = mapped_column(default=0)
    silence: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    turn: Mapped[int] = mapped_column(default=0)
    old_until: Mapped[datetime | None] = mapped_column(default=None)
    weight: Mapped[int | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    next_at: Mapped[datetime | None] = mapped_column(default=None)
    polled_at: Mapped[datetime | None] = mapped_column(default=None)
    well_at: Mapped[datetime | None] = mapped_column(default=None)
    etag: Mapped[str] = mapped_column(default="")
    modified: Mapped[str] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(default=0)
    fault: Mapped[SourceFault | None] = mapped_column(default=None)
    fault_detail: Mapped[str] = mapped_column(default="")
    broken_at: Mapped[datetime | None] = mapped_column(default=None)
    asked_by: Mapped[UserId] = mapped_column(default=NOBODY)
    last_item_at: Mapped[datetime | None] = mapped_column(default=None)
    arrivals: Mapped[int] = mapped_column(default=0)
    usual_gap: Mapped[int] = mapped_column(default=0)
    silent_at: Mapped[datetime | None] = mapped_column(default=None)
    items: Mapped[int] = mapped_column(default=0)


class FoundItem(Base, kw_only=True, eq=False):
    """A post that a source brought, by the *key* that is its own there.

    *item* is what is handed on, and empty afterwards: then only the key is kept, so that the same
    post is not taken again. The lower its *rank*, the earlier it is judged.
    """

    __tablename__ = "found_items"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index(None, "source", "found_at"),
        Index(None, "found_at"),
        Index(
            "ix_found_items_waiting",
            "rank",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_found_items_staged", "sheet", sqlite_where=_STAGED, postgresql_where=_STAGED),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    source: Mapped[SourceId] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str]
    item: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]
    posted_at: Mapped[datetime | None] = mapped_column(default=None)
    finder: Mapped[UserId] = mapped_column(default=NOBODY)
    rank: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    status: Mapped[FoundStatus] = mapped_column(default=FoundStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    sheet: Mapped[SheetId | None] = mapped_column(default=None)
