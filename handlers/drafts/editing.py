"""Edits that are said in words: 把A改成B, 标题改成《X》, 第二段不要了."""

from collections.abc import Mapping
from typing import Any

from handlers.drafts import writing
from handlers.kit.context import Context
from handlers.kit.rewriting import EDITS, rewritten
from storage.models import Draft
from storage.vocabulary import DraftStatus


def asks_for(slots: Mapping[str, Any]) -> bool:
    """Tell whether edits are asked for, and not a new text."""
    return bool(EDITS & slots.keys()) and not slots.get("body_present")


def body_of(ctx: Context, draft: Draft) -> str:
    """Return the text that is being written; of a returned draft not touched yet, the last one."""
    body = writing.written_text(ctx, draft)
    if not body and draft.status is DraftStatus.RETURNED:
        return ctx.uow.drafts.version(draft.id, draft.version).body
    return body


def edit_parts(ctx: Context, draft: Draft, slots: Mapping[str, Any]) -> int:
    """Make the edits to the text that is being written; return its characters now.

    A returned draft that was not touched yet starts from its last version.

    Raises:
        UserError: the words or the paragraph are not there; nothing is changed.
    """
    body = body_of(ctx, draft)
    asked = dict(slots)
    if title := asked.get("title"):
        asked["title"] = writing.title_of(title)
    draft.title, body = rewritten(draft.title, body, asked)
    ctx.uow.drafts.clear_parts(draft.id, draft.version + 1)
    _, characters = writing.add_part(ctx, draft, body)
    return characters
