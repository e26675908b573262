"""How far somebody is with a quota (任务), where it leads at this pace, and when he is warned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from handlers.rules.scoring.periods import first_day, last_day, months_of, period_of

IsWorkday = Callable[[date], bool]

WARNED_FROM = (10, 20, 25)
"""Days of the last month of a period from which on, at the next working day, is warned."""

_LAST_WARNING = 2  # working days before the last one of the period
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The stretch that a quota is looked at in: a period of its own, or several together."""

    period: str
    times: int

    @property
    def first(self) -> date:
        return first_day(months_of(self.period)[0])

    @property
    def last(self) -> date:
        return last_day(first_day(months_of(self.period)[-1]), "month")


def window(length: str, asked: str) -> Window:
    """Return where a quota of that *length* (`month`, `quarter`, ...) is looked at for a period.

    A shorter quota is rolled up to what was asked; of a longer one its own period is meant.
    """
    first = first_day(months_of(asked)[0])
    own = period_of(first, length)
    times, rest = divmod(len(months_of(asked)), len(months_of(own)))
    if times and not rest:
        return Window(period=asked, times=times)
    return Window(period=own, times=1)


def forecast(done: Decimal, within: Window, today: date, is_workday: IsWorkday) -> Decimal | None:
    """Return how many it will be at the end, if each working day brings as much as those so far.

    Whole ones; None where the stretch is over or has not begun.
    """
    if not within.first <= today <= within.last:
        return None
    days = [day for day in _days(within.first, within.last) if is_workday(day)]
    gone = sum(day <= today for day in days)
    if not gone:
        return None
    return (done * len(days) / gone).to_integral_value(ROUND_FLOOR)


def workdays_left(within: Window, today: date, is_workday: IsWorkday) -> int:
    """Count the working days after today until the end."""
    return sum(is_workday(day) for day in _days(today + _DAY, within.last))


def warning_days(
    within: Window, is_workday: IsWorkday, days: Sequence[int] = WARNED_FROM
) -> Mapping[date, bool]:
    """Return on which days is warned, and which is the last warning.

    In the last month of the period: the first working day from each of *days* on, and the second
    working day before the last one, which is the last warning and replaces those after it. One
    that another follows on the next day is left out.
    """
    month = within.last.replace(day=1)
    working = [day for day in _days(month, within.last) if is_workday(day)]
    if not working:
        return {}
    final = working[max(len(working) - 1 - _LAST_WARNING, 0)]
    shifted = [next((day for day in working if day.day >= number), final) for number in days]
    before = {day for day in shifted if day < final}
    kept = {day: False for day in sorted(before) if day + _DAY not in {*before, final}}
    return {**kept, final: True}


def _days(first: date, last: date) -> Sequence[date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]
