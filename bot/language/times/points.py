"""Points in time anywhere in a text.

    point = offset | (day | festival day) [clock] [前] | clock [前]

The value is a day (2026-09-30) where no hour is said, a minute (2026-09-23T12:00) where one is, and
a distance (PT30M, P3D) for 半小时后 and 三天后. A day without an hour that is not over counts as
ahead: 21号 said on the 21st is today. A note of "holiday" marks a day that is no working day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.language.times.days import DAY, DAYS, Days
from bot.language.times.festivals import FESTIVALS
from bot.language.times.found import Clock, Found
from bot.language.times.grammar import ALONE, BEFORE, LIMIT, WEEK, form, places_of
from bot.language.times.hours import HOUR_FIRST, certain_at, clock_at
from bot.language.times.moments import first_ahead
from bot.language.times.offsets import iso_duration, offset_at
from bot.language.times.recurrences import find_recurrence
from handlers.rules.calendar import SHANGHAI, local

_PointAt = Callable[[str, int, Clock], Found | None]

_PLACES = places_of(DAYS.first + FESTIVALS.first + HOUR_FIRST + "过再")
_ALONE = re.compile(ALONE)
_BEFORE = form(f"{BEFORE}?")
# What may stand between the day and the hour: 9月23日(周三)17:00, 周五的上午.
_ASIDE = form(rf"(?: \( {WEEK}[一二三四五六日天] \))?的?")


def find_moment(text: str, clock: Clock) -> Found | None:
    """Return the first point in time that *text* names."""
    return next(_points(text[:LIMIT], clock, _point_at), None)


def find_moments(text: str, clock: Clock) -> list[Found]:
    """Return all the points in time that *text* names, in order."""
    return list(_points(text[:LIMIT], clock, _point_at))


def find_day(text: str, clock: Clock) -> Found | None:
    """Return the first day that *text* names, as a date: 三天后 too, but not 下午三点."""
    found = next(_points(text[:LIMIT], clock, _dated_at), None)
    if found and found.at:
        return replace(found, value=local(found.at).date().isoformat(), at=None)
    return found


def day_at(text: str, at: int, clock: Clock) -> tuple[Days, int] | None:
    """Read the day at *at*, of whatever kind, and where it ends."""
    if read := DAYS.at(text, at):
        return read[1](read[0], clock.here), read[0].end()
    if named := FESTIVALS.at(text, at):
        day = named[1](named[0], clock)
        return (Days([day]), named[0].end()) if day else None
    return None


def _points(text: str, clock: Clock, point_at: _PointAt) -> Iterator[Found]:
    repeated = find_recurrence(text)  # 每周五上午九点 is no point
    end = 0
    for place in _PLACES.finditer(text):
        start = place.start()
        if start < end or (repeated and repeated.start <= start < repeated.end):
            continue
        if found := point_at(text, start, clock):
            yield found
            end = found.end


def _point_at(text: str, at: int, clock: Clock) -> Found | None:
    if (offset := offset_at(text, at)) and _ALONE.match(text, at):
        distance, end = offset
        return Found(iso_duration(distance), at, end, clock.now.astimezone(UTC) + distance)
    return _dated_at(text, at, clock) or _hour_at(text, at, clock)


def _dated_at(text: str, at: int, clock: Clock) -> Found | None:
    read = day_at(text, at, clock)
    if not (read and read[0].candidates):
        return None
    days, end = read
    aside = _ASIDE.match(text, end)
    hour = clock_at(text, aside.end() if aside else end)
    if hour:
        return _moment(days.candidates, hour, clock, at, text)
    end = _end(text, end)
    here = clock.here
    if days.distance:
        moment = datetime.combine(days.candidates[0], here.time(), SHANGHAI)
        note = clock.note(days.candidates[0])
        return Found(days.distance, at, end, moment.astimezone(UTC), note)
    ahead = (
        day
        for day in days.candidates
        if datetime.combine(day, time.min, SHANGHAI) + days.today_until > here
    )
    day = next(ahead, days.candidates[-1])
    return Found(day.isoformat(), at, end, note=clock.note(day))


def _hour_at(text: str, at: int, clock: Clock) -> Found | None:
    """Read a time of day without a day: today's, else tomorrow's."""
    if not (_ALONE.match(text, at) and certain_at(text, at)):
        return None
    hour = clock_at(text, at)
    return hour and _moment([clock.today, clock.today + DAY], hour, clock, at, text)


def _moment(
    days: list[date], hour: tuple[timedelta | None, int], clock: Clock, at: int, text: str
) -> Found | None:
    if hour[0] is None:
        return None
    moment = first_ahead(days, hour[0], clock.here)
    here = local(moment).replace(tzinfo=None)
    value = here.isoformat(timespec="minutes")
    return Found(value, at, _end(text, hour[1]), moment, clock.note(here.date()))


def _end(text: str, at: int) -> int:
    """Take the 前 of 周五前 in."""
    found = _BEFORE.match(text, at)
    return found.end() if found else at
