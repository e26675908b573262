"""What comes on certain days: of a month, of a quarter, before a cut-off, after long silence.

Returned drafts (R5), the cut-off of adoptions (R6), notices (R7, R8), daily reports of public
opinion (R10), idle channels (R12), zero reports (R18) and the burden report.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.briefings import DAILY
from benchmarks.living.habits import KEEN
from benchmarks.living.record import Record
from benchmarks.living.uses import OWN
from storage.vocabulary import UserId

_MINUTE = timedelta(minutes=1)
_BACK_IN = 2.5 * 7
"""Office hours: three working days less half a one."""
_CUTOFF, _BEFORE_CUTOFF = 5, 3
_IDLE = (7, 10, 13)
_OUT_OF_USE = 60
_QUARTERS = (1, 4, 7, 10)

Due = Iterator[tuple[UserId, datetime]]


def _held_against(record: Record, due: Due, rows: Iterator[Row[Any]], what: str) -> Iterator[str]:
    """Compare when each had to hear with when he did."""
    wanted: dict[str, list[datetime]] = defaultdict(list)
    told: dict[str, list[datetime]] = defaultdict(list)
    for who, moment in due:
        if moment < record.until - _MINUTE and record.here(who, moment):
            wanted[who].append(moment)
    for row in rows:
        told[row.recipient].append(row.created_at)
    for one in wanted.keys() | told.keys():
        planned, came = sorted(wanted[one]), sorted(told[one])
        in_time = all(a <= b <= a + _MINUTE for a, b in zip(planned, came, strict=False))
        if len(planned) != len(came) or not in_time:
            yield f"{one} had to hear {what} at {planned}, and did at {came}"


def _rows(record: Record, kind: str, fits: Callable[[str], bool] = lambda _: True) -> Iterator[Any]:
    """Yield the messages of a kind, but what the day before its first owed to the service."""
    begins = record.since + days.DAY / 24
    for row in record.outbox:
        if row.kind == kind and fits(row.stage) and row.created_at >= begins:
            yield row


def returned_drafts_are_asked_back(record: Record) -> Iterator[str]:
    """Half a working day before the date, who has not handed it in again."""
    opened: dict[str, list[datetime]] = defaultdict(list)
    for task in record.tasks:
        opened[task.draft].append(task.opened_at)
    authors = {draft.id: UserId(draft.author) for draft in record.drafts}

    def due() -> Due:
        for one in record.decisions:
            moment = record.awake(days.after_office_hours(one.decided_at, _BACK_IN))
            back = any(one.decided_at < at <= moment for at in opened[one.draft])
            if one.verdict == "return" and not back:
                yield authors[one.draft], moment

    return _held_against(record, due(), _rows(record, "return_due"), "of what was returned")


def what_has_no_result_is_asked_for(record: Record) -> Iterator[str]:
    """In the three working days before a month's cut-off: the office, and each author once."""
    authors = {draft.id: UserId(draft.author) for draft in record.drafts}

    def due() -> Due:
        for first in _months(record):
            until = _next_month(first).replace(day=_CUTOFF)
            told: set[UserId] = set()
            for moment in _moments(record, _worked_before(until, _BEFORE_CUTOFF), (9, 10)):
                asked = {
                    authors[one.draft]
                    for one in record.dispatches
                    if days.at(first, 0) <= one.dispatched_at
                    and one.dispatched_at < min(moment, days.at(_next_month(first), 0))
                    and (one.closed_at is None or one.closed_at > moment)
                }
                if days.day_of(moment) >= until or not asked:
                    continue
                fresh = {*asked, *record.bureau.office} - told
                told |= fresh
                yield from ((who, moment) for who in fresh)

    rows = _rows(record, "adoption_reminder", lambda stage: stage.startswith("cutoff"))
    return _held_against(record, due(), rows, "before a cut-off")


def a_months_notice_is_drafted(record: Record) -> Iterator[str]:
    """When the office opens on the first working day after the cut-off."""

    def due() -> Due:
        for first in _months(record):
            day = days.workday_from(_next_month(first).replace(day=_CUTOFF) + days.DAY)
            moment = record.awake(days.at(day, 8, 30))
            yield from ((who, moment) for who in record.bureau.office)

    rows = _rows(record, "notice_drafted", lambda stage: stage != "file")
    return _held_against(record, due(), rows, "of a notice")


