"""message/update_template_card: grey the buttons of a card or replace it (vendor page 94888)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.simulator import card_rules, cards
from bot.simulator.api.kit import Call, Endpoint, Reply, check_agent
from bot.simulator.codes import CodeError
from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.messages import Message
from bot.simulator.recipients import find


def answer(call: Call) -> Reply:
    body, world = call.body, call.world
    check_agent(world, body.get("agentid"))
    users = ["@all"] if body.get("atall") == 1 else _texts(body.get("userids"))
    people = find(world.directory, users, _texts(body.get("partyids")), _texts(body.get("tagids")))
    code = str(body.get("response_code", ""))
    try:
        card = world.card_codes.look(code)
        change = _change(body, card.card_type)
        world.card_codes.redeem(code)
    except CodeError as error:
        raise Refusal(Errcode.BAD_RESPONSE_CODE, f"invalid response_code: {error.fault}") from error
    for userid in people.members:
        world.chats.amend(userid, card.message_id, change)
    return {"invaliduser": list(people.bad_users)}


def _change(body: Mapping[str, Any], card_type: str) -> Callable[[Message], Message]:
    if card := body.get("template_card"):
        card_rules.check(card)
        return lambda message: _replaced(message, card)
    label = body.get("button", {}).get("replace_name")
    if not label:
        raise Refusal(Errcode.BAD_PARAMETER, "neither button nor template_card")
    if card_type not in card_rules.INTERACTIVE:
        raise Refusal(Errcode.CARD_NOT_INTERACTIVE, "this card has no buttons to grey")
    return lambda message: replace(message, card_state=label)


def _replaced(message: Message, card: cards.Card) -> Message:
    state = card.get("replace_text") or None
    return replace(message, payload=card, text=cards.readable(card), card_state=state)


def _texts(values: Sequence[object] | None) -> list[str]:
    return [str(value) for value in values or ()]


ENDPOINT = Endpoint(path="message/update_template_card", verb="POST", answer=answer)
