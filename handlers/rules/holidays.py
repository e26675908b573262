"""Public holidays by name, and the days off around them.

The festivals and their statutory days: 全国年节及纪念日放假办法 (State Council, in force since
2025-01-01). The days off that are moved around them come every November by notice; they are in the
calendar, so a holiday is the statutory days and whatever days off adjoin them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_DAY = timedelta(days=1)
_LONGEST = 14  # days that a holiday may reach to either side


class Workdays(Protocol):
    """Which days are working days: WorkCalendar, or anything that knows as much."""

    def is_workday(self, day: date, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Holiday:
    """A festival and its days off; *day* is the festival itself (春节: the lunar new year)."""

    name: str
    day: date
    first: date
    last: date


# The day before the festival (for 春节, its eve) and the number of statutory days.
_STATUTORY = {
    "元旦": (0, 1),
    "春节": (1, 4),
    "清明": (0, 1),
    "劳动节": (0, 2),
    "端午": (0, 1),
    "中秋": (0, 1),
    "国庆": (0, 3),
}
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆": (10, 1)}
# By the lunar calendar and the solar terms; the packages lunardate and cnlunar give the same days.
_MOVING: Mapping[int, dict[str, tuple[int, int]]] = {
    2025: {"春节": (1, 29), "清明": (4, 4), "端午": (5, 31), "中秋": (10, 6)},
    2026: {"春节": (2, 17), "清明": (4, 5), "端午": (6, 19), "中秋": (9, 25)},
    2027: {"春节": (2, 6), "清明": (4, 5), "端午": (6, 9), "中秋": (9, 15)},
    2028: {"春节": (1, 26), "清明": (4, 4), "端午": (5, 28), "中秋": (10, 3)},
    2029: {"春节": (2, 13), "清明": (4, 4), "端午": (6, 16), "中秋": (9, 22)},
    2030: {"春节": (2, 3), "清明": (4, 5), "端午": (6, 5), "中秋": (9, 12)},
    2031: {"春节": (1, 23), "清明": (4, 5), "端午": (6, 24), "中秋": (10, 1)},
    2032: {"春节": (2, 11), "清明": (4, 4), "端午": (6, 12), "中秋": (9, 19)},
    2033: {"春节": (1, 31), "清明": (4, 4), "端午": (6, 1), "中秋": (9, 8)},
    2034: {"春节": (2, 19), "清明": (4, 5), "端午": (6, 20), "中秋": (9, 27)},
    2035: {"春节": (2, 8), "清明": (4, 5), "端午": (6, 10), "中秋": (9, 16)},
}


def holidays_from(day: date, calendar: Workdays) -> Iterator[Holiday]:
    """Yield the holidays of *day*'s year and the next that are not over on *day*, in order."""
    for year in (day.year, day.year + 1):
        days = _FIXED | _MOVING.get(year, {})
        for name, (month, number) in sorted(days.items(), key=lambda each: each[1]):
            holiday = _around(name, date(year, month, number), calendar)
            if holiday.last >= day:
                yield holiday


def _around(name: str, day: date, calendar: Workdays) -> Holiday:
    before, count = _STATUTORY[name]
    first = day - before * _DAY
    last = first + (count - 1) * _DAY
    for _ in range(_LONGEST):
        if not calendar.is_workday(first - _DAY):
            first -= _DAY
        if not calendar.is_workday(last + _DAY):
            last += _DAY
    return Holiday(name, day, first, last)
