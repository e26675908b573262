"""How long a first word about an incident may take, by telephone and in writing, by its grade.

Emergency time never moves: nights, weekends and holidays count like any other (domain-rules §6.6).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from handlers.rules.calendar import SHANGHAI, WorkCalendar, local
from handlers.rules.escalation import later
from storage.vocabulary import Grade

_NO_CALENDAR = WorkCalendar(exceptions={})
_EARLY = timedelta(minutes=10)
_LEAST = timedelta(minutes=5)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The limits of some grades, of all where *grades* is empty.

    *phone* and *written* are lengths such as 30m or 1h, *follow_ups* the times of day (08:00) at
    which an incident that is not over is to be reported on again. *to* is whom the written report
    is addressed to.
    """

    grades: tuple[Grade, ...] = ()
    phone: str = "30m"
    written: str = "1h"
    follow_ups: tuple[str, ...] = ()
    to: str = ""

    def write(self) -> dict[str, Any]:
        """Return the limit in values that JSON can carry."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Limit":
        """Return the limit that `write` made *written* of."""
        grades = tuple(Grade(one) for one in written["grades"])
        follow_ups = tuple(written["follow_ups"])
        return cls(**{**written, "grades": grades, "follow_ups": follow_ups})


class Clocks(NamedTuple):
    """When the telephone report and the written report are due, in UTC."""

    phone: datetime
    written: datetime


def chosen(limits: Iterable[Limit], grade: Grade) -> Limit:
    """Return the first limit that fits.

    Raises:
        LookupError: none does.
    """
    for limit in limits:
        if not limit.grades or grade in limit.grades:
            return limit
    raise LookupError(f"no limit for {grade}")


def clocks(limit: Limit, received_at: datetime) -> Clocks:
    return Clocks(
        later(received_at, limit.phone, _NO_CALENDAR),
        later(received_at, limit.written, _NO_CALENDAR),
    )


def warned_at(due: datetime, now: datetime) -> datetime | None:
    """Return when to say that time runs out: ten minutes before, or half-way where less is left."""
    left = due - now
    if left < _LEAST:
        return None
    return due - _EARLY if left > 2 * _EARLY else due - left / 2


def next_follow_up(times: Sequence[str], now: datetime) -> datetime | None:
    """Return the next of the *times* of day after *now*; None where there are none."""
    if not times:
        return None
    today = local(now).date()
    moments = (
        datetime.combine(today + _DAY * ahead, time.fromisoformat(each), SHANGHAI)
        for ahead in (0, 1)
        for each in sorted(times)
    )
    return next(moment for moment in moments if moment > now)


def minutes_late(due: datetime, done: datetime) -> int:
    """Return how many minutes *done* is past *due*, each that has begun; 0 in time."""
    over = done - due
    return -(-over // timedelta(minutes=1)) if over > timedelta(0) else 0
