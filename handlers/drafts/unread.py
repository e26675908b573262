"""A file that came and has not been read yet keeps its draft back for a while."""

from datetime import timedelta

from handlers.drafts import texts
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from storage.models import Draft
from storage.vocabulary import AttachmentKind

READING_TIME = timedelta(minutes=5)
"""After that the draft may go without it: the channel is away, and nobody knows for how long."""


def refuse_while_reading(ctx: Context, draft: Draft) -> None:
    """Keep the draft back while one of its files is being read.

    Raises:
        UserError: such a file came a short time ago.
    """
    for each in ctx.uow.drafts.attachments(draft.id):
        is_unread = each.kind is AttachmentKind.FILE and not each.lost
        if is_unread and each.created_at > ctx.now - READING_TIME:
            raise UserError(texts.FILE_UNREAD.format(file=each.filename))
