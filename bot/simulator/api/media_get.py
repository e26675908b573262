"""media/get: the bytes of a file, or an error as JSON with status 200 (vendor page 90254)."""

import re
from io import BytesIO

from flask import send_file

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    media_id = call.query.get("media_id", "")
    if not media_id:
        raise Refusal(Errcode.NO_MEDIA_ID, "missing media_id")
    media = call.world.media.get(media_id)
    if media is None:
        raise Refusal(Errcode.BAD_MEDIA_ID, "invalid media_id")
    response = send_file(BytesIO(media.content), mimetype=media.content_type)
    response.headers["Content-Disposition"] = _disposition(media.filename)
    return response


def _disposition(filename: str) -> str:
    """Name the file as WeCom does: UTF-8 as it is, in a header that HTTP reads as Latin-1."""
    safe = re.sub(r'[\x00-\x1f"\\]', "_", filename)
    return f'attachment; filename="{safe}"'.encode().decode("latin-1")


ENDPOINT = Endpoint(path="media/get", verb="GET", answer=answer)
