"""Lengths of time, as ISO 8601 durations in the unit that was said: 48小时 is PT48H, not P2D.

Choices: 半天 is PT12H, 半个月 P15D, 一周 P7D (ISO's P1W mixes with no other unit). 三个工作日
is P3D with the note "workdays", which ISO 8601 cannot say.
"""

import re
from typing import NamedTuple

from bot.language.times.found import Found
from bot.language.times.grammar import ALONE, COUNT, COUNTS, LIMIT, Grammar, count
from handlers.rules.numerals import number


class _Unit(NamedTuple):
    one: int  # of the letter's unit
    letter: str
    half: str  # half of it, written out
    clock: bool = False  # after the T


_UNITS = {
    "年": _Unit(1, "Y", "6M"),
    "季": _Unit(3, "M", "45D"),
    "月": _Unit(1, "M", "15D"),
    "周": _Unit(7, "D", ""),
    "天": _Unit(1, "D", "T12H"),
    "小": _Unit(1, "H", "30M", clock=True),
    "刻": _Unit(15, "M", "", clock=True),
    "分": _Unit(1, "M", "30S", clock=True),
    "秒": _Unit(1, "S", "", clock=True),
}
_SAME = {"星": "周", "礼": "周", "日": "天", "工": "天", "钟": "小"}

_ROUGH = re.compile("[一二两三四五六七八九]{2}")  # 两三天: three at most
_NUMBER = r"半|[0-9]{1,4}(?:\.5)?|[零一二两三四五六七八九十百]{1,6}"
_UNIT = (
    "年(?![级代底末初第上下]|度|[一二三四1-4]季|[0-9一二三四五六七八九十]{1,2}月)|(?<=个)季度|(?<=[个半])月(?![底末初])"
    "|周(?![年期末边报日天六])|星期|礼拜|天(?![气然津])|日(?=[之以]?内)|工作日"
    "|小时|钟头|刻钟|分钟|秒钟?"
)


def find_duration(text: str) -> Found | None:
    """Return the first length of time in *text*."""
    for found, _ in _DURATIONS.scan(text[:LIMIT]):
        if value := _value(found):
            note = "workdays" if found["unit"] == "工作日" else ""
            return Found(value, *found.span(), note=note)
    return None


def _value(found: re.Match[str]) -> str | None:
    initial = found["unit"][0]
    unit = _UNITS[_SAME.get(initial, initial)]
    word, point, _ = found["amount"].partition(".")
    half = bool(point or found["half"] or found["more"] or word == "半")
    if _ROUGH.fullmatch(word):
        word = word[1]
    amount = 0 if word == "半" else number(word)
    if amount is None or (initial == "年" and amount >= 100):  # noqa: PLR2004 - 2026年 is a date
        return None
    return _written(unit, amount * unit.one, half=half, minutes=count(found["minutes"]))


def _written(unit: _Unit, amount: int, *, half: bool, minutes: int) -> str:
    if unit.letter == "H":
        minutes += 30 * half
        rest = f"{minutes}M" if minutes else ""
    else:
        rest = unit.half * half
    whole = f"{amount}{unit.letter}" if amount or not rest else ""
    return f"P{'T' * unit.clock}{whole}{rest}"


_DURATIONS: Grammar[None] = Grammar(
    (
        COUNTS + "半百",
        (
            f"{ALONE}(?<![这那明后每上下点:])(?P<amount>{_NUMBER}) (?:个(?P<half>半)?)? "
            f"(?P<unit>{_UNIT})(?P<more>半(?!夜))?"
            f"(?:(?<=[时头]) 零?(?P<minutes>{COUNT}) 分钟?)?"
        ),
        None,
    )
)
