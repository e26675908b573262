"""The inbox, the talks and the outbox."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    bindparam,
    func,
    literal,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Conversation, Inbound, Member, OutboxMessage
from storage.queries.members import PERSON, Person
from storage.queries.tables import add_all_once, add_once, dialect_of, run, table_of
from storage.vocabulary import (
    ConversationState,
    InboundId,
    InboundStatus,
    OutboxId,
    OutboxStatus,
    Outcome,
    Urgency,
    UserId,
)

# Written out, so that both databases see that the partial index answers the question.
_OPEN = text("outbox.status != 'ended'")
_SAID = text("outbox.told_by != ''")
_GREYED = "card_update"
_FAILED = text("inbound.status = 'failed'")

_conversations, _inbound = table_of(Conversation), table_of(Inbound)
_members, _outbox = table_of(Member), table_of(OutboxMessage)


@dataclass(slots=True, kw_only=True)
class Talk:
    """Where the talk with a member stands, since *updated_at*; each field is a column.

    A change is noticed when a field is set anew, and not when a *memory* is changed in place.
    """

    updated_at: datetime
    state: ConversationState = ConversationState.IDLE
    subject: str = ""
    expires_at: datetime | None = None
    memory: dict[str, Any] = field(default_factory=dict)


_TALK = tuple(one.name for one in fields(Talk))

# PostgreSQL locks no row of an outer join: the conversation leads, and is there from the second
# message on. Behind a lock that was waited for, *answer* may be that of before the wait.
_ARRIVAL = (
    select(*PERSON, *(_conversations.c[name] for name in _TALK), _inbound.c.answer)
    .select_from(
        _conversations.join(_members, _members.c.userid == _conversations.c.member).outerjoin(
            _inbound, _inbound.c.key == bindparam("key")
        )
    )
    .where(_conversations.c.member == bindparam("sender"))
    .with_for_update(of=_conversations)
)
_ANSWER = select(_inbound.c.answer).where(_inbound.c.key == bindparam("key"))
_TURN = (
    update(_conversations)
    .where(_conversations.c.member == bindparam("whose"))
    .values({name: bindparam(name) for name in _TALK})
)
_WAITING_FROM = (
    select(_outbox.c.recipient, func.count().label("count"))
    .where(
        _OPEN,
        _outbox.c.source == bindparam("source"),
        _outbox.c.recipient.in_(bindparam("recipients", expanding=True)),
    )
    .group_by(_outbox.c.recipient)
)


@cache
def _beginning(dialect: str) -> Executable:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    whose = select(
        _members.c.userid,
        bindparam("now", type_=_conversations.c.updated_at.type),
        literal(ConversationState.IDLE, _conversations.c.state.type),
        literal(""),
    ).where(_members.c.userid == bindparam("sender"), _members.c.active)
    columns = ["member", "updated_at", "state", "subject"]
    return insert(_conversations).from_select(columns, whose).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known when a message comes.

    *sender* and *talk* are None for whom the bot may not talk to; *answer* is what was answered if
    the message came before.
    """

    sender: Person | None = None
    talk: Talk | None = None
    answer: str | None = None


class Inbox:
    """Messages from the channel, each once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, values: Mapping[str, Any]) -> bool:
        """Store a message; False when its key is known."""
        return add_once(self._session, Inbound, {"status": InboundStatus.HANDLED, **values})

    def receive(self, values: Mapping[str, Any]) -> tuple[Inbound, bool]:
        """Store a message unless its key is known; return its row and whether it is new."""
        is_new = self.keep(values)
        row = self._session.scalars(select(Inbound).where(Inbound.key == values["key"])).one()
        return row, is_new

    def answer(self, key: str) -> str | None:
        """Return the stored answer to a message; None when it is not known."""
        found = run(self._session, _ANSWER, {"key": key}).first()
        return found.answer if found is not None else None

    def lock(self, inbound: InboundId) -> Inbound | None:
        return self._session.get(Inbound, inbound, with_for_update=True, populate_existing=True)

    def failed(self, limit: int) -> Sequence[InboundId]:
        return self._session.scalars(
            select(Inbound.id).where(_FAILED).order_by(Inbound.received_at).limit(limit)
        ).all()


class Conversations:
    """Where the talk with each member stands. What turned is written at the end, once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._talks: dict[UserId, Talk] = {}
        self._stored: dict[UserId, Talk] = {}

    def arrive(self, sender: UserId, key: str, now: datetime) -> Arrival:
        """Lock the sender's conversation, so that his next message waits until the commit.

        One round trip, except for a member's first message and for a stranger.
        """
        values = {"sender": sender, "key": key}
        found = run(self._session, _ARRIVAL, values).first()
        if found is None:
            dialect = dialect_of(self._session)
            run(self._session, _beginning(dialect), {"sender": sender, "now": now})
            found = run(self._session, _ARRIVAL, values).first()
        if found is None:
            return Arrival(answer=run(self._session, _ANSWER, {"key": key}).scalar())
        if not found.active:
            return Arrival(answer=found.answer)
        talk = Talk(**{name: getattr(found, name) for name in _TALK})
        self._talks[sender], self._stored[sender] = talk, replace(talk)
        return Arrival(sender=Person.of(found), talk=talk, answer=found.answer)

    def marked(self) -> Mapping[UserId, Talk]:
        """Return how the talks stand, for `restore`."""
        return {member: replace(talk) for member, talk in self._talks.items()}

    def restore(self, marked: Mapping[UserId, Talk]) -> None:
        """Let the talks stand as they did."""
        for member, then in marked.items():
            for name in _TALK:
                setattr(self._talks[member], name, getattr(then, name))

    def write(self) -> None:
        for member, talk in self._talks.items():
            if talk != self._stored[member]:
                run(self._session, _TURN, {"whose": member, **asdict(talk)})
                self._stored[member] = replace(talk)


