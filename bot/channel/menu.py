"""The app's menu, in WeCom's JSON and within its limits."""

from collections.abc import Sequence

from bot.channel.transport import Json

_MOST_COLUMNS = 3
_MOST_ENTRIES = 5
_COLUMN_BYTES = 16
_ENTRY_BYTES = 40
_KEY_BYTES = 128

Column = tuple[str, Sequence[tuple[str, str]]]


def menu_buttons(menu: Sequence[Column]) -> list[Json]:
    """Return the buttons of *menu*, all of which send a click with their key.

    Raises:
        ValueError: too many columns or entries, or a name or key of too many bytes; the message
            names the one at fault. A Chinese character takes three bytes.
    """
    _check_count("columns", len(menu), _MOST_COLUMNS)
    return [_column(name, entries) for name, entries in menu]


def _column(name: str, entries: Sequence[tuple[str, str]]) -> Json:
    _check_bytes(name, _COLUMN_BYTES)
    _check_count(f"entries under {name}", len(entries), _MOST_ENTRIES)
    return {"name": name, "sub_button": [_entry(*entry) for entry in entries]}


def _entry(name: str, key: str) -> Json:
    _check_bytes(name, _ENTRY_BYTES)
    _check_bytes(key, _KEY_BYTES)
    return {"type": "click", "name": name, "key": key}


def _check_count(what: str, count: int, most: int) -> None:
    if not 1 <= count <= most:
        raise ValueError(f"a menu has 1 to {most} {what}, not {count}")


def _check_bytes(text: str, most: int) -> None:
    size = len(text.encode())
    if not 1 <= size <= most:
        raise ValueError(f"{text!r} in the menu is {size} bytes long, WeCom takes 1 to {most}")
