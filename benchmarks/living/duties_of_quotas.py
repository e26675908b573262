"""Who must be warned that his section is behind, and when (R1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from benchmarks.living import days
from benchmarks.living.habits import KEEN, TARGET
from benchmarks.living.record import Record

_FROM = (10, 20, 25)
_LEFT_AT_LAST = 2


def who_is_short_is_warned(record: Record) -> Iterator[str]:
    """From the 10th, 20th and 25th on, and with two working days left, to the head as well.

    Where the service is down on such a day it comes when it works again. Who is not short hears
    nothing.
    """
    told: dict[tuple[str, date], set[str]] = defaultdict(set)
    units = {unit.id: unit.name for unit in record.units}
    for row in record.outbox:
        if row.kind == "quota_warning":
            told[units[row.subject], days.day_of(row.created_at)].add(row.recipient)
    for month in range(1, 13):
        for moment, last in _warnings(record, month).items():
            for place, section in enumerate(record.bureau.sections[:KEEN]):
                short = _handed_in(record, section, month, moment) < TARGET
                heard = told.pop((section, days.day_of(moment)), set())
                wanted = _concerned(record, place, moment, last=last) if short else set()
                if heard != wanted:
                    yield f"{section} on {moment}: {heard} heard, and {wanted} had to"
    for (section, day), heard in told.items():
        yield f"{section}: {heard} were warned on {day}, when nobody had to be"


def _concerned(record: Record, place: int, moment: datetime, *, last: bool) -> set[str]:
    """Return the officer, at last with the head; the head where there is no officer."""
    officer, head = record.bureau.officers[place], record.bureau.heads[place]
    here = record.here(officer, moment)
    wanted = {officer} if here else set()
    return wanted | ({head} if (last or not here) and record.here(head, moment) else set())


def _warnings(record: Record, month: int) -> Mapping[datetime, bool]:
    """Return when is warned in a month, and which is the last."""
    worked = days.worked_days(2026, month)
    final = worked[-1 - _LEFT_AT_LAST]
    first = {days.workday_from(date(2026, month, number)) for number in _FROM}
    planned = sorted({one for one in first if one < final})
    planned = [one for one in planned if one + days.DAY not in {*planned, final}] + [final]
    found = {}
    for day in planned:
        moment = record.awake(days.at(day, 9))
        if record.since <= days.at(day, 9) and moment < record.until:
            found[moment] = day == final
    return found


def _handed_in(record: Record, section: str, month: int, before: datetime) -> int:
    people = record.bureau.people
    return sum(
        people[one.who].unit.endswith(f"/{section}")
        and one.at < before
        and days.day_of(one.at).month == month
        for one in record.handed_in
    )


QUOTAS = (who_is_short_is_warned,)
