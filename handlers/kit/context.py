"""One message's or timer's view of the service: all that a handler gets."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from handlers.kit.asked import Asked
from handlers.kit.messages import Content, MessageKind
from handlers.rules.calendar import WorkCalendar
from storage.queries.mailbox import Talk
from storage.queries.members import Person
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    NOBODY,
    ConversationState,
    OutboxStatus,
    Role,
    TimerId,
    Urgency,
    UserId,
)

Policy = TypeVar("Policy")
Ring = Callable[[str, str], object]
Reactions = Mapping[type, Sequence[Callable[["Context", Any], str | None]]]

SYSTEM = UserId("system")
PATIENCE = timedelta(minutes=30)
"""How long a question of the bot waits for its answer."""
LINK_LIFETIME = timedelta(days=3)
_LATE = timedelta(minutes=5)
ON_THE_PAGE = "网页："


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice that is offered: what is done when it is taken."""

    label: str
    command: str
    numbers: tuple[int, ...] = ()
    title: str = ""
    text: str = ""
    at: str = ""
    slots: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, command: str, asked: Asked, label: str = "") -> "Option":
        """Return the choice to do *command* with what was asked."""
        return cls(
            label=label,
            command=command,
            numbers=asked.numbers,
            title=asked.title,
            text=asked.text,
            at=asked.at.isoformat() if asked.at else "",
            slots=dict(asked.slots),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message to one member; *owed_since* is when it was due, if that is not now."""

    content: Content
    subject: str
    stage: str = ""
    owed_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One line of the help; *theme* is the heading that it stands under."""

    theme: str
    word: str
    usage: str
    purpose: str
    shown_to: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is the same for every message: kinds, reactions, policies, ids and the doorbell.

    *link* returns the address of a page for a member, good until a moment; *address_of* that of
    what opens without a log-in. Both are empty where there are no pages.
    """

    new_id: Callable[[], str]
    ring: Ring
    kinds: Mapping[str, MessageKind]
    reactions: Reactions
    policies: Mapping[type, object]
    usages: tuple[Usage, ...]
    calendar_of: Callable[[Mapping[date, bool]], WorkCalendar]
    link: Callable[[str, UserId, datetime], str]
    address_of: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The transaction, the moment and the sender of one piece of work.

    *me* and *talk* are None where nobody asked: in timers and recurring work. *owed_since* is the
    moment that these were due at: days ago, where the service was down.
    """

    uow: UnitOfWork
    now: datetime
    around: Surroundings
    me: Person | None = None
    talk: Talk | None = None
    inbound: str = ""
    owed_since: datetime | None = None

    @property
    def sender(self) -> Person:
        """The member who sent the message that is being answered."""
        if self.me is None:
            raise LookupError("nobody asked: this is a timer or recurring work")
        return self.me

    def new_id(self) -> str:
        return self.around.new_id()

    def policy(self, kind: type[Policy]) -> Policy:
        """Return the settings of a capability, as configured."""
        found = self.around.policies[kind]
        if not isinstance(found, kind):
            raise TypeError(f"no settings of type {kind.__name__}")
        return found

    def calendar(self) -> WorkCalendar:
        return self.around.calendar_of(self.uow.timers.calendar())

    def link(self, path: str, member: UserId = NOBODY) -> str:
        """Return the address of a page for *member*, or the sender; empty where there are none.

        *path* is below the pages: ``pending``, ``drafts/…``. It is good for three days, as long
        as the buttons of a card are, and only for him.
        """
        return self.around.link(path, member or self.sender.userid, self.now + LINK_LIFETIME)

    def with_link(self, text: str, path: str) -> str:
        """Return *text*, and below it where its page is, if there are pages."""
        address = self.link(path)
        return f"{text}\n{ON_THE_PAGE}{address}" if address else text

    def tell(  # noqa: PLR0913 - each is a column of the message
        self,
        kind: str,
        recipients: Iterable[UserId],
        content: Content,
        *,
        subject: str,
        stage: str = "",
        due_at: datetime | None = None,
        source: str = "",
        urgency: Urgency | None = None,
    ) -> None:
        """Promise a message: it is stored with this transaction and sent after it.

        To who has left the bureau nothing is promised. The same kind, subject, stage and recipient
        is promised only once. Of alerts, each *source* gets its turn with each recipient, however
        many another one has. *urgency* is its kind's, unless this one matters less.
        """
        to = self._staying(recipients)
        places = self.uow.outbox.waiting_from(source, to) if source else {}
        due = due_at or self._should_have_been(self.owed_since)
        said = Said(content=content, subject=subject, stage=stage)
        promised = self._promised(kind, to, said, due)
        for row in promised:
            row |= {"source": source, "place": places.get(row["recipient"], 0)}
            row["urgency"] = urgency or row["urgency"]
        self.uow.outbox.promise(promised)
        self.ring("deliver")

    def tell_each(self, kind: str, said: Iterable[tuple[UserId, Said]]) -> None:
        """Promise to each his own message, as `tell` does; they are stored together."""
        said = list(said)
        if not said:
            return
        staying = set(self._staying(who for who, _ in said))
        rows = [
            self._promised(kind, [who], one, self._should_have_been(one.owed_since))
            for who, one in said
            if who in staying
        ]
        self.uow.outbox.promise([row for each in rows for row in each])
        self.ring("deliver")

    def _staying(self, recipients: Iterable[UserId]) -> list[UserId]:
        to = list(recipients)
        left = self.uow.members.left(to)
        return [one for one in to if one not in left]

    def _promised(
        self, kind: str, recipients: Sequence[UserId], said: Said, due: datetime
    ) -> list[dict[str, Any]]:
        facts = self.around.kinds[kind]
        body = said.content.model_dump(mode="json")
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        return [
            {
                "id": self.new_id(),
                "kind": kind,
                "subject": said.subject,
                "stage": said.stage,
                "recipient": recipient,
                "dedup_key": f"{kind}:{said.subject}:{said.stage}:{recipient}",
                "urgency": facts.urgency,
                "content": body,
                "digest": digest,
                "created_at": self.now,
                "due_at": due,
                "expires_at": max(due, self.now) + facts.lifetime,
                "status": OutboxStatus.WAITING,
                "told_by": self.me.userid if self.me else NOBODY,
            }
            for recipient in recipients
        ]

    def _should_have_been(self, owed_since: datetime | None) -> datetime:
        """Return when what is done now was due, if that was minutes ago or more; else now."""
        if owed_since is None or self.now - owed_since <= _LATE:
            return self.now
        return owed_since

    def ring(self, job: str, key: str = "") -> None:
        """Wake a worker after the commit."""
        action = partial(self.around.ring, job, key)
        self.uow.after_commit.append(action)

    def set_timer(
        self, kind: str, subject: str, due_at: datetime, *, stage: str = "", **payload: Any
    ) -> None:
        """Let *kind* happen at *due_at*, unless the subject's timers are cancelled before."""
        self.uow.timers.set(
            {
                "id": TimerId(self.new_id()),
                "kind": kind,
                "subject": subject,
                "key": f"{kind}:{subject}:{stage}",
                "due_at": due_at,
                "payload": payload,
                "created_at": self.now,
            }
        )

    def emit(self, event: object) -> list[str]:
        """Let the other capabilities react, here and now; return what they want to be said."""
        said = [react(self, event) for react in self.around.reactions.get(type(event), ())]
        return [line for line in said if line]

    def turn(
        self, state: ConversationState, subject: str = "", expires_at: datetime | None = None
    ) -> None:
        """Say where the talk with the sender now stands."""
        if self.talk is not None:
            self.talk.state = state
            self.talk.subject = subject
            self.talk.expires_at = expires_at
            self.talk.updated_at = self.now

    def show(self, kind: str, numbers: Iterable[int], **more: Any) -> None:
        """Remember the list or the draft that the answer shows: what 第二篇 and 都过 refer to."""
        if self.talk is not None:
            shown = {"kind": kind, "numbers": list(numbers), "at": self.now.isoformat()}
            self.talk.memory = {"shown": shown, **more}

    def shown(self) -> Mapping[str, Any] | None:
        """Return what `show` remembered; None if nothing, or too long ago to be talked about."""
        found = self.talk.memory.get("shown") if self.talk is not None else None
        if not found or datetime.fromisoformat(found["at"]) + PATIENCE < self.now:
            return None
        shown: Mapping[str, Any] = found
        return shown

    def shown_one(self, kind: str) -> int | None:
        """Return the number of the only thing of *kind* that was shown last."""
        shown = self.shown()
        if shown is None or shown["kind"] != kind or len(shown["numbers"]) != 1:
            return None
        return int(shown["numbers"][0])

    def more(self, command: str, slots: dict[str, Any]) -> None:
        """Remember what 下一页 shows."""
        if self.talk is not None:
            rest = Option(label="", command=command, slots=slots)
            self.talk.memory = {**self.talk.memory, "more": asdict(rest)}

    def offer(self, question: str, *options: Option, confirming: str = "") -> str:
        """Ask with numbered choices; the next message takes one.

        *confirming* is the intent that a yes confirms; then the options are what a yes does and,
        where there is a second one, what a no does.
        """
        if self.talk is None:
            return question
        self.turn(ConversationState.CHOOSING, confirming, self.now + PATIENCE)
        self.talk.memory = {"options": [asdict(option) for option in options]}
        if confirming:
            return question
        lines = [f"{place}. {option.label}" for place, option in enumerate(options, 1)]
        return "\n".join([question, *lines])

    def guess(self, option: Option) -> None:
        """Remember what a yes in the next message does, beside all else that is talked about."""
        if self.talk is not None:
            kept = {"option": asdict(option), "at": self.now.isoformat()}
            self.talk.memory = {**self.talk.memory, "guess": kept}

    def ask(self, question: str, slot: str, command: str, asked: Asked) -> str:
        """Ask for what *command* still needs; the next text fills it in."""
        if self.talk is not None:
            self.turn(ConversationState.ASKING, slot, self.now + PATIENCE)
            self.talk.memory = {"asked": asdict(Option.of(command, asked))}
        return question

    def audit(
        self,
        tag: str,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        on_behalf_of: UserId = NOBODY,
    ) -> None:
        """Write down for ever who did what; *tag* is thing:act, such as draft:withdraw."""
        self.uow.ledger.audit(self._audited(tag, subject, before, after, on_behalf_of))

    def audit_each(self, tag: str, afters: Mapping[str, Mapping[str, Any]]) -> None:
        """Write down that the same was done to many; *afters* says for each subject what it is."""
        self.uow.ledger.audit_all(
            [self._audited(tag, subject, None, after) for subject, after in afters.items()]
        )

    def _audited(
        self,
        tag: str,
        subject: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
        on_behalf_of: UserId = NOBODY,
    ) -> Mapping[str, Any]:
        return {
            "at": self.now,
            "tag": tag,
            "subject": subject,
            "actor": self.me.userid if self.me else SYSTEM,
            "on_behalf_of": on_behalf_of,
            "before": dict(before or {}),
            "after": dict(after or {}),
            "inbound": self.inbound,
        }
