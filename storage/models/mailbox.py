"""What came in, what is being talked about, and what will be said."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NOBODY,
    ConversationState,
    InboundId,
    InboundStatus,
    OutboxId,
    OutboxStatus,
    Outcome,
    UnitId,
    Urgency,
    UserId,
)

_OPEN_OUTBOX = text("status != 'ended'")
_SAID = text("told_by != ''")
_FAILED_INBOUND = text("status = 'failed'")


class Inbound(Base, kw_only=True, eq=False):
    """One message or event from the channel; *key* refuses the second of its kind.

    *payload* is the typed message as JSON, so that a failed one can be handled again; *incident*
    is the number that its sender was given when it failed.
    """

    __tablename__ = "inbound"
    __table_args__ = (
        Index(
            "ix_inbound_failed",
            "received_at",
            sqlite_where=_FAILED_INBOUND,
            postgresql_where=_FAILED_INBOUND,
        ),
    )

    id: Mapped[InboundId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[UserId]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    status: Mapped[InboundStatus] = mapped_column(default=InboundStatus.HANDLED)
    answer: Mapped[str] = mapped_column(default="")
    incident: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)


class Conversation(Base, kw_only=True, eq=False):
    """Where the talk with a member stands; its row is also the lock on his messages.

    *memory* holds what the bot showed or offered last: a list, the rest of it, choices.
    """

    __tablename__ = "conversations"

    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"), primary_key=True)
    updated_at: Mapped[datetime]
    state: Mapped[ConversationState] = mapped_column(default=ConversationState.IDLE)
    subject: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    memory: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default=text("'{}'")
    )


class OutboxMessage(Base, kw_only=True, eq=False):
    """A promise to tell somebody something, kept until its outcome is known.

    *dedup_key* is kind, subject, stage and recipient: the same thing is never promised twice.
    *digest* is the hash of *content*, by which identical messages are merged into one call.
    *source* is where an alert came from, and *place* how many from there waited for the recipient
    when it was promised: a noisy source must not keep others from him.
    *told_by* is whose act promised it, nobody's where a clock did.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "due_at",
            sqlite_where=_OPEN_OUTBOX,
            postgresql_where=_OPEN_OUTBOX,
        ),
        Index(None, "created_at"),
        Index(None, "sent_at"),
        Index(None, "recipient", "sent_at"),
        Index(
            "ix_outbox_told_by",
            "told_by",
            "created_at",
            sqlite_where=_SAID,
            postgresql_where=_SAID,
        ),
        Index(None, "subject", "kind"),
    )

    id: Mapped[OutboxId] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    stage: Mapped[str]
    recipient: Mapped[UserId]
    dedup_key: Mapped[str] = mapped_column(unique=True)
    urgency: Mapped[Urgency]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    status: Mapped[OutboxStatus] = mapped_column(default=OutboxStatus.WAITING)
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    parts_sent: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(default="")
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="", server_default="")
    place: Mapped[int] = mapped_column(default=0, server_default="0")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[str] = mapped_column(default="")
    response_code: Mapped[str] = mapped_column(default="")
    told_by: Mapped[UserId] = mapped_column(default=NOBODY, server_default="")


class MessageDay(Base, kw_only=True, eq=False):
    """What one member was sent of one kind on one local day, counted when the day was over.

    *messages* are those that arrived, *after_hours* those of them outside office hours; *spared*
    are promises that were no message of their own: merged, digested, not wanted, no longer true.
    """

    __tablename__ = "message_days"
    __table_args__ = (Index(None, "bureau", "day"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    member: Mapped[UserId] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    messages: Mapped[int]
    after_hours: Mapped[int]
    spared: Mapped[int]
