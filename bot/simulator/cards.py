"""Template cards as a phone understands them: their text, their buttons, what can be chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Card = Mapping[str, Any]
Selected = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button does: the event it causes and the key that comes with it."""

    event: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRef:
    """Which card a response code is for."""

    message_id: str
    card_type: str


def readable(card: Card) -> str:
    """Return the texts of a card, one a line, its buttons in brackets."""
    return "\n".join(line for line in _lines(card) if line.strip())


def presses(card: Card) -> dict[str, Press]:
    """Return what can be pressed on a card, by label; buttons that open a link cause no event."""
    found = {
        button["text"]: Press(event="template_card_event", key=button["key"])
        for button in card.get("button_list", [])
        if button.get("type", 0) == 0
    }
    if submit := card.get("submit_button"):
        found[submit["text"]] = Press(event="template_card_event", key=submit["key"])
    for action in card.get("action_menu", {}).get("action_list", []):
        found[action["text"]] = Press(event="template_card_menu_event", key=action["key"])
    return found


def choices(card: Card, selected: Selected) -> dict[str, list[str]]:
    """Return the option ids chosen for each question: *selected* over what the card preselects.

    Raises:
        ValueError: an option or a question that the card does not have.
    """
    chosen: dict[str, list[str]] = {}
    for key, options, preset in _questions(card):
        wanted = list(selected.get(key, preset))
        for option in wanted:
            if option not in options:
                raise ValueError(f"question {key!r} has no option {option!r}")
        chosen[key] = wanted
    if strange := set(selected) - set(chosen):
        raise ValueError(f"the card does not ask {', '.join(sorted(strange))}")
    return chosen


def _questions(card: Card) -> Iterator[tuple[str, list[str], list[str]]]:
    if selection := card.get("button_selection"):
        yield _drop_down(selection)
    for selection in card.get("select_list", []):
        yield _drop_down(selection)
    if checkbox := card.get("checkbox"):
        options = checkbox["option_list"]
        checked = [option["id"] for option in options if option.get("is_checked")]
        yield checkbox["question_key"], [option["id"] for option in options], checked


def _drop_down(selection: Card) -> tuple[str, list[str], list[str]]:
    options = [option["id"] for option in selection["option_list"]]
    return selection["question_key"], options, [selection.get("selected_id") or options[0]]


def _lines(card: Card) -> Iterator[str]:
    yield card.get("source", {}).get("desc", "")
    for part in ("main_title", "emphasis_content"):
        yield from (card.get(part, {}).get(name, "") for name in ("title", "desc"))
    yield card.get("sub_title_text", "")
    yield from (card.get("quote_area", {}).get(name, "") for name in ("title", "quote_text"))
    for row in card.get("horizontal_content_list", []):
        yield f"{row['keyname']}：{row.get('value', '')}"
    for row in card.get("vertical_content_list", []):
        yield f"{row['title']} {row.get('desc', '')}"
    yield from (jump["title"] for jump in card.get("jump_list", []))
    for _key, options, _preset in _questions(card):
        yield " / ".join(options)
    yield " ".join(f"[{button['text']}]" for button in card.get("button_list", []))
    if submit := card.get("submit_button"):
        yield f"[{submit['text']}]"
