"""media/get: the bytes of a file, or an error as JSON with status 200 (vendor page 90254)."""

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
    return send_file(
        BytesIO(media.content),
        mimetype=media.content_type,
        as_attachment=True,
        download_name=media.filename,
    )


ENDPOINT = Endpoint(path="media/get", verb="GET", answer=answer)
