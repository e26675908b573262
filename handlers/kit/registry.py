"""How a capability says what it can do; bot/ only joins the registries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from handlers.kit.asked import Asked, Due, Form, Press, Takes, Upload
from handlers.kit.context import Context
from handlers.kit.meaning import Heard, Meaning, Situation
from handlers.kit.messages import MessageKind
from handlers.kit.rulefile import RuleBook
from handlers.kit.sheets import SheetBook
from storage.vocabulary import ConversationState, Role

Answer = Callable[[Context, Asked], str]
Reply = Callable[[Context, str], str]
Pressed = Callable[[Context, Press], str]
Submitted = Callable[[Context, Form], str]
Fired = Callable[[Context, Due], None]
FiredTogether = Callable[[Context, Sequence[Due]], None]
Ran = Callable[[Context], None]
Reaction = Callable[[Context, Any], str | None]
Received = Callable[[Context, Upload], str]
Situated = Callable[[Context, frozenset[Role]], Situation | None]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

EVERYBODY = frozenset(Role)
_TABLES = (
    "commands",
    "replies",
    "buttons",
    "forms",
    "timers",
    "counted",
    "together",
    "cron",
    "kinds",
    "rulebooks",
    "sheets",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be asked for.

    *shown_to* are the roles whose help lists it; whether somebody may really do it is decided by
    the capability, which knows the thing in question. *words* and *takes* are its exact form;
    *means* how else it is said, and *reads* the words that go with it then: a reason, a text.
    *changes*: it changes something, so it is not done on a mere likeness; *lightly*: only what is
    the sender's own and easily put right, so a yes to 您是不是想 is enough. *which* asks which of
    several things is meant, given the words that go with it. Help names it under its *theme*.
    *for_links* names it among what can be done with a link that is shared by itself.
    """

    name: str
    words: tuple[str, ...]
    takes: Takes
    usage: str
    purpose: str
    run: Answer
    shown_to: frozenset[Role] = EVERYBODY
    means: Meaning | None = None
    reads: Callable[[Heard], str] = lambda heard: heard.raw
    changes: bool = True
    lightly: bool = False
    which: Callable[[Context, str], str] | None = None
    theme: str = ""
    for_links: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A meaning with one answer and no command: courtesy, a refusal, what is not open yet."""

    meaning: Meaning
    answer: Callable[[Context, Asked], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CronEntry:
    """Recurring work; *schedule* is a cron line in Shanghai time."""

    schedule: str
    run: Ran


@dataclass(slots=True)
class Registry:
    """Everything that one capability, or all of them joined, can do.

    *theme* is what help names the commands under; empty: 其他. *counted* are the timers whose
    moment was counted in working time from when they were set, *together* those that happen many at
    once.
    """

    theme: str = ""
    commands: dict[str, Command] = field(default_factory=dict)
    replies: dict[ConversationState, Reply] = field(default_factory=dict)
    uploads: dict[ConversationState, list[Received]] = field(default_factory=dict)
    buttons: dict[str, Pressed] = field(default_factory=dict)
    forms: dict[str, Submitted] = field(default_factory=dict)
    timers: dict[str, Fired] = field(default_factory=dict)
    counted: dict[str, Fired] = field(default_factory=dict)
    together: dict[str, FiredTogether] = field(default_factory=dict)
    cron: dict[str, CronEntry] = field(default_factory=dict)
    reactions: dict[type, list[Reaction]] = field(default_factory=dict)
    kinds: dict[str, MessageKind] = field(default_factory=dict)
    rulebooks: dict[str, RuleBook] = field(default_factory=dict)
    sheets: dict[str, SheetBook] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    situations: list[Situated] = field(default_factory=list)
    pressing: list[Situated] = field(default_factory=list)

    def command(self, *words: str, **facts: Any) -> Callable[[Answer], Answer]:
        """Register what happens when a text begins with one of *words*."""

        def register(run: Answer) -> Answer:
            name = run.__name__
            command = Command(name=name, words=words, run=run, theme=self.theme, **facts)
            _add(self.commands, name, command)
            return run

        return register

    def meaning(self, meaning: Meaning) -> Callable[[Answer], Answer]:
        """Register the answer to what is no command but can be meant."""

        def register(answer: Answer) -> Answer:
            self.answered.append(Answered(meaning=meaning, answer=answer))
            return answer

        return register

    def situation(self, found: Situated) -> Situated:
        """Register how to tell what is being talked about, if the talk itself does not say."""
        self.situations.append(found)
        return found

    def pressing_situation(self, found: Situated) -> Situated:
        """As `situation`, for what goes before all else that waits."""
        self.pressing.append(found)
        return found

    def reply(self, *states: ConversationState) -> Callable[[Reply], Reply]:
        """Register what happens to free text while the talk is in one of *states*."""

        def register(run: Reply) -> Reply:
            for state in states:
                _add(self.replies, state, run)
            return run

        return register

    def upload(self, *states: ConversationState) -> Callable[[Received], Received]:
        """Register what happens to a picture or file while the talk is in one of *states*.

        Who returns nothing leaves it to the others.
        """

        def register(run: Received) -> Received:
            for state in states:
                self.uploads.setdefault(state, []).append(run)
            return run

        return register

    def button(self, prefix: str) -> Callable[[Pressed], Pressed]:
        """Register what happens when a button is pressed whose key begins with *prefix*."""

        def register(run: Pressed) -> Pressed:
            _add(self.buttons, prefix, run)
            return run

        return register

    def form(self, name: str) -> Callable[[Submitted], Submitted]:
        """Register what happens when the form of that name is sent from a page."""

        def register(run: Submitted) -> Submitted:
            _add(self.forms, name, run)
            return run

        return register

    def timer(self, kind: str, *, counted: bool = False) -> Callable[[Fired], Fired]:
        """Register what happens when a timer of *kind* comes due.

        *counted*: its moment is so much working time away, and is counted anew by a calendar that
        changes meanwhile.
        """

        def register(run: Fired) -> Fired:
            _add(self.timers, kind, run)
            if counted:
                _add(self.counted, kind, run)
            return run

        return register

    def timers_together(
        self, kind: str, *, counted: bool = False
    ) -> Callable[[FiredTogether], FiredTogether]:
        """Register what happens when timers of *kind* come due, which many do at once.

        Each is a matter of its own: what is done about one changes nothing that another needs, be
        it of another kind. *counted* as with `timer`.
        """

        def register(run: FiredTogether) -> FiredTogether:
            self.timer(kind, counted=counted)(lambda ctx, due: run(ctx, [due]))
            _add(self.together, kind, run)
            return run

        return register

    def every(self, schedule: str) -> Callable[[Ran], Ran]:
        """Register recurring work by a cron line in Shanghai time."""

        def register(run: Ran) -> Ran:
            _add(self.cron, run.__name__, CronEntry(schedule=schedule, run=run))
            return run

        return register

    def on(self, event: type) -> Callable[[Reaction], Reaction]:
        """Register a reaction to an event of another capability."""

        def register(run: Reaction) -> Reaction:
            self.reactions.setdefault(event, []).append(run)
            return run

        return register

    def rules(self, table: str) -> Callable[[RuleBook], RuleBook]:
        """Register what becomes of the tables of that name in a file of rules."""

        def register(take: RuleBook) -> RuleBook:
            _add(self.rulebooks, table, take)
            return take

        return register

    def sheet(self, book: SheetBook) -> None:
        """Register what becomes of the sheets of that name that offices hand in."""
        _add(self.sheets, book.name, book)

    def message(self, kind: MessageKind) -> None:
        """Register a kind of push."""
        _add(self.kinds, kind.name, kind)


def join(registries: Iterable[Registry]) -> Registry:
    """Make one registry of many.

    Raises:
        ValueError: two of them claim the same name, or two commands the same word.
    """
    whole = Registry()
    for part in registries:
        for table in _TABLES:
            for key, value in getattr(part, table).items():
                _add(getattr(whole, table), key, value)
        whole.answered += part.answered
        whole.situations += part.situations
        whole.pressing += part.pressing
        for state, takers in part.uploads.items():
            whole.uploads.setdefault(state, []).extend(takers)
        for event, reactions in part.reactions.items():
            whole.reactions.setdefault(event, []).extend(reactions)
    words = [word for command in whole.commands.values() for word in command.words]
    if doubled := sorted({word for word in words if words.count(word) > 1}):
        raise ValueError(f"claimed by two commands: {doubled}")
    return whole


def _add(table: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if key in table:
        raise ValueError(f"registered twice: {key!r}")
    table[key] = value
