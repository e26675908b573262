"""message/recall: take a message back within 24 hours (vendor page 94867)."""

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    if not call.world.post_office.recall(str(call.body.get("msgid", ""))):
        raise Refusal(Errcode.BAD_MSGID, "invalid msgid, or older than 24 hours")
    return {}


ENDPOINT = Endpoint(path="message/recall", verb="POST", answer=answer)
