"""What lies and nobody works at, of all kinds: one question, for it is asked every few seconds."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select, text
from sqlalchemy.orm import Session

from storage.models import Attachment, FoundItem, OutboxMessage, SentPicture, Sheet
from storage.queries.mailbox import is_ahead, is_due
from storage.queries.sheets import UNDER_WAY
from storage.queries.tables import run, table_of

_sheets = table_of(Sheet)
_UNFETCHED = "{table}.sha256 = '' AND NOT {table}.lost"
_LYING = select(
    exists(select(OutboxMessage.id).where(*is_ahead(bindparam("now")))),
    exists(select(OutboxMessage.id).where(*is_due(bindparam("now")))),
    exists(select(Attachment.id).where(text(_UNFETCHED.format(table="attachments")))),
    exists(select(SentPicture.id).where(text(_UNFETCHED.format(table="sent_pictures")))),
    exists(
        select(_sheets.c.id).where(
            _sheets.c.status.in_(UNDER_WAY), _sheets.c.moved_at < bindparam("before")
        )
    ),
    exists(select(FoundItem.id).where(text("found_items.status = 'waiting'"))),
)


class Lying(NamedTuple):
    """Whether there are messages *ahead* of the clock or due, files, sheets left, and posts."""

    ahead: bool
    due: bool
    files: bool
    pictures: bool
    sheets: bool
    posts: bool


def lying(session: Session, now: datetime, before: datetime) -> Lying:
    """Tell of which kind there is anything; of sheets what nobody has moved since *before*."""
    return Lying(*run(session, _LYING, {"now": now, "before": before}).one())
