"""How far somebody is with a quota (任务), where it leads at this pace, and when he is warned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from handlers.rules.scoring.periods import (
    begins,
    ends,
    home_of,
    length_of,
    months_of,
    parts_of,
    period_of,
)

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
    length: str = "month"

    @property
    def first(self) -> date:
        return begins(self._parts[0])

    @property
    def last(self) -> date:
        return ends(self._parts[-1])

    @property
    def _parts(self) -> Sequence[str]:
        """The weeks of a longer stretch of weeks; else the stretch itself."""
        return parts_of(self.period, "week") if self.length == "week" else (self.period,)


def window(length: str, asked: str) -> Window:
    """Return where a quota of that *length* (`month`, `quarter`, ...) is looked at for a period.

    A shorter quota is rolled up to what was asked; of a longer one its own period is meant.
    """
    if length == "week":
        return Window(period=asked, times=len(parts_of(asked, "week")), length="week")
    own = period_of(home_of(asked), length)
    times, rest = divmod(len(months_of(asked)), len(months_of(own)))
    if times and not rest and length_of(asked) != "week":
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

    In a week there is the last warning only: the 10th and the like would come after it is over. In
    the last month of a longer period: the first working day from each of *days* on, and the second
    working day before the last one, which is the last warning and replaces those after it. One
    that another follows on the next day is left out.
    """
    weekly = length_of(within.period) == "week"
    month = within.first if weekly else within.last.replace(day=1)
    days = () if weekly else days
    working = [day for day in _days(month, within.last) if is_workday(day)]
    if not working:
        return {}
    final = working[max(len(working) - 1 - _LAST_WARNING, 0)]
    shifted = [next((day for day in working if day.day >= number), final) for number in days]
    before = {day for day in shifted if day < final}
    kept = {day: False for day in sorted(before) if day + _DAY not in {*before, final}}
    return {**kept, final: True}


def owed_warning(
    days: Mapping[date, bool], looked_on: date | None, today: date
) -> tuple[date, bool] | None:
    """Return the latest day of a warning since the last look, and whether it is the last warning.

    *looked_on* is the last working day before today on which it was looked, None where nobody ever
    did: then only today's own counts. A day that was slept through is so made up for once.
    """
    since = looked_on or today - _DAY
    passed = [day for day in days if since < day <= today]
    return (max(passed), days[max(passed)]) if passed else None


def _days(first: date, last: date) -> Sequence[date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]
