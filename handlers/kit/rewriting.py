"""Making the edits that somebody says in words: 把A改成B, 标题改成《X》, 第二段不要了."""

from collections.abc import Mapping
from typing import Any

from handlers.kit.errors import UserError

EDITS = frozenset({"replace", "delete_paragraph", "title"})
"""The slots that ask for an edit."""

NO_SUCH_WORDS = "正文和标题里没有“{words}”，没有改。请照原文再发一次。"
NO_SUCH_PARAGRAPH = "没有第{place}段，现在共{count}段，没有改。"


def rewritten(title: str, body: str, slots: Mapping[str, Any]) -> tuple[str, str]:
    """Return title and body with the edits that *slots* ask for.

    Raises:
        UserError: the words or the paragraph are not there.
    """
    for old, new in slots.get("replace", {}).items():
        if old not in body and old not in title:
            raise UserError(NO_SUCH_WORDS.format(words=old))
        title, body = title.replace(old, new), body.replace(old, new)
    if place := slots.get("delete_paragraph"):
        body = _without(body, place)
    return slots.get("title") or title, body


def _without(body: str, place: int) -> str:
    """Return *body* without a paragraph, counted from 1; -1 is the last."""
    paragraphs = [line for line in body.split("\n") if line.strip()]
    if place > len(paragraphs) or not paragraphs:
        raise UserError(NO_SUCH_PARAGRAPH.format(place=place, count=len(paragraphs)))
    del paragraphs[place - 1 if place > 0 else place]
    return "\n".join(paragraphs)
