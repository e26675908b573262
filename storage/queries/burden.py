"""What members were sent, by the day: counted once, and summed from what was counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import MessageDay, OutboxMessage
from storage.queries.tables import add_all_once
from storage.vocabulary import Outcome, UnitId, UserId

_SPARED = (Outcome.MERGED, Outcome.MUTED, Outcome.OBSOLETE)
_NO_MESSAGE = "card_update"
"""A kind that nobody hears: a card that he has is greyed."""


class SentRow(NamedTuple):
    member: UserId
    kind: str
    message: str
    at: datetime
    parts: int


class DayRow(NamedTuple):
    day: date
    member: UserId
    kind: str
    messages: int
    after_hours: int
    spared: int


class Burdens:
    """Messages by day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counted_days(self, since: date) -> frozenset[date]:
        """Return the days from *since* on of which something is counted."""
        days = select(MessageDay.day).where(MessageDay.day >= since).distinct()
        return frozenset(self._session.scalars(days))

    def sent(self, start: datetime, end: datetime) -> Sequence[SentRow]:
        """Return what arrived between two moments, in order."""
        rows = self._session.execute(
            select(
                OutboxMessage.recipient,
                OutboxMessage.kind,
                OutboxMessage.message_id,
                OutboxMessage.sent_at,
                OutboxMessage.parts_sent,
            )
            .where(
                OutboxMessage.sent_at >= start,
                OutboxMessage.sent_at < end,
                OutboxMessage.kind != _NO_MESSAGE,
            )
            .order_by(OutboxMessage.sent_at, OutboxMessage.id)
        )
        return [
            SentRow(row.recipient, row.kind, row.message_id, row.sent_at, row.parts_sent + 1)
            for row in rows
        ]

    def spared(self, start: datetime, end: datetime) -> Sequence[tuple[UserId, str]]:
        """Return what was promised between two moments and needed no message."""
        rows = self._session.execute(
            select(OutboxMessage.recipient, OutboxMessage.kind).where(
                OutboxMessage.created_at >= start,
                OutboxMessage.created_at < end,
                OutboxMessage.outcome.in_(_SPARED),
                OutboxMessage.kind != _NO_MESSAGE,
            )
        )
        return [(row.recipient, row.kind) for row in rows]

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write down what was counted, unless it is there."""
        add_all_once(self._session, MessageDay, rows)

    def of(self, bureau: UnitId, start: date, end: date) -> Sequence[DayRow]:
        """Return what was counted for a bureau from one day to before another."""
        rows = self._session.execute(
            select(
                MessageDay.day,
                MessageDay.member,
                MessageDay.kind,
                MessageDay.messages,
                MessageDay.after_hours,
                MessageDay.spared,
            ).where(MessageDay.bureau == bureau, MessageDay.day >= start, MessageDay.day < end)
        )
        return [DayRow(*row) for row in rows]
