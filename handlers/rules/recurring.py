"""What comes again and again: when a rule such as weekly:5T09:00 falls next, and how it is said.

daily · workdays · weekly[:1,3,5] (1 is Monday) · monthly[:25|:10,25|:last|:last_workday]
quarterly[:first|:last] · yearly[:12-31], each with Thh:mm after it if an hour is said
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from handlers.rules.calendar import SHANGHAI, WorkCalendar, local

NINE = time(9)
"""The hour of what was said without one."""
_DAY = timedelta(days=1)
_FARTHEST = 4 * 366
_WEEKDAYS = "一二三四五六日"
_QUARTERS = (3, 6, 9, 12)


def next_time(recur: str, after: datetime, calendar: WorkCalendar) -> datetime:
    """Return the first moment after *after* on which the rule falls, in UTC.

    A date that a month does not have is its last day.

    Raises:
        ValueError: it is no rule.
    """
    falls, (which, clock) = _KINDS.get(_parts(recur)[0]), _parts(recur)[1:]
    if falls is None:
        raise ValueError(f"no rule of repetition: {recur!r}")
    day = local(after).date()
    for _ in range(_FARTHEST):
        moment = datetime.combine(day, clock, SHANGHAI)
        if moment > after and falls(day, which, calendar):
            return moment.astimezone(UTC)
        day += _DAY
    raise ValueError(f"falls on no day: {recur!r}")


def said(recur: str) -> str:
    """Say a rule as people do: 每周五 09:00, 每月最后一个工作日 09:00."""
    kind, which, clock = _parts(recur)
    return f"{_SAID[kind](which)} {clock:%H:%M}"


def _parts(recur: str) -> tuple[str, str, time]:
    rule, _, clock = recur.partition("T")
    kind, _, which = rule.partition(":")
    return kind, which, time.fromisoformat(clock) if clock else NINE


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _weekly(day: date, which: str, _calendar: WorkCalendar) -> bool:
    return str(day.isoweekday()) in (which or "1").split(",")


def _monthly(day: date, which: str, calendar: WorkCalendar) -> bool:
    if which == "last":
        return day.day == _last(day)
    if which == "last_workday":
        rest = (day.replace(day=later) for later in range(day.day + 1, _last(day) + 1))
        return calendar.is_workday(day) and not any(map(calendar.is_workday, rest))
    return day.day in {min(int(number), _last(day)) for number in (which or "1").split(",")}


def _quarterly(day: date, which: str, _calendar: WorkCalendar) -> bool:
    if which == "last":
        return day.month in _QUARTERS and day.day == _last(day)
    return day.month % 3 == 1 and day.day == 1


def _yearly(day: date, which: str, _calendar: WorkCalendar) -> bool:
    month, number = (int(part) for part in (which or "01-01").split("-"))
    return day.month == month and day.day == min(number, _last(day))


_KINDS: Mapping[str, Callable[[date, str, WorkCalendar], bool]] = {
    "daily": lambda _day, _which, _calendar: True,
    "workdays": lambda day, _which, calendar: calendar.is_workday(day),
    "weekly": _weekly,
    "monthly": _monthly,
    "quarterly": _quarterly,
    "yearly": _yearly,
}


def _months(which: str) -> str:
    named = {"last": "最后一天", "last_workday": "最后一个工作日"}
    return "每月" + (named.get(which) or "、".join(f"{one}日" for one in (which or "1").split(",")))


def _dates(which: str) -> str:
    month, number = (int(part) for part in (which or "01-01").split("-"))
    return f"每年{month}月{number}日"


_SAID: Mapping[str, Callable[[str], str]] = {
    "daily": lambda _: "每天",
    "workdays": lambda _: "每个工作日",
    "weekly": lambda which: (
        "每周" + "、".join(_WEEKDAYS[int(one) - 1] for one in (which or "1").split(","))
    ),
    "monthly": _months,
    "quarterly": lambda which: "每季度最后一天" if which == "last" else "每季度第一天",
    "yearly": _dates,
}
