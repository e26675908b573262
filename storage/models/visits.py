"""Visits to the pages that were ended before their time."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class EndedVisit(Base, kw_only=True, eq=False):
    """Somebody logged out: the cookie of that visit lets nobody in any more.

    The row is needed until *until*, when the cookie would have ended by itself.
    """

    __tablename__ = "ended_visits"

    visit: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
