"""Pictures that belong to a case or an incident: kept, fetched by a worker, missed if lost."""

from handlers.kit.asked import Upload
from handlers.kit.context import Context
from handlers.kit.messages import Text
from storage.models import SentPicture
from storage.vocabulary import PictureId, PictureOf

LOST = "发给{name}的一张图片没能取到，请再发一次。"
REFUSED = "发给{name}的一张图片没有收下：这个文件{reason}"


def keep(ctx: Context, about: PictureOf, subject: str, upload: Upload) -> None:
    """Note a picture that the sender sent, and have it fetched."""
    picture = SentPicture(
        id=PictureId(ctx.new_id()),
        about=about,
        subject=subject,
        sender=ctx.sender.userid,
        media_id=upload.media_id,
        filename=upload.filename,
        created_at=ctx.now,
    )
    ctx.uow.pictures.add(picture)
    ctx.ring("fetch_picture", picture.id)


def adopt(ctx: Context, key: str, about: PictureOf, subject: str) -> int:
    """Let what was kept by *key*, before it was settled what it is of, belong to something.

    Return how many there are. It may belong to two things, each with a row of its own.
    """
    kept = ctx.uow.pictures.of(PictureOf.EITHER, key)
    for one in kept:
        picture = SentPicture(
            id=PictureId(ctx.new_id()),
            about=about,
            subject=subject,
            sender=one.sender,
            media_id=one.media_id,
            filename=one.filename,
            sha256=one.sha256,
            created_at=one.created_at,
        )
        ctx.uow.pictures.add(picture)
        ctx.ring("fetch_picture", picture.id)
    return len(kept)


def lose(ctx: Context, kind: str, picture: SentPicture, name: str, refused: str) -> None:
    """Note that a picture cannot be had or is not taken; tell its sender, in a push of *kind*."""
    picture.lost = True
    form = REFUSED if refused else LOST
    said = Text(text=form.format(name=name, reason=refused))
    ctx.tell(kind, [picture.sender], said, subject=picture.subject, stage=f"lost {picture.id}")
