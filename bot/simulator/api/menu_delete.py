"""menu/delete: take the app's menu away (vendor page 90233)."""

from bot.simulator.api.kit import Call, Endpoint, Reply, agent_in_query, check_agent


def answer(call: Call) -> Reply:
    check_agent(call.world, agent_in_query(call))
    call.world.menu = {}
    return {}


ENDPOINT = Endpoint(path="menu/delete", verb="GET", answer=answer)