def quarters_are_reminded_of(record: Record) -> Iterator[str]:
    """On the first working day that the service sees of a quarter's first ten, once."""
    begun = min((one.at for one in record.handed_in), default=record.until)

    def due() -> Due:
        for first in _months(record):
            if first.month not in _QUARTERS or begun >= days.at(first, 0):
                continue
            ten = [first + number * days.DAY for number in range(10)]
            seen = [*_moments(record, [day for day in ten if days.worked(day)], (9, 0))]
            yield from ((who, seen[0]) for who in record.bureau.office if seen)

    return _held_against(record, due(), _rows(record, "quarter_notice"), "of a quarter")


def idle_channels_are_told_of(record: Record) -> Iterator[str]:
    """Of the bureau's own site and account after 7, 10 and 13 days, on working days, each once."""
    names = {one.id: one.name for one in record.channels}
    sent: dict[str, list[datetime]] = defaultdict(list)
    for one in record.dispatches:
        if names[one.channel] in OWN:
            sent[one.channel].append(one.dispatched_at)

    def due() -> Due:
        told: set[tuple[str, date, int]] = set()
        worked = [one for one in _days_of(record) if days.worked(one)]
        for moment in _moments(record, worked, (9, 20)):
            today = days.day_of(moment)
            for channel, moments in sent.items():
                last = max((days.day_of(at) for at in moments if at < moment), default=today)
                idle = (today - last).days
                passed = [step for step in _IDLE if step <= idle < _OUT_OF_USE]
                if passed and (channel, last, passed[-1]) not in told:
                    told.add((channel, last, passed[-1]))
                    yield from ((who, moment) for who in record.bureau.office)

    return _held_against(record, due(), _rows(record, "channel_idle"), "of an idle channel")


def silent_sections_are_asked(record: Record) -> Iterator[str]:
    """On a month's last working day, of that day: who writes for a section that is to write."""

    def due() -> Due:
        for first in _months(record):
            day = days.worked_days(first.year, first.month)[-1]
            for moment in _moments(record, [day], (9, 0)):
                for place in _silent(record, first, moment):
                    officer, head = record.bureau.officers[place], record.bureau.heads[place]
                    yield officer if record.here(officer, moment) else head, moment

    return _held_against(record, due(), _rows(record, "zero_reminder"), "of a zero report")


def silent_sections_are_listed(record: Record) -> Iterator[str]:
    """On the first working day after it the office gets their names, if there are any.

    Of the month before the bureau was there nobody hears.
    """

    def due() -> Due:
        for first in _months(record):
            day = days.workday_from(_next_month(first))
            moment = record.awake(days.at(day, 9))
            if moment >= record.since and any(
                _silent(record, first, days.at(_next_month(first), 0), zero=False)
            ):
                yield from ((who, moment) for who in record.bureau.office)

    return _held_against(record, due(), _rows(record, "zero_list"), "who reported nothing")


def the_burden_is_reported(record: Record) -> Iterator[str]:
    """On the first working day of a month, of the last one if anything was sent in it."""
    sent = {f"{one.at.astimezone(days.CHINA):%Y-%m}" for one in record.sendings}

    def due() -> Due:
        for first in _months(record):
            day = days.workday_from(_next_month(first))
            if f"{first:%Y-%m}" in sent:
                for moment in _moments(record, [day], (9, 0)):
                    yield from ((who, moment) for who in record.bureau.office)

    return _held_against(record, due(), _rows(record, "burden_report"), "of burdens")


def _silent(record: Record, first: date, before: datetime, *, zero: bool = True) -> Iterator[int]:
    """Yield the places of the sections that handed in nothing, nor, with *zero*, said so."""
    people, sections = record.bureau.people, record.bureau.sections
    begins = days.at(first, 0)
    wrote = {people[one.who].unit for one in record.handed_in if begins <= one.at < before}
    if zero:
        wrote |= {
            people[one.who].unit
            for one in record.said
            if one.text == "零报告" and begins <= one.at < before
        }
    for place in range(min(KEEN, len(sections))):
        writers = (record.bureau.officers[place], record.bureau.heads[place])
        here = any(record.here(one, before) for one in writers)
        if here and people[writers[0]].unit not in wrote:
            yield place


