"""Points in time anywhere in a text.

    point = offset | (day | festival day) [clock] [前] | clock [前]

The value is a day (2026-09-30) where no hour is said, a minute (2026-09-23T12:00) where one is, and
a distance (PT30M, P3D) for 半小时后 and 三天后. A day without an hour that is not over counts as
ahead: 21号 said on the 21st is today. A note of "holiday" marks a day that is no working day.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.language.times.days import DAY, DAYS, Days
from bot.language.times.festivals import FESTIVALS
from bot.language.times.found import Clock, Found
from bot.language.times.grammar import ALONE, BEFORE, LIMIT, WEEK, form, places_of
from bot.language.times.hours import HOUR_FIRST, certain_at, clock_at
from bot.language.times.moments import first_ahead
from bot.language.times.offsets import iso_duration, offset_at
from bot.language.times.recurrences import find_recurrence
from handlers.rules.calendar import SHANGHAI, local

_PLACES = places_of(DAYS.first + FESTIVALS.first + HOUR_FIRST + "过再")
_ALONE = re.compile(ALONE)
_BEFORE = form(f"{BEFORE}?")
# What may stand between the day and the hour: 9月23日(周三)17:00, 周五的上午.
_ASIDE = form(rf"(?: \( (?:{WEEK}[一二三四五六日天]|[0-9]{{1,2}}[日号]) \))?的?")


def find_moment(text: str, clock: Clock) -> Found | None:
    """Return the first point in time that *text* names."""
    return next(_points(text[:LIMIT], clock), None)


def find_moments(text: str, clock: Clock) -> list[Found]:
    """Return all the points in time that *text* names, in order."""
    return list(_points(text[:LIMIT], clock))


def find_day(text: str, clock: Clock) -> Found | None:
    """Return the first day that *text* names, as a date: 三天后 too, but not 下午三点."""
    text = text[:LIMIT]
    for at in _places(text):
        if dated := _dated_at(text, at, clock):
            found, day = dated
            return replace(found, value=day.isoformat(), at=None)
    return None


def day_at(text: str, at: int, clock: Clock) -> tuple[Days, int] | None:
    """Read the day at *at*, of whatever kind, and where it ends."""
    if read := DAYS.at(text, at):
        return read[1](read[0], clock.here), read[0].end()
    if named := FESTIVALS.at(text, at):
        day = named[1](named[0], clock)
        return (Days([day]), named[0].end()) if day else None
    return None


def _places(text: str) -> Iterator[int]:
    """Yield where a point may begin: not within 每周五上午九点, which is none."""
    repeated = find_recurrence(text)
    for place in _PLACES.finditer(text):
        if not (repeated and repeated.start <= place.start() < repeated.end):
            yield place.start()


def _points(text: str, clock: Clock) -> Iterator[Found]:
    """Yield the points; of 月底三十号下午四点, which says one twice, the second."""
    last = None
    for at in _places(text):
        if last and at < last.end:
            continue
        if found := _point_at(text, at, clock):
            again = last and last.at is None and found.at and last.end == found.start
            if last and not again:
                yield last
            last = found
        elif last and at > last.end:
            yield last
            last = None
    if last:
        yield last


def _point_at(text: str, at: int, clock: Clock) -> Found | None:
    if (offset := offset_at(text, at)) and _ALONE.match(text, at):
        distance, end = offset
        return Found(iso_duration(distance), at, end, clock.now.astimezone(UTC) + distance)
    dated = _dated_at(text, at, clock)
    return dated[0] if dated else _hour_at(text, at, clock)


_Dated = tuple[Found, date]


def _dated_at(text: str, at: int, clock: Clock) -> _Dated | None:
    """Read a day and what else is said with it; a day that cannot be is none."""
    read = day_at(text, at, clock)
    if not (read and read[0].candidates):
        return None
    days, end = read
    aside = _ASIDE.match(text, end)
    if hour := clock_at(text, aside.end() if aside else end):
        return _moment(days.candidates, hour, clock, at, text)
    end = _end(text, aside.end() if aside and text[aside.end() - 1] == ")" else end)
    if days.distance:
        day = days.candidates[0]
        moment = datetime.combine(day, clock.here.time(), SHANGHAI).astimezone(UTC)
        return Found(days.distance, at, end, moment, clock.note(day)), day
    day, _ = first_ahead(days.candidates, days.today_until, clock.here)
    return Found(day.isoformat(), at, end, note=clock.note(day)), day


def _hour_at(text: str, at: int, clock: Clock) -> Found | None:
    """Read a time of day without a day: today's, else tomorrow's."""
    if not (_ALONE.match(text, at) and certain_at(text, at)):
        return None
    hour = clock_at(text, at)
    read = hour and _moment([clock.today, clock.today + DAY], hour, clock, at, text)
    return read[0] if read else None


def _moment(
    days: list[date], hour: tuple[timedelta | None, int], clock: Clock, at: int, text: str
) -> _Dated | None:
    if hour[0] is None:
        return None
    day, moment = first_ahead(days, hour[0], clock.here)
    value = local(moment).replace(tzinfo=None).isoformat(timespec="minutes")
    return Found(value, at, _end(text, hour[1]), moment, clock.note(day)), day


def _end(text: str, at: int) -> int:
    """Take the 前 of 周五前 in."""
    found = _BEFORE.match(text, at)
    return found.end() if found else at
