"""Who must be told of an alert and when, reckoned from what people answered.

The table of steps is written down here by hand (domain-rules §6.4); the alert is played through
again by it, and what was told is held against that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.duties_of_watch import Holders
from benchmarks.living.record import Record
from storage.vocabulary import NOBODY, UserId

_MINUTE = timedelta(minutes=1)
_NOTICE = "notice"
_TIMES, _APART, _ANSWERED_LATE = 3, timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A time on the wall's clock, or of open office hours."""

    hours: float
    office: bool = False

    def after(self, moment: datetime) -> datetime:
        if self.office:
            return days.after_office_hours(moment, self.hours)
        return moment + timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Whom each step tells, how long it waits, the *last* maybe longer, and an answer is good.

    What is told is *heard* later where nobody is woken for it: a step waits from then on.
    """

    steps: tuple[tuple[str, ...], ...]
    wait: Wait
    lease: Wait
    patience: Wait
    repeat: Wait
    second: Wait | None = None
    last: Wait | None = None
    heard: Callable[[datetime], datetime] = lambda moment: moment

    def wait_at(self, step: int) -> Wait:
        if self.second and step == 1:
            return self.second
        return self.last if self.last and step == len(self.steps) - 1 else self.wait


_TEN, _QUARTER, _HOUR = Wait(1 / 6), Wait(1 / 4), Wait(1)
_FOUR_OFFICE, _TWO_OFFICE = Wait(4, office=True), Wait(2, office=True)
LADDERS: Mapping[str, Ladder] = MappingProxyType(
    {
        "red": Ladder(
            (("head", "office", "duty", "lead_duty", "leaders"),), _TEN, Wait(2), _TEN, _TEN
        ),
        "orange": Ladder(
            (("head", "office", "duty", "lead_duty", "deputy", "principal"), ("leaders",)),
            _QUARTER,
            Wait(4),
            _TEN,
            _QUARTER,
        ),
        "yellow": Ladder(
            (("head", "office", "deputy"), ("duty", "lead_duty"), ("principal",)),
            _HOUR,
            Wait(24),
            Wait(1 / 2),
            _HOUR,
        ),
        "blue": Ladder(
            (("head", "office"), ("deputy",), ("principal",)),
            _FOUR_OFFICE,
            Wait(24),
            _TWO_OFFICE,
            _FOUR_OFFICE,
        ),
    }
)

_SECTION_AND_DUTY = ("head", "office", "duty", "lead_duty")
_GRAVE_EMERGENCY = Ladder(((*_SECTION_AND_DUTY, "leaders"),), Wait(1 / 12), Wait(2), _TEN, _TEN)
_EMERGENCY = Ladder(
    ((*_SECTION_AND_DUTY, "deputy", "principal"), ("leaders",)),
    _TEN,
    Wait(4),
    _TEN,
    _QUARTER,
    last=_QUARTER,
)


def of_office(hours: float) -> Wait:
    """Return a time of open office hours."""
    return Wait(hours, office=True)


_SECTION = ("section",)
_OF_CASES: Mapping[tuple[str, str], Ladder] = MappingProxyType(
    {
        ("case", "yellow"): Ladder(
            (("head", "office", "deputy"), ("duty", "lead_duty"), ("principal",)),
            *(of_office(1), of_office(7), of_office(1), of_office(4)),
            heard=days.calm_from,
        ),
        ("case", "blue"): Ladder(
            (("head", "office"), ("deputy",), ("principal",)),
            *(of_office(4), of_office(14), of_office(2), of_office(7)),
            heard=days.next_digest_at_work,
        ),
        ("case_task", "red"): Ladder(
            (_SECTION, ("office", "duty", "lead_duty", "deputy", "principal")),
            *(_TEN, Wait(2), _TEN, _TEN),
        ),
        ("case_task", "orange"): Ladder(
            (_SECTION, ("office", "duty", "lead_duty", "deputy"), ("principal",)),
            *(_QUARTER, Wait(4), _TEN, _QUARTER),
        ),
        ("case_task", "yellow"): Ladder(
            (_SECTION, ("office", "deputy"), ("principal",)),
            *(of_office(1), of_office(7), of_office(1), of_office(4)),
            second=of_office(2),
            last=of_office(4),
            heard=days.calm_from,
        ),
        ("case_task", "blue"): Ladder(
            (_SECTION, ("office",), ("deputy",)),
            *(of_office(4), of_office(14), of_office(2), of_office(7)),
            last=of_office(7),
            heard=days.calm_from,
        ),
    }
)
"""Of public opinion: nobody is woken for what is blue or yellow."""


def ladder_of(alert: Row[Any]) -> Ladder:
    """Return the steps of an alert: emergencies have their own, and cases of public opinion."""
    if alert.kind == "incident":
        return _GRAVE_EMERGENCY if alert.grade in {"orange", "red"} else _EMERGENCY
    return _OF_CASES.get((alert.kind, alert.grade), LADDERS[alert.grade])


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """Somebody said how it goes with what an alert is about: whoever has it is asked later."""

    at: datetime
    act: str = "heard"
    actor: UserId = NOBODY


@dataclass(kw_only=True)
class _Play:
    """An alert that is played through: *calls* are when it had to tell whom."""

    record: Record
    alert: Row[Any]
    ladder: Ladder
    people: "_People"
    told: dict[UserId, datetime] = field(default_factory=dict)
    calls: list[tuple[datetime, frozenset[UserId]]] = field(default_factory=list)
    questions: list[tuple[datetime, UserId]] = field(default_factory=list)
    step: int = 0
    holder: UserId = NOBODY
    asked: bool = False
    clock: datetime | None = None

    def run(self, acts: Sequence[Any]) -> None:
        """Let what people did and the clocks happen in turn, until it ends or the record does."""
        self._climb(self.alert.raised_at, 0)
        coming = list(acts)
        while True:
            act = coming[0] if coming else None
            due = self.record.awake(self.clock) if self.clock else self.record.until
            if act is not None and act.at <= due:
                coming.pop(0)
                if act.act == "ended":
                    return
                self._act(act)
            elif due >= self.record.until - _MINUTE:
                return
            else:
                self._clock_runs_out(due)

    def _act(self, act: Any) -> None:
        who = UserId(act.actor)
        if act.act == "acknowledged":
            self.told.setdefault(who, act.at)
            self._hold(who, act.at)
        elif act.act == "extended":
            self._hold(who, act.at)
        elif act.act == "declined":
            self.told.setdefault(who, act.at)
            self._climb(act.at, self.step + 1)
        elif act.act == "handed_over":
            self._tell(act.at, [UserId(one) for one in act.people])
            self.holder, self.asked = NOBODY, False
            self._wait(self.ladder.wait_at(self.step), act.at)
        elif act.act == "heard" and self.holder != NOBODY:
            self._hold(self.holder, act.at)

    def _wait(self, wait: Wait, now: datetime) -> None:
        self.clock = wait.after(self.ladder.heard(now))

    def _hold(self, who: UserId, at: datetime) -> None:
        self.holder, self.asked = who, False
        self.clock = self.ladder.lease.after(at)

    def _clock_runs_out(self, now: datetime) -> None:
        if self.holder == NOBODY or self.asked or not self.record.here(self.holder, now):
            self._climb(now, self.step + 1)
            return
        self.asked = True
        self.questions.append((now, self.holder))
        self._wait(self.ladder.patience, now)

    def _climb(self, now: datetime, start: int) -> None:
        """Tell the next step that finds somebody new; else the highest that finds anybody again."""
        self.holder, self.asked = NOBODY, False
        found = [self.people.of(step, now) for step in self.ladder.steps]
        for step in range(start, len(found)):
            if fresh := found[step] - self.told.keys():
                self.step = step
                self._tell(now, fresh)
                self._wait(self.ladder.wait_at(self.step), now)
                return
        reached = max(start - 1, 0)
        highest = max((step for step, members in enumerate(found) if members), default=None)
        self._wait(self.ladder.repeat, now)
        if highest is None:
            self.step = reached
            return
        self.step = max(highest, reached)
        rest = {
            one
            for one in found[highest]
            if one not in self.told or self.ladder.repeat.after(self.told[one]) <= now
        }
        self._tell(now, rest)

    def _tell(self, now: datetime, members: Iterable[UserId]) -> None:
        if those := frozenset(members):
            self.calls.append((now, those))
        self.told |= dict.fromkeys(those, now)


@dataclass(frozen=True, slots=True)
class _People:
    """Whom the words of a step stand for in a section."""

    record: Record
    section: str
    holders: Holders
    raised_at: datetime

    def of(self, step: Sequence[str], now: datetime) -> set[UserId]:
        return {
            one for word in step for one in self._named(word, now) if self.record.here(one, now)
        } | self._standing_in(step, now)

    def _named(self, word: str, now: datetime) -> Iterable[UserId]:
        bureau = self.record.bureau
        place = bureau.sections.index(self.section)
        match word:
            case "head":
                return [bureau.heads[place]]
            case "section":  # its officer was named if it had no head when the alert was raised
                head, officer = bureau.heads[place], bureau.officers[place]
                return [head] if self.record.here(head, self.raised_at) else [officer, head]
            case "office":
                return bureau.office
            case "deputy":
                return [bureau.deputies[place % len(bureau.deputies)]]
            case "principal":
                return [bureau.principal]
            case "leaders":
                return [*bureau.deputies, bureau.principal]
            case _:
                return self._on_duty(word, now)

    def _on_duty(self, position: str, now: datetime) -> Iterable[UserId]:
        """Return who has the shift now; where nobody has any, the office."""
        on = {
            who: one.position
            for one in self.record.shifts
            if one.begins_at <= now < one.ends_at and one.entered_at <= now
            if self.record.here(who := self.holders.of(one, now), now)
        }
        return [one for one in on if on[one] == position] if on else self.record.bureau.office

    def _standing_in(self, step: Sequence[str], now: datetime) -> set[UserId]:
        """Return who decides for one of them now: 代审 has been said."""
        wanted = {one for word in step for one in self._named(word, now)}
        return {
            UserId(one.substitute)
            for one in self.record.delegations
            if one.absent in wanted
            and one.starts_at <= now < one.ends_at
            and self.record.here(UserId(one.substitute), now)
        }


def alerts_climb(record: Record) -> Iterator[str]:
    """Each step is told when the one before was silent for as long as it waits, and not before."""
    told: dict[str, dict[datetime, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in record.outbox:
        if row.kind == "alert":
            told[row.subject][row.created_at].add(row.recipient)
    for alert, play in _played(record):
        came = dict(told[alert.id])
        for due, members in play.calls:
            at = next((at for at in sorted(came) if due <= at <= due + _MINUTE), None)
            heard = came.pop(at) if at is not None else set()
            if heard != members:
                yield f"{_named(alert)}: {set(members)} had to hear at {due}, and {heard} did"
        for at, heard in came.items():
            yield f"{_named(alert)}: {heard} heard at {at}, when nobody had to"


def whoever_has_an_alert_is_asked(record: Record) -> Iterator[str]:
    """When his answer is good no longer he is asked whether he still deals with it."""
    told: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "alert_question":
            told[row.subject, row.recipient].append(row.created_at)
    for alert, play in _played(record):
        due: dict[str, list[datetime]] = defaultdict(list)
        for moment, who in play.questions:
            due[who].append(moment)
        for member in {one for subject, one in told if subject == alert.id} | due.keys():
            came, wanted = sorted(told[alert.id, member]), sorted(due[member])
            if len(came) != len(wanted) or not all(map(_on_time, came, wanted)):
                yield f"{_named(alert)}: {member} was to be asked at {wanted}, and was at {came}"


def the_end_of_an_alert_is_heard(record: Record) -> Iterator[str]:
    """Whoever was told of it hears once that it is over, but who ended it."""
    sent: dict[str, set[str]] = defaultdict(set)
    ended: dict[str, set[str]] = defaultdict(set)
    for row in record.outbox:
        if row.kind == "alert" and row.outcome in {"sent", "merged", "digested"}:
            sent[row.subject].add(row.recipient)
        if row.kind == "alert_news" and row.stage == "ended":
            ended[row.subject].add(row.recipient)
    for alert in record.alerts:
        if alert.kind == _NOTICE or alert.ended_at is None:
            continue
        still = {one for one in sent[alert.id] if record.here(UserId(one), alert.ended_at)}
        if still - {alert.ended_by} != ended[alert.id]:
            missed = still - {alert.ended_by} - ended[alert.id]
            yield f"{_named(alert)} ended at {alert.ended_at}, and {missed} did not hear"


def notices_are_asked_for_again(record: Record) -> Iterator[str]:
    """Who has not answered is told three times more, ten minutes apart; who has is left alone."""
    told: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "alert":
            told[row.subject, row.recipient].append(row.created_at)
    notices = {alert.id: alert for alert in record.alerts if alert.kind == _NOTICE}
    for seat in record.recipients:
        if seat.alert not in notices:
            continue
        alert, came = notices[seat.alert], sorted(told[seat.alert, seat.member])
        due = list(_asked_again(record, alert, seat))
        if len(came) != len(due) or not all(map(_on_time, came, due)):
            yield f"{_named(alert)}: {seat.member} was to hear at {due}, and did at {came}"


def _asked_again(record: Record, alert: Row[Any], seat: Row[Any]) -> Iterator[datetime]:
    yield alert.raised_at
    moment = alert.raised_at
    for _ in range(_TIMES):
        moment = record.awake(moment + _APART)
        answered = seat.acked_at is not None and seat.acked_at <= moment
        here = record.here(UserId(seat.member), moment)
        if not answered and here and moment < record.until - _MINUTE:
            yield moment


def _on_time(came: datetime, due: datetime) -> bool:
    return due <= came <= due + _MINUTE


def _played(record: Record) -> Iterator[tuple[Row[Any], _Play]]:
    acts: dict[str, list[Any]] = defaultdict(list)
    for entry in record.entries:
        if entry.actor != NOBODY and entry.act != "raised":
            acts[entry.alert].append(entry)
    news: dict[str, list[_News]] = defaultdict(list)
    for event in record.case_events:
        if event.move in {"facts", "progress"} and event.actor != NOBODY:
            news[event.case].append(_News(at=event.at))
    names = {unit.id: unit.name for unit in record.units}
    holders = Holders(record)
    for alert in record.alerts:
        if alert.kind == _NOTICE:
            continue
        people = _People(record, names[alert.unit], holders, alert.raised_at)
        play = _Play(record=record, alert=alert, ladder=ladder_of(alert), people=people)
        heard = [one for one in news[alert.subject.partition(":")[2]] if one.at > alert.raised_at]
        play.run(sorted([*acts[alert.id], *heard], key=lambda one: one.at))
        yield alert, play


def _named(alert: Row[Any]) -> str:
    return f"{alert.grade} alert {alert.code} of {alert.raised_at}"


ALARMS = (
    alerts_climb,
    whoever_has_an_alert_is_asked,
    the_end_of_an_alert_is_heard,
    notices_are_asked_for_again,
)
