"""What must never be changed afterwards: the audit, and the numbers given out."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import UnitId, UserId

_STOPS = text("tag = 'secrecy:stop'")


class AuditEntry(Base, kw_only=True, eq=False):
    """Who did what to which thing, on whose behalf; the database refuses update and delete."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "subject", "id"),
        Index("ix_audit_entries_stops", "at", sqlite_where=_STOPS, postgresql_where=_STOPS),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    tag: Mapped[str]
    subject: Mapped[str]
    actor: Mapped[UserId]
    on_behalf_of: Mapped[UserId]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    inbound: Mapped[str]


class Counter(Base, kw_only=True, eq=False):
    """The last number given out for one thing in one bureau and year."""

    __tablename__ = "counters"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    thing: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
