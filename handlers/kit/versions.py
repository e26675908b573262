"""Versions of a draft: each text that was handed in or edited, with the hash that binds to it."""

import hashlib

from handlers.kit.context import Context
from storage.models import Draft, DraftVersion


def sha256_of(title: str, body: str) -> str:
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()


def add_version(ctx: Context, draft: Draft, body: str) -> DraftVersion:
    """Make the draft's title and *body* its next version, written by the sender."""
    draft.version += 1
    version = DraftVersion(
        draft=draft.id,
        number=draft.version,
        title=draft.title,
        body=body,
        sha256=sha256_of(draft.title, body),
        created_by=ctx.sender.userid,
        created_at=ctx.now,
    )
    ctx.uow.drafts.add_version(version)
    return version
