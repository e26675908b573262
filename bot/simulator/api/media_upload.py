"""media/upload: put a file into the cloud for three days (vendor page 90253)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import request

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.errcodes import Errcode, Refusal

_MB = 1 << 20
_LEAST_BYTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """The largest size, and how the formats that are accepted begin, after *offset* bytes."""

    most: int
    magic: tuple[bytes, ...] = (b"",)
    offset: int = 0


_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "image": _Kind(most=10 * _MB, magic=(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")),
        "voice": _Kind(most=2 * _MB, magic=(b"#!AMR",)),
        "video": _Kind(most=10 * _MB, magic=(b"ftyp",), offset=4),
        "file": _Kind(most=20 * _MB),
    }
)


def answer(call: Call) -> Reply:
    name = call.query.get("type", "")
    kind = _KINDS.get(name)
    if kind is None:
        raise Refusal(Errcode.BAD_MEDIA_KIND, "invalid type")
    upload = request.files.get("media")
    if upload is None or not upload.filename:
        raise Refusal(Errcode.NO_MEDIA, "missing media or its filename")
    content = upload.read()
    if len(content) <= _LEAST_BYTES:
        raise Refusal(Errcode.BAD_MEDIA_SIZE, "a media file has more than 5 bytes")
    if len(content) > kind.most:
        raise Refusal(Errcode.MEDIA_TOO_LARGE, "media size out of limit")
    if not content.startswith(kind.magic, kind.offset):
        raise Refusal(Errcode.BAD_MEDIA_FORMAT, "invalid media format")
    media = call.world.media.put(name, upload.filename, content)
    created_at = str(int(media.created_at.timestamp()))
    return {"type": name, "media_id": media.media_id, "created_at": created_at}


ENDPOINT = Endpoint(path="media/upload", verb="POST", answer=answer)
