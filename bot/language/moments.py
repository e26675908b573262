"""Times as people write them: 半小时后, 明早八点半, 下周一 14:30, 25号下午两点, 月底.

    expression = offset | day [clock] [前] | clock [前]

A day is read as the days it may mean, soonest first; the first that is still ahead with its clock
time is the one meant. What names one day only (今天, 本周五, a full date) is returned even when it
is past: refusing the past is the caller's business.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handlers.rules.calendar import SHANGHAI, local

_MORNING = timedelta(hours=9)  # a day without an hour
_MONTH_END = timedelta(hours=17)
_END_OF_WORK = timedelta(hours=17, minutes=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that were perhaps meant, and the time of day if no clock time follows."""

    candidates: list[date]
    default: timedelta = _MORNING


# One character for one, so that a place in the plain text is the same place in the text.
_PLAIN = str.maketrans(
    "０１２３４５６７８９：－／．点後鐘週號兩時個禮\u3000",
    "0123456789:-/.点后钟周号两时个礼 ",
)
_BETWEEN = " \t\r\n\u3000，,、。；;：:"  # between the time and what is to happen


def _form(pattern: str) -> re.Pattern[str]:
    """Compile *pattern*, in which a space stands for a little spacing (much would be slow)."""
    return re.compile(pattern.replace(" ", r"\s{0,3}"))


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = "[二三四五]?十[一二三四五六七八九]?"
_NUMBER = f"(?:[0-9]{{1,2}}|{_TENS}|[零〇]?[一二两三四五六七八九]|[零〇])"
_HALVES = {"半": 30, "一刻": 15, "三刻": 45}


def _number(word: str) -> int:
    if word.isascii():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones[-1:], 0)


# --- offsets: 30分钟后, 一个半小时后 ------------------------------------------------------------

_AFTER = "[之以]?后"
_AMOUNT = f"(?P<amount>半|[0-9]{{3,4}}|{_NUMBER}) 个?(?P<half>半)?"
_MINUTES = f"(?:(?P<minutes>{_NUMBER}) 分钟?)?"
_OFFSET = _form(f"{_AMOUNT} (?P<unit>分钟?|刻钟|小时|钟头) {_MINUTES} {_AFTER}")
_UNITS = {"分": timedelta(minutes=1), "刻": timedelta(minutes=15)}


def _offset(found: re.Match[str]) -> timedelta:
    count = 0.5 if found["amount"] == "半" else _number(found["amount"])
    unit = _UNITS.get(found["unit"][0], timedelta(hours=1))
    minutes = timedelta(minutes=_number(found["minutes"] or "0"))
    return count * unit + (unit / 2 if found["half"] else timedelta(0)) + minutes


# --- the time of day: 下午3点, 15:30, 晚上十二点, 下班前 -----------------------------------------

_PERIOD = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里"
_MINUTE = f"半|[一三]刻|{_NUMBER} 分|[0-9]{{2}}(?![0-9])|{_TENS}|[零〇][一二三四五六七八九]"
_SPOKEN = f"[点时](?!意见|建议|要求|[段候]) (?P<spoken>{_MINUTE})?[整钟]?"
_WRITTEN = ":(?P<written>[0-9]{2})(?![0-9])(?::[0-9]{2})?"
_CLOCK = _form(f" (?P<period>{_PERIOD}|[早晨晚])? (?P<hour>{_NUMBER}) (?:{_SPOKEN}|{_WRITTEN})")
_PERIOD_ALONE = _form(f" (?P<period>(?:{_PERIOD})(?!好)|(?<=[今明])[早晨晚](?!点))")
_OFFICE_CLOSES = _form(" 下班(?:时|[之以]?[前后])")
_BEFORE = _form("^ [之以]?前(?![往期面后台])")


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
} | dict.fromkeys("清早晨上", _hours((0, 12, 0)))
_MEANT["夜"] = _MEANT["晚"]
_PERIOD_HOUR = {"凌": 0, "中": 12, "下": 14, "傍": 18, "晚": 20, "夜": 20}  # the others: 9


def _clock(text: str, at: int) -> tuple[timedelta | None, int] | None:
    """Read the time of day at *at* and where it ends; a None time is one that cannot be."""
    if found := _OFFICE_CLOSES.match(text, at):
        return _END_OF_WORK, found.end()
    if found := _CLOCK.match(text, at):
        return _time_of_day(found), found.end()
    if found := _PERIOD_ALONE.match(text, at):
        return timedelta(hours=_PERIOD_HOUR.get(found["period"][0], 9)), found.end()
    return None


def _time_of_day(found: re.Match[str]) -> timedelta | None:
    word = (found["spoken"] or found["written"] or "0").removesuffix("分").strip()
    minute = _HALVES.get(word) or _number(word)
    said = _number(found["hour"])
    hour = _MEANT[(found["period"] or "")[:1]].get(said)
    if hour is None or minute > 59 or (said == 24 and minute):  # noqa: PLR2004 - a clock
        return None
    return timedelta(hours=hour, minutes=minute)


