"""Stretches of days: 这周末, 8号到12号, 国庆期间, 明后两天, 下周, 10月1日至3日, 明天起三天.

这两天 is today and tomorrow, 未来三天 begins tomorrow, 近三天 ends today; 几天 is three. A holiday
that has begun is still meant by its name.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.language.times.days import DAYS, last_of_month, month_after
from bot.language.times.festivals import FIRST, NAME, holiday_meant
from bot.language.times.found import Clock, day_start
from bot.language.times.grammar import (
    ALONE,
    COUNT,
    COUNTS,
    DIGITS,
    LIMIT,
    TO,
    WEEK,
    Grammar,
    count,
    form,
    places_of,
)
from bot.language.times.points import day_at

_DAY = timedelta(days=1)
_Range = tuple[date, date]


def find_days(text: str, clock: Clock) -> tuple[str, str] | None:
    """Return the first and the last day of the first stretch of days in *text*."""
    text = text[:LIMIT]
    for place in _PLACES.finditer(text):
        if found := _range_at(text, place.start(), clock):
            first, last = found
            return first.isoformat(), last.isoformat()
    return None


def _range_at(text: str, at: int, clock: Clock) -> _Range | None:
    if found := _pair_at(text, at, clock):
        return found
    read = _RANGES.at(text, at)
    return read and read[1](read[0], clock)


_TO = form(f"(?:起|开始)?{TO}")
_START = form(
    f"(?:[起开]始?|[^0-9一二两三四五六七八九十,。;!?到至]{{0,5}}?)(?P<many>{COUNT}) 天"
    "(?!前|[之以]?后)"
)


def _pair_at(text: str, at: int, clock: Clock) -> _Range | None:
    """Read 周三到下周二, 明天到10月3日, 明天起三天."""
    read = day_at(text, at, clock)
    if not read or not read[0].candidates:
        return None
    days, end = read
    first = next((day for day in days.candidates if day >= clock.today), days.candidates[-1])
    if to := _TO.match(text, end):
        return _begun(text, at, to.end(), clock) or _until(first, text, to.end(), clock)
    start = _START.match(text, end)
    many = count(start["many"]) if start else 0
    return (first, first + (many - 1) * _DAY) if many > 1 else None


def _begun(text: str, at: int, last: int, clock: Clock) -> _Range | None:
    """Read 9月20日到25日 on the 21st: a stretch between dates that has begun and is not over."""
    read = day_at(text, at, replace(clock, now=clock.now - 31 * _DAY))
    if read and read[0].today_until == _DAY and len(read[0].candidates) > 1:
        found = _until(read[0].candidates[0], text, last, clock)
        if found and found[0] < clock.today <= found[1] <= found[0] + 31 * _DAY:
            return found
    return None


def _until(first: date, text: str, at: int, clock: Clock) -> _Range | None:
    """End with the first day from *first* on that the text at *at* can mean."""
    for now in (clock, replace(clock, now=day_start(first))):
        read = day_at(text, at, now)
        for day in read[0].candidates if read else ():
            if day >= first:
                return first, day
    return None


def _dates(found: re.Match[str], clock: Clock) -> _Range | None:
    """Read 1到3号, 10月1-7日, 10.1-10.7."""
    parts = found.groupdict()
    month = parts.get("month")
    months = [month_after(clock.today, ahead) for ahead in range(13)]
    if month:
        months = [each for each in months if each.month == count(month)]
    elif which := parts.get("which"):
        months = [month_after(clock.today, which.count("下") - which.count("上"))]
    for each in months:
        first = _day_in(each, count(found["first"]))
        until = count(parts.get("until") or str(each.month))
        days = _closed(first, until, found["last"]) if first else None
        if days and (parts.get("which") or days[1] >= clock.today):
            return days
    return None


def _day_in(month: date, day: int) -> date | None:
    return month.replace(day=day) if 1 <= day <= last_of_month(month).day else None


def _closed(first: date, month: int, day: str) -> _Range | None:
    """End with *day* of *month*, or of the month after if the stretch runs over its end."""
    ahead = (month - first.month) % 12
    for months in (ahead, ahead + 1):
        last = _day_in(month_after(first, months), count(day))
        if last and last >= first:
            return first, last
    return None


def _holiday(found: re.Match[str], clock: Clock) -> _Range | None:
    holiday = holiday_meant(found, clock)
    return (holiday.first, holiday.last) if holiday else None


def _first_of_holiday(found: re.Match[str], clock: Clock) -> _Range | None:
    """Read 国庆前三天 as its first three days."""
    days, many = _holiday(found, clock), count(found["many"])
    return (days[0], min(days[1], days[0] + (many - 1) * _DAY)) if days and many > 1 else None


def _last_of_holiday(found: re.Match[str], clock: Clock) -> _Range | None:
    days, many = _holiday(found, clock), count(found["many"])
    return (max(days[0], days[1] - (many - 1) * _DAY), days[1]) if days and many > 1 else None


def _shift(found: re.Match[str]) -> int:
    which = found["which"] or ""
    return which.count("下") - which.count("上")


def _week(found: re.Match[str], clock: Clock) -> _Range:
    monday = clock.today + (7 * _shift(found) - clock.today.weekday()) * _DAY
    return monday, monday + 6 * _DAY


def _weekend(found: re.Match[str], clock: Clock) -> _Range:
    _, sunday = _week(found, clock)
    return sunday - _DAY, sunday


def _month(found: re.Match[str], clock: Clock) -> _Range:
    first = month_after(clock.today, _shift(found))
    return first, last_of_month(first)


def _month_by_name(found: re.Match[str], clock: Clock) -> _Range | None:
    months = (month_after(clock.today, ahead) for ahead in range(12))
    first = next((each for each in months if each.month == count(found["month"])), None)
    return (first, last_of_month(first)) if first else None


def _named(found: re.Match[str], clock: Clock) -> _Range:
    days = ["今明后".index(char) for char in found["days"]]
    return clock.today + min(days) * _DAY, clock.today + max(days) * _DAY


def _counted(found: re.Match[str], clock: Clock) -> _Range | None:
    many = count(found["many"].replace("几", "三"))
    start = {"这": 0, "近": 1 - many, "去": 1 - many}.get(found["where"][-1], 1)
    first = clock.today + start * _DAY
    return (first, first + (many - 1) * _DAY) if many else None


_WHICH = "(?P<which>本|这个?|下{1,2}个?|上{1,2}个?)"
_NO_DAY = "(?![底末初中上下0-9一二三四五六七八九十])"

_RANGES: Grammar[Callable[[re.Match[str], Clock], _Range | None]] = Grammar(
    (
        COUNTS + "本这下上",
        (
            f"{ALONE}(?:(?:{_WHICH}|(?P<month>{COUNT}) )月 )?(?P<first>{COUNT}) [日号]?{TO}"
            f"(?:(?P<until>{COUNT}) 月 )?(?P<last>{COUNT}) [日号](?![稿楼线院])"
        ),
        _dates,
    ),
    (
        DIGITS,
        (
            f"{ALONE}(?P<month>{COUNT})[./](?P<first>{COUNT}){TO}"
            f"(?P<until>{COUNT})[./](?P<last>{COUNT})(?![0-9.])"
        ),
        _dates,
    ),
    (FIRST, f"{NAME}的?[前头](?P<many>{COUNT}) ?天", _first_of_holiday),
    (FIRST, f"{NAME}的?(?:最后|后)(?P<many>{COUNT}) ?天", _last_of_holiday),
    (FIRST, f"{NAME}(?![之以]?[前后]|第|最后|[当那正首头][天日])", _holiday),
    (FIRST, "(?:小?长假|假期|放假|节日|节假日|假日)期间", _holiday),
    (
        "本这下上周星礼双",
        f"(?<![每个隔]){_WHICH}?(?:{WEEK}末|双休日?|{WEEK}六[、和及到至]?{WEEK}?[日天])",
        _weekend,
    ),
    ("本这下上", f"{_WHICH}{WEEK}(?![一二三四五六日天1-7末边围])", _week),
    ("本这下上", f"{_WHICH}月{_NO_DAY}", _month),
    (COUNTS, f"{ALONE}(?<!年)(?P<month>{COUNT}) ?月份?{_NO_DAY}", _month_by_name),
    ("今明后", "(?P<days>[今明后]{2,3})[两三]?[天日]", _named),
    (
        "这近最过接未今往后",
        (
            "(?P<where>这|(?<!附)(?:最)?近|过去|接下来|未来|今后|往后|后面|后(?=[两几]))的?这?"
            f"(?P<many>几|{COUNT}) ?[天日](?![后前])"
        ),
        _counted,
    ),
)
_PLACES = places_of(DAYS.first + _RANGES.first)
