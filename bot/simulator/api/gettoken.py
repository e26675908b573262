"""gettoken: an access token for a corp id and an app's secret (vendor page 91039)."""

import hmac

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    settings = call.world.settings
    if not (corp_id := call.query.get("corpid", "")):
        raise Refusal(Errcode.NO_CORP_ID, "corpid missing")
    if not (secret := call.query.get("corpsecret", "")):
        raise Refusal(Errcode.NO_SECRET, "corpsecret missing")
    if corp_id != settings.corp_id:
        raise Refusal(Errcode.BAD_CORP_ID, "invalid corpid")
    if not hmac.compare_digest(secret.encode(), settings.secret.encode()):
        raise Refusal(Errcode.BAD_SECRET, "invalid credential")
    token, seconds = call.world.tokens.get()
    return {"access_token": token, "expires_in": seconds}


ENDPOINT = Endpoint(path="gettoken", verb="GET", answer=answer, needs_token=False)