def _real(days: Iterable[tuple[int, int, int]]) -> _Days:
    """Keep the days that exist."""
    found = []
    for year, month, day in days:
        with suppress(ValueError):
            found.append(date(year, month, day))
    return _Days(found)


def _months(now: datetime, word: str | None) -> list[tuple[int, int]]:
    """Return the month that 本月 or 下个月 names; without a word this one and the next two."""
    first, count = (int("下" in word), 1) if word else (0, 3)
    this = now.year * 12 + now.month - 1 + first
    return [(n // 12, n % 12 + 1) for n in range(this, this + count)]


def _later(found: re.Match[str], now: datetime) -> _Days:
    """3天后, 两周后: the same time of day unless another is said."""
    days = _number(found["days"]) * (1 if found["unit"] in "天日" else 7)
    clock = now - datetime.combine(now, time.min, SHANGHAI)
    return _Days([now.date() + days * _DAY], clock)


def _named(found: re.Match[str], now: datetime) -> _Days:
    days = {"今": 0, "明": 1, "后": 2, "大": 3}[found[0][0]]
    return _Days([now.date() + days * _DAY])


def _weekday(found: re.Match[str], now: datetime) -> _Days:
    """周五 is the next Friday; 本周五 and 下周五 belong to a week that begins on Monday."""
    ahead = "一二三四五六日".index(found["day"].replace("天", "日")) - now.weekday()
    week = found["week"]
    if not week:
        return _Days([now.date() + (ahead % 7 + days) * _DAY for days in (0, 7)])
    return _Days([now.date() + (ahead + 7 * week.count("下")) * _DAY])


def _date(found: re.Match[str], now: datetime) -> _Days:
    year = found.groupdict().get("year")
    years = (int(year),) if year else (now.year, now.year + 1)
    return _real((year, _number(found["month"]), _number(found["day"])) for year in years)


def _day_of_month(found: re.Match[str], now: datetime) -> _Days:
    return _real((*month, _number(found["day"])) for month in _months(now, found["which"]))


def _month_end(found: re.Match[str], now: datetime) -> _Days:
    firsts = (date(year, month, 1) for year, month in _months(now, found["which"]))
    ends = [(first + 31 * _DAY).replace(day=1) - _DAY for first in firsts]
    return _Days(ends, _MONTH_END)


_EDGE = rf"(?=\s|$|{_PERIOD}|[早晚])"  # after digits that could be a count or a ratio
_YEAR, _MONTH, _DATE = "(?P<year>20[0-9]{2})", f"(?P<month>{_NUMBER})", f"(?P<day>{_NUMBER})"
_WHICH = "(?P<which>本|这个?|下个?)"
_DAY_FORMS: dict[re.Pattern[str], Callable[[re.Match[str], datetime], _Days]] = {
    _form(f"(?P<days>[0-9]{{3}}|{_NUMBER}) 个?(?P<unit>天|日|周|星期|礼拜) {_AFTER}(?!天)"): _later,
    _form("今[天日]|明[天日]|大?后[天日]|[今明](?=[早晚晨])"): _named,
    _form("(?P<week>[本这]|下{0,2})个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"): _weekday,
    _form(f"(?:{_YEAR} 年 )?{_MONTH} 月 {_DATE} (?:[日号]|{_EDGE})"): _date,
    _form(f"{_YEAR}[-/.]{_MONTH}[-/.]{_DATE}(?![0-9])T?"): _date,
    _form(f"{_MONTH}[-/]{_DATE}{_EDGE}"): _date,
    _form(f"(?:{_WHICH}月)? {_DATE} [日号](?![稿楼线院内])"): _day_of_month,
    _form(f"{_WHICH}?月[底末]"): _month_end,
}


def parse_moment(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the time that *text* begins with; return it in UTC, with the rest of the text.

    None if there is none, or if it cannot be: 25点, 2月30日.
    """
    text = text.strip()
    plain, here = text.translate(_PLAIN), local(now)
    if found := _OFFSET.match(plain):
        return (here + _offset(found)).astimezone(UTC), text[found.end() :].lstrip(_BETWEEN)
    day = _day(plain, here)
    days, at = day or (_Days([here.date(), here.date() + _DAY]), 0)
    clock = _clock(plain, at)
    if not (day or clock):
        return None
    hour, at = clock or (days.default, at)
    if hour is None or not days.candidates:
        return None
    moments = [datetime.combine(day, time.min, SHANGHAI) + hour for day in days.candidates]
    moment = next((each for each in moments if each > here), moments[-1])
    return moment.astimezone(UTC), _BEFORE.sub("", text[at:]).lstrip(_BETWEEN)


def _day(text: str, now: datetime) -> tuple[_Days, int] | None:
    for form, days_of in _DAY_FORMS.items():
        if found := form.match(text):
            return days_of(found, now), found.end()
    return None
