"""A draft, its versions, and the pieces in which it arrived."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    AttachmentKind,
    DraftId,
    DraftKind,
    DraftStatus,
    Importance,
    InboundId,
    UnitId,
    UserId,
)

_UNFETCHED = text("sha256 = '' AND NOT lost")


class Draft(Base, kw_only=True, eq=False):
    """One item on its way to the last signature; people call it by *number* (12号).

    *route* are its gates as they stood when the draft was submitted, each as
    `handlers.rules.routes.Stop` writes it, and *route_name*, *route_version* say whence (version 0
    is the set that ships); *gate* is the index of the one that it waits at, or would wait at;
    *version* is that of the latest text handed in, 0 before the first. *channel* is where its
    author wants it to go, empty where he did not say.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("bureau", "year", "number"),
        Index(None, "author", "created_at"),
        Index(None, "unit", "submitted_at"),
        Index(None, "status", "created_at"),
    )

    id: Mapped[DraftId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    author: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str]
    importance: Mapped[Importance]
    created_at: Mapped[datetime]
    status: Mapped[DraftStatus] = mapped_column(default=DraftStatus.COMPOSING)
    kind: Mapped[DraftKind] = mapped_column(default=DraftKind.DYNAMIC)
    channel: Mapped[str] = mapped_column(default="")
    route: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)
    route_name: Mapped[str] = mapped_column(default="")
    route_version: Mapped[int] = mapped_column(default=0)
    gate: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)


class DraftVersion(Base, kw_only=True, eq=False):
    """What was handed in, its text and its *pictures*; *sha256* binds decisions to all of it.

    A picture is named by the hash of its file, or, where the channel still had it at that moment,
    by ``media:`` and its id there: what was fetched under that id is audited as picture:keep.
    *findings* are those of the machine's proof at that moment, as `handlers.rules.proof.Finding`
    writes them.
    """

    __tablename__ = "draft_versions"

    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    body: Mapped[str]
    sha256: Mapped[str]
    created_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    created_at: Mapped[datetime]
    pictures: Mapped[list[str]] = mapped_column(default_factory=list)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)


class DraftPart(Base, kw_only=True, eq=False):
    """One message's worth of a version that is still being written."""

    __tablename__ = "draft_parts"

    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    inbound: Mapped[InboundId]
    created_at: Mapped[datetime]


class Attachment(Base, kw_only=True, eq=False):
    """A picture or file that came with a draft.

    *sha256* is empty until the file has been fetched from the channel, which keeps it for three
    days only; *lost* says that it could not be had any more. The row of a file is there until it
    has been read: then its text is a piece of the draft, and each of its pictures has a row.
    *text* is what evidence says that is a PDF with words in it.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        UniqueConstraint("draft", "media_id"),
        Index(
            "ix_attachments_unfetched",
            "created_at",
            sqlite_where=_UNFETCHED,
            postgresql_where=_UNFETCHED,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    media_id: Mapped[str]
    created_at: Mapped[datetime]
    filename: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    lost: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[AttachmentKind] = mapped_column(default=AttachmentKind.PICTURE)
    text: Mapped[str] = mapped_column(default="")
