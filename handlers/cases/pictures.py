"""Pictures that are sent after a case was reported or looked at: they belong to it."""

from datetime import datetime

from handlers.cases import texts
from handlers.cases.finding import hats, talked_of
from handlers.cases.naming import named
from handlers.cases.registry import TOLD, registry
from handlers.kit.asked import Upload
from handlers.kit.context import PATIENCE, Context
from handlers.kit.errors import UserError
from handlers.kit.events import PicturesKept
from handlers.kit.messages import Text
from storage.models import CaseFile
from storage.vocabulary import AttachmentKind, CaseFileId, ConversationState


@registry.on(PicturesKept)
def take_kept(ctx: Context, event: PicturesKept) -> str:
    """Note the pictures that were sent before their case was registered."""
    return [take_picture(ctx, one) for one in event.pictures][-1]


@registry.upload(ConversationState.IDLE)
def take_picture(ctx: Context, upload: Upload) -> str:
    """Note a picture of the case that was talked of last; nothing is said where there is none.

    Raises:
        UserError: it is a file: those are not read here.
    """
    shown = ctx.talk.memory.get("shown") if ctx.talk is not None else None
    numbers = talked_of(ctx)
    if shown is None or len(numbers) != 1:
        return ""
    if datetime.fromisoformat(shown["at"]) + PATIENCE < ctx.now:
        return ""
    case = ctx.uow.cases.latest_numbered(ctx.sender.bureau, next(iter(numbers)))
    if case is None or not hats(ctx, case):
        return ""
    if upload.kind is not AttachmentKind.PICTURE:
        raise UserError(texts.FILE_NOT)
    file = CaseFile(
        id=CaseFileId(ctx.new_id()),
        case=case.id,
        sender=ctx.sender.userid,
        media_id=upload.media_id,
        filename=upload.filename,
        created_at=ctx.now,
    )
    ctx.uow.cases.attach(file)
    ctx.ring("fetch_case_file", file.id)
    ctx.show("opinion", [case.number])
    return texts.PICTURE.format(name=named(case))


def lose(ctx: Context, file: CaseFile) -> None:
    """Note that a picture cannot be had, and ask its sender for it again."""
    file.lost = True
    case = ctx.uow.cases.get(file.case)
    if case is not None:
        said = Text(text=texts.PICTURE_LOST.format(name=named(case)))
        ctx.tell(TOLD, [file.sender], said, subject=case.id, stage=f"lost {file.id}")
