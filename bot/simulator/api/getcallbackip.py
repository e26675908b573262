"""getcallbackip: where callbacks come from (vendor page 92521)."""

from bot.simulator.api.kit import Call, Endpoint, Reply


def answer(_call: Call) -> Reply:
    return {"ip_list": ["127.0.0.1"]}


ENDPOINT = Endpoint(path="getcallbackip", verb="GET", answer=answer)
