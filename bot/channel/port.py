"""The channel as the rest of the service sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Protocol

from handlers.kit.messages import Content
from storage.vocabulary import UserId


@unique
class Remedy(StrEnum):
    """What can be done about a call that failed."""

    RETRY = "retry"  # a passing fault: try again with back-off
    AMBIGUOUS = "ambiguous"  # no answer: it may have been carried out
    WAIT = "wait"  # a rate limit: the whole channel waits
    RECONFIGURE = "reconfigure"  # secret, trusted IP, permission: nothing works until somebody acts
    RECIPIENT = "recipient"  # this member cannot be reached
    PAYLOAD = "payload"  # this message will never be accepted
    MEDIA = "media"  # the media id is gone: upload again
    CARD_CODE = "card_code"  # the card's one-time code is used or older than 72 h


class ChannelError(Exception):
    """A call to the channel failed."""

    def __init__(self, remedy: Remedy, code: int | None, message: str) -> None:
        super().__init__(f"{remedy}: {code}: {message}")
        self.remedy = remedy
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the channel said of a message that it accepted."""

    message_id: str = ""
    response_code: str = ""
    unreached: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    userid: UserId
    name: str
    departments: tuple[int, ...]


class Channel(Protocol):
    """Everything that the service asks of a chat platform. Each call may raise ChannelError."""

    def send(
        self, recipients: Sequence[UserId], content: Content, *, duplicate_check: bool
    ) -> Sent:
        """Send one content to at most 1,000 members in one call."""

    def update_card(self, recipients: Sequence[UserId], response_code: str, label: str) -> None:
        """Grey a card's buttons and write *label* on them."""

    def recall(self, message_id: str) -> None:
        """Take a message back, within 24 hours."""

    def download(self, media_id: str) -> Media: ...

    def check(self) -> None:
        """Ask for something that any app may have: an answer means that our calls are taken."""

    def login_address(self, back: str, state: str) -> str:
        """Return where a browser logs in; it comes to *back* with a one-time code and *state*."""

    def identify(self, code: str) -> UserId:
        """Turn the one-time code of a log-in into the member who logged in."""

    def contacts(self) -> Sequence[Contact]:
        """List the members within the app's range."""

    def publish_menu(self, menu: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Replace the app's menu: (name, ((name, key), ...)) for each of at most three columns."""
