"""user/get: one member, without what an app created after 2022-06-20 is not told (page 90196)."""

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.corp import UnknownAccountError
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    directory = call.world.directory
    try:
        account = directory.get(call.query.get("userid", ""))
    except UnknownAccountError as error:
        raise Refusal(Errcode.NO_SUCH_MEMBER, "userid not found") from error
    department = directory.department_of(account)
    return {
        "userid": account.userid.lower(),
        "name": account.name,
        "department": [department],
        "main_department": department,
        "status": 1,
    }


ENDPOINT = Endpoint(path="user/get", verb="GET", answer=answer)
