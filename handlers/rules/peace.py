"""When somebody may be spoken to: quiet hours, his own too, and what he asked to be spared.

An alert is spoken at once, always. An answer to what a member himself asked for waits for nothing
but the working hours of what is routine.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import Enum, unique
from typing import Literal

from handlers.rules.calendar import (
    SHANGHAI,
    Quiet,
    WorkCalendar,
    in_quiet_hours,
    local,
    next_convenient,
    next_opening,
    quiet_end,
)
from storage.vocabulary import Urgency

LONGEST_QUIET = timedelta(hours=12)
DIGESTS = (time(8, 30), time(12), time(17, 30))
"""When what nobody has to be called away for is told, in one message (domain-rules §6.4)."""

Calm = Literal["", "night", "digest"]
"""What something may do to people's peace: it wakes them; it waits at night; it always waits."""

_MOST_WAITS = 8
_DAY = timedelta(days=1)
_MORNING = time(8, 30)
_NIGHT_ENDS = time(7)
_PARTS_END = {"morning": time(12), "noon": time(14), "afternoon": time(18)}


@unique
class Why(Enum):
    """What keeps a message; its words are the note of its row."""

    MUTED = "muted"
    OWN_QUIET = "own quiet hours"
    QUIET = "quiet hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peace:
    """What keeps messages from one member; *quiet* and *calendar* are the bureau's."""

    quiet: Quiet
    calendar: WorkCalendar
    muted_until: datetime | None = None
    own_quiet: Quiet | None = None


def free_from(
    now: datetime, urgency: Urgency, peace: Peace, *, mutable: bool
) -> tuple[datetime, Why | None]:
    """Return from when a message may go, *now* at the earliest, and what keeps it last.

    Where a member's own quiet hours and the bureau's leave no time between them, his give way.
    """
    moment, why = now, None
    if urgency is Urgency.ALERT:
        return moment, why
    for _ in range(_MOST_WAITS):
        later, reason = _step(moment, urgency, peace, mutable=mutable)
        if later <= moment:
            return moment, why
        moment, why = later, reason
    return free_from(now, urgency, replace(peace, own_quiet=None), mutable=mutable)


def _step(
    moment: datetime, urgency: Urgency, peace: Peace, *, mutable: bool
) -> tuple[datetime, Why | None]:
    if mutable and peace.muted_until is not None and peace.muted_until > moment:
        return peace.muted_until, Why.MUTED
    if mutable and peace.own_quiet is not None:
        awake = quiet_end(moment, peace.own_quiet)
        if awake > moment:
            return awake, Why.OWN_QUIET
    if urgency is Urgency.ROUTINE:
        return next_convenient(moment, peace.quiet, peace.calendar), Why.QUIET
    if urgency is Urgency.CALM:
        return after_the_night(moment, peace.quiet), Why.QUIET
    return moment, None


def after_the_night(moment: datetime, quiet: Quiet) -> datetime:
    """Return *moment*, or in the quiet hours the first digest after them."""
    awake = quiet_end(moment, quiet)
    if awake == moment:
        return moment
    digest = next_digest(awake)
    return awake if in_quiet_hours(digest, quiet) else digest


def next_digest(moment: datetime, calendar: WorkCalendar | None = None) -> datetime:
    """Return when the next digest is told, *moment* at the earliest; with a calendar, at work."""
    here = local(moment)
    day = here.date()
    while calendar is not None and not calendar.is_workday(day):
        day += _DAY
    hours = (datetime.combine(day, one, SHANGHAI) for one in DIGESTS)
    found = next((one for one in hours if one >= here), None)
    if found is None:
        return next_digest(datetime.combine(day + _DAY, time(0), SHANGHAI), calendar)
    return found.astimezone(UTC)


def heard_at(now: datetime, calm: Calm, quiet: Quiet, calendar: WorkCalendar) -> datetime:
    """Return when people hear what is told *now*."""
    if calm == "digest":
        return next_digest(now, calendar)
    return after_the_night(now, quiet) if calm else now


def muted_until(scope: str, now: datetime, calendar: WorkCalendar) -> datetime:
    """Return when a silence ends that was asked for in words, and not to the minute.

    *scope* is tonight, today, weekend, a part of the day (its end, today or tomorrow), or empty:
    then it is until the next morning at work.
    """
    here = local(now)
    tomorrow = here.date() + _DAY
    if scope in _PARTS_END:
        day = here.date() if here.time() < _PARTS_END[scope] else tomorrow
        return datetime.combine(day, _PARTS_END[scope], SHANGHAI).astimezone(UTC)
    if scope == "tonight":
        day = here.date() if here.time() < _NIGHT_ENDS else tomorrow
        return datetime.combine(day, _NIGHT_ENDS, SHANGHAI).astimezone(UTC)
    if scope == "today":
        return datetime.combine(tomorrow, time(0), SHANGHAI).astimezone(UTC)
    if scope == "weekend":
        monday = here.date() + (7 - here.weekday()) * _DAY
        return datetime.combine(monday, _NIGHT_ENDS, SHANGHAI).astimezone(UTC)
    morning = datetime.combine(tomorrow, _MORNING, SHANGHAI)
    return next_opening(morning, calendar)


def span_of(quiet: Quiet) -> timedelta:
    """Return how long quiet hours last; from a time to the same time is none."""
    begins, ends = (timedelta(hours=one.hour, minutes=one.minute) for one in quiet)
    return (ends - begins) % _DAY
