"""What WeCom accepts as a template card (page 90236): required parts, sizes of arrays and keys."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.simulator.cards import Card
from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.text import size

_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]+")
_TASK_ID_BYTES = 128
_KEY_BYTES = 1024
_OPTION_BYTES = 128
INTERACTIVE = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})


def check(card: Card) -> None:
    """Look at the whole card.

    Raises:
        Refusal: with the first thing that WeCom would not accept.
    """
    if card.get("card_type") not in _KINDS:
        raise Refusal(Errcode.CARD_TYPE, "invalid card_type")
    _check_title(card)
    _check_rows(card)
    _check_menu(card)
    _check_task_id(card)
    _KINDS[card["card_type"]](card)


def _check_title(card: Card) -> None:
    titled = _part(card, "main_title").get("title")
    if card["card_type"] == "text_notice":
        titled = titled or card.get("sub_title_text")
    if not titled:
        raise Refusal(Errcode.NO_TITLE, "missing title")


def _check_rows(card: Card) -> None:
    for row in _rows(card, "horizontal_content_list", 0, 6, Errcode.CARD_ROWS):
        needed = {1: "url", 2: "media_id", 3: "userid"}.get(row.get("type", 0))
        if not row.get("keyname") or (needed and not row.get(needed)):
            raise Refusal(Errcode.CARD_ROWS, "a row of horizontal_content_list lacks a field")
    for jump in _rows(card, "jump_list", 0, 3, Errcode.CARD_JUMPS):
        needed = {1: "url", 2: "appid"}.get(jump.get("type", 0))
        if not jump.get("title") or (needed and not jump.get(needed)):
            raise Refusal(Errcode.CARD_JUMPS, "a row of jump_list lacks a field")


def _check_menu(card: Card) -> None:
    if "action_menu" not in card:
        return
    actions = _rows(_part(card, "action_menu"), "action_list", 1, 3, Errcode.CARD_MENU)
    _check_keys(actions, "key", Errcode.CARD_MENU)


def _check_task_id(card: Card) -> None:
    task_id = card.get("task_id", "")
    if not task_id:
        if card["card_type"] in INTERACTIVE or "action_menu" in card:
            raise Refusal(Errcode.CARD_TASK_ID, "missing task_id")
        return
    if not _TASK_ID.fullmatch(task_id) or size(task_id) > _TASK_ID_BYTES:
        raise Refusal(Errcode.CARD_TASK_ID, "invalid task_id")


def _check_notice(card: Card) -> None:
    action = _part(card, "card_action")
    needed = {1: "url", 2: "appid"}.get(action.get("type", 0))
    if needed is None or not action.get(needed):
        raise Refusal(Errcode.CARD_ACTION, "missing or invalid card_action")


def _check_news(card: Card) -> None:
    _check_notice(card)
    if not (_part(card, "card_image").get("url") or _part(card, "image_text_area")):
        raise Refusal(Errcode.CARD_IMAGE, "missing card_image")
    _rows(card, "vertical_content_list", 0, 4, Errcode.CARD_ROWS)


def _check_buttons(card: Card) -> None:
    buttons = _rows(card, "button_list", 1, 6, Errcode.CARD_BUTTONS)
    if any(not button.get("text") for button in buttons):
        raise Refusal(Errcode.CARD_BUTTONS, "a button lacks its text")
    if any(button.get("style", 1) not in (1, 2, 3, 4) for button in buttons):
        raise Refusal(Errcode.CARD_BUTTONS, "invalid button style")
    links = [button for button in buttons if button.get("type", 0) == 1]
    if any(not button.get("url") for button in links):
        raise Refusal(Errcode.CARD_BUTTONS, "a button lacks its url")
    _check_keys([one for one in buttons if one not in links], "key", Errcode.CARD_KEY)
    if "button_selection" in card:
        _check_selections([_part(card, "button_selection")], 10)


def _check_vote(card: Card) -> None:
    box = _part(card, "checkbox")
    if box.get("mode", 0) not in (0, 1):
        raise Refusal(Errcode.CARD_SELECTION, "invalid checkbox mode")
    _check_selections([box], 20)
    _check_submit(card)


def _check_multiple(card: Card) -> None:
    _check_selections(_rows(card, "select_list", 1, 3, Errcode.CARD_SELECTION), 10)
    _check_submit(card)


def _check_selections(questions: Sequence[Card], most: int) -> None:
    _check_keys(questions, "question_key", Errcode.CARD_SELECTION)
    for question in questions:
        options = _rows(question, "option_list", 1, most, Errcode.CARD_SELECTION)
        _check_keys(options, "id", Errcode.CARD_SELECTION, _OPTION_BYTES)
        if any(not option.get("text") for option in options):
            raise Refusal(Errcode.CARD_SELECTION, "an option lacks its text")


def _check_submit(card: Card) -> None:
    submit = _part(card, "submit_button")
    if not submit.get("text"):
        raise Refusal(Errcode.CARD_SUBMIT, "missing submit_button")
    _check_keys([submit], "key", Errcode.CARD_SUBMIT)


def _check_keys(rows: Sequence[Card], name: str, code: Errcode, most: int = _KEY_BYTES) -> None:
    keys = [row.get(name) for row in rows]
    if any(not isinstance(key, str) or not 0 < size(key) <= most for key in keys):
        raise Refusal(code, f"missing or too long {name}")
    if len(set(keys)) < len(keys):
        raise Refusal(code, f"duplicate {name}")


def _part(card: Card, name: str) -> Card:
    part = card.get(name, {})
    if not isinstance(part, Mapping):
        raise Refusal(Errcode.NO_TITLE, f"missing title ({name} is nested wrongly)")
    return part


def _rows(card: Card, name: str, least: int, most: int, code: Errcode) -> list[Card]:
    rows: Any = card.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refusal(Errcode.NO_TITLE, f"missing title ({name} is nested wrongly)")
    if not least <= len(rows) <= most:
        raise Refusal(code, f"{name} must have {least} to {most} rows")
    return rows


_KINDS: Mapping[str, Callable[[Card], None]] = MappingProxyType(
    {
        "text_notice": _check_notice,
        "news_notice": _check_news,
        "button_interaction": _check_buttons,
        "vote_interaction": _check_vote,
        "multiple_interaction": _check_multiple,
    }
)
