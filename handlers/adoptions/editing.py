"""刊用稿: the text as a channel printed it, and what its editors changed."""

from handlers.adoptions import texts
from handlers.adoptions.changes import changes_of
from handlers.adoptions.deciding import tell_those_concerned
from handlers.adoptions.entries import meant, refuse_unless_office
from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import PrintedTextKept
from handlers.kit.finding import named
from storage.vocabulary import EntryStatus


def keep_edited(ctx: Context, asked: Asked) -> str:
    """Keep the printed text with the latest use of the draft; its authors see what was changed.

    Raises:
        UserError: it is not the office's, there is no text, or no use that it belongs to.
    """
    draft = meant(ctx, asked)[0]
    refuse_unless_office(ctx, draft)
    used = ctx.uow.adoptions.of_drafts([draft.id], [EntryStatus.CONFIRMED])
    if not used:
        raise UserError(texts.NO_EDITED.format(name=named(draft)))
    entry = used[-1]
    channel = ctx.uow.adoptions.channel_names([entry.channel])[entry.channel]
    if not asked.text:
        raise UserError(texts.ASK_EDITED.format(number=draft.number, channel=channel))
    before = {"edited": len(entry.edited)}
    entry.edited = asked.text
    ctx.audit("adoption:edited", entry.id, before=before, after={"edited": len(entry.edited)})
    ctx.emit(PrintedTextKept(draft=draft.id, adoption=entry.id))
    changed, lines = changes_of(ctx, draft, asked.text)
    said = texts.EDITED_TOLD.format(
        name=named(draft), channel=channel, changed=changed, lines=lines
    ).rstrip()
    told = tell_those_concerned(ctx, draft, entry, said, "edited")
    return texts.EDITED_KEPT.format(name=named(draft), channel=channel, changed=changed, told=told)