def _moments(record: Record, on: Sequence[date], clock: tuple[int, int]) -> Iterator[datetime]:
    """Yield when recurring work of some days happens; not if the service is up on another day."""
    for day in on:
        moment = record.awake(days.at(day, *clock))
        if record.since <= days.at(day, *clock) and days.day_of(moment) == day:
            yield moment


def _worked_before(until: date, count: int) -> list[date]:
    """Return the last *count* worked days before a day, and all after the first of them."""
    day, worked = until, list[date]()
    while len(worked) < count:
        day -= days.DAY
        if days.worked(day):
            worked.insert(0, day)
    return worked


def _months(record: Record) -> Iterator[date]:
    """Yield the first day of each month that is lived in."""
    month = days.day_of(record.since).replace(day=1)
    while days.at(month, 0) < record.until:
        yield month
        month = _next_month(month)


def _next_month(first: date) -> date:
    return (first + 31 * days.DAY).replace(day=1)


def _days_of(record: Record) -> Iterator[date]:
    return days.days(days.day_of(record.since), days.day_of(record.until - _MINUTE))


def daily_reports_are_drafted(record: Record) -> Iterator[str]:
    """At half past four of each worked day, and of each day of a sensitive period."""

    def due() -> Due:
        for day in _days_of(record):
            moment = record.awake(days.at(day, 16, 30))
            if days.day_of(moment) == day and (days.worked(day) or _is_watched(record, day)):
                yield record.bureau.liaison, moment

    return _held_against(record, due(), _of_daily(record, "briefing_drafted"), "a daily report")


def _is_watched(record: Record, day: date) -> bool:
    moment = days.at(day, 16, 30)
    return any(
        one.first <= day <= one.last
        and one.declared_at <= moment
        and (one.cancelled_at is None or one.cancelled_at > moment)
        for one in record.periods
    )


def released_reports_are_sent(record: Record) -> Iterator[str]:
    """At half past five, to leaders and the office; one that is released later, at once."""

    def due() -> Due:
        bureau = record.bureau
        for asked, released in _reports(record):
            if released is not None:
                for who in (*bureau.deputies, bureau.principal, *bureau.office):
                    yield who, max(asked, released)

    return _held_against(record, due(), _of_daily(record, "briefing_sent"), "a report")


def reports_are_waited_for(record: Record) -> Iterator[str]:
    """Of one that is not released by then the liaison and the office hear once."""

    def due() -> Due:
        for asked, released in _reports(record):
            if released is None or released > asked:
                yield from ((who, asked) for who in record.bureau.office)

    rows = _of_daily(record, "briefing_waiting")
    return _held_against(record, due(), rows, "of a report that waits")


def _reports(record: Record) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield of each daily report when it is to be sent or asked for, and when it was released."""
    for row in _of_daily(record, "briefing_drafted"):
        day = days.day_of(row.created_at)
        released = (
            one.at
            for one in record.said
            if one.text == DAILY
            and days.day_of(one.at) == day
            and one.answer.startswith("舆情日报")
        )
        yield record.awake(max(days.at(day, 17, 30), row.created_at)), next(released, None)


def _of_daily(record: Record, kind: str) -> Iterator[Any]:
    daily = {one.id for one in record.briefings if one.kind == "daily"}
    return (row for row in _rows(record, kind) if row.subject in daily)


DATES = (
    returned_drafts_are_asked_back,
    what_has_no_result_is_asked_for,
    a_months_notice_is_drafted,
    quarters_are_reminded_of,
    idle_channels_are_told_of,
    silent_sections_are_asked,
    silent_sections_are_listed,
    the_burden_is_reported,
    daily_reports_are_drafted,
    released_reports_are_sent,
    reports_are_waited_for,
)
