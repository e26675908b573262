"""The duty roster: which shifts a day needs, who takes them so that it is fair, what is missing.

A day's duty runs from one morning to the next. Fair means: over the year everybody of a pool has
had about as many ordinary duties, as many at weekends and as many on holidays, whatever is on the
roster already; who was away owes nothing for it, and who is new does not make up for the others.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, unique
from itertools import chain

from handlers.rules.calendar import SHANGHAI, WorkCalendar
from handlers.rules.holidays import holidays_from
from storage.vocabulary import DutyPosition, ShiftKind, UserId

_DAY = timedelta(days=1)
_WEEKEND = 5


@unique
class Nature(Enum):
    """What sort of day it is for the duty; an adjusted one is a weekend that is worked."""

    WORKDAY = "workday"
    ADJUSTED = "adjusted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDay:
    """A day as the roster sees it; *holiday* is its name, empty where it is none."""

    day: date
    nature: Nature
    holiday: str = ""
    sensitive: bool = False

    @property
    def office_open(self) -> bool:
        return self.nature in {Nature.WORKDAY, Nature.ADJUSTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How a bureau keeps its duty.

    *whole*: one person has the 24 hours of a day off, instead of a day and a night shift. *backup*:
    on days off somebody else stands by. *lead*: a leader stands behind every duty; *double_lead*:
    two on holidays and adjusted days. *free_days* lie at least between two duties of one person.
    """

    day_begins: time = time(8, 30)
    night_begins: time = time(17, 30)
    whole: bool = False
    backup: bool = False
    lead: bool = True
    double_lead: bool = True
    free_days: int = 1

    def __post_init__(self) -> None:
        if self.day_begins >= self.night_begins:
            raise ValueError("the day shift must begin before the night shift")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """One place on the roster that somebody must take."""

    day: date
    kind: ShiftKind
    position: DutyPosition
    seat: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody has a place on the roster."""

    slot: Slot
    member: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A roster as far as it could be made, and the places for which there was nobody."""

    turns: tuple[Turn, ...]
    gaps: tuple[Slot, ...]


def days_of(
    first: date, last: date, calendar: WorkCalendar, sensitive: Collection[tuple[date, date]] = ()
) -> Sequence[DutyDay]:
    """Return what sort of day each from *first* to *last* is, both within it."""
    festive = {
        each.first + number * _DAY: each.name
        for each in chain(holidays_from(first, calendar), holidays_from(last, calendar))
        for number in range((each.last - each.first).days + 1)
    }
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    return [
        DutyDay(
            day=day,
            nature=_nature(day, calendar, festive),
            holiday=festive.get(day, ""),
            sensitive=any(begins <= day <= ends for begins, ends in sensitive),
        )
        for day in days
    ]


def _nature(day: date, calendar: WorkCalendar, festive: Mapping[date, str]) -> Nature:
    if day in festive:
        return Nature.HOLIDAY
    weekend = day.weekday() >= _WEEKEND
    if calendar.is_workday(day):
        return Nature.ADJUSTED if weekend else Nature.WORKDAY
    return Nature.WEEKEND


def needed(day: DutyDay, pattern: Pattern) -> Sequence[Slot]:
    """Return the places that must be taken on a day.

    Nights always; the day as well where the office is closed or the time is a sensitive one, in
    which each duty is for two. A leader stands behind every duty, for as long as it lasts.
    """
    round_the_clock = day.sensitive or not day.office_open
    if not round_the_clock:
        duties = [ShiftKind.NIGHT]
    elif pattern.whole:
        duties = [ShiftKind.WHOLE]
    else:
        duties = [ShiftKind.DAY, ShiftKind.NIGHT]
    lead = ShiftKind.WHOLE if round_the_clock else ShiftKind.NIGHT
    two_lead = pattern.double_lead and day.nature in {Nature.HOLIDAY, Nature.ADJUSTED}
    leaders = 1 + two_lead if pattern.lead else 0
    slots = [(lead, DutyPosition.LEAD, seat) for seat in range(leaders)]
    slots += [
        (kind, DutyPosition.DUTY, seat) for kind in duties for seat in range(1 + day.sensitive)
    ]
    if pattern.backup and not day.office_open:
        slots.append((ShiftKind.WHOLE, DutyPosition.BACKUP, 0))
    return [
        Slot(day=day.day, kind=kind, position=position, seat=seat) for kind, position, seat in slots
    ]


def span(day: date, kind: ShiftKind, pattern: Pattern) -> tuple[datetime, datetime]:
    """Return when a shift of that day begins and ends, on Shanghai's clock."""
    morning = datetime.combine(day, pattern.day_begins, SHANGHAI)
    evening = datetime.combine(day, pattern.night_begins, SHANGHAI)
    begins = evening if kind is ShiftKind.NIGHT else morning
    return begins, evening if kind is ShiftKind.DAY else morning + _DAY


def missing(wanted: Iterable[Slot], taken: Collection[Slot]) -> Sequence[Slot]:
    """Return the wanted places that nobody has; one for 24 hours may be had in two shifts."""
    had: dict[tuple[date, DutyPosition, ShiftKind], int] = {}
    for slot in taken:
        halves = (slot.kind,) if slot.kind is not ShiftKind.WHOLE else _HALVES
        for half in halves:
            had[slot.day, slot.position, half] = had.get((slot.day, slot.position, half), 0) + 1
    gaps = []
    for slot in sorted(wanted):
        halves = (slot.kind,) if slot.kind is not ShiftKind.WHOLE else _HALVES
        free = [had.get((slot.day, slot.position, half), 0) for half in halves]
        if min(free) == 0:
            gaps.append(slot)
        for half in halves:
            key = (slot.day, slot.position, half)
            had[key] = max(0, had.get(key, 0) - 1)
    return gaps


