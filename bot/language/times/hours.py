"""The time of day: 下午3点, 15:30, 晚上十二点, 下班前."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.language.times.grammar import COUNT, TENS, count, form

HOUR_FIRST = "凌清早晨上中下午傍晚夜深半一大"  # where a time of day without a number begins
MORNING = timedelta(hours=9)  # a day without an hour
_WORK_BEGINS = timedelta(hours=8, minutes=30)
_AFTERNOON_BEGINS = timedelta(hours=14)
_WORK_ENDS = timedelta(hours=17, minutes=30)
_HALVES = {"半": 30, "一刻": 15, "三刻": 45}

PERIOD = "凌晨|清晨|早上|早晨|一大?早|大清早|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜"
_MINUTE = f"半|[一三]刻|{COUNT} 分|[0-9]{{2}}(?![0-9])|{TENS}|[零〇][一二三四五六七八九]"
_NOT_HOURS = (
    "意见|建议|要求|问题|内容|理由|原因|措施|体会|想法|看法|做法|经验|希望|说明|共识|多|[段候]"
)
_SPOKEN = f"[点时](?!{_NOT_HOURS}) (?P<spoken>{_MINUTE})?(?P<exact>[整钟])?"
_WRITTEN = ":(?P<written>[0-9]{2})(?![0-9])(?::[0-9]{2})?"
# 明天晚一点再说 names no hour.
_A_BIT = "(?! [早晚]一?点(?![半钟整前0-9一二三四五]))"
_CLOCK = form(f"{_A_BIT} (?P<period>{PERIOD}|[早晨晚])? (?P<hour>{COUNT}) (?:{_SPOKEN}|{_WRITTEN})")
_PERIOD_ALONE = form(
    f" (?P<period>(?:{PERIOD})(?![好安])|(?<=[今明昨每])[早晨晚夜](?!点)"
    "|(?<=[天一二三四五六日号])[早晚](?![一点些上会于班餐饭报交到来走起]))"
)
_OFFICE = form(
    f" (?P<period>{PERIOD}|[早晨晚])? "
    "(?:下班(?:时|[之以]?[前后])|(?P<opens>一?上班(?:时|[之以]?前)))"
)


def _hours(*spans: tuple[int, int, int]) -> Mapping[int, int]:
    return {said: said + shift for first, last, shift in spans for said in range(first, last + 1)}


# By a period's first character: the hours that may be said in it, and what they are on the 24-hour
# clock. From 24 on it is the next day; an hour that is not here is impossible.
_MEANT = {
    "": _hours((0, 24, 0)),
    "凌": _hours((0, 6, 0), (12, 12, -12)),
    "中": _hours((11, 14, 0), (1, 2, 12)),
    "下": _hours((12, 19, 0), (1, 7, 12)),
    "傍": _hours((16, 20, 0), (4, 8, 12)),
    "晚": _hours((17, 24, 0), (5, 12, 12), (0, 4, 24)),
} | dict.fromkeys("清早晨上一大", _hours((0, 12, 0)))
_MEANT |= {"夜": _MEANT["晚"], "深": _MEANT["晚"], "半": _MEANT["晚"], "午": _MEANT["下"]}
_PERIOD_HOUR = {"凌": 0, "中": 12, "下": 14, "午": 14, "傍": 18} | dict.fromkeys("晚夜深半", 20)


def clock_at(text: str, at: int) -> tuple[timedelta | None, int] | None:
    """Read the time of day at *at* and where it ends; a None time is one that cannot be."""
    if found := _OFFICE.match(text, at):
        return _office_hour(found), found.end()
    if found := _CLOCK.match(text, at):
        return _time_of_day(found), found.end()
    if found := _PERIOD_ALONE.match(text, at):
        return timedelta(hours=_PERIOD_HOUR.get(found["period"][0], 9)), found.end()
    return None


_CUE = form("[之以]?前|[到至~-]|开|提醒|叫|喊")
_END = form(r"\s*$|[,.;!?]")


def certain_at(text: str, at: int) -> bool:
    """Tell whether the numbers at *at* name an hour with no day beside them.

    三点 may be three points of something: it needs 下午, 半, 整 or what happens then. 9点 does not.
    """
    found = _CLOCK.match(text, at)
    if not found or found["period"] or found["written"] or found["spoken"] or found["exact"]:
        return True
    if found["hour"] in "零〇" or (found["hour"].isascii() and text[found.end() - 1] == "点"):
        return True
    ends = found["hour"] != "一" and _END.match(text, found.end())  # but 快一点, 早一点
    return bool(ends or _CUE.match(text, found.end()))


def _office_hour(found: re.Match[str]) -> timedelta:
    if not found["opens"]:
        return _WORK_ENDS
    return _AFTERNOON_BEGINS if found["period"] in ("下午", "午后") else _WORK_BEGINS


def _time_of_day(found: re.Match[str]) -> timedelta | None:
    word = (found["spoken"] or found["written"] or "0").removesuffix("分").strip()
    minute = _HALVES.get(word) or count(word)
    said = count(found["hour"])
    hour = _MEANT[(found["period"] or "")[:1]].get(said)
    if hour is None or minute > 59 or (said == 24 and minute):  # noqa: PLR2004 - a clock
        return None
    return timedelta(hours=hour, minutes=minute)
