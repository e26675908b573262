"""舆情: what was found in public, and what the machine thinks of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, CaseId, Grade, ItemId, UnitId, UserId

_IN_CASE = text("case_id IS NOT NULL")
_REPOSTS = text("repost_of IS NOT NULL")
_FOLLOWS = text("thread IS NOT NULL")


class OpinionItem(Base, kw_only=True, eq=False):
    """One post, message or report; people call it by *number* (线索12).

    *finder* is nobody where a machine found it; *source* is who says it there. *heat* counts views,
    likes, comments and reposts by these names, *copies* how many items repeat this one; such an
    item names it in *repost_of* and stays. *relevance* is 0, .3, .6 or 1, *risk* 0 to 100 and
    *parts* what it is made of. *why* says in words what *suggested* comes from. *alarming*: it is
    worth a case by itself. *perhaps* is a case that it may belong to, which nobody has said yet.
    *thread* is the first item about the same matter, none in that one itself, whose *voices* are
    all who said it. *words_hit* are the words that topics were found by, as they were written.
    *weighed* is what else the weights were given, and their version: `Judgement.weighed`.
    """

    __tablename__ = "opinion_items"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "bureau", "found_at"),
        Index(
            "ix_opinion_items_case",
            "case_id",
            "platform",
            "source",
            sqlite_where=_IN_CASE,
            postgresql_where=_IN_CASE,
        ),
        Index(
            "ix_opinion_items_repost",
            "repost_of",
            sqlite_where=_REPOSTS,
            postgresql_where=_REPOSTS,
        ),
        Index(
            "ix_opinion_items_thread",
            "thread",
            "found_at",
            sqlite_where=_FOLLOWS,
            postgresql_where=_FOLLOWS,
        ),
    )

    id: Mapped[ItemId] = mapped_column(primary_key=True, init=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    finder: Mapped[UserId] = mapped_column(default=NOBODY)
    source: Mapped[str] = mapped_column(default="")
    platform: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    words: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    media: Mapped[list[str]] = mapped_column(default_factory=list)
    posted_at: Mapped[datetime | None] = mapped_column(default=None)
    found_at: Mapped[datetime]
    heat: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    place: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]]
    relevance: Mapped[float]
    risk: Mapped[float]
    parts: Mapped[dict[str, Any]]
    suggested: Mapped[Grade]
    why: Mapped[list[str]]
    alarming: Mapped[bool]
    case_id: Mapped[CaseId | None] = mapped_column(default=None)
    perhaps: Mapped[CaseId | None] = mapped_column(default=None)
    repost_of: Mapped[ItemId | None] = mapped_column(ForeignKey("opinion_items.id"), default=None)
    copies: Mapped[int] = mapped_column(default=0)
    thread: Mapped[ItemId | None] = mapped_column(default=None)
    voices: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'[]'"))
    words_hit: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'[]'"))
    weighed: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default=text("'{}'")
    )


class OpinionPrints(Base, kw_only=True, eq=False):
    """A part of an index: which of the items that were judged together are found by which marks.

    A bureau's parts follow one another by *place*, which is the newest item. *day* is when they
    were found (`date.toordinal`), *size* how many pairs of a mark and an item there are, *digest*
    tells the content from another (storage/mark_index.py).
    """

    __tablename__ = "opinion_prints"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int]
    size: Mapped[int]
    digest: Mapped[int]
    content: Mapped[str]


class OpinionRarity(Base, kw_only=True, eq=False):
    """How common runs of characters are with a bureau, packed as `alike.Rarity` does it."""

    __tablename__ = "opinion_rarities"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    counted_at: Mapped[int]
    documents: Mapped[int]
    counts: Mapped[str]


class OpinionTopics(Base, kw_only=True, eq=False):
    """A version of a bureau's file of topics; the highest is in force, rows are only added."""

    __tablename__ = "opinion_topics"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UserId]


class OpinionHour(Base, kw_only=True, eq=False):
    """How many items of a topic were found in the hour that begins at *hour*."""

    __tablename__ = "opinion_hours"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    found: Mapped[int]
