"""Fetch what members sent while the channel still has it, and keep it by its hash."""

import hashlib
from pathlib import Path

import structlog

from bot.channel.port import ChannelError, Media, Remedy
from bot.private import write_whole
from bot.services import Services

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
    """Fetch one attachment: ask the channel with no transaction open, then record.

    What the channel no longer has is marked as lost; anything else is tried again by the sweep.
    """
    with services.database.begin() as uow:
        attachment = uow.drafts.attachment(attachment_id)
        media_id, done = attachment.media_id, bool(attachment.sha256) or attachment.lost
    if done:
        return
    try:
        media = services.channel.download(media_id)
    except ChannelError as error:
        log.warning("media_fetch_failed", attachment=attachment_id, code=error.code)
        if error.remedy in {Remedy.MEDIA, Remedy.PAYLOAD}:
            with services.database.begin() as uow:
                uow.drafts.attachment(attachment_id).lost = True
        return
    _record(services, attachment_id, media)


def _record(services: Services, attachment_id: str, media: Media) -> None:
    sha256 = keep(services.media_dir, media.content)
    with services.database.begin() as uow:
        attachment = uow.drafts.attachment(attachment_id)
        attachment.sha256 = sha256
        attachment.filename = attachment.filename or media.filename
