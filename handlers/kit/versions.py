"""Versions of a draft: what was handed in or edited, with the hash that binds to it."""

import hashlib
from collections.abc import Sequence

from handlers.kit.context import Context
from storage.models import Draft, DraftVersion
from storage.vocabulary import AttachmentKind


def sha256_of(title: str, body: str, pictures: Sequence[str] = ()) -> str:
    """Return the hash of a text and its pictures; NUL is in no text, so none passes for another."""
    return hashlib.sha256("\0".join([f"{title}\n{body}", *pictures]).encode()).hexdigest()


def add_version(ctx: Context, draft: Draft, body: str) -> DraftVersion:
    """Make the draft's title, *body* and pictures its next version, written by the sender."""
    draft.version += 1
    pictures = [
        one.sha256 or f"media:{one.media_id}"
        for one in ctx.uow.drafts.attachments(draft.id)
        if one.kind is AttachmentKind.PICTURE
    ]
    version = DraftVersion(
        draft=draft.id,
        number=draft.version,
        title=draft.title,
        body=body,
        sha256=sha256_of(draft.title, body, pictures),
        created_by=ctx.sender.userid,
        created_at=ctx.now,
        pictures=pictures,
    )
    ctx.uow.drafts.add_version(version)
    return version
