"""Media ids, which WeCom forgets after three days."""

import time
from collections.abc import Callable
from threading import Lock

from bot.channel.client import WeComClient
from bot.channel.shared import Monotonic
from handlers.kit.messages import Document, Image

_KEPT_S = 2.5 * 86_400
_MOST = 1_000


class Uploads:
    """Uploads each file once while its media id lives; another process uploads its own."""

    def __init__(
        self,
        client: WeComClient,
        read_media: Callable[[str], bytes],
        *,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._client = client
        self._read_media = read_media
        self._monotonic = monotonic
        self._known: dict[tuple[str, str], tuple[str, float]] = {}
        self._lock = Lock()

    def media_id(self, content: Image | Document) -> str:
        """Return a media id that is still good; it may raise ChannelError."""
        key = (content.sha256, content.filename)
        with self._lock:
            media_id, until = self._known.get(key, ("", 0.0))
        if media_id and self._monotonic() < until:
            return media_id
        media_id = self._client.upload_media(
            media_kind(content), content.filename, self._read_media(content.sha256)
        )
        with self._lock:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = (media_id, self._monotonic() + _KEPT_S)
        return media_id

    def forget(self, content: Image | Document) -> None:
        """Drop an id that WeCom no longer knows."""
        with self._lock:
            self._known.pop((content.sha256, content.filename), None)


def media_kind(content: Image | Document) -> str:
    return "image" if isinstance(content, Image) else "file"
