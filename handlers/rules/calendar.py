"""The bureau's calendar: working days, office hours, quiet hours, and times as people read them.

Every moment that comes in or goes out is an aware UTC datetime; Asia/Shanghai exists only inside.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from typing import Literal
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

OfficeHours = tuple[tuple[time, time], ...]
Quiet = tuple[time, time]
Shift = Literal["next", "previous", "none"]
"""Where what falls on a day off is moved: domain-rules §5.2."""

_DAY = timedelta(days=1)
SATURDAY = 5
_LEAP_YEAR = date(2028, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A part of every year with office hours of its own; it may run over the turn of the year.

    *first* and *last* are a month and a day, both within it.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    office_hours: OfficeHours

    def __contains__(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are working days, and which hours of them.

    The closing minute still belongs to the office: a deadline of "four working hours" may fall on
    17:30 today and need not become 8:30 tomorrow.
    """

    exceptions: Mapping[date, bool]  # is the day a working day? Any other day: Monday to Friday
    office_hours: OfficeHours = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    seasons: tuple[Season, ...] = ()

    def __post_init__(self) -> None:
        for hours in (self.office_hours, *(season.office_hours for season in self.seasons)):
            if not hours or any(opens >= closes for opens, closes in hours):
                raise ValueError("an office needs hours, and each opening comes before its closing")
            if any(closes > opens for (_, closes), (opens, _) in pairwise(hours)):
                raise ValueError("office hours must be in order and must not overlap")
        year = (_LEAP_YEAR + number * _DAY for number in range(366))
        if self.seasons and any(sum(day in each for each in self.seasons) > 1 for day in year):
            raise ValueError("two seasons of office hours share a day")

    def is_workday(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def hours_on(self, day: date) -> OfficeHours:
        """Return the hours of a working day, by its season."""
        for season in self.seasons:
            if day in season:
                return season.office_hours
        return self.office_hours

    def opening(self, day: date) -> datetime:
        """Return when the office opens on a day, if it does, on Shanghai's clock."""
        return datetime.combine(day, self.hours_on(day)[0][0], SHANGHAI)

    @property
    def day_length(self) -> timedelta:
        """How long the office is open on a working day that is in no season."""
        spans = (
            (closes.hour - opens.hour, closes.minute - opens.minute)
            for opens, closes in self.office_hours
        )
        return sum((timedelta(hours=h, minutes=m) for h, m in spans), timedelta(0))

    def knows(self, year: int) -> bool:
        """Tell whether *year*'s official list is in: every list names days of 1 to 7 October.

        A day off of the bureau's own, or a New Year that began in December, proves nothing.
        """
        return any(date(year, 10, day) in self.exceptions for day in range(1, 8))


def local(moment: datetime) -> datetime:
    """Return *moment* on Shanghai's clock.

    Raises:
        ValueError: the moment has no time zone, so it is no moment.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(SHANGHAI)


def next_opening(moment: datetime, calendar: WorkCalendar) -> datetime:
    """Return *moment* if the office is open then, else the moment it opens next."""
    opens, _ = next(_open_spans(local(moment), calendar))
    return opens.astimezone(UTC)


def add_working_hours(
    moment: datetime, hours: float | timedelta, calendar: WorkCalendar
) -> datetime:
    """Return the moment when the office has been open for *hours* since *moment*."""
    left = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
    if left < timedelta(0):
        raise ValueError("working hours are counted forward")
    spans = _open_spans(local(moment), calendar)
    opens, closes = next(spans)
    while left > closes - opens:
        left -= closes - opens
        opens, closes = next(spans)
    return (opens + left).astimezone(UTC)


def working_time(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Return how long the office is open between two moments; nothing if *end* is not later."""
    last = local(end)
    spans = takewhile(lambda span: span[0] < last, _open_spans(local(start), calendar))
    return sum((min(closes, last) - opens for opens, closes in spans), timedelta(0))


def add_working_days(moment: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """Return the same time of day, *days* working days later.

    The count begins with the next working day. A moment when the office is closed counts as the
    next opening: what arrives on Sunday arrived on Monday at 8:30.
    """
    if days < 0:
        raise ValueError("working days are counted forward")
    result = local(next_opening(moment, calendar))
    for _ in range(days):
        result += _DAY
        while not calendar.is_workday(result.date()):
            result += _DAY
    return result.astimezone(UTC)


def working_days_before(moment: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """Return the same time of day, *days* working days earlier: T-1 is one working day before."""
    here = local(moment)
    day = workday_before(here.date(), days, calendar.is_workday)
    return datetime.combine(day, here.time(), SHANGHAI).astimezone(UTC)


def workday_before(day: date, count: int, is_workday: Callable[[date], bool]) -> date:
    """Return the working day that lies *count* working days before *day*."""
    before = day
    while count:
        before -= _DAY
        count -= is_workday(before)
    return before


def first_workday_after(day: date, is_workday: Callable[[date], bool]) -> date:
    """Return the first working day after *day*."""
    return shifted(day + _DAY, "next", is_workday)


def shifted(day: date, shift: Shift, is_workday: Callable[[date], bool]) -> date:
    """Return *day*, or the nearest working day in the direction of *shift* if it is a day off."""
    step = {"none": 0, "next": 1, "previous": -1}[shift]
    while step and not is_workday(day):
        day += step * _DAY
    return day


def shifted_moment(
    moment: datetime, shift: Shift, calendar: WorkCalendar, *, emergency: bool = False
) -> datetime:
    """Return *moment*, or the same time of the working day that *shift* moves it to.

    What belongs to an *emergency*, to public opinion or to the duty never moves.
    """
    here = local(moment)
    if emergency or calendar.is_workday(here.date()):
        return moment.astimezone(UTC)
    day = shifted(here.date(), shift, calendar.is_workday)
    return datetime.combine(day, here.time(), SHANGHAI).astimezone(UTC)


def recounted(due: datetime, now: datetime, before: WorkCalendar, after: WorkCalendar) -> datetime:
    """Return when what was *due* by the calendar *before* is due by the one that came *after*.

    The working time that was left *now* is left still; what is over is not counted again.
    """
    left = working_time(now, due, before)
    stays = after.is_workday(local(due).date()) and left == working_time(now, due, after)
    return due if stays else add_working_hours(now, left, after)


def _open_spans(start: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is left of each opening from *start* (local) on, without end."""
    day = start.date()
    while True:
        if calendar.is_workday(day):
            for opens, closes in calendar.hours_on(day):
                closing = datetime.combine(day, closes, SHANGHAI)
                if closing >= start:
                    yield max(start, datetime.combine(day, opens, SHANGHAI)), closing
        day += _DAY


def in_quiet_hours(moment: datetime, quiet: Quiet) -> bool:
    """Tell whether *moment* is in the quiet hours, which may run over midnight.

    The first minute is quiet and the last is not; from a time to the same time is never.
    """
    begins, ends = quiet
    clock = local(moment).time()
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def quiet_end(moment: datetime, quiet: Quiet) -> datetime:
    """Return when the quiet that holds *moment* ends; *moment* itself if it is not quiet."""
    if not in_quiet_hours(moment, quiet):
        return moment.astimezone(UTC)
    here = local(moment)
    end = datetime.combine(here.date(), quiet[1], SHANGHAI)
    return (end if end > here else end + _DAY).astimezone(UTC)


def next_convenient(moment: datetime, quiet: Quiet, calendar: WorkCalendar) -> datetime:
    """Return when what is not urgent may be said: outside the quiet hours of a working day.

    *moment* itself, if that is such a time; else when the office opens next, so that what was
    kept overnight is said at once and together (domain-rules §5.3).
    """
    awake = quiet_end(moment, quiet)
    if awake == moment and calendar.is_workday(local(moment).date()):
        return awake
    return next_opening(awake, calendar)


def month_bounds(moment: datetime) -> tuple[datetime, datetime]:
    """Return the local month that holds *moment*: its first moment, and the next month's."""
    start = datetime.combine(local(moment).date().replace(day=1), time.min, SHANGHAI)
    end = (start + 31 * _DAY).replace(day=1)
    return start.astimezone(UTC), end.astimezone(UTC)


def short_time(moment: datetime, now: datetime) -> str:
    """Write *moment* as briefly as *now* allows: 今天 15:04, 9月25日 15:04, 2027年1月3日 09:00."""
    here, today = local(moment), local(now).date()
    day = here.date()
    name = {-1: "昨天", 0: "今天", 1: "明天"}.get((day - today).days)
    if name is None:
        year = "" if day.year == today.year else f"{day.year}年"
        name = f"{year}{day.month}月{day.day}日"
    return f"{name} {here:%H:%M}"


def minutes_in_words(minutes: int) -> str:
    """Write a number of minutes as people say it: 不到1分钟, 45分钟, 24小时, 2小时5分钟."""
    if minutes < 1:
        return "不到1分钟"
    hours, rest = divmod(minutes, _HOUR)
    said = f"{hours}小时" if hours else ""
    return said + (f"{rest}分钟" if rest else "")


_HOUR = 60
_LENGTH = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def length(duration: str) -> timedelta:
    """Read an ISO 8601 length of days, hours and minutes: P2D, PT1H30M.

    Raises:
        ValueError: it has another form.
    """
    found = _LENGTH.fullmatch(duration)
    if found is None:
        raise ValueError(f"not a length: {duration!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def period_bounds(period: str) -> tuple[datetime, datetime]:
    """Return the first moment of a reporting period and the first after it, in UTC.

    *period* is 2026, 2026-Q3, 2026-H1, 2026-09, 2026-W39 or 2026-09-21.

    Raises:
        ValueError: it has another form.
    """
    year, _, part = period.partition("-")
    if not part:
        return _months(int(year), 1, 12)
    if part[0] == "Q":
        return _months(int(year), int(part[1:]) * 3 - 2, 3)
    if part[0] == "H":
        return _months(int(year), int(part[1:]) * 6 - 5, 6)
    if part[0] == "W":
        monday = date.fromisocalendar(int(year), int(part[1:]), 1)
        return _midnight(monday), _midnight(monday + 7 * _DAY)
    if len(part) == len("09"):
        return _months(int(year), int(part), 1)
    day = date.fromisoformat(period)
    return _midnight(day), _midnight(day + _DAY)


def _months(year: int, first: int, count: int) -> tuple[datetime, datetime]:
    after = year * 12 + first - 1 + count
    return (
        _midnight(date(year, first, 1)),
        _midnight(date(after // 12, after % 12 + 1, 1)),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
