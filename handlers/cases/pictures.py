"""Pictures that are sent after a case was reported or looked at: they belong to it."""

from handlers.cases import texts
from handlers.cases.finding import hats
from handlers.cases.naming import named
from handlers.cases.registry import TOLD, registry
from handlers.kit import pictures
from handlers.kit.asked import Upload
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import PicturesKept
from storage.models import Case, SentPicture
from storage.vocabulary import AttachmentKind, CaseId, ConversationState, PictureOf


@registry.on(PicturesKept)
def take_kept(ctx: Context, event: PicturesKept) -> str:
    """Take the pictures that were sent before their case was registered."""
    case = _talked_of(ctx)
    if case is None or not pictures.adopt(ctx, event.key, PictureOf.CASE, case.id):
        return ""
    return texts.PICTURE.format(name=named(case))


@registry.upload(ConversationState.IDLE)
def take_picture(ctx: Context, upload: Upload) -> str:
    """Note a picture of the case that was talked of last; nothing is said where there is none.

    Raises:
        UserError: it is a file: those are not read here.
    """
    case = _talked_of(ctx)
    if case is None:
        return ""
    if upload.kind is not AttachmentKind.PICTURE:
        raise UserError(texts.FILE_NOT)
    pictures.keep(ctx, PictureOf.CASE, case.id, upload)
    ctx.show("opinion", [case.number])
    return texts.PICTURE.format(name=named(case))


def _talked_of(ctx: Context) -> Case | None:
    """Return the case that was talked of last, and not too long ago, if it is the sender's too."""
    number = ctx.shown_one("opinion")
    case = ctx.uow.cases.latest_numbered(ctx.sender.bureau, number) if number else None
    return case if case is not None and hats(ctx, case) else None


def lose(ctx: Context, picture: SentPicture, refused: str) -> None:
    """Note that a picture of a case cannot be had, and tell its sender."""
    case = ctx.uow.cases.get(CaseId(picture.subject))
    if case is not None:
        pictures.lose(ctx, TOLD, picture, named(case), refused)
