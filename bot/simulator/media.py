"""Files in the simulated cloud: kept for three days, then gone (pages 90253 and 90254)."""

import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.clock import Now

LIFE = timedelta(days=3)
MAGIC: Mapping[bytes, str] = MappingProxyType(
    {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"#!AMR": "audio/amr"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMedia:
    media_id: str
    kind: str
    filename: str
    content: bytes
    created_at: datetime

    @property
    def content_type(self) -> str:
        for magic, content_type in MAGIC.items():
            if self.content.startswith(magic):
                return content_type
        return "application/octet-stream"


class MediaStore:
    """What was uploaded by the app and what members sent, found by a browser at *base_url*."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._files: dict[str, StoredMedia] = {}
        self.base_url = "http://127.0.0.1"

    def put(self, kind: str, filename: str, content: bytes) -> StoredMedia:
        media = StoredMedia(
            media_id=secrets.token_urlsafe(32),
            kind=kind,
            filename=filename,
            content=content,
            created_at=self._now(),
        )
        with self._lock:
            self._files[media.media_id] = media
        return media

    def everything(self) -> list[StoredMedia]:
        """Return what is not yet too old."""
        with self._lock:
            files = list(self._files.values())
        return [one for one in files if self._now() - one.created_at < LIFE]

    def restore(self, files: Iterable[StoredMedia]) -> None:
        """Put back what ``everything`` returned."""
        with self._lock:
            self._files = {one.media_id: one for one in files}

    def get(self, media_id: str) -> StoredMedia | None:
        """Return a file unless it is unknown or older than three days."""
        with self._lock:
            media = self._files.get(media_id)
        if media is None or self._now() - media.created_at >= LIFE:
            return None
        return media

    def url(self, media: StoredMedia) -> str:
        return f"{self.base_url}/sim/media/{media.media_id}"
