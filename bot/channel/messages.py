"""What a member can send to the app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from bot.channel.markup import real, text, whole
from storage.vocabulary import UserId

Head = Mapping[str, Any]
"""The fields that all messages, or all events, share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Whatever WeCom brings. *key* is the same for every retry of it, and for nothing else."""

    key: str
    sender: UserId
    agent_id: int | None
    created_at: datetime

    @property
    def accepts_reply(self) -> bool:
        """Whether the answer to the callback may carry a reply."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Inbound):
    msg_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage(Message):
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageMessage(Message):
    media_id: str
    picture_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMessage(Message):
    media_id: str
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoMessage(Message):
    media_id: str
    thumb_media_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationMessage(Message):
    """A place that the member chose; *app_type* is empty when it was sent from WeChat."""

    latitude: float | None
    longitude: float | None
    scale: int | None
    label: str
    app_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMessage(Message):
    title: str
    description: str
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMessage(Message):
    """A file. WeCom does not document it for such apps; it is taken should it ever come."""

    media_id: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownMessage(Message):
    """A type that nobody has told us of, kept as it came."""

    msg_type: str
    raw: str


def read_message(root: Element, head: Head, msg_type: str, raw: str) -> Message:
    """Return the message that *root* is, or an unknown one with *raw* in it."""
    if reader := _READERS.get(msg_type):
        return reader(root, head)
    return UnknownMessage(**head, msg_type=msg_type, raw=raw)


def _text(root: Element, head: Head) -> TextMessage:
    return TextMessage(**head, content=text(root, "Content"))


def _image(root: Element, head: Head) -> ImageMessage:
    return ImageMessage(**head, media_id=text(root, "MediaId"), picture_url=text(root, "PicUrl"))


def _voice(root: Element, head: Head) -> VoiceMessage:
    return VoiceMessage(**head, media_id=text(root, "MediaId"), format=text(root, "Format"))


def _video(root: Element, head: Head) -> VideoMessage:
    return VideoMessage(
        **head, media_id=text(root, "MediaId"), thumb_media_id=text(root, "ThumbMediaId")
    )


def _location(root: Element, head: Head) -> LocationMessage:
    return LocationMessage(
        **head,
        latitude=real(root, "Location_X"),
        longitude=real(root, "Location_Y"),
        scale=whole(root, "Scale"),
        label=text(root, "Label"),
        app_type=text(root, "AppType"),
    )


def _link(root: Element, head: Head) -> LinkMessage:
    return LinkMessage(
        **head,
        title=text(root, "Title"),
        description=text(root, "Description"),
        url=text(root, "Url"),
        picture_url=text(root, "PicUrl"),
    )


def _file(root: Element, head: Head) -> FileMessage:
    name = text(root, "FileName") or text(root, "Title")
    return FileMessage(**head, media_id=text(root, "MediaId"), filename=name)


_READERS: Mapping[str, Callable[[Element, Head], Message]] = {
    "text": _text,
    "image": _image,
    "voice": _voice,
    "video": _video,
    "location": _location,
    "link": _link,
    "file": _file,
}
