"""Who must hear that the time for a first word about an emergency runs out (domain-rules §6.6)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.duties_of_watch import Holders
from benchmarks.living.record import Record
from storage.vocabulary import UserId

_MINUTE = timedelta(minutes=1)
_EARLY = timedelta(minutes=10)
_GRAVE = frozenset({"orange", "red"})
_FOLLOWED = _GRAVE | {"yellow"}
_FOLLOW_UPS = (time(8), time(17))
_PHONE, _WRITTEN = "phone", "written"


def first_words_are_in_time_or_missed_aloud(record: Record) -> Iterator[str]:
    """Ten minutes before, whoever has it in hand; when time is up, the leaders as well."""
    told: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for row in record.outbox:
        if row.kind == "emergency_clock" and not row.stage.startswith("follow"):
            which, phase, _ = row.stage.split(" ", 2)
            told[row.subject, f"{which} {phase}"][row.recipient] = row.created_at
    holders = Holders(record)
    for one in record.incidents:
        for stage, moment in _moments(record, one):
            came = told.pop((one.id, stage), {})
            wanted = _in_hand(record, holders, one, moment)
            if stage.endswith("due"):
                wanted |= _leaders(record, holders, one, moment)
            on_time = all(moment <= at <= moment + _MINUTE for at in came.values())
            if came.keys() != wanted or not on_time:
                yield f"emergency {one.number}: {stage} at {moment} to {wanted}, and {came} heard"
    for (subject, stage), came in told.items():
        yield f"emergency {subject}: {stage} was told {came}, and need not have been"


def _moments(record: Record, one: Row[Any]) -> Iterator[tuple[str, datetime]]:
    """Yield what is said of both clocks, and when, as long as they run."""
    phone, written = (15, 35) if (one.grade or one.suggested) in _GRAVE else (30, 60)
    for which, minutes, done in (
        (_PHONE, phone, one.phoned_at),
        (_WRITTEN, written, one.written_at),
    ):
        due = one.received_at + timedelta(minutes=minutes)
        left = due - one.received_at
        warning = due - (_EARLY if left > 2 * _EARLY else left / 2)
        for phase, moment in (("warn", warning), ("due", due)):
            fired = record.awake(moment)
            stopped = min((at for at in (done, one.ended_at) if at), default=record.until)
            if fired < stopped and fired < record.until - _MINUTE:
                yield f"{which} {phase}", fired


def emergencies_are_followed_up(record: Record) -> Iterator[str]:
    """At eight and at five, as long as one of weight is open that was reported in writing."""
    told: dict[str, dict[datetime, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in record.outbox:
        if row.kind == "emergency_clock" and row.stage.startswith("follow"):
            told[row.subject][row.created_at].add(row.recipient)
    holders = Holders(record)
    for one in record.incidents:
        came = dict(told[one.id])
        for moment in _follow_ups(record, one):
            at = next((at for at in came if moment <= at <= moment + _MINUTE), None)
            heard = came.pop(at) if at is not None else set()
            wanted = _in_hand(record, holders, one, moment)
            if heard != wanted:
                yield f"emergency {one.number}: {wanted} was to follow up at {moment}, not {heard}"
        for at, heard in came.items():
            yield f"emergency {one.number}: {heard} was asked to follow up at {at} needlessly"


def _follow_ups(record: Record, one: Row[Any]) -> Iterator[datetime]:
    if (one.grade or one.suggested) not in _FOLLOWED:
        return
    moment = one.received_at
    while True:
        here = moment.astimezone(days.CHINA)
        coming = [
            days.at(day, at.hour)
            for day in (here.date(), here.date() + days.DAY)
            for at in _FOLLOW_UPS
        ]
        moment = record.awake(min(at for at in coming if at > moment))
        if moment >= min(one.ended_at or record.until, record.until - _MINUTE):
            return
        if one.written_at is not None and one.written_at <= moment:
            yield moment


def _in_hand(record: Record, holders: Holders, one: Row[Any], moment: datetime) -> set[str]:
    """Return who reported it, and who is on duty: the office where the roster names nobody."""
    keeps_roster = any(shift.entered_at <= moment for shift in record.shifts)
    nobody = record.bureau.office if keeps_roster else record.bureau.duty
    wanted = {one.reported_by} | (on_shift(record, holders, "duty", moment) or set(nobody))
    return {who for who in wanted if record.here(UserId(who), moment)}


def _leaders(record: Record, holders: Holders, one: Row[Any], moment: datetime) -> set[str]:
    bureau = record.bureau
    place = bureau.section_of(one.reported_by)
    deputy = bureau.deputies[place % len(bureau.deputies)]
    return {*on_shift(record, holders, "lead_duty", moment), deputy, bureau.principal}


def on_shift(record: Record, holders: Holders, position: str, moment: datetime) -> set[str]:
    """Return who is on duty in a position at a moment."""
    return {
        who
        for shift in record.shifts
        if shift.begins_at <= moment < shift.ends_at and shift.position == position
        if shift.entered_at <= moment
        if record.here(who := holders.of(shift, moment), moment)
    }


EMERGENCIES = (first_words_are_in_time_or_missed_aloud, emergencies_are_followed_up)
