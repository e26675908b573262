"""Who must hear that a step of a case of public opinion is late, and when (R11, docs/cases.md).

The limits are written down here by hand. In this bureau a case has one grade from its beginning on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from benchmarks.living.duties_of_alarms import Wait, of_office
from benchmarks.living.duties_of_emergencies import on_shift
from benchmarks.living.duties_of_watch import Holders
from benchmarks.living.record import Record
from storage.vocabulary import NOBODY, UserId

_MINUTE = timedelta(minutes=1)
_GRAVE = frozenset({"orange", "red"})
_WARNINGS = (50, 80)
_TOP = 3
_HALF, _QUARTER = Wait(1 / 2), Wait(1 / 4)
_LIMITS: Mapping[str, Mapping[str, Wait]] = MappingProxyType(
    {
        "blue": {
            "grade": of_office(2),
            "facts": of_office(7),
            "plan": of_office(14),
            "answer": Wait(48),
        },
        "yellow": {
            "grade": of_office(1),
            "facts": of_office(4),
            "plan": of_office(8),
            "answer": Wait(24),
        },
        "orange": {"grade": _HALF, "facts": Wait(1), "plan": Wait(4), "answer": Wait(5)},
        "red": {"grade": _HALF, "facts": _HALF, "plan": Wait(2), "answer": Wait(5)},
    }
)
_CLIMB: Mapping[str, Wait] = MappingProxyType(
    {"blue": of_office(7), "yellow": of_office(4), "orange": _HALF, "red": _QUARTER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """A case and what was done about it."""

    case: Row[Any]
    events: tuple[Row[Any], ...]
    sections: Mapping[str, str]

    @property
    def grade(self) -> str:
        return str(self.case.suggested)

    def over(self, step: str, until: datetime) -> datetime:
        """Return when a step was owed no longer: it was done, answered in public, or all over."""
        done = {
            "grade": self.case.graded_at,
            "facts": self.case.facts_at,
            "plan": self.case.plan_at or self.case.answered_at,
            "answer": self.case.answered_at,
        }[step]
        if step == "plan" and self.case.answered_at:
            done = min(done, self.case.answered_at)
        return min(done or until, self.case.closed_at or until)

    def unit(self, moment: datetime) -> str:
        """Return the section that it was given to by then, or whose finder it was."""
        given = [one for one in self.events if one.move == "assign" and one.at < moment]
        return given[-1].words.partition("：")[0] if given else self.sections[self.case.id]

    def holder(self, moment: datetime) -> UserId:
        """Return who took it since it was given to anybody last."""
        turns = [one for one in self.events if one.move in {"assign", "ack"} and one.at < moment]
        return UserId(turns[-1].actor) if turns and turns[-1].move == "ack" else NOBODY


def what_is_late_about_cases_climbs(record: Record) -> Iterator[str]:
    """To who should do it and the office; the leader in charge; the principal; and no further."""
    told: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for row in record.outbox:
        if row.kind.startswith("case_due") and not row.stage.startswith("warning"):
            words = row.stage.split(" ")
            for step, level in zip(words[::2], words[1::2], strict=True):
                told[row.subject, f"{step} {level}"][row.recipient] = row.created_at
    holders = Holders(record)
    for life in _lives(record):
        for (step, level), moment in _rungs(record, life):
            came = told.pop((life.case.id, f"{step} {level}"), {})
            wanted = _rung(record, holders, life, moment, (step, level))
            if came.keys() != wanted or not _in_time(came, moment):
                yield f"{_named(life)}: {step} {level} at {moment} to {wanted}, not {came}"
    for (subject, stage), came in told.items():
        yield f"case {subject}: {stage} was told {came}, and need not have been"


def _rungs(record: Record, life: _Life) -> Iterator[tuple[tuple[str, int], datetime]]:
    """Yield each step that is late and how high it has climbed, and when, while it is owed."""
    for step, limit in _LIMITS[life.grade].items():
        over = min(life.over(step, record.until), record.until - _MINUTE)
        moment = record.awake(limit.after(life.case.registered_at))
        for level in range(_TOP):
            if moment < over:
                yield (step, level), moment
            moment = record.awake(_CLIMB[life.grade].after(moment))


def _in_time(came: Mapping[str, datetime], moment: datetime) -> bool:
    return all(moment <= at <= moment + _MINUTE for at in came.values())


def an_answer_in_public_is_asked_for(record: Record) -> Iterator[str]:
    """When half and four fifths of its time are over, whoever deals with it and the office."""
    told: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for row in record.outbox:
        if row.kind.startswith("case_due") and row.stage.startswith("warning"):
            told[row.subject, row.stage][row.recipient] = row.created_at
    for life in _lives(record):
        begun, limit = life.case.registered_at, _LIMITS[life.grade]["answer"]
        over = min(life.over("answer", record.until), record.until - _MINUTE)
        for part in _WARNINGS:
            planned = begun + (limit.after(begun) - begun) * part / 100
            moment = record.awake(planned)
            came = told.pop((life.case.id, f"warning {part}"), {})
            wanted = _in_hand(record, life, moment) if moment < over else set()
            if not came and _made_up_for(record, life, planned):
                continue
            if came.keys() != wanted or not _in_time(came, moment):
                yield f"{_named(life)}: {part}% at {moment} to {wanted}, not {came}"


def _made_up_for(record: Record, life: _Life, planned: datetime) -> bool:
    """Tell whether an outage kept a warning until it was of no use: too late, or somebody acted."""
    moment = record.awake(planned)
    due = _LIMITS[life.grade]["answer"].after(life.case.registered_at)
    acted = any(planned <= one.at <= moment for one in life.events)
    return moment > planned and (moment >= due or acted)


def _rung(
    record: Record, holders: Holders, life: _Life, moment: datetime, rung: tuple[str, int]
) -> set[str]:
    bureau, (_, level) = record.bureau, rung
    place = bureau.sections.index(life.unit(moment))
    deputy = bureau.deputies[place % len(bureau.deputies)]
    if rung == ("grade", 0):  # who may decide it, from orange on no longer the office
        return {*bureau.office, *([deputy] if life.grade in _GRAVE else ())}
    if level == 0:
        return _in_hand(record, life, moment)
    if level == 1:
        leading = on_shift(record, holders, "lead_duty", moment) or set(bureau.lead_duty)
        wanted = {deputy, *(leading if life.grade in _GRAVE else ())}
    else:
        wanted = {bureau.principal}
    return {who for who in wanted if record.here(UserId(who), moment)}


def _in_hand(record: Record, life: _Life, moment: datetime) -> set[str]:
    """Return who took it, or the head of its section, or its officer; and the office."""
    bureau = record.bureau
    place = bureau.sections.index(life.unit(moment))
    heads = [bureau.heads[place], bureau.officers[place]]
    here = [one for one in heads if record.here(one, moment)]
    holder = life.holder(moment)
    wanted = {holder} if holder != NOBODY else set(here[:1])
    return {who for who in {*wanted, *bureau.office} if record.here(UserId(who), moment)}


def _lives(record: Record) -> Iterator[_Life]:
    events: dict[str, list[Row[Any]]] = defaultdict(list)
    for event in record.case_events:
        events[event.case].append(event)
    people = record.bureau.people
    sections = {
        case.id: people[UserId(case.finder)].unit.rpartition("/")[2] for case in record.cases
    }
    for case in record.cases:
        yield _Life(case=case, events=tuple(events[case.id]), sections=sections)


def _named(life: _Life) -> str:
    return f"{life.grade} case {life.case.number} of {life.case.registered_at}"


CASES = (what_is_late_about_cases_climbs, an_answer_in_public_is_asked_for)
