"""The days of 2026 by the State Council's notice of 2025-11-04, and office time counted on them.

Written down by hand and counted in another way than the product does, so that a mistake in its
calendar shows here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)

_HOLIDAYS = (
    ((1, 1), 3),
    ((2, 15), 9),
    ((4, 4), 3),
    ((5, 1), 5),
    ((6, 19), 3),
    ((9, 25), 3),
    ((10, 1), 7),
)
HOLIDAYS = tuple(date(2026, *first) for first, _ in _HOLIDAYS)
"""The first day of each legal holiday."""

_WORKED_WEEKENDS = {
    date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
}
_OFF = {
    date(2026, *first) + number * DAY for first, length in _HOLIDAYS for number in range(length)
}
_OPEN = ((time(8, 30), time(12)), (time(14), time(17, 30)))
_QUIET_FROM, _QUIET_UNTIL = time(22), time(7)
_DIGESTS = ((8, 30), (12, 0), (17, 30))
_FIRST, _LAST = date(2025, 12, 1), date(2027, 4, 1)


def worked(day: date) -> bool:
    """Tell whether the office works on *day*."""
    return day in _WORKED_WEEKENDS or (day.weekday() < 5 and day not in _OFF)


def day_of(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of *day*, on the clock on the wall."""
    return datetime.combine(day, time(hour, minute), CHINA).astimezone(UTC)


def days(first: date, last: date) -> Iterator[date]:
    """Yield each day, both ends included."""
    day = first
    while day <= last:
        yield day
        day += DAY


def workday_from(day: date) -> date:
    """Return *day* itself if it is worked, else the next one that is."""
    while not worked(day):
        day += DAY
    return day


def worked_days(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return [day for day in days(first, last) if worked(day)]


def convenient(moment: datetime) -> bool:
    """Tell whether what is not urgent may be said: on a worked day, and not at night."""
    return worked(day_of(moment)) and awake(moment)


def awake(moment: datetime) -> bool:
    """Tell whether it is not night."""
    return _QUIET_UNTIL <= moment.astimezone(CHINA).time() < _QUIET_FROM


def convenient_from(moment: datetime) -> datetime:
    """Return the first moment from *moment* on at which what is not urgent may be said.

    After a night and after days off the office opens first.
    """
    return moment if convenient(moment) else office_opens(moment)


def calm_from(moment: datetime) -> datetime:
    """Return *moment*, or after a night half past eight: nobody is woken for it."""
    if awake(moment):
        return moment
    return next_digest(moment)


def next_digest(moment: datetime) -> datetime:
    """Return when what waits is told next: at 8:30, 12:00 and 17:30."""
    here = moment.astimezone(CHINA)
    of_two_days = [(here.date() + day * DAY, hour) for day in (0, 1) for hour in _DIGESTS]
    return min(at(day, *hour) for day, hour in of_two_days if at(day, *hour) >= moment)


def next_digest_at_work(moment: datetime) -> datetime:
    """Return when that is on a worked day."""
    told = next_digest(moment)
    return told if worked(day_of(told)) else next_digest(at(workday_from(day_of(told)), 0))


def _spans() -> tuple[list[datetime], list[datetime], list[timedelta]]:
    opens, closes, before = [], [], [timedelta(0)]
    for day in days(_FIRST, _LAST):
        for first, last in _OPEN if worked(day) else ():
            opens.append(at(day, first.hour, first.minute))
            closes.append(at(day, last.hour, last.minute))
            before.append(before[-1] + closes[-1] - opens[-1])
    return opens, closes, before


_OPENS, _CLOSES, _BEFORE = _spans()


def office_time(moment: datetime) -> timedelta:
    """Return for how long the office has been open, from the first day of the table on."""
    place = bisect_right(_OPENS, moment) - 1
    return _BEFORE[place] + min(moment, _CLOSES[place]) - _OPENS[place]


def after_office_hours(moment: datetime, hours: float) -> datetime:
    """Return the earliest moment at which the office has been open *hours* longer."""
    wanted = office_time(moment) + timedelta(hours=hours)
    place = bisect_left(_BEFORE, wanted) - 1
    return _OPENS[place] + wanted - _BEFORE[place]


def after_workdays(moment: datetime, count: int) -> datetime:
    """Return the same time *count* worked days later; what came while it was closed came later."""
    place = bisect_left(_CLOSES, moment)
    here = max(moment, _OPENS[place]).astimezone(CHINA)
    day = here.date()
    for _ in range(count):
        day = workday_from(day + DAY)
    return datetime.combine(day, here.timetz()).astimezone(UTC)


def workday_before(moment: datetime) -> datetime:
    """Return the same time on the worked day before."""
    here = moment.astimezone(CHINA)
    day = here.date() - DAY
    while not worked(day):
        day -= DAY
    return datetime.combine(day, here.timetz()).astimezone(UTC)


def in_office(moment: datetime) -> bool:
    """Tell whether the office is open, the closing minute included."""
    place = bisect_left(_CLOSES, moment)
    return _OPENS[place] <= moment


def office_opens(moment: datetime) -> datetime:
    """Return *moment* while the office is open, else when it opens next."""
    return max(moment, _OPENS[bisect_left(_CLOSES, moment)])
