"""One decrypted callback, as a typed value."""

from datetime import datetime
from hashlib import sha256
from xml.etree.ElementTree import Element

from bot.channel import markup
from bot.channel.approvals import Approval, ApprovalNode, ApprovalPerson
from bot.channel.event_reading import read_event
from bot.channel.events import (
    ActivityAlert,
    ApprovalEvent,
    BatchJobEvent,
    CardEvent,
    ContactEvent,
    Event,
    LocationEvent,
    PicturesEvent,
    PlaceEvent,
    ScanEvent,
    Selection,
    UnknownEvent,
    WorkbenchEvent,
)
from bot.channel.messages import (
    FileMessage,
    ImageMessage,
    Inbound,
    LinkMessage,
    LocationMessage,
    Message,
    TextMessage,
    UnknownMessage,
    VideoMessage,
    VoiceMessage,
    read_message,
)
from bot.channel.refusals import EnvelopeError, Refusal
from storage.vocabulary import UserId

__all__ = [
    "ActivityAlert",
    "Approval",
    "ApprovalEvent",
    "ApprovalNode",
    "ApprovalPerson",
    "BatchJobEvent",
    "CardEvent",
    "ContactEvent",
    "Event",
    "FileMessage",
    "ImageMessage",
    "Inbound",
    "LinkMessage",
    "LocationEvent",
    "LocationMessage",
    "Message",
    "PicturesEvent",
    "PlaceEvent",
    "ScanEvent",
    "Selection",
    "TextMessage",
    "UnknownEvent",
    "UnknownMessage",
    "VideoMessage",
    "VoiceMessage",
    "WorkbenchEvent",
    "parse",
]

_EVENT_KEY = ("FromUserName", "CreateTime", "Event", "EventKey", "TaskId", "ResponseCode")


def parse(xml: bytes) -> Inbound:
    """Return the message or event that *xml* describes.

    Types that are not known are kept whole as UnknownMessage or UnknownEvent. Control characters
    that XML cannot carry are dropped, since a member's stray keystroke must not cost the message.

    Raises:
        EnvelopeError: it is neither: no XML, or nobody, nothing or no time is named.
    """
    raw = markup.decode(xml)
    root = markup.parse(markup.printable(raw))
    msg_type = markup.required(root, "MsgType").lower()
    head = {
        "sender": UserId(markup.required(root, "FromUserName").lower()),
        "agent_id": markup.whole(root, "AgentID", "AgentId"),
        "created_at": _created_at(root),
    }
    if msg_type == "event":
        return read_event(root, {**head, "key": _event_key(root, raw)}, raw)
    msg_id = markup.text(root, "MsgId").strip()
    identity = {"key": _message_key(root, msg_id, raw), "msg_id": msg_id}
    return read_message(root, {**head, **identity}, msg_type, raw)


def _created_at(root: Element) -> datetime:
    when = markup.moment(markup.required(root, "CreateTime"))
    if when is None:
        raise EnvelopeError(Refusal.BAD_VALUE)
    return when


def _message_key(root: Element, msg_id: str, raw: str) -> str:
    # Without an id only an equal body can be told to be the same message.
    return _digest("msg", markup.text(root, "AgentID", "AgentId"), msg_id or raw)


def _event_key(root: Element, raw: str) -> str:
    """Return the key of an event.

    WeCom suggests sender and second, which would lose the second of two events within a second.
    The rest of the event tells them apart; a retry repeats all of it.
    """
    fields = [markup.text(root, name) for name in _EVENT_KEY]
    return _digest("evt", *fields, markup.text(root, "AgentID", "AgentId"), raw)


def _digest(prefix: str, *parts: str) -> str:
    # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return f"{prefix}:{sha256(joined.encode()).hexdigest()[:40]}"
