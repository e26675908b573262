"""What WeCom accepts as an app's menu (page 90231)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.text import size

Button = Mapping[str, Any]

_KEYED = frozenset(
    {
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    }
)
_KEY_BYTES = 128
_URL_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """The limits and codes of one of the two levels."""

    most: int
    name_bytes: int
    count: Errcode
    kind: Errcode
    name: Errcode
    key: Errcode
    url: Errcode


_TOP = _Level(
    most=3,
    name_bytes=16,
    count=Errcode.BAD_BUTTON_COUNT,
    kind=Errcode.BAD_BUTTON_TYPE,
    name=Errcode.BAD_BUTTON_NAME,
    key=Errcode.BAD_BUTTON_KEY,
    url=Errcode.BAD_BUTTON_URL,
)
_SUB = _Level(
    most=5,
    name_bytes=40,
    count=Errcode.BAD_SUB_COUNT,
    kind=Errcode.BAD_SUB_TYPE,
    name=Errcode.BAD_SUB_NAME,
    key=Errcode.BAD_SUB_KEY,
    url=Errcode.BAD_SUB_URL,
)


def check(menu: Mapping[str, Any]) -> None:
    """Look at the whole menu.

    Raises:
        Refusal: with the first thing that WeCom would not accept.
    """
    top = menu.get("button", [])
    _check_level(top, _TOP)
    for button in top:
        if "sub_button" not in button:
            continue
        _check_level(button["sub_button"], _SUB)
        if any(sub.get("sub_button") for sub in button["sub_button"]):
            raise Refusal(Errcode.BAD_MENU_DEPTH, "invalid sub button level")


def _check_level(buttons: Sequence[Button], level: _Level) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= level.most:
        raise Refusal(level.count, "invalid button size")
    for button in buttons:
        if not 0 < size(button.get("name", "")) <= level.name_bytes:
            raise Refusal(level.name, "invalid button name size")
        if not button.get("sub_button"):
            _check_action(button, level)


def _check_action(button: Button, level: _Level) -> None:
    kind = button.get("type")
    if kind in _KEYED:
        if not 0 < size(button.get("key", "")) <= _KEY_BYTES:
            raise Refusal(level.key, "invalid button key size")
    elif kind == "view":
        if not 0 < size(button.get("url", "")) <= _URL_BYTES:
            raise Refusal(level.url, "invalid button url size")
    elif kind != "view_miniprogram" or not (button.get("pagepath") and button.get("appid")):
        raise Refusal(level.kind, "invalid button type")
