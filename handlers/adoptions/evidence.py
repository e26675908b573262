"""What became of a picture or a PDF that was sent as evidence, once it has been fetched."""

from collections.abc import Sequence

from handlers.adoptions import texts
from handlers.adoptions.entries import evidence_of
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.messages import Text
from storage.models import Attachment
from storage.queries.adoptions import Entry


def take_in(ctx: Context, attachment: Attachment, *, name: str, sha256: str, text: str) -> None:
    """Note where the file is kept, and what it says; who sent it has been told."""
    attachment.filename, attachment.sha256, attachment.text = name, sha256, text
    ctx.audit(
        "evidence:keep",
        attachment.draft,
        after={"media_id": attachment.media_id, "sha256": sha256},
    )


def refuse(ctx: Context, attachment: Attachment, reason: str) -> None:
    """Forget a file that is not taken; who entered it hears why, and what is missing now.

    Where more is still being asked for nothing is entered yet: he is asked for evidence again.
    """
    _forget(ctx, attachment, texts.EVIDENCE_REFUSED, reason=reason)


def stop(ctx: Context, attachment: Attachment, mark: str) -> None:
    """Forget a file with a mark of secrecy; that it came is audited."""
    ctx.audit("secrecy:stop", attachment.draft, after={"mark": mark})
    _forget(ctx, attachment, texts.EVIDENCE_MARKED, mark=mark)


def lose(ctx: Context, attachment: Attachment) -> None:
    """Forget what the channel no longer has."""
    _forget(ctx, attachment, texts.EVIDENCE_LOST)


def _forget(ctx: Context, attachment: Attachment, form: str, **words: str) -> None:
    draft = ctx.uow.drafts.get(attachment.draft)
    for entry in _shown_by(ctx, attachment):
        entry.scan = ""
        left = "" if evidence_of(entry) else texts.NONE_LEFT.format(number=draft.number)
        file = attachment.filename or texts.EVIDENCE_NAME
        said = form.format(name=named(draft), file=file, left=left, **words)
        ctx.audit("evidence:refuse", entry.id, before={"file": attachment.filename})
        told = [entry.entered_by]
        ctx.tell("adoption_told", told, Text(text=said), subject=entry.id, stage=attachment.id)
    ctx.uow.drafts.detach(attachment)


def _shown_by(ctx: Context, attachment: Attachment) -> Sequence[Entry]:
    draft = [attachment.draft]
    entries: list[Entry] = [*ctx.uow.adoptions.of_drafts(draft)]
    entries += ctx.uow.adoptions.instructions_of(draft)
    return [entry for entry in entries if entry.scan == attachment.id]
