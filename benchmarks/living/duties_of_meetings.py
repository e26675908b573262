"""What guests and whoever asked them must hear of a training or a meeting."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.record import Record
from storage.vocabulary import UserId

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def guests_are_asked(record: Record) -> Iterator[str]:
    """Everybody who belongs to the audience and is here, and nobody else."""
    asked = defaultdict(set)
    for row in record.outbox:
        if row.kind.startswith("gathering_invited"):
            asked[row.subject].add(row.recipient)
    by_number = {one.number: one for one in record.gatherings}
    for one in record.meetings:
        gathering = by_number[one.number]
        if asked[gathering.id] != one.guests:
            wrong = asked[gathering.id] ^ one.guests
            yield f"gathering {one.number} asked {wrong} wrongly"


def guests_are_reminded(record: Record) -> Iterator[str]:
    """At 17:00 on the day before and an hour before, who has not excused himself.

    Of two reminders that an outage kept only the second comes, and none once it has begun.
    """
    told: dict[str, dict[datetime, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in record.outbox:
        if row.kind == "gathering_reminder" and not row.stage.endswith("list"):
            told[row.subject][row.created_at].add(row.recipient)
    for gathering in record.gatherings:
        name = f"gathering {gathering.number} of {gathering.begins_at}"
        came = dict(told[gathering.id])
        for moment in _moments(record, gathering).values():
            at = next((at for at in sorted(came) if moment <= at <= moment + _MINUTE), None)
            heard = came.pop(at) if at is not None else set()
            differ = _staying(record, gathering, moment) ^ heard
            if not differ <= _wavering(record, gathering, moment):
                yield f"{name}: {differ} wrongly (not) reminded at {moment}"
        for at in came:
            if at > gathering.changed_at:
                yield f"{name}: somebody was reminded at {at}, when nobody had to be"


def organisers_hear_who_comes(record: Record) -> Iterator[str]:
    """On the eve, with the guests' reminder."""
    listed: dict[str, list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "gathering_reminder" and row.stage.endswith("list"):
            listed[row.subject].append(row.created_at)
    for gathering in record.gatherings:
        eve = _moments(record, gathering).get("eve")
        if eve and not any(eve <= one <= eve + _MINUTE for one in listed[gathering.id]):
            yield f"gathering {gathering.number}: its organiser did not hear at {eve} who comes"


def _moments(record: Record, gathering: Row[Any]) -> Mapping[str, datetime]:
    if gathering.status != "planned":
        return {}
    begins = gathering.begins_at
    planned = {"eve": days.at(days.day_of(begins) - days.DAY, 17), "soon": begins - _HOUR}
    found = {}
    for stage, moment in planned.items():
        fired = record.awake(moment)
        kept = fired > moment and stage == "eve" and fired >= planned["soon"]
        if moment > gathering.changed_at and fired < min(begins, record.until) and not kept:
            found[stage] = fired
    return found


def _staying(record: Record, gathering: Row[Any], due: datetime) -> set[str]:
    """Return who had not excused himself by then, and is here."""
    return {
        guest.member
        for guest in record.guests
        if guest.gathering == gathering.id
        and record.here(UserId(guest.member), due)
        and not (guest.answer == "excused" and guest.answered_at <= due)
    }


def _wavering(record: Record, gathering: Row[Any], due: datetime) -> set[str]:
    """Return whose last answer came after that moment: what he said before is not known."""
    return {
        guest.member
        for guest in record.guests
        if guest.gathering == gathering.id
        and guest.answered_at is not None
        and guest.answered_at > due - _MINUTE
    }


def changes_are_told(record: Record) -> Iterator[str]:
    """Who has not excused himself hears at once that a gathering is moved or called off."""
    told: dict[str, set[str]] = defaultdict(set)
    for row in record.outbox:
        if row.kind == "gathering_changed":
            told[row.subject].add(row.recipient)
    for gathering in record.gatherings:
        if not gathering.revision:
            continue
        moment = gathering.changed_at
        missed = _staying(record, gathering, moment) - told[gathering.id]
        if missed - _wavering(record, gathering, moment):
            yield f"gathering {gathering.number} changed at {moment}, and {missed} did not hear"


MEETINGS = (
    guests_are_asked,
    guests_are_reminded,
    organisers_hear_who_comes,
    changes_are_told,
)
