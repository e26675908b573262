"""message/send: a message of the app to members (vendor page 90236)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.simulator import contents
from bot.simulator.api.kit import Call, Endpoint, Reply, check_agent
from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.post_office import Letter, fingerprint
from bot.simulator.recipients import find

_DEFAULT_INTERVAL = 1800
_LONGEST_INTERVAL = 14400


def answer(call: Call) -> Reply:
    body, world = call.body, call.world
    kind = str(body.get("msgtype", ""))
    if kind and not isinstance(body.get(kind, {}), Mapping):
        raise Refusal(Errcode.BAD_PARAMETER, f"{kind} is not an object")
    people = find(
        world.directory, _split(body, "touser"), _split(body, "toparty"), _split(body, "totag")
    )
    check_agent(world, body.get("agentid"))
    mark = fingerprint(body) if body.get("enable_duplicate_check") == 1 else ""
    payload = contents.accept(kind, body.get(kind, {}), world.media)
    if kind == "template_card" and not world.post_office.is_duplicate(mark):
        _check_task_id(call, payload.get("task_id", ""))
    msgid, response_code = world.post_office.send(
        Letter(
            recipients=people.members,
            kind=kind,
            payload=payload,
            fingerprint=mark,
            check_for=timedelta(seconds=_interval(body)),
        )
    )
    said = {
        "invaliduser": "|".join(people.bad_users),
        "invalidparty": "|".join(people.bad_parties),
        "invalidtag": "|".join(people.bad_tags),
        "unlicenseduser": "",
        "msgid": msgid,
    }
    return {**said, "response_code": response_code} if response_code else said


def _check_task_id(call: Call, task_id: str) -> None:
    if task_id and call.world.post_office.has_used(task_id):
        raise Refusal(Errcode.CARD_TASK_ID_USED, "task_id was used before")


def _split(body: Mapping[str, Any], name: str) -> list[str]:
    return [one for one in str(body.get(name, "")).split("|") if one]


def _interval(body: Mapping[str, Any]) -> int:
    seconds = body.get("duplicate_check_interval", _DEFAULT_INTERVAL)
    if not isinstance(seconds, int):
        raise Refusal(Errcode.BAD_PARAMETER, "invalid duplicate_check_interval")
    return min(seconds, _LONGEST_INTERVAL)


ENDPOINT = Endpoint(path="message/send", verb="POST", answer=answer)
