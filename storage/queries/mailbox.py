"""The inbox, the talks and the outbox."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, literal_column, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Base, Conversation, Inbound, OutboxMessage
from storage.vocabulary import (
    InboundId,
    InboundStatus,
    OutboxId,
    OutboxStatus,
    Outcome,
    UserId,
)

# Written out, so that both databases see that the partial index answers the question.
_OPEN = text("outbox.status != 'ended'")
_FAILED = text("inbound.status = 'failed'")


def add_once(session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same key exists; tell whether it was inserted."""
    session.flush()  # rows that it refers to must be there before it
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return session.execute(insert.returning(literal_column("1"))).first() is not None


class Inbox:
    """Messages from the channel, each once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def receive(self, values: Mapping[str, Any]) -> tuple[Inbound, bool]:
        """Store a message unless its key is known; return its row and whether it is new."""
        is_new = add_once(self._session, Inbound, {"status": InboundStatus.HANDLED, **values})
        row = self._session.scalars(select(Inbound).where(Inbound.key == values["key"])).one()
        return row, is_new

    def lock(self, inbound: InboundId) -> Inbound | None:
        return self._session.get(Inbound, inbound, with_for_update=True, populate_existing=True)

    def failed(self, limit: int) -> Sequence[InboundId]:
        return self._session.scalars(
            select(Inbound.id).where(_FAILED).order_by(Inbound.received_at).limit(limit)
        ).all()


class Conversations:
    """Where the talk with each member stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, member: UserId, now: datetime) -> Conversation:
        """Return the member's conversation; his next message waits until the commit."""
        add_once(
            self._session,
            Conversation,
            {"member": member, "updated_at": now, "state": "idle", "subject": ""},
        )
        return self._session.get_one(
            Conversation, member, with_for_update=True, populate_existing=True
        )


class CardOut(NamedTuple):
    """A card that was promised or sent: what is needed to update or drop it."""

    id: OutboxId
    recipient: UserId
    status: OutboxStatus
    outcome: Outcome | None


class Outbox:
    """Promises to tell somebody something."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def promise(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Store messages, except those that were promised before."""
        if not messages:
            return
        self._session.flush()  # rows that they refer to must be there before them
        dialect = sqlite if self._session.get_bind().dialect.name == "sqlite" else postgresql
        insert = dialect.insert(OutboxMessage).on_conflict_do_nothing()
        self._session.execute(insert, list(messages))

    def get(self, message: OutboxId) -> OutboxMessage | None:
        return self._session.get(OutboxMessage, message)

    def of(self, ids: Collection[OutboxId]) -> Sequence[OutboxMessage]:
        return self._session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids))).all()

    def about(self, subject: str, kinds: Collection[str]) -> Sequence[CardOut]:
        rows = self._session.execute(
            select(
                OutboxMessage.id,
                OutboxMessage.recipient,
                OutboxMessage.status,
                OutboxMessage.outcome,
            ).where(OutboxMessage.subject == subject, OutboxMessage.kind.in_(kinds))
        )
        return [CardOut(*row) for row in rows]

    def drop(self, subject: str, kinds: Collection[str], note: str) -> None:
        """End what was promised about *subject* and has not left: it is no longer true."""
        self._session.flush()  # promises of this same transaction count
        self._session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.subject == subject,
                OutboxMessage.kind.in_(kinds),
                OutboxMessage.status == OutboxStatus.WAITING,
            )
            .values(status=OutboxStatus.ENDED, outcome=Outcome.OBSOLETE, note=note)
        )

    def bring_forward(self, notes: Collection[str], now: datetime) -> None:
        """Let what waits with one of those notes wait no longer."""
        self._session.execute(
            update(OutboxMessage)
            .where(
                _OPEN,
                OutboxMessage.status == OutboxStatus.WAITING,
                OutboxMessage.note.in_(notes),
                OutboxMessage.due_at > now,
            )
            .values(due_at=now)
        )

    def take_back(
        self, subject: str, kind: str, recipient: UserId, outcome: Outcome, note: str
    ) -> bool:
        """End what *recipient* was promised about *subject*; False when nothing still waits."""
        self._session.flush()  # promises of this same transaction count
        taken = self._session.scalars(
            update(OutboxMessage)
            .where(
                OutboxMessage.subject == subject,
                OutboxMessage.kind == kind,
                OutboxMessage.recipient == recipient,
                OutboxMessage.status == OutboxStatus.WAITING,
            )
            .values(status=OutboxStatus.ENDED, outcome=outcome, note=note)
            .returning(OutboxMessage.id)
        )
        return taken.first() is not None

    def lease(
        self, lease: str, now: datetime, length: timedelta, limit: int
    ) -> Sequence[OutboxMessage]:
        """Take what is due, most urgent and oldest first, for *length*.

        Rows whose lease ran out belong to a process that died; they are taken again.
        """
        due = (
            select(OutboxMessage.id)
            .where(
                _OPEN,
                OutboxMessage.due_at <= now,
                (OutboxMessage.status == OutboxStatus.WAITING) | (OutboxMessage.leased_until < now),
            )
            # The words of Urgency happen to sort as they rank: alert, prompt, routine.
            .order_by(OutboxMessage.urgency, OutboxMessage.due_at, OutboxMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
            .prefix_with("MATERIALIZED")  # so that the limit holds however it is joined
        )
        taken = self._session.scalars(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(select(due.c.id)))
            .values(
                status=OutboxStatus.LEASED,
                lease=lease,
                leased_until=now + length,
                attempts=OutboxMessage.attempts + 1,
            )
            .returning(OutboxMessage)
        ).all()
        return sorted(taken, key=lambda row: (row.urgency, row.due_at, row.id))

    def settle(self, lease: str, ids: Collection[OutboxId], values: Mapping[str, Any]) -> None:
        """Write what became of rows that are still held under *lease*."""
        self._session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids), OutboxMessage.lease == lease)
            .values(**values)
        )

    def next_due(self, after: datetime) -> datetime | None:
        return self._session.scalar(
            select(func.min(OutboxMessage.due_at)).where(_OPEN, OutboxMessage.due_at > after)
        )

    def has_due(self, now: datetime) -> bool:
        return (
            self._session.scalar(
                select(OutboxMessage.id)
                .where(
                    _OPEN,
                    OutboxMessage.due_at <= now,
                    (OutboxMessage.status == OutboxStatus.WAITING)
                    | (OutboxMessage.leased_until < now),
                )
                .limit(1)
            )
            is not None
        )

    def has_unsent(self, now: datetime) -> bool:
        """Tell whether anything that is due has not ended, be it leased or not."""
        return (
            self._session.scalar(
                select(OutboxMessage.id).where(_OPEN, OutboxMessage.due_at <= now).limit(1)
            )
            is not None
        )

    def sent_since(self, since: datetime) -> Sequence[tuple[OutboxId, UserId, datetime, int]]:
        """Return what was sent to whom and when, and in how many messages."""
        rows = self._session.execute(
            select(
                OutboxMessage.id,
                OutboxMessage.recipient,
                OutboxMessage.sent_at,
                OutboxMessage.parts_sent,
            ).where(OutboxMessage.sent_at >= since)
        )
        return [
            (row.id, row.recipient, row.sent_at, row.parts_sent + 1)
            for row in rows
            if row.sent_at is not None
        ]
