"""menu/create: replace the app's menu (vendor page 90231)."""

from bot.simulator import menus
from bot.simulator.api.kit import Call, Endpoint, Reply, agent_in_query, check_agent


def answer(call: Call) -> Reply:
    check_agent(call.world, agent_in_query(call))
    menus.check(call.body)
    call.world.menu = call.body
    return {}


ENDPOINT = Endpoint(path="menu/create", verb="POST", answer=answer)
