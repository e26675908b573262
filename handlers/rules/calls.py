"""约稿: what a unit can make of its part in a call, and when it is reminded.

received ──claim──▶ claimed ──answer──▶ submitted, or late after the deadline
   │  │               │
   │  └──decline──▶ declined ──▶ insist, excuse, reassign: the office says which
   └──nothing──▶ no_content ──▶ insist: the office wants it all the same

A part that is still owed is reminded of until it is settled; what is overdue is seen from the clock
and never written down. The office can extend, excuse, reassign, and say that it was missed; a draft
that is withdrawn leaves its part owed again. All of it: docs/calls.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum, unique

from handlers.rules.calendar import (
    SHANGHAI,
    WorkCalendar,
    add_working_hours,
    local,
    next_opening,
    working_days_before,
    working_time,
)
from storage.vocabulary import CallOutcome, PartState


@unique
class PartMove(StrEnum):
    CLAIM = "claim"
    DECLINE = "decline"
    NOTHING = "nothing"
    ANSWER = "answer"
    ANSWER_LATE = "answer_late"
    TAKE_BACK = "take_back"
    EXTEND = "extend"
    INSIST = "insist"
    EXCUSE = "excuse"
    REASSIGN = "reassign"
    MISS = "miss"
    CANCEL = "cancel"


class IllegalPartMoveError(Exception):
    """That move does not lead anywhere from that state."""


_S, _M = PartState, PartMove
OWED = frozenset({_S.RECEIVED, _S.CLAIMED, _S.DECLINED})
"""A draft is still expected of a unit whose part is in one of these."""

_ALWAYS_WHILE_OWED: Mapping[PartMove, PartState] = {
    _M.NOTHING: _S.NO_CONTENT,
    _M.ANSWER: _S.SUBMITTED,
    _M.ANSWER_LATE: _S.LATE,
    _M.EXCUSE: _S.EXCUSED,
    _M.REASSIGN: _S.REASSIGNED,
    _M.MISS: _S.MISSED,
    _M.CANCEL: _S.CANCELLED,
}
MOVES: Mapping[tuple[PartState, PartMove], PartState] = {
    **{(state, move): end for state in OWED for move, end in _ALWAYS_WHILE_OWED.items()},
    (_S.RECEIVED, _M.CLAIM): _S.CLAIMED,
    (_S.DECLINED, _M.CLAIM): _S.CLAIMED,
    (_S.NO_CONTENT, _M.CLAIM): _S.CLAIMED,
    (_S.RECEIVED, _M.DECLINE): _S.DECLINED,
    (_S.CLAIMED, _M.DECLINE): _S.DECLINED,
    (_S.RECEIVED, _M.EXTEND): _S.RECEIVED,
    (_S.CLAIMED, _M.EXTEND): _S.CLAIMED,
    (_S.DECLINED, _M.EXTEND): _S.RECEIVED,
    (_S.DECLINED, _M.INSIST): _S.RECEIVED,
    (_S.NO_CONTENT, _M.INSIST): _S.RECEIVED,
    (_S.EXCUSED, _M.INSIST): _S.RECEIVED,
    (_S.REASSIGNED, _M.INSIST): _S.RECEIVED,
    (_S.MISSED, _M.INSIST): _S.RECEIVED,
    (_S.CANCELLED, _M.INSIST): _S.RECEIVED,
    (_S.NO_CONTENT, _M.ANSWER): _S.SUBMITTED,
    (_S.NO_CONTENT, _M.ANSWER_LATE): _S.LATE,
    (_S.EXCUSED, _M.ANSWER): _S.SUBMITTED,
    (_S.EXCUSED, _M.ANSWER_LATE): _S.LATE,
    (_S.MISSED, _M.ANSWER): _S.SUBMITTED,
    (_S.MISSED, _M.ANSWER_LATE): _S.LATE,
    (_S.MISSED, _M.EXCUSE): _S.EXCUSED,
    (_S.LATE, _M.EXCUSE): _S.SUBMITTED,
    (_S.SUBMITTED, _M.TAKE_BACK): _S.CLAIMED,
    (_S.LATE, _M.TAKE_BACK): _S.CLAIMED,
}

OUTCOMES: Mapping[PartState, CallOutcome] = {
    _S.SUBMITTED: CallOutcome.DONE,
    _S.LATE: CallOutcome.LATE,
    _S.MISSED: CallOutcome.MISSED,
    _S.NO_CONTENT: CallOutcome.NO_CONTENT,
    _S.EXCUSED: CallOutcome.EXCUSED,
    _S.REASSIGNED: CallOutcome.DECLINED,
    _S.CANCELLED: CallOutcome.CANCELLED,
}
"""How a settled part ended; whose part went to another unit had declined it."""

ORDERED = frozenset({*OWED, _S.SUBMITTED, _S.LATE, _S.MISSED})
"""What counts as ordered (应完成); an excused part or one without content does not."""
DONE = frozenset({_S.SUBMITTED, _S.LATE})


def moved(state: PartState, move: PartMove) -> PartState:
    """Return the state that *move* leads to.

    Raises:
        IllegalPartMoveError: it leads nowhere from there.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalPartMoveError(state, move) from None


