"""What the people on duty and the office must hear of the roster, of swaps and of handing over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.record import Record
from storage.vocabulary import UserId

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_PATIENCE = timedelta(minutes=30)
_EVE, _SOON, _END = "eve", "soon", "end"
_SEND_UP, _MAKE = 5, 2
_NEXT_YEARS_DAY = date(2027, 1, 1)
_APPROVED, _EXPIRED, _UNSETTLED = "approved", "expired", {"asked", "agreed"}


def shifts_are_reminded_of(record: Record) -> Iterator[str]:
    """At 17:00 on the day before, an hour before, and at the end who has not handed over.

    What an outage kept comes when it is over, unless the shift has begun; of two kept only the
    second. Where whoever has it has left, the office hears of the empty place instead.
    """
    told: dict[str, dict[str, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in record.outbox:
        if row.kind == "duty_reminder":
            told[row.subject][row.stage].append(row)
    holders = Holders(record)
    for shift in record.shifts:
        wanted: dict[str, tuple[datetime, list[UserId]]] = {}
        for stage, moment in _moments(record, shift).items():
            who = holders.of(shift, moment)
            if stage == _END and _handed_over(record, shift, who, moment):
                continue
            if record.here(who, moment):
                wanted[stage] = (moment, [who])
            elif stage != _END:
                wanted[f"empty {stage}"] = (moment, [UserId(one) for one in record.bureau.office])
        yield from _compared(shift, wanted, told[shift.id])


def _compared(
    shift: Row[Any],
    wanted: Mapping[str, tuple[datetime, list[UserId]]],
    told: Mapping[str, Sequence[Row[Any]]],
) -> Iterator[str]:
    name = f"{shift.day} {shift.kind} {shift.position} of {shift.member}"
    for stage, (moment, members) in wanted.items():
        came = {row.recipient: row.created_at for row in told.get(stage, ())}
        if came.keys() != set(members):
            yield f"{name}: {stage} was due at {moment} to {members}, and {came} heard"
        elif any(not moment <= at <= moment + _MINUTE for at in came.values()):
            yield f"{name}: {stage} was due at {moment}, and came at {came}"
    for stage in told.keys() - wanted.keys():
        if told[stage]:
            yield f"{name}: {stage} came at {told[stage][0].created_at}, and was not due"


def _moments(record: Record, shift: Row[Any]) -> Mapping[str, datetime]:
    """Return when each reminder of a shift can be said, those that no longer make sense left out.

    A shift that is put on the roster later than its first reminders has only those to come.
    """
    eve = days.at(days.day_of(shift.begins_at) - days.DAY, 17)
    planned = {_EVE: eve, _SOON: shift.begins_at - _HOUR}
    if shift.position == "duty":
        planned[_END] = shift.ends_at
    found: dict[str, datetime] = {}
    for stage, moment in planned.items():
        fired = record.awake(moment)
        if moment <= shift.entered_at or fired >= record.until - _MINUTE:
            continue
        over = shift.ends_at + _HOUR if stage == _END else shift.begins_at
        if fired < over:
            late = stage == _EVE and fired >= planned[_SOON]
            found[_SOON if late else stage] = fired
    return found


class Holders:
    """Who had a shift at a moment: what stands in the table, swaps since undone."""

    def __init__(self, record: Record) -> None:
        found: dict[str, list[tuple[datetime, UserId, UserId]]] = defaultdict(list)
        for swap in record.swaps:
            if swap.status == _APPROVED:
                giver, taker = UserId(swap.giver), UserId(swap.taker)
                found[swap.shift].append((swap.decided_at, giver, taker))
                found[swap.back].append((swap.decided_at, taker, giver))
        for entry in record.audits:
            if entry.tag == "duty:substitute":
                before, after = entry.before["member"], entry.after["member"]
                found[entry.subject].append((entry.at, UserId(before), UserId(after)))
        self._changes = {shift: sorted(changes) for shift, changes in found.items()}

    def of(self, shift: Row[Any], moment: datetime) -> UserId:
        member = UserId(shift.member)
        for at, before, after in reversed(self._changes.get(shift.id, ())):
            if at > moment and after == member:
                member = before
        return member


def _handed_over(record: Record, shift: Row[Any], who: UserId, moment: datetime) -> bool:
    return any(
        line.kind == "handover"
        and line.written_by == who
        and shift.begins_at <= line.at <= moment + _MINUTE
        for line in record.duty_log
    )


def who_is_on_is_told_of_his_roster(record: Record) -> Iterator[str]:
    """When a roster is saved, everybody on it has heard of it at that moment or before."""
    told: dict[str, list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind in {"duty_roster", "duty_swap"}:
            told[row.recipient].append(row.created_at)
    for shift in record.shifts:
        if not any(shift.entered_at <= at for at in told[shift.member]):
            kept = any(at < shift.entered_at for at in told[shift.member])
            if not kept:
                yield f"{shift.member} has a shift on {shift.day} and was never told"


def swaps_are_asked_told_and_end(record: Record) -> Iterator[str]:
    """The other is asked at once, both hear of an approval; what nobody decided ends in time."""
    told = {
        (row.subject, row.stage, row.recipient): row.created_at
        for row in record.outbox
        if row.kind == "duty_swap"
    }
    for swap in record.swaps:
        over = record.awake(swap.expires_at)
        wanted = {("ask", swap.asks): swap.asked_at}
        for who in (swap.giver, swap.taker):
            if swap.status == _APPROVED:
                wanted["approved", who] = swap.decided_at
            elif swap.status == _EXPIRED:
                wanted["expired", who] = over
        for (stage, who), due in wanted.items():
            at = told.get((swap.id, stage, who))
            if record.here(UserId(who), due) and (at is None or not due <= at <= due + _MINUTE):
                yield f"swap {swap.number}: {who} was to hear ({stage}) at {due}, and did at {at}"
        if swap.status in _UNSETTLED and over < record.until - _MINUTE:
            yield f"swap {swap.number} was over at {over}, and still is {swap.status}"


def handing_over_is_heard(record: Record) -> Iterator[str]:
    """The next shift is told at once; half an hour into it, if nobody took over, once more."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in record.outbox:
        if row.kind == "duty_handover":
            told[row.subject, row.stage].add(row.recipient)
    holders = Holders(record)
    for line in record.duty_log:
        mine = _shift_of(record, holders, line) if line.kind == "handover" else None
        following = _following(record, mine.ends_at) if mine is not None else ()
        coming = {
            who
            for one in following
            if one.position == "duty" and record.here(who := holders.of(one, line.at), line.at)
        }
        subject = f"duty_log:{line.id}"
        if not coming - {line.written_by} <= told[subject, ""]:
            yield f"{coming} did not hear that {line.written_by} handed over at {line.at}"
        if not coming:
            continue
        due = record.awake(max(following[0].begins_at, line.at) + _PATIENCE)
        if due >= record.until - _MINUTE or (line.taken_at and line.taken_at <= due + _MINUTE):
            continue
        again = _asked_to_take_over(record, holders, line, due)
        heard = told[subject, "again"] | told[subject, "lead"]
        if again != heard:
            yield f"nobody took over by {due}: {again} had to hear, and {heard} did"


