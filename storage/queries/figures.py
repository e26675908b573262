"""How the service is doing, in numbers: each answered by an index or a small table."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, func, select, text
from sqlalchemy.orm import Session

from storage.models import Attachment, Inbound, Member, OutboxMessage, Timer
from storage.queries.tables import run
from storage.vocabulary import CANARIES, CANARY

# Written out, so that both databases see that the partial index answers the question.
_OPEN = text("outbox.status != 'ended'")
_PENDING = text("timers.status = 'pending'")
_FAILED = text("inbound.status = 'failed'")
_UNFETCHED = text("attachments.sha256 = '' AND NOT attachments.lost")
_AUDITED = 1000
_WAITS_SINCE = case(
    (OutboxMessage.created_at > OutboxMessage.due_at, OutboxMessage.created_at),
    else_=OutboxMessage.due_at,
)
_SENT = func.coalesce(func.sum(OutboxMessage.parts_sent + 1), 0)


def _sent_since(since: Any) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.sent_at >= since, OutboxMessage.recipient.not_in(CANARIES)


_LOOK = select(
    select(Timer.due_at).where(_PENDING).order_by(Timer.due_at).limit(1).scalar_subquery(),
    select(func.min(_WAITS_SINCE)).where(_OPEN).scalar_subquery(),
    select(func.min(Attachment.created_at)).where(_UNFETCHED).scalar_subquery(),
    select(func.count(Attachment.id)).where(_UNFETCHED).scalar_subquery(),
    select(_SENT).where(*_sent_since(bindparam("since"))).scalar_subquery(),
)


class Look(NamedTuple):
    """Since when the first timer, message and file have waited, how many files, how many sent."""

    first_timer: datetime | None
    first_message: datetime | None
    first_file: datetime | None
    files: int
    sent: int


class Waiting(NamedTuple):
    """How many wait, how many of them are due by now, and since when or until when the first."""

    waiting: int
    due: int
    first: datetime | None


class Late(NamedTuple):
    """How many timers of a kind should have happened by now, and since when the first."""

    kind: str
    number: int
    first: datetime


class Figures:
    """Counts over everything but the self-check, for machines that watch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def outbox(self, now: datetime) -> Waiting:
        """Count the messages that have not left yet.

        One that was due before it was promised, because the service was away, waits since then.
        """
        due = func.count().filter(OutboxMessage.due_at <= now)
        row = self._session.execute(
            select(func.count(), due, func.min(_WAITS_SINCE)).where(_OPEN)
        ).one()
        return Waiting(*row)

    def timers(self, now: datetime) -> Waiting:
        """Count what is still to happen."""
        due = func.count().filter(Timer.due_at <= now)
        row = self._session.execute(
            select(func.count(), due, func.min(Timer.due_at)).where(_PENDING)
        ).one()
        return Waiting(*row)

    def look(self, since: datetime) -> Look:
        """Return what is asked every half a minute, in one question; what was sent from *since*."""
        return Look(*run(self._session, _LOOK, {"since": since}).one())

    def late_timers(self, before: datetime) -> Sequence[Late]:
        """Count by kind what was due before that moment; a thousand, the oldest, are looked at."""
        oldest = (
            select(Timer.kind, Timer.due_at)
            .where(_PENDING, Timer.due_at < before)
            .order_by(Timer.due_at)
            .limit(_AUDITED)
            .subquery()
        )
        first = func.min(oldest.c.due_at).label("first")
        rows = self._session.execute(
            select(oldest.c.kind, func.count(), first)
            .group_by(oldest.c.kind)
            .order_by(first, oldest.c.kind)
        )
        return [Late(*row) for row in rows]

    def outcomes(self, since: datetime) -> Mapping[tuple[str, str], int]:
        """Count what was promised after *since* and has ended, by kind and outcome."""
        rows = self._session.execute(
            select(OutboxMessage.kind, OutboxMessage.outcome, func.count().label("number"))
            .where(
                OutboxMessage.created_at >= since,
                OutboxMessage.outcome.is_not(None),
                OutboxMessage.recipient.not_in(CANARIES),
            )
            .group_by(OutboxMessage.kind, OutboxMessage.outcome)
        )
        return {(row.kind, row.outcome): row.number for row in rows}

    def held_back(self, note: str) -> int:
        """Count the members for whom something waits with that note."""
        members = select(func.count(OutboxMessage.recipient.distinct()))
        return self._session.scalar(members.where(_OPEN, OutboxMessage.note == note)) or 0

    def sent_since(self, since: datetime) -> int:
        """Count the messages that left after *since*, a long text as several."""
        number: int = self._session.execute(select(_SENT).where(*_sent_since(since))).scalar_one()
        return number

    def members(self) -> int:
        """Count the members whom the bot may talk to."""
        members = select(func.count()).select_from(Member)
        return self._session.scalar(members.where(Member.active, Member.bureau != CANARY)) or 0

    def failed(self) -> int:
        """Count the messages of members that wait to be tried again."""
        return self._session.scalar(select(func.count()).select_from(Inbound).where(_FAILED)) or 0

    def unreachable(self) -> int:
        """Count the members whom the channel could not reach the last time."""
        members = select(func.count()).select_from(Member)
        return self._session.scalar(members.where(Member.active, ~Member.reachable)) or 0
