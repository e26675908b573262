"""By when what has to be done about a case, by its grade (domain-rules §6.4).

A limit is written like a wait of an alert: 15m, 4h, 1d run by the clock, 4wh in working hours. Blue
and yellow are counted in working hours, orange and red by the clock; the public answer always by
the clock, for that is what the State Council's notices bind (48 hours, 5 hours for a grave event).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from handlers.rules.calendar import WorkCalendar, working_time
from handlers.rules.escalation import later
from storage.vocabulary import CaseState, CaseStep, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a grade allows; empty where nothing is asked.

    *climb* is how long a step that is late waits until the next higher are told, *gap* the least
    time between two alerts about the same case, *watch* how long it is looked at once it is calm.
    """

    grade: str
    ack: str
    facts: str
    plan: str
    answer: str
    progress: str
    watch: str
    climb: str
    gap: str

    def of(self, step: CaseStep) -> str:
        limits: Mapping[CaseStep, str] = {
            CaseStep.GRADE: self.grade,
            CaseStep.ACK: self.ack,
            CaseStep.FACTS: self.facts,
            CaseStep.PLAN: self.plan,
            CaseStep.ANSWER: self.answer,
            CaseStep.PROGRESS: self.progress,
        }
        return limits[step]


LIMITS: Mapping[Grade, Limits] = {
    Grade.BLUE: Limits(
        grade="2wh", ack="4wh", facts="7wh", plan="14wh", answer="48h", progress="", watch="1d",
        climb="7wh", gap="30m",
    ),
    Grade.YELLOW: Limits(
        grade="1wh", ack="1wh", facts="4wh", plan="8wh", answer="24h", progress="7wh", watch="3d",
        climb="4wh", gap="30m",
    ),
    Grade.ORANGE: Limits(
        grade="30m", ack="15m", facts="1h", plan="4h", answer="5h", progress="4h", watch="7d",
        climb="30m", gap="10m",
    ),
    Grade.RED: Limits(
        grade="30m", ack="10m", facts="30m", plan="2h", answer="5h", progress="2h", watch="7d",
        climb="15m", gap="10m",
    ),
}  # fmt: skip
"""What ships; a bureau's installation may set others."""

_STEPS_LEFT: Mapping[CaseState, tuple[CaseStep, ...]] = {
    CaseState.CLUE: (),
    CaseState.RESPONDED: (CaseStep.GRADE, CaseStep.FACTS, CaseStep.PROGRESS),
    CaseState.WATCHING: (),
}
_LEFT_WHILE_OPEN = tuple(CaseStep)
_ENDED = frozenset({CaseState.CLOSED, CaseState.MERGED, CaseState.FALSE_ALARM, CaseState.NOT_OURS})


class Standing(Protocol):
    """What of a case says which steps are left, and since when each runs."""

    @property
    def state(self) -> CaseState: ...
    @property
    def registered_at(self) -> datetime: ...
    @property
    def assigned_at(self) -> datetime | None: ...
    @property
    def graded_at(self) -> datetime | None: ...
    @property
    def acked_at(self) -> datetime | None: ...
    @property
    def facts_at(self) -> datetime | None: ...
    @property
    def plan_at(self) -> datetime | None: ...
    @property
    def answered_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def clock_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A step that is not done: since when it runs and by when it is due."""

    step: CaseStep
    since: datetime
    due_at: datetime


def owed(case: Standing, limits: Limits, calendar: WorkCalendar) -> Iterator[Owed]:
    """Yield what is still owed about a case, in the order of its life.

    Steps run since it was registered; the acknowledgement since it was given to somebody, progress
    since it was last heard of. Whoever gave it to a section may have said by when the answer is
    wanted (*due_at*), which may be sooner than the grade asks, and never later.
    """
    if case.state in _ENDED:
        return
    done = {
        CaseStep.GRADE: case.graded_at,
        CaseStep.ACK: case.acked_at,
        CaseStep.FACTS: case.facts_at,
        CaseStep.PLAN: case.plan_at,
        CaseStep.ANSWER: case.answered_at,
        CaseStep.PROGRESS: None,
    }
    for step in _STEPS_LEFT.get(case.state, _LEFT_WHILE_OPEN):
        limit = limits.of(step)
        waits_for_ack = step is CaseStep.PROGRESS and case.acked_at is None
        if done[step] is not None or not limit or waits_for_ack:
            continue
        since = began(case, step)
        due = later(since, limit, calendar)
        if step is CaseStep.ANSWER and case.due_at is not None:
            due = min(due, case.due_at)
        yield Owed(step=step, since=since, due_at=due)


def began(case: Standing, step: CaseStep) -> datetime:
    """Return since when the clock of a step runs."""
    if step is CaseStep.ACK:
        return case.assigned_at or case.registered_at
    return case.clock_at if step is CaseStep.PROGRESS else case.registered_at


class Used(NamedTuple):
    """How many minutes of a limit were used, both in working time or both by the clock."""

    minutes: int
    limit: int
    in_working_time: bool


def time_used(since: datetime, until: datetime, limit: str, calendar: WorkCalendar) -> Used:
    """Return how much of a limit was used between two moments, counted as the limit is."""
    works = limit.endswith("wh")
    took = working_time(since, until, calendar) if works else until - since
    return Used(max(0, int(took / timedelta(minutes=1))), length(limit), works)


_MINUTES = {"m": 1, "h": 60, "d": 1440, "wh": 60}


def length(limit: str) -> int:
    """Return how many minutes a limit has."""
    unit = limit.lstrip("0123456789")
    return int(limit[: -len(unit)]) * _MINUTES[unit]


def warnings(one: Owed) -> tuple[tuple[int, datetime], ...]:
    """Return when half and four fifths of a step's time are over, each with its part in percent."""
    span = one.due_at - one.since
    return tuple((part, one.since + span * part / 100) for part in (50, 80))
