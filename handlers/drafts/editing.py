"""Edits that are said in words: 把A改成B, 标题改成《X》, 第二段不要了."""

from collections.abc import Mapping
from typing import Any

from handlers.drafts import texts, writing
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from storage.models import Draft
from storage.vocabulary import DraftStatus

_EDITS = frozenset({"replace", "delete_paragraph", "title"})


def asks_for(slots: Mapping[str, Any]) -> bool:
    """Tell whether edits are asked for, and not a new text."""
    return bool(_EDITS & slots.keys()) and not slots.get("body_present")


def edit_parts(ctx: Context, draft: Draft, slots: Mapping[str, Any]) -> int:
    """Make the edits to the text that is being written; return its characters now.

    A returned draft that was not touched yet starts from its last version.

    Raises:
        UserError: the words or the paragraph are not there; nothing is changed.
    """
    body = "\n".join(part.text for part in ctx.uow.drafts.parts(draft.id, draft.version + 1))
    if not body and draft.status is DraftStatus.RETURNED:
        body = ctx.uow.drafts.version(draft.id, draft.version).body
    for old, new in slots.get("replace", {}).items():
        if old not in body and old not in draft.title:
            raise UserError(texts.NO_SUCH_WORDS.format(words=old))
        body = body.replace(old, new)
        draft.title = draft.title.replace(old, new)
    if place := slots.get("delete_paragraph"):
        body = _without(body, place)
    if title := slots.get("title"):
        draft.title = writing.title_of(title)
    ctx.uow.drafts.clear_parts(draft.id, draft.version + 1)
    _, characters = writing.add_part(ctx, draft, body)
    return characters


def _without(body: str, place: int) -> str:
    """Return *body* without a paragraph, counted from 1; -1 is the last."""
    paragraphs = [line for line in body.split("\n") if line.strip()]
    if place > len(paragraphs) or not paragraphs:
        raise UserError(texts.NO_SUCH_PARAGRAPH.format(place=place, count=len(paragraphs)))
    del paragraphs[place - 1 if place > 0 else place]
    return "\n".join(paragraphs)
