"""Who must be reminded of a node of the plan, and when a node must call upon its sections (R9)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.record import Record
from storage.vocabulary import UserId

_MINUTE, _BUNDLE = timedelta(minutes=1), timedelta(minutes=30)
_SETTLING = timedelta(minutes=10)
_EARLY, _LATE = 10, 3
_OWED = frozenset({"received", "claimed", "declined"})


def nodes_are_reminded_of(record: Record) -> Iterator[str]:
    """Ten and three working days before, who writes for a section that has not handed in.

    The first of them is a call, where the item calls upon its sections by itself: its notice is the
    reminder then.
    """
    told: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for row in record.outbox:
        if row.kind == "plan_reminder":
            told[row.subject, row.stage][row.recipient] = row.created_at
    for item, node, call in _nodes(record):
        for early, moment in _moments(record, item, node).items():
            opens = _opens(item, node, call, moment)
            just_called = call and days.day_of(call.ordered_at) == days.day_of(moment)
            if opens and not (call and moment <= call.ordered_at <= moment + _MINUTE):
                yield f"{_named(item, node)} called at {call and call.ordered_at}, not {moment}"
            came = told[node.id, f"{early} {node.revision}"]
            for who in () if opens or just_called else _owing(record, item, node, moment):
                if not moment <= came.get(who, record.until) <= moment + _MINUTE:
                    yield f"{_named(item, node)}: {who} heard at {came.get(who)}, not {moment}"


def _nodes(record: Record) -> Iterator[tuple[Row[Any], Row[Any], Row[Any] | None]]:
    """Yield each node with its item and the call that was opened for it, if any was."""
    calls = {call.id: call for call in record.calls}
    items = {item.id: item for item in record.plan_items}
    for node in record.plan_nodes:
        yield items[node.item], node, calls.get(node.call)


def _opens(item: Row[Any], node: Row[Any], call: Row[Any] | None, moment: datetime) -> bool:
    """Tell whether a node calls upon its sections at a moment: once, and not when it is over."""
    first = call is None or call.ordered_at >= moment
    return bool(item.opens_calls) and first and moment < _closing(node.due_on)


def the_office_hears_of_planned_calls(record: Record) -> Iterator[str]:
    """Of those of one half hour when that is over."""
    told = {(row.recipient, row.created_at) for row in record.outbox if row.kind == "plan_news"}
    for call in record.calls:
        if not call.plan_item:
            continue
        begun = call.ordered_at.replace(minute=call.ordered_at.minute // 30 * 30, second=0)
        due = record.awake(begun.replace(microsecond=0) + _BUNDLE)
        for who in record.bureau.office if due < record.until - _MINUTE else ():
            if not any(one == who and due <= at <= due + _MINUTE for one, at in told):
                yield f"{who} did not hear at {due} of call {call.number} of the plan"


def _moments(record: Record, item: Row[Any], node: Row[Any]) -> Mapping[int, datetime]:
    """Return when something happens; what was late when the item came is one, ten minutes later."""
    planned = {early: days.at(_before(node.due_on, early), 8, 30) for early in (_EARLY, _LATE)}
    late = [early for early, moment in planned.items() if moment <= item.changed_at]
    found = {early: moment for early, moment in planned.items() if early not in late}
    if late:
        found[min(late)] = item.changed_at + _SETTLING
    fired = {early: record.awake(moment) for early, moment in sorted(found.items(), reverse=True)}
    return {early: moment for early, moment in fired.items() if moment < record.until - _MINUTE}


def _before(day: date, workdays: int) -> date:
    for _ in range(workdays):
        day -= days.DAY
        while not days.worked(day):
            day -= days.DAY
    return day


def _closing(day: date) -> datetime:
    while not days.worked(day):
        day -= days.DAY
    return days.at(day, 17, 30)


def _owing(record: Record, item: Row[Any], node: Row[Any], moment: datetime) -> Iterator[UserId]:
    """Yield the officer, or the head where there is none, of each section that owes something."""
    names = {unit.id: unit.name for unit in record.units}
    settled = {
        part.unit: record.until if part.state in _OWED else part.moved_at
        for part in record.parts
        if part.call == node.call
    }
    for owner in record.plan_units:
        if owner.item == item.id and settled.get(owner.unit, record.until) > moment + _MINUTE:
            place = record.bureau.sections.index(names[owner.unit])
            officer, head = record.bureau.officers[place], record.bureau.heads[place]
            who = officer if record.here(officer, moment) else head
            if record.here(who, moment):
                yield who


def _named(item: Row[Any], node: Row[Any]) -> str:
    return f"plan {item.number} for {node.due_on}"


PLANS = (nodes_are_reminded_of, the_office_hears_of_planned_calls)