def is_overdue(state: PartState, due_at: datetime, now: datetime) -> bool:
    return state in OWED and due_at <= now


# --- deadlines -----------------------------------------------------------------------------------


def closing_of(moment: datetime, calendar: WorkCalendar) -> datetime:
    """Return when the office closes on the day of *moment*; on a day off, when it would."""
    here = local(moment)
    return datetime.combine(here.date(), calendar.hours_on(here.date())[-1][1], SHANGHAI)


def inner_deadline(
    outward: datetime, now: datetime, calendar: WorkCalendar, *, urgent: bool
) -> datetime:
    """Return by when units hand in what is due outside at *outward*: time for the review is left.

    A working day before; an hour, where it is urgent or a day would leave less than two working
    hours to write; *outward* itself where even that is over.
    """
    day_before = working_days_before(outward, 1, calendar)
    if not urgent and working_time(now, day_before, calendar) >= _LEAST_TO_WRITE:
        return day_before
    hour_before = outward - _URGENT_BUFFER
    return hour_before if hour_before > now else outward


_LEAST_TO_WRITE = timedelta(hours=2)
_URGENT_BUFFER = timedelta(hours=1)


# --- reminders -----------------------------------------------------------------------------------


@unique
class Rung(StrEnum):
    """A step of the ladder; *OVERDUE* is the first moment after the deadline."""

    HALF = "half"
    DAY = "day"
    HOURS = "hours"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminder:
    rung: Rung
    at: datetime


_APART = timedelta(hours=2)
_HALF_FROM = timedelta(hours=14)  # working hours, two days: in less the other rungs are enough


def ladder(
    begin: datetime, due_at: datetime, calendar: WorkCalendar, *, urgent: bool
) -> Iterator[Reminder]:
    """Yield when a unit that is told at *begin* is reminded of *due_at*, in order.

    At half the time, a working day and two hours before, and when it is over; what would come
    within two hours of the one after it, or of the beginning, is left out. Nothing is said before
    the office opens, but where it is *urgent*, or where it would be too late then.
    """
    wanted = [
        (Rung.HALF, _half(begin, due_at, calendar, urgent=urgent)),
        (Rung.DAY, None if urgent else working_days_before(due_at, 1, calendar)),
        (Rung.HOURS, due_at - _APART),
    ]
    following = due_at
    kept = [Reminder(Rung.OVERDUE, due_at)]
    for rung, moment in reversed(wanted):
        if moment is None:
            continue
        at = moment if urgent else _in_office(moment, due_at, calendar)
        if begin + _APART <= at <= following - _APART:
            kept.append(Reminder(rung, at))
            following = at
    yield from reversed(kept)


def _half(
    begin: datetime, due_at: datetime, calendar: WorkCalendar, *, urgent: bool
) -> datetime | None:
    if urgent:
        return begin + (due_at - begin) / 2
    time_left = working_time(begin, due_at, calendar)
    return add_working_hours(begin, time_left / 2, calendar) if time_left >= _HALF_FROM else None


def _in_office(moment: datetime, due_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return *moment*, or when the office opens next if that is before the deadline."""
    opening = next_opening(moment, calendar)
    return opening if opening < due_at else moment


def next_nudge(now: datetime, calendar: WorkCalendar, *, urgent: bool) -> datetime:
    """Return when who is overdue hears of it again: the next working day at nine, or any day."""
    day = local(now).date() + timedelta(days=1)
    while not (urgent or calendar.is_workday(day)):
        day += timedelta(days=1)
    return datetime.combine(day, _NINE, SHANGHAI)


_NINE = time(9)
