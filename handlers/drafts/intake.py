"""What becomes of a file that was fetched: a piece of the draft, its pictures, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.drafts import texts, writing
from handlers.kit.asked import ReadFile
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.messages import Text
from storage.models import Attachment, Draft
from storage.vocabulary import AttachmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture that is in the store under its hash."""

    name: str
    sha256: str


def take_in(
    ctx: Context, attachment: Attachment, found: ReadFile, pictures: Sequence[KeptPicture]
) -> None:
    """Make the text of a fetched file a piece of its draft, keep its pictures, tell the author.

    A picture that was sent as one is only noted: its sender has been told.
    """
    draft = ctx.uow.drafts.lock(attachment.draft)
    if attachment.kind is AttachmentKind.PICTURE and pictures and not found.text:
        attachment.sha256 = pictures[0].sha256
        attachment.filename = pictures[0].name
        ctx.audit(
            "picture:keep",
            draft.id,
            after={"media_id": attachment.media_id, "sha256": attachment.sha256},
        )
        return
    ctx.uow.drafts.detach(attachment)
    if draft.status in writing.WRITABLE:
        add_found(ctx, draft, found, pictures)
        said = _said(draft, found, pictures)
    else:
        status = texts.STATUS[draft.status]
        said = texts.READ_LATE.format(file=found.name, name=named(draft), status=status)
    _tell(ctx, draft, attachment, said)


def add_found(ctx: Context, draft: Draft, found: ReadFile, pictures: Sequence[KeptPicture]) -> None:
    """Add a file's text as the next piece, without its title if the draft bears it already."""
    title = found.title if found.title != draft.title else ""
    if text := "\n".join(filter(None, (title, found.text))):
        writing.add_part(ctx, draft, text)
    attach(ctx, draft, pictures)


def attach(ctx: Context, draft: Draft, pictures: Sequence[KeptPicture]) -> None:
    """Let pictures from the store belong to the draft; one that it has is not added again."""
    there = {each.sha256 for each in ctx.uow.drafts.attachments(draft.id)}
    for picture in pictures:
        if picture.sha256 in there:
            continue
        there.add(picture.sha256)
        ctx.uow.drafts.attach(
            Attachment(
                id=ctx.new_id(),
                draft=draft.id,
                media_id=f"sha256:{picture.sha256}",
                filename=picture.name,
                sha256=picture.sha256,
                created_at=ctx.now,
            )
        )


def refuse(ctx: Context, attachment: Attachment, reason: str) -> None:
    """Forget a file that is not taken, and say why; *reason* ends with what to do."""
    draft = ctx.uow.drafts.get(attachment.draft)
    is_picture = attachment.kind is AttachmentKind.PICTURE
    said = texts.PICTURE_REFUSED if is_picture else texts.FILE_REFUSED
    ctx.uow.drafts.detach(attachment)
    said = said.format(file=attachment.filename, reason=reason, name=named(draft))
    _tell(ctx, draft, attachment, said)


def stop(ctx: Context, attachment: Attachment, mark: str) -> None:
    """Forget a file with a mark of secrecy; that it came is audited."""
    draft = ctx.uow.drafts.get(attachment.draft)
    ctx.audit("secrecy:stop", draft.id, after={"mark": mark})
    ctx.uow.drafts.detach(attachment)
    _tell(ctx, draft, attachment, texts.FILE_MARKED.format(mark=mark, name=named(draft)))


def lose(ctx: Context, attachment: Attachment) -> None:
    """Note that the channel no longer has it."""
    attachment.lost = True
    if attachment.kind is AttachmentKind.FILE:
        draft = ctx.uow.drafts.get(attachment.draft)
        said = texts.FILE_LOST.format(file=attachment.filename, name=named(draft))
        _tell(ctx, draft, attachment, said)


def _said(draft: Draft, found: ReadFile, pictures: Sequence[KeptPicture]) -> str:
    characters = len(found.title) + len(found.text)
    parts = [
        said.format(characters=characters, pictures=len(pictures), left_out=found.left_out)
        for said, count in (
            (texts.READ_CHARACTERS, characters),
            (texts.READ_PICTURES, len(pictures)),
            (texts.READ_LEFT_OUT, found.left_out),
        )
        if count
    ]
    hint = texts.READ_NEXT
    if found.title and found.title != draft.title:
        hint += texts.READ_TITLE.format(title=found.title)
    return texts.READ.format(file=found.name, found="、".join(parts), name=named(draft), hint=hint)


def _tell(ctx: Context, draft: Draft, attachment: Attachment, said: str) -> None:
    ctx.tell("file_read", [draft.author], Text(text=said), subject=attachment.id)