def _asked_to_take_over(
    record: Record, holders: Holders, line: Row[Any], due: datetime
) -> set[UserId]:
    """Return who is on half an hour into the shift: duties and leaders, but who handed over."""
    return {
        who
        for one in record.shifts
        if one.begins_at <= due < one.ends_at and one.position in {"duty", "lead_duty"}
        if record.here(who := holders.of(one, due), due)
        if not (one.position == "duty" and who == line.written_by)
    }


def _shift_of(record: Record, holders: Holders, line: Row[Any]) -> Row[Any] | None:
    """Return the shift that somebody hands over, of his own up to an hour after it."""
    his = [
        one
        for one in record.shifts
        if one.begins_at <= line.at <= one.ends_at + _HOUR
        and holders.of(one, line.at) == line.written_by
    ]
    return min(his, key=lambda one: one.position != "duty", default=None)


def _following(record: Record, moment: datetime) -> Sequence[Row[Any]]:
    later = [one for one in record.shifts if one.begins_at >= moment]
    first = min((one.begins_at for one in later), default=None)
    return [one for one in later if one.begins_at == first]


def holiday_rosters_are_looked_at(record: Record) -> Iterator[str]:
    """Five days before a legal holiday the office is told to send its roster up (R13)."""
    told = {
        (row.subject.rpartition(":")[2], row.stage, row.recipient): row.created_at
        for row in record.outbox
        if row.kind == "duty_holiday"
    }
    for first in (*days.HOLIDAYS, _NEXT_YEARS_DAY):
        due = record.awake(days.at(first - _SEND_UP * days.DAY, 9))
        if due < record.since or due >= min(record.until, days.at(first - _MAKE * days.DAY, 9)):
            continue
        for who in record.bureau.office:
            at = told.get((f"{first}", str(_SEND_UP), who))
            if at is None or not due <= at <= due + _MINUTE:
                yield f"{who} was told at {at}, not at {due}, of the roster of {first}"


def sensitive_periods_are_told(record: Record) -> Iterator[str]:
    """On the eve at 16:00 whoever is on and the office, at the end the office."""
    told: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for row in record.outbox:
        if row.kind == "sensitive_period":
            told[row.subject, row.stage][row.recipient] = row.created_at
    holders = Holders(record)
    for period in record.periods:
        subject = f"sensitive:{period.id}"
        eve = record.awake(days.at(period.first - days.DAY, 16))
        end = record.awake(days.at(period.last, 17))
        on = {
            holders.of(one, eve)
            for one in record.shifts
            if period.first <= one.day <= period.last and one.entered_at < eve
        }
        here = {one for one in on if record.here(one, eve)}
        office = set(record.bureau.office)
        for stage, due, wanted in (("eve", eve, here | office), ("end", end, office)):
            if due >= record.until - _MINUTE:
                continue
            heard = {who for who, at in told[subject, stage].items() if due <= at <= due + _MINUTE}
            if not wanted <= heard:
                yield f"{wanted - heard} did not hear of the {stage} of {period.name} at {due}"


WATCH = (
    shifts_are_reminded_of,
    who_is_on_is_told_of_his_roster,
    swaps_are_asked_told_and_end,
    handing_over_is_heard,
    holiday_rosters_are_looked_at,
    sensitive_periods_are_told,
)
