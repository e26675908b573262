"""From when until now: 昨晚到现在, 今早以来, 从上周一开始, 近24小时, 这两天.

A part of a day counts from its beginning (昨晚 from 18:00, 今早 from 6:00), 这两天 is yesterday and
today, and 几天 is three. What has no year or week is the last such time: 周五以来 is last Friday.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.language.times.days import DAYS, Days, months_back
from bot.language.times.found import Clock, Found, day_start
from bot.language.times.grammar import ALONE, COUNT, LIMIT, WEEK, count, form, places_of
from bot.language.times.hours import HOUR_FIRST, PERIOD, clock_at
from bot.language.times.periods import PERIODS, first_day
from handlers.rules.calendar import SHANGHAI

_DAY = timedelta(days=1)
_FROM = re.compile("[从自打]")
_PART = form(f" (?P<part>{PERIOD}|[早晨晚夜])")
_PART_BEGINS = {"凌": 0, "上": 8, "中": 12, "下": 12, "午": 12, "傍": 17} | dict.fromkeys(
    "晚夜深半", 18
)
_UNTIL_NOW = form(
    " (?:[之以]?来|到现在|到目前|到此刻|到这会儿?|到刚才|[到至]今(?:[天日儿](?:早上?|上午|凌晨)?"
    "|早上?|晨|晚)?|截[至止]目前|一直到)(?:为止)?"
)
_ONWARD = form(" (?:起(?!草|诉|来|床)|算起|起算|开始|[之以]?后)")
_STRETCH = (
    f"(?P<many>[半几]|[0-9]{{3}}|{COUNT}) 个?(?P<unit>小时|钟头|分钟|天|日|{WEEK}|月(?<=[个半]月))"
)
_ROLLING = form(f"(?:(?<!附)最?近|过去|这)(?:的|这)? {_STRETCH}(?:[以之]?来|内)?")
_FOR = form(f"{ALONE}{_STRETCH}(?:以来|来(?![自说电访])|[之以]?内的)")
_SELF_TAILED = re.compile("以来|至今|到现在")
_HINT = re.compile("来|内的|现在|目前|此刻|至今|到今|截|一直|起|开始|后|近|过去|这")
_PLACES = places_of(DAYS.first + PERIODS.first + HOUR_FIRST + "从自打这近最过半几")
_LOOK_BACK = (0, 7, 62, 366)  # days; from each the forms are read again, to find the last such day


def find_since(text: str, clock: Clock) -> Found | None:
    """Return where the first stretch of time begins that goes on until now."""
    text = text[:LIMIT]
    if not _HINT.search(text):
        return None
    for place in _PLACES.finditer(text):
        at = place.start()
        if found := _rolling_at(text, at, clock) or _since_at(text, at, clock):
            return found
    return None


def _since_at(text: str, at: int, clock: Clock) -> Found | None:
    begin = at + bool(_FROM.match(text, at))
    if read := DAYS.at(text, begin):
        hour, end = _hour_at(text, read[0].end())
        if tail := _tail_at(text, end):
            day, vague = _last_day(read, clock)
            if begin > at or not (vague and _ONWARD.match(text, end)):
                return _begun(day, hour, (at, tail.end()), clock)
        return None
    return _since_period_at(text, at, begin, clock) or _since_hour_at(text, at, begin, clock)


def _since_period_at(text: str, at: int, begin: int, clock: Clock) -> Found | None:
    read = PERIODS.at(text, begin)
    period = read and read[1](read[0], clock.today)
    if not (read and period):
        return None
    end = read[0].end()
    tail = _tail_at(text, end)
    if not (tail or _SELF_TAILED.search(read[0][0])):
        return None
    return _begun(first_day(period), None, (at, tail.end() if tail else end), clock)


def _since_hour_at(text: str, at: int, begin: int, clock: Clock) -> Found | None:
    """Read 早上8点到现在: today's hour, or yesterday's if today's is still to come."""
    hour, end = _hour_at(text, begin)
    tail = _UNTIL_NOW.match(text, end) if hour is not None else None
    if not tail:
        return None
    place = at, tail.end()
    yesterday = clock.today - _DAY
    return _begun(clock.today, hour, place, clock) or _begun(yesterday, hour, place, clock)


def _tail_at(text: str, at: int) -> re.Match[str] | None:
    return _UNTIL_NOW.match(text, at) or _ONWARD.match(text, at)


def _last_day(
    read: tuple[re.Match[str], Callable[[re.Match[str], datetime], Days]], clock: Clock
) -> tuple[date | None, bool]:
    """Return the last of the days that may be meant, and whether there were several."""
    found, meaning = read
    days = meaning(found, clock.here).candidates
    if len(days) == 1:
        return days[0], False
    earlier = (meaning(found, clock.here - back * _DAY).candidates for back in _LOOK_BACK)
    return max((day for days in earlier for day in days if day <= clock.today), default=None), True


def _hour_at(text: str, at: int) -> tuple[timedelta | None, int]:
    hour, end = clock_at(text, at) or (None, at)
    part = _PART.match(text, at)
    if part and part.end() == end:
        return timedelta(hours=_PART_BEGINS.get(part["part"][0], 6)), end
    return hour, end


def _begun(
    day: date | None, hour: timedelta | None, place: tuple[int, int], clock: Clock
) -> Found | None:
    """Return the beginning, unless it is still to come."""
    if not day:
        return None
    start = day_start(day) + (hour or timedelta())
    return _found(start, *place, by_day=hour is None) if start <= clock.now else None


def _found(start: datetime, at: int, end: int, *, by_day: bool) -> Found:
    here = start.astimezone(SHANGHAI).replace(tzinfo=None)
    value = here.date().isoformat() if by_day else here.isoformat(timespec="minutes")
    return Found(value, at, end, start)


def _rolling_at(text: str, at: int, clock: Clock) -> Found | None:
    """近24小时 to the minute; 近三天 and 这两天 with today as the last day."""
    found = _ROLLING.match(text, at) or _FOR.match(text, at)
    if not found:
        return None
    many = count(found["many"].replace("几", "三")) or 0.5  # 半
    unit = found["unit"]
    if unit in ("小时", "钟头", "分钟"):
        distance = timedelta(minutes=many) if unit == "分钟" else timedelta(hours=many)
        return _found(clock.now.astimezone(UTC) - distance, at, found.end(), by_day=False)
    if unit == "月" and many >= 1:
        first = months_back(clock.today, int(many))
    else:
        days = 1 if unit in "天日" else 30 if unit == "月" else 7
        first = clock.today - (int(many * days) - 1) * _DAY
    return _found(day_start(first), at, found.end(), by_day=True)
