"""Fetch what members sent while the channel still has it, and keep it by its hash."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.channel.port import ChannelError, Remedy
from bot.intake import Refusal, RefusedFileError, read_evidence, read_file
from bot.private import write_whole
from bot.services import Services
from handlers.adoptions import evidence
from handlers.cases.capability import lose as lose_of_case
from handlers.drafts import intake
from handlers.incidents.pictures import lose as lose_of_incident
from handlers.kit.asked import ReadFile
from handlers.kit.context import Context
from handlers.rules.secrecy import secrecy_mark
from storage.models import Attachment
from storage.vocabulary import AttachmentKind, PictureId, PictureOf

log = structlog.get_logger()


def path_of(media_dir: Path, sha256: str) -> Path:
    """Return where a file with that hash is kept."""
    return media_dir / sha256[:2] / sha256


def keep(media_dir: Path, content: bytes) -> str:
    """Store *content* and return its SHA-256; the same content is stored once.

    WeCom forgets a picture after three days: a half of one must not pass for it.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(media_dir, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return sha256


def fetch(services: Services, attachment_id: str) -> None:
    """Fetch one attachment: ask the channel with no transaction open, then record what it is.

    What the channel no longer has is marked as lost; anything else is tried again by the sweep.
    """
    with services.database.begin() as uow:
        attachment = uow.drafts.attachment(attachment_id)
        if attachment is None or attachment.sha256 or attachment.lost:
            return
        media_id, name = attachment.media_id, attachment.filename
        shows = attachment.kind is AttachmentKind.EVIDENCE
    try:
        media = services.channel.download(media_id)
    except ChannelError as error:
        log.warning("media_fetch_failed", attachment=attachment_id, code=error.code)
        if error.remedy in {Remedy.MEDIA, Remedy.PAYLOAD}:
            with _recording(services, attachment_id) as (ctx, there):
                if there:
                    lose = evidence.lose if shows else intake.lose
                    lose(ctx, there)
        return
    record = _record_evidence if shows else _record
    record(services, attachment_id, name or media.filename, media.content)


def fetch_picture(services: Services, picture_id: str) -> None:
    """Fetch a picture of a case or of an incident, as `fetch` does."""
    with services.database.begin() as uow:
        picture = uow.pictures.lock(PictureId(picture_id))
        if picture is None or picture.sha256 or picture.lost:
            return
        media_id, name = picture.media_id, picture.filename
    pictures, refused = [], ""
    try:
        media = services.channel.download(media_id)
        found = read_file(name or media.filename, media.content)
        pictures = keep_pictures(services.media_dir, found)
        refused = "" if pictures else Refusal.NOT_A_PICTURE.value
    except ChannelError as error:
        log.warning("media_fetch_failed", picture=picture_id, code=error.code)
        if error.remedy not in {Remedy.MEDIA, Remedy.PAYLOAD}:
            return
    except RefusedFileError as error:
        log.info("picture_refused", picture=picture_id, reason=error.reason.name)
        refused = error.reason.value
    with services.database.begin() as uow:
        picture = uow.pictures.lock(PictureId(picture_id))
        if picture is None or picture.sha256 or picture.lost:
            return
        if pictures:
            picture.sha256, picture.filename = pictures[0].sha256, pictures[0].name
        else:
            lose = lose_of_case if picture.about is PictureOf.CASE else lose_of_incident
            lose(services.context(uow), picture, refused)


def _record(services: Services, attachment_id: str, name: str, content: bytes) -> None:
    """Look at what was fetched; only what is taken and bears no mark of secrecy is kept."""
    try:
        found = read_file(name, content)
    except RefusedFileError as refused:
        log.info("file_refused", attachment=attachment_id, reason=refused.reason.name)
        with _recording(services, attachment_id) as (ctx, there):
            if there:
                intake.refuse(ctx, there, refused.reason.value)
        return
    mark = secrecy_mark(f"{name}\n{found.title}\n{found.text}\n{found.aside}")
    pictures = [] if mark else keep_pictures(services.media_dir, found)
    with _recording(services, attachment_id) as (ctx, there):
        if there and mark:
            intake.stop(ctx, there, mark)
        elif there:
            intake.take_in(ctx, there, found, pictures)


def _record_evidence(services: Services, attachment_id: str, name: str, content: bytes) -> None:
    """Look at what shows a use; only what is taken and bears no mark of secrecy is kept."""
    try:
        found = read_evidence(name, content)
    except RefusedFileError as refused:
        log.info("evidence_refused", attachment=attachment_id, reason=refused.reason.name)
        with _recording(services, attachment_id) as (ctx, there):
            if there:
                evidence.refuse(ctx, there, refused.reason.value)
        return
    mark = secrecy_mark(f"{found.name}\n{found.text}")
    sha256 = "" if mark else keep(services.media_dir, found.content)
    with _recording(services, attachment_id) as (ctx, there):
        if there and mark:
            evidence.stop(ctx, there, mark)
        elif there:
            evidence.take_in(ctx, there, name=found.name, sha256=sha256, text=found.text)


def keep_pictures(media_dir: Path, found: ReadFile) -> list[intake.KeptPicture]:
    """Store the pictures of a file."""
    return [
        intake.KeptPicture(name=each.name, sha256=keep(media_dir, each.content))
        for each in found.pictures
    ]


@contextmanager
def _recording(
    services: Services, attachment_id: str
) -> Iterator[tuple[Context, Attachment | None]]:
    """Give its author's context and the attachment, locked; None if another job was first."""
    with services.database.begin() as uow:
        attachment = uow.drafts.lock_attachment(attachment_id)
        if attachment is None or attachment.sha256 or attachment.lost:
            yield services.context(uow), None
        else:
            author = uow.drafts.get(attachment.draft).author
            yield services.context(uow, me=uow.members.person(author)), attachment