class CardOut(NamedTuple):
    """A card that was promised or sent: what is needed to update or drop it."""

    id: OutboxId
    recipient: UserId
    status: OutboxStatus
    outcome: Outcome | None


def is_due(now: datetime | BindParameter[datetime]) -> tuple[Any, ...]:
    """Return what is true of messages that can be taken now."""
    return (
        _OPEN,
        _outbox.c.due_at <= now,
        (_outbox.c.status == OutboxStatus.WAITING) | (_outbox.c.leased_until < now),
    )


def is_ahead(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of messages that wait for a moment that was present when promised."""
    return (
        OutboxMessage.created_at > now,
        OutboxMessage.due_at <= OutboxMessage.created_at,
        OutboxMessage.status == OutboxStatus.WAITING,
    )


_DUE = select(_outbox.c.id).where(*is_due(bindparam("now"))).limit(1)
_TAKEN = (
    select(_outbox.c.id)
    .where(*is_due(bindparam("now")))
    # The words of Urgency happen to sort as they rank: alert, prompt, routine.
    .order_by(_outbox.c.urgency, _outbox.c.place, _outbox.c.due_at, _outbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due")
    .prefix_with("MATERIALIZED")  # so that the limit holds however it is joined
)
_LEASE = (
    update(OutboxMessage)
    .where(OutboxMessage.id.in_(select(_TAKEN.c.id)))
    .values(
        status=OutboxStatus.LEASED,
        lease=bindparam("holder"),
        leased_until=bindparam("until"),
        attempts=OutboxMessage.attempts + 1,
    )
    .returning(OutboxMessage)
    .execution_options(synchronize_session=False)  # what it returns is all that is loaded
)


class AlertsHad(NamedTuple):
    """How many cards of alerts a member got, how many lately, and when last several in one."""

    cards: int = 0
    lately: int = 0
    together_at: datetime | None = None


class Outbox:
    """Promises to tell somebody something."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def promise(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Store messages, except those that were promised before."""
        add_all_once(self._session, OutboxMessage, messages)

    def waiting_from(self, source: str, recipients: Collection[UserId]) -> Mapping[UserId, int]:
        """Return how many messages of a source have not left for each of *recipients*."""
        self._session.flush()
        asked = {"source": source, "recipients": list(recipients)}
        rows = self._session.execute(_WAITING_FROM, asked)
        return {recipient: count for recipient, count in rows}  # noqa: C416 - rows are no pairs to mypy

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

    def drop(
        self, subject: str, kinds: Collection[str], note: str, recipient: UserId | None = None
    ) -> None:
        """End what was promised about *subject* and has not left: it is no longer true.

        To everybody, unless it is true no longer for one *recipient* only.
        """
        self._session.flush()  # promises of this same transaction count
        self._session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.subject == subject,
                OutboxMessage.kind.in_(kinds),
                OutboxMessage.status == OutboxStatus.WAITING,
                true() if recipient is None else OutboxMessage.recipient == recipient,
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

    def release(self, recipient: UserId, notes: Collection[str], until: datetime) -> int:
        """Let what is kept from one member with one of those notes wait *until* then at most."""
        released = self._session.scalars(
            update(OutboxMessage)
            .where(
                _OPEN,
                OutboxMessage.recipient == recipient,
                OutboxMessage.status == OutboxStatus.WAITING,
                OutboxMessage.note.in_(notes),
                OutboxMessage.due_at > until,
            )
            .values(due_at=until)
            .returning(OutboxMessage.id)
        )
        return len(released.all())

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

        Of alerts, the first of each source goes before the second of any.

        Rows whose lease ran out belong to a process that died; they are taken again.
        """
        asked = {"now": now, "most": limit, "holder": lease, "until": now + length}
        taken = self._session.scalars(_LEASE, asked).all()
        return sorted(taken, key=lambda row: (row.urgency, row.place, row.due_at, row.id))

    def settle(
        self,
        lease: str,
        ids: Collection[OutboxId],
        values: Mapping[str, Any],
        *,
        untried: bool = False,
    ) -> None:
        """Write what became of rows that are still held under *lease*.

        *untried*: the attempt that was counted when they were taken was not made.
        """
        new = {f"new_{name}": value for name, value in values.items()}
        statement = _settling(tuple(values), untried=untried)
        run(self._session, statement, {"held": lease, "taken": list(ids), **new})

    def next_due(self, after: datetime) -> datetime | None:
        return self._session.scalar(
            select(func.min(OutboxMessage.due_at)).where(_OPEN, OutboxMessage.due_at > after)
        )

    def catch_up(self, now: datetime) -> None:
        """Let what was to leave at once, by a clock that was ahead, leave now."""
        self._session.execute(update(OutboxMessage).where(*is_ahead(now)).values(due_at=now))

    def has_due(self, now: datetime) -> bool:
        return run(self._session, _DUE, {"now": now}).first() is not None

    def has_unsent(self, now: datetime) -> bool:
        """Tell whether anything that is due has not ended, be it leased or not."""
        return (
            self._session.scalar(
                select(OutboxMessage.id).where(_OPEN, OutboxMessage.due_at <= now).limit(1)
            )
            is not None
        )

    def routine_since(self, members: Collection[UserId], since: datetime) -> Mapping[UserId, int]:
        """Count the routine messages that members got; what came as one message is one."""
        rows = self._session.execute(
            select(
                OutboxMessage.recipient,
                func.count(OutboxMessage.message_id.distinct()).label("count"),
            )
            .where(
                OutboxMessage.recipient.in_(members),
                OutboxMessage.sent_at >= since,
                OutboxMessage.urgency == Urgency.ROUTINE,
            )
            .group_by(OutboxMessage.recipient)
        )
        return {row.recipient: row[1] for row in rows}

    def alerts_since(
        self, members: Collection[UserId], since: datetime, lately: datetime
    ) -> Mapping[UserId, AlertsHad]:
        """Return what members got of alerts, and of that how much *lately*."""
        by_itself = OutboxMessage.outcome == Outcome.SENT
        rows = self._session.execute(
            select(
                OutboxMessage.recipient,
                func.count().filter(by_itself),
                func.count().filter(by_itself, OutboxMessage.sent_at >= lately),
                func.max(OutboxMessage.sent_at).filter(OutboxMessage.outcome == Outcome.DIGESTED),
            )
            .where(
                OutboxMessage.recipient.in_(members),
                OutboxMessage.sent_at >= since,
                OutboxMessage.kind == "alert",
                OutboxMessage.urgency == Urgency.ALERT,
            )
            .group_by(OutboxMessage.recipient)
        )
        return {row[0]: AlertsHad(*row[1:]) for row in rows}

    def told_about(self, subjects: Collection[str]) -> Sequence[OutboxMessage]:
        """Return what was promised about *subjects*, greyed cards aside."""
        return self._session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.subject.in_(subjects), OutboxMessage.kind != _GREYED)
            .order_by(OutboxMessage.created_at, OutboxMessage.id)
        ).all()

    def last_told_by(self, member: UserId, since: datetime) -> Sequence[OutboxMessage]:
        """Return what a member's last act promised to others, if that was not before *since*."""
        his = (OutboxMessage.told_by == member, _SAID, OutboxMessage.created_at >= since)
        last = (
            select(OutboxMessage.created_at)
            .where(*his, OutboxMessage.recipient != member, OutboxMessage.kind != _GREYED)
            .order_by(OutboxMessage.created_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        return self._session.scalars(
            select(OutboxMessage)
            .where(
                *his,
                OutboxMessage.created_at == last,
                OutboxMessage.recipient != member,
                OutboxMessage.kind != _GREYED,
            )
            .order_by(OutboxMessage.id)
        ).all()

    def told_to(self, member: UserId, since: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Return what a member was sent, the newest first."""
        return self._session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.recipient == member, OutboxMessage.sent_at >= since)
            .order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id)
            .limit(limit)
        ).all()

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


@cache
def _settling(names: tuple[str, ...], *, untried: bool) -> Executable:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if untried:
        new["attempts"] = _outbox.c.attempts - 1
    return (
        update(_outbox)
        .where(
            _outbox.c.id.in_(bindparam("taken", expanding=True)),
            _outbox.c.lease == bindparam("held"),
        )
        .values(new)
    )
