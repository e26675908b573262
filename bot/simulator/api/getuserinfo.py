"""auth/getuserinfo: who logged in, for a one-time code (vendor page 91023)."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.codes import CodeError, Fault
from bot.simulator.errcodes import Errcode, Refusal

_CODES: Mapping[Fault, Errcode] = MappingProxyType(
    {
        Fault.UNKNOWN: Errcode.BAD_LOGIN_CODE,
        Fault.USED: Errcode.LOGIN_CODE_USED,
        Fault.EXPIRED: Errcode.LOGIN_CODE_EXPIRED,
    }
)


def answer(call: Call) -> Reply:
    try:
        userid = call.world.login_codes.redeem(call.query.get("code", ""))
    except CodeError as error:
        raise Refusal(_CODES[error.fault], f"code {error.fault}") from error
    return {"userid": userid}


ENDPOINT = Endpoint(path="auth/getuserinfo", verb="GET", answer=answer)
