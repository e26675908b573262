"""menu/get: the app's menu as it was created (vendor page 90232)."""

from bot.simulator.api.kit import Call, Endpoint, Reply, agent_in_query, check_agent
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    check_agent(call.world, agent_in_query(call))
    if not call.world.menu:
        raise Refusal(Errcode.NO_MENU, "menu does not exist")
    return call.world.menu


ENDPOINT = Endpoint(path="menu/get", verb="GET", answer=answer)