_HALVES = (ShiftKind.DAY, ShiftKind.NIGHT)


@dataclass(slots=True)
class _Load:
    """What everybody of one pool has had so far: in all, and by the sort of day."""

    by_class: dict[tuple[str, UserId], float] = field(default_factory=dict)
    latest: dict[UserId, date] = field(default_factory=dict)

    def add(self, kind: str, member: UserId, amount: float) -> None:
        for each in (kind, _ALL):
            self.by_class[each, member] = self.by_class.get((each, member), 0) + amount

    def of(self, kind: str, member: UserId) -> float:
        return round(self.by_class.get((kind, member), 0), 6)

    def start(self, pool: Sequence[UserId]) -> None:
        """Let who is new to a pool begin where the others stand."""
        known = [member for member in pool if (_ALL, member) in self.by_class]
        for kind in _CLASSES if known else ():
            mean = sum(self.of(kind, member) for member in known) / len(known)
            for member in pool:
                if member not in known:
                    self.by_class[kind, member] = mean


_ALL = "all"
_CLASSES = (_ALL, *(nature.value for nature in Nature))


def fill(
    days: Sequence[DutyDay],
    pattern: Pattern,
    pools: Mapping[DutyPosition, Sequence[UserId]],
    *,
    before: Sequence[Turn] = (),
    away: Collection[tuple[UserId, date, date]] = (),
    natures: Mapping[date, Nature] | None = None,
) -> Filled:
    """Put people on the roster of *days*, day by day, each time whoever had the least.

    *before* are the turns on the roster around these days, and *natures* what their days were.
    *away* is who cannot, from which day to which, both within it. Everybody has the pattern's free
    days between two of his; where that leaves nobody the place stays open and is among the gaps.
    """
    known = {day.day: day.nature for day in days} | dict(natures or {})
    busy = {(turn.member, turn.slot.day) for turn in before}
    loads = {position: _history(before, position, pools, known) for position in pools}
    turns, gaps = [], []
    for day in days:
        for slot in needed(day, pattern):
            pool, load = pools.get(slot.position, ()), loads.get(slot.position, _Load())
            here = [one for one in pool if not _away(one, slot.day, away)]
            free = [one for one in here if not _near(one, slot.day, busy, pattern.free_days)]
            for absent in set(pool) - set(here) if here else ():
                load.add(day.nature.value, absent, 1 / len(here))
            if not free:
                gaps.append(slot)
                continue
            chosen = min(free, key=lambda one: _owed(load, day.nature, one))
            load.add(day.nature.value, chosen, 1)
            load.latest[chosen] = slot.day
            busy.add((chosen, slot.day))
            turns.append(Turn(slot=slot, member=chosen))
    return Filled(turns=tuple(turns), gaps=tuple(gaps))


def _history(
    before: Sequence[Turn],
    position: DutyPosition,
    pools: Mapping[DutyPosition, Sequence[UserId]],
    natures: Mapping[date, Nature],
) -> _Load:
    load = _Load()
    for turn in before:
        if turn.slot.position is position:
            load.add(natures.get(turn.slot.day, Nature.WORKDAY).value, turn.member, 1)
            load.latest[turn.member] = max(
                turn.slot.day, load.latest.get(turn.member, turn.slot.day)
            )
    load.start(pools[position])
    return load


def _owed(load: _Load, nature: Nature, member: UserId) -> tuple[float, float, date, str]:
    return (
        load.of(nature.value, member),
        load.of(_ALL, member),
        load.latest.get(member, date.min),
        member,
    )


def _away(member: UserId, day: date, away: Collection[tuple[UserId, date, date]]) -> bool:
    return any(who == member and first <= day <= last for who, first, last in away)


def _near(member: UserId, day: date, busy: Collection[tuple[UserId, date]], free: int) -> bool:
    return any((member, day + step * _DAY) in busy for step in range(-free, free + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How even a roster is: the least and the most that one of those on duty has, of each sort.

    *in_a_row* names who is on two days in a row. Leaders and those who stand by are not counted
    among those on duty, but nobody is on two days in a row in any place.
    """

    total: tuple[int, int] = (0, 0)
    weekends: tuple[int, int] = (0, 0)
    holidays: tuple[int, int] = (0, 0)
    in_a_row: tuple[tuple[UserId, date], ...] = ()


def quality(
    turns: Sequence[Turn], natures: Mapping[date, Nature], pool: Collection[UserId] = ()
) -> Quality:
    """Return the figures of a roster; who of *pool* has no turn counts with none."""
    duties = [turn for turn in turns if turn.slot.position is DutyPosition.DUTY]
    people = {turn.member for turn in duties} | set(pool)
    had = {(turn.member, turn.slot.day) for turn in turns}
    return Quality(
        total=_extremes(duties, people),
        weekends=_extremes(
            [turn for turn in duties if natures.get(turn.slot.day) is Nature.WEEKEND], people
        ),
        holidays=_extremes(
            [turn for turn in duties if natures.get(turn.slot.day) is Nature.HOLIDAY], people
        ),
        in_a_row=tuple(sorted((who, day) for who, day in had if (who, day + _DAY) in had)),
    )


def _extremes(turns: Sequence[Turn], people: Collection[UserId]) -> tuple[int, int]:
    counts = [sum(turn.member == one for turn in turns) for one in people]
    return (min(counts), max(counts)) if counts else (0, 0)
