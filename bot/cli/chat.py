"""chat: talk with a running bot from a terminal, as one of its members."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from queue import Empty, Queue
from time import monotonic, sleep
from typing import Annotated

import typer

from bot.cli.calling import Caller, CallError
from bot.cli.common import (
    DEFAULT_CONFIG,
    ConfigPath,
    console,
    fail,
    load,
    only_in_simulation,
    opened,
)
from bot.services import Services
from handlers.kit.messages import (
    ButtonCard,
    CardUpdate,
    Content,
    Document,
    Image,
    LinkCard,
    Markdown,
    Paper,
    Text,
    content_adapter,
)
from storage.vocabulary import UserId

app = typer.Typer()

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_POLL_SECONDS = 0.3
_HELLO = "talking as {name}; a line that ends with \\ goes on in the next; Ctrl-D ends"


@app.command()
def chat(
    as_: Annotated[str, typer.Option("--as", help="The member who talks, by userid.")],
    wait: Annotated[
        float, typer.Option(help="Seconds that pushes are waited for after each text.")
    ] = 3.0,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Talk with the bot that runs with this configuration; only in a simulation.

    A line is a text; one that ends with a backslash goes on in the next. Ctrl-D ends. Texts may
    also come through a pipe.
    """
    if load(config).environment != "simulation":
        raise only_in_simulation()
    with opened(config) as services:
        member = _member(services, as_)
        with closing(Caller(services.config, member, services.now)) as caller:
            try:
                caller.look()
                _talk(caller, Pushes(services, member), wait)
            except CallError as error:
                raise fail(str(error)) from error


def _member(services: Services, userid: str) -> UserId:
    with services.database.begin() as uow:
        member = uow.members.active(UserId(userid.lower()))
        if member is None:
            raise fail(f"no such member: {userid}")
        if sys.stdin.isatty():
            console.print(_HELLO.format(name=member.name), markup=False)
        return member.userid


def _talk(caller: Caller, pushes: "Pushes", wait: float) -> None:
    for text in _typed(pushes):
        if answer := caller.say(text):
            typer.echo(answer)
        pushes.settle(wait)


def _typed(pushes: "Pushes") -> Iterator[str]:
    """Yield what is typed; meanwhile show what is pushed."""
    typed: Queue[str | None] = Queue()
    threading.Thread(target=_read, args=(typed,), daemon=True).start()
    while True:
        try:
            text = typed.get(timeout=_POLL_SECONDS)
        except Empty:
            pushes.show()
            continue
        if text is None:
            return
        yield text


def _read(typed: "Queue[str | None]") -> None:
    """Put each text, then None, into *typed*; in a thread of its own, since reading waits."""
    lines: list[str] = []
    for line in sys.stdin:
        content = line.removesuffix("\n")
        lines.append(content.removesuffix("\\"))
        if content.endswith("\\"):
            continue
        if text := "\n".join(lines).strip():
            typed.put(text)
        lines.clear()
    if lines:
        typed.put("\n".join(lines))
    typed.put(None)


class Pushes:
    """What is sent to *member* from now on, each thing shown once."""

    def __init__(self, services: Services, member: UserId) -> None:
        self._services = services
        self._member = member
        with services.database.begin() as uow:
            before = uow.outbox.sent_since(_EVER)
        self._since = max((sent_at for _, _, sent_at, _ in before), default=_EVER)
        self._shown = {message for message, *_ in before}

    def settle(self, seconds: float) -> None:
        """Show what comes until nothing that is due is left, *seconds* at most."""
        end = monotonic() + seconds
        while self._is_awaited(self._services.now()) and monotonic() < end:
            self.show()
            sleep(_POLL_SECONDS)
        self.show()

    def show(self) -> None:
        with self._services.database.begin() as uow:
            fresh = [
                message
                for message, recipient, *_ in uow.outbox.sent_since(self._since)
                if recipient == self._member and message not in self._shown
            ]
            rows = sorted(uow.outbox.of(fresh), key=lambda row: (row.sent_at, row.id))
            for row in rows:
                typer.echo(readable(content_adapter.validate_python(row.content)))
        self._shown.update(fresh)

    def _is_awaited(self, now: datetime) -> bool:
        with self._services.database.begin() as uow:
            return uow.outbox.has_unsent(now)


def readable(content: Content) -> str:
    """Return a push as text, with a bar beside it."""
    return "\n".join(f"│ {line}" for line in _plain(content).split("\n"))


def _plain(content: Content) -> str:
    match content:
        case Text() | Markdown():
            return content.text
        case LinkCard():
            return f"{content.title}\n{content.description}\n{content.url}"
        case Image() | Document() | Paper():
            return content.filename
        case ButtonCard():
            return _card(content)
        case CardUpdate():
            return f"[{content.label}]"


def _card(card: ButtonCard) -> str:
    facts = [f"{name}: {value}" for name, value in card.facts]
    buttons = " ".join(f"[{button.label}]" for button in card.buttons)
    lines = [card.title, card.description, *facts, card.summary, buttons]
    return "\n".join(line for line in lines if line)
