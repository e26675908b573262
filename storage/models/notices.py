"""The monthly notice (通报): drafted from figures, changed by the office, released."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, NoticeId, NoticeStatus, UnitId, UserId


class Notice(Base, kw_only=True, eq=False):
    """A bureau's notice of a month, such as 2026-09; *version* is its latest text.

    Until *appeal_until* units may object to what it says of their points; None: they may not.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("bureau", "period"),)

    id: Mapped[NoticeId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    period: Mapped[str]
    created_at: Mapped[datetime]
    status: Mapped[NoticeStatus] = mapped_column(default=NoticeStatus.DRAFTED)
    version: Mapped[int] = mapped_column(default=1)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by: Mapped[UserId] = mapped_column(default=NOBODY)
    appeal_until: Mapped[date | None] = mapped_column(default=None)


class NoticeVersion(Base, kw_only=True, eq=False):
    """One text of a notice, never changed: the *figures* as they were, and the *free* paragraphs.

    *full* says whether it tells points and places. *created_by* is nobody where the bot drafted it.
    """

    __tablename__ = "notice_versions"

    notice: Mapped[NoticeId] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figures: Mapped[dict[str, Any]]
    free: Mapped[dict[str, Any]]
    full: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[UserId] = mapped_column(default=NOBODY)
