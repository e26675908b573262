"""Passive replies: what an app may answer in the same breath (page 90241)."""

from xml.etree import ElementTree as ET

from bot.simulator.media import MediaStore
from bot.simulator.messages import Payload
from bot.simulator.text import clip
from bot.simulator.wire import text_of

ANSWERABLE = frozenset(
    {
        "subscribe",
        "enter_agent",
        "LOCATION",
        "click",
        "view",
        "view_miniprogram",
        "scancode_waitmsg",
        "template_card_menu_event",
    }
)


def read(reply: ET.Element, media: MediaStore) -> tuple[str, Payload] | None:
    """Return the kind and payload of a passive reply, or None for one that cannot be shown."""
    kind = text_of(reply, "MsgType")
    if kind == "text":
        return kind, {"content": clip(text_of(reply, "Content"))}
    if kind in ("image", "voice", "video"):
        stored = media.get(text_of(reply, f"{kind.title()}/MediaId"))
        return (kind, attached(stored.media_id, stored.filename)) if stored else None
    if kind == "news":
        articles = [
            {
                "title": text_of(item, "Title"),
                "description": text_of(item, "Description"),
                "url": text_of(item, "Url"),
            }
            for item in reply.iterfind("Articles/item")
        ]
        return kind, {"articles": articles}
    return None


def attached(media_id: str, filename: str) -> Payload:
    return {"media_id": media_id, "filename": filename}
