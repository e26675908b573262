"""Cards with buttons, in WeCom's JSON and within its limits."""

import re
from collections.abc import Sequence

from bot.channel.texts import clip
from bot.channel.transport import Json
from handlers.kit.messages import Button, ButtonCard
from storage.vocabulary import UserId

_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
_KEY_BYTES = 1024
_MOST_FACTS = 6
_MOST_BUTTONS = 6
_STYLES = {"primary": 1, "danger": 2, "plain": 3}


def button_card(card: ButtonCard) -> Json:
    """Return the `button_interaction` card.

    Texts that are too long to be shown are clipped; what WeCom would refuse is an error here.

    Raises:
        ValueError: no title, too many facts or buttons, or a card id or key WeCom will not take.
    """
    _check(card)
    payload: Json = {
        "card_type": "button_interaction",
        "source": {"desc": clip(card.source, 20)},
        "main_title": {"title": clip(card.title, 36), "desc": clip(card.description, 44)},
        "task_id": card.card_id,
        "button_list": [_button(button) for button in card.buttons],
    }
    if card.summary:
        payload["sub_title_text"] = clip(card.summary, 160)
    if card.facts:
        payload["horizontal_content_list"] = [
            {"keyname": clip(name, 5), "value": clip(value, 30)} for name, value in card.facts
        ]
    if card.url:
        payload["card_action"] = {"type": 1, "url": card.url}
    return payload


def card_update(
    agent_id: int, recipients: Sequence[UserId], response_code: str, label: str
) -> Json:
    """Return the update that greys a card's buttons; WeCom wants an array of members here."""
    return {
        "userids": list(recipients),
        "agentid": agent_id,
        "response_code": response_code,
        "button": {"replace_name": label},
    }


def _check(card: ButtonCard) -> None:
    keys = [button.key for button in card.buttons]
    rules = {
        "a card has a title": bool(card.title),
        "a card id is 1 to 128 of 0-9 A-Z a-z _ - @": bool(_TASK_ID.fullmatch(card.card_id)),
        "a card has at most 6 facts": len(card.facts) <= _MOST_FACTS,
        "a fact has a name": all(name for name, _ in card.facts),
        "a card has 1 to 6 buttons": 1 <= len(keys) <= _MOST_BUTTONS,
        "a button has a label": all(button.label for button in card.buttons),
        "a button's key is 1 to 1,024 bytes": all(
            1 <= len(key.encode()) <= _KEY_BYTES for key in keys
        ),
        "no two buttons share a key": len(keys) == len(set(keys)),
    }
    for rule, kept in rules.items():
        if not kept:
            raise ValueError(rule)


def _button(button: Button) -> Json:
    return {"text": clip(button.label, 10), "style": _STYLES[button.style], "key": button.key}
