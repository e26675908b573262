"""What a phone shows, and its plain text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.simulator import cards

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One bubble as it stands now: *in* was received from the app, *out* was said by the member.

    *payload* is the body under its kind as the server API or the passive reply gave it;
    *card_state* is the label on the greyed buttons of a card, None while they can be pressed.
    """

    id: str
    direction: Literal["in", "out"]
    kind: str
    text: str
    payload: Payload
    at: datetime
    passive: bool = False
    recalled: bool = False
    card_state: str | None = None


def readable(kind: str, payload: Payload) -> str:
    """Return what a member would read in a message of *kind*."""
    if kind in ("text", "markdown"):
        return str(payload.get("content", ""))
    if kind == "template_card":
        return cards.readable(payload)
    if kind in ("textcard", "link"):
        return _lines(payload, "title", "description", "url", "btntxt")
    if kind == "news":
        return "\n".join(_lines(one, "title", "description", "url") for one in payload["articles"])
    name = {"image": "图片", "voice": "语音", "video": "视频", "file": "文件"}.get(kind, kind)
    return f"[{name}] {payload.get('filename', '')}".rstrip()


def _lines(payload: Payload, *names: str) -> str:
    found = (str(payload.get(name, "")) for name in names)
    plain = (re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "\n", text)) for text in found)
    return "\n".join(text for text in plain if text)
