"""What can be said to a member, whatever the channel; stored as JSON in the outbox."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from storage.vocabulary import PaperKind, Topic, Urgency


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Content):
    """Plain text; the channel splits what is longer than it can carry."""

    type: Literal["text"] = "text"
    text: str


class Markdown(_Content):
    type: Literal["markdown"] = "markdown"
    text: str


class LinkCard(_Content):
    """A title, a few lines and one link."""

    type: Literal["link_card"] = "link_card"
    title: str
    description: str
    url: str
    button: str = "详情"


class Image(_Content):
    """A picture in the media store, by its SHA-256."""

    type: Literal["image"] = "image"
    sha256: str
    filename: str


class Document(_Content):
    """A file in the media store, by its SHA-256."""

    type: Literal["document"] = "document"
    sha256: str
    filename: str


class Paper(_Content):
    """A document that is made when it is sent: *paper* is what, *subject* of which thing.

    The making is slow and needs no transaction: what it shows is as it is then.
    """

    type: Literal["paper"] = "paper"
    paper: PaperKind
    subject: str
    filename: str


class Button(_Content):
    """*key* comes back when the button is pressed; *style* is what kind of act it stands for."""

    label: str
    key: str
    style: Literal["primary", "danger", "plain"] = "plain"


class ButtonCard(_Content):
    """A card that asks for a decision: each button can also be said in words.

    *card_id* is unique for ever; *facts* are at most six (name, value) pairs; *url* is the page
    about it, empty where there is none. Cards with a *rank* may be told in one message, the highest
    first, where there are too many; those with none never are.
    """

    type: Literal["button_card"] = "button_card"
    card_id: str
    source: str
    title: str
    description: str
    facts: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    url: str = ""
    buttons: tuple[Button, ...]
    rank: int = 0


class CardUpdate(_Content):
    """Grey the buttons of a card that was sent before, and write *label* on them.

    Either *card* names the outbox row of the card, or *response_code* is the one-time code that
    came with a press.
    """

    type: Literal["card_update"] = "card_update"
    label: str
    card: str = ""
    response_code: str = ""


Content = Annotated[
    Text | Markdown | LinkCard | Image | Document | Paper | ButtonCard | CardUpdate,
    Field(discriminator="type"),
]

content_adapter: TypeAdapter[Content] = TypeAdapter(Content)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """How pushes of one kind behave.

    *resend_when_unsure*: after a time-out nobody knows whether the message arrived; True prefers a
    duplicate to a loss. *lifetime* is how long the message is worth sending at all; the time for
    which its reader could not be spoken to does not count, unless it is *perishable*: then it is
    not true any more by then. *mutable* kinds are kept while the member wants silence, alerts
    never are; what is an answer to himself is not. *topic* is what he may ask not to hear of at
    all. *distinct* kinds name what they are about so closely that
    two equal ones within half an hour are one sent twice, which the channel may then hide; it must
    not be set where two could rightly be equal.
    """

    name: str
    urgency: Urgency
    lifetime: timedelta = timedelta(days=2)
    resend_when_unsure: bool = True
    mutable: bool = True
    perishable: bool = False
    topic: Topic | None = None
    distinct: bool = False
