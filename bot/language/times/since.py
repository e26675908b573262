"""From when until now: 昨晚到现在, 今早以来, 从上周一开始, 近24小时, 这两天.

A part of a day counts from its beginning (昨晚 from 18:00, 今早 from 6:00), 这两天 is yesterday and
today, and 几天 is three. What has no year or week is the last such time: 周五以来 is last Friday.
"""

import re
from datetime import UTC, date, datetime, timedelta

from bot.language.times.days import DAYS, last_of_month, month_after
from bot.language.times.found import Clock, Found, day_start
from bot.language.times.grammar import COUNT, LIMIT, WEEK, count, form, places_of
from bot.language.times.hours import PERIOD, clock_at
from bot.language.times.periods import PERIODS, first_day
from handlers.rules.calendar import SHANGHAI

_DAY = timedelta(days=1)
_FROM = re.compile("[从自打]")
_PART = form(f" (?P<part>{PERIOD}|[早晨晚夜])")
_PART_BEGINS = {"凌": 0, "上": 8, "中": 12, "下": 12, "午": 12, "傍": 17} | dict.fromkeys(
    "晚夜深半", 18
)
_UNTIL_NOW = form(
    " (?:[之以]?来|到现在|到目前|到此刻|至今|到今[天日早晚]|截[至止]目前|一直到)(?:为止)?"
)
_ONWARD = form(" (?:起(?!草|诉|来|床)|开始|[之以]?后)")
_ROLLING = form(
    f"(?:(?<!附)最?近|过去|这)(?:的|这)? (?P<many>[半几]|[0-9]{{3}}|{COUNT}) 个?"
    f"(?P<unit>小时|钟头|分钟|天|日|{WEEK}|月)(?:[以之]?来|内)?"
)
_PLACES = places_of(DAYS.first + PERIODS.first + "从自打这近最过")
_LOOK_BACK = (0, 7, 62, 366)  # days; from each the forms are read again, to find the last such day


def find_since(text: str, clock: Clock) -> Found | None:
    """Return where the first stretch of time begins that goes on until now."""
    text = text[:LIMIT]
    end = 0
    for place in _PLACES.finditer(text):
        at = place.start()
        if at >= end and (found := _rolling_at(text, at, clock) or _since_at(text, at, clock)):
            return found
    return None


def _since_at(text: str, at: int, clock: Clock) -> Found | None:
    marked = bool(_FROM.match(text, at))
    read = _day_at(text, at + marked, clock) or _period_at(text, at + marked, clock)
    if not read:
        return None
    day, hour, end, vague = read
    tail = _UNTIL_NOW.match(text, end) or (
        None if vague and not marked else _ONWARD.match(text, end)
    )
    start = day_start(day) + (hour or timedelta())
    if not tail or start > clock.now:
        return None
    return _found(start, at, tail.end(), by_day=hour is None)


def _found(start: datetime, at: int, end: int, *, by_day: bool) -> Found:
    here = start.astimezone(SHANGHAI).replace(tzinfo=None)
    value = here.date().isoformat() if by_day else here.isoformat(timespec="minutes")
    return Found(value, at, end, start)


_Read = tuple[date, timedelta | None, int, bool]


def _day_at(text: str, at: int, clock: Clock) -> _Read | None:
    """Read a day and perhaps its hour; the last of the days that may be meant."""
    read = DAYS.at(text, at)
    if not read:
        return None
    found, meaning = read
    days = meaning(found, clock.here)
    vague = len(days.candidates) > 1
    if vague:
        earlier = (meaning(found, clock.here - back * _DAY).candidates for back in _LOOK_BACK)
        past = [day for days in earlier for day in days if day <= clock.today]
    else:
        past = days.candidates
    if not past:
        return None
    hour, end = _hour_at(text, found.end())
    return max(past), hour, end, vague


def _hour_at(text: str, at: int) -> tuple[timedelta | None, int]:
    hour, end = clock_at(text, at) or (None, at)
    part = _PART.match(text, at)
    if part and part.end() == end:
        return timedelta(hours=_PART_BEGINS.get(part["part"][0], 6)), end
    return hour, end


def _period_at(text: str, at: int, clock: Clock) -> _Read | None:
    read = PERIODS.at(text, at)
    period = read and read[1](read[0], clock.today)
    if not (read and period):
        return None
    return first_day(period), None, read[0].end(), False


def _rolling_at(text: str, at: int, clock: Clock) -> Found | None:
    """近24小时 to the minute; 近三天 and 这两天 with today as the last day."""
    found = _ROLLING.match(text, at)
    if not found:
        return None
    many = count(found["many"].replace("几", "三")) or 0.5  # 半
    unit = found["unit"]
    if unit in ("小时", "钟头", "分钟"):
        distance = timedelta(minutes=many) if unit == "分钟" else timedelta(hours=many)
        return _found(clock.now.astimezone(UTC) - distance, at, found.end(), by_day=False)
    if unit == "月":
        first = _months_back(clock.today, many)
    else:
        first = clock.today - (int(many * (1 if unit in "天日" else 7)) - 1) * _DAY
    return _found(day_start(first), at, found.end(), by_day=True)


def _months_back(day: date, many: float) -> date:
    if many < 1:
        return day - 14 * _DAY
    first = month_after(day, -int(many))
    return first.replace(day=min(day.day, last_of_month(first).day)) + _DAY
