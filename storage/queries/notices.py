"""Notices and their texts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Notice, NoticeVersion
from storage.vocabulary import NoticeId, NoticeStatus, UnitId, UserId


class Written(NamedTuple):
    """When and by whom a text was written."""

    number: int
    at: datetime
    by: UserId


class Notices:
    """The notices of all bureaus."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, notice: NoticeId) -> Notice | None:
        return self._session.get(Notice, notice)

    def of(self, bureau: UnitId, period: str) -> Notice | None:
        """Return the notice of a month."""
        return self._session.scalar(
            select(Notice).where(Notice.bureau == bureau, Notice.period == period)
        )

    def lock(self, notice: Notice) -> Notice:
        """Return a notice as it is once nobody else changes it, and keep others waiting."""
        self._session.refresh(notice, with_for_update=True)
        return notice

    def latest(self, bureau: UnitId, *, released: bool) -> Notice | None:
        """Return the notice of the latest month; *released*: of those that were."""
        asked = select(Notice).where(Notice.bureau == bureau)
        if released:
            asked = asked.where(Notice.status == NoticeStatus.RELEASED)
        return self._session.scalar(asked.order_by(Notice.period.desc()).limit(1))

    def text(self, notice: NoticeId, number: int) -> NoticeVersion:
        return self._session.get_one(NoticeVersion, (notice, number))

    def texts(self, notice: NoticeId) -> Sequence[Written]:
        """Return all its texts, the newest first."""
        rows = self._session.execute(
            select(NoticeVersion.number, NoticeVersion.created_at, NoticeVersion.created_by)
            .where(NoticeVersion.notice == notice)
            .order_by(NoticeVersion.number.desc())
        )
        return [Written(*row) for row in rows]

    def add(self, notice: Notice, text: NoticeVersion) -> None:
        self._session.add(notice)
        self._session.flush()  # its text refers to it by a plain column
        self._session.add(text)

    def rewrite(self, notice: Notice, text: NoticeVersion) -> None:
        """Let *text* be the latest one of its notice."""
        notice.version = text.number
        self._session.add(text)
