"""What the bot owes to whom and when, kind by kind, reckoned from what people did.

Each duty says what must have been promised, and what must not. It counts hours and days with
`days`, never with the product.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.duties_of_alarms import ALARMS
from benchmarks.living.duties_of_cases import CASES
from benchmarks.living.duties_of_dates import DATES
from benchmarks.living.duties_of_emergencies import EMERGENCIES
from benchmarks.living.duties_of_meetings import MEETINGS
from benchmarks.living.duties_of_plans import PLANS
from benchmarks.living.duties_of_quotas import QUOTAS
from benchmarks.living.duties_of_watch import WATCH
from benchmarks.living.record import Record
from storage.vocabulary import UserId

_FIRST_HOURS, _CLIMB_HOURS, _UNCLAIMED_HOURS = 4, 4, 2
_APART = timedelta(hours=2)
"""Of two reminders of one call that come closer together the first is left out."""
_TWO_DAYS = timedelta(hours=14)
"""Working hours: a call with less is not reminded of at half its time."""
_OVERDUE_DAYS = 10
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LATE_CRON = timedelta(days=1)
_OWED = frozenset({"received", "claimed", "declined"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A review task and the stretch in which it waited; *closed* is None if it still does.

    *asked* says since when each of its reviewers has been asked, *ever* who else was for a time: a
    substitute whose days are over. A task that was put off has no clock that can be reckoned from
    outside: *held*.
    """

    task: Row[Any]
    closed: datetime | None
    asked: Mapping[str, datetime]
    ever: frozenset[str]
    held: bool


def personal_reminders_come_once_at_their_time(record: Record) -> Iterator[str]:
    """To the minute, also at night: each is what its author asked for."""
    told: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "personal_reminder":
            told[row.recipient, str(row.content["title"])].append(row.created_at)
    wanted: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in record.reminders:
        moment = record.awake(one.at)
        if moment < record.until - _MINUTE and record.here(one.who, moment):
            wanted[one.who, f"提醒：{one.what}"].append(moment)
    for who, what in {*wanted, *told}:
        due, came = sorted(set(wanted[who, what])), sorted(told[who, what])
        if len(due) != len(came) or not all(map(_on_time, came, due)):
            yield f"{who} wanted {what!r} at {due}, and was told at {came}"


def _on_time(came: datetime, due: datetime) -> bool:
    return due <= came <= due + _MINUTE


def reviewers_are_asked(record: Record) -> Iterator[str]:
    """Whoever may decide has got a card for it, at the moment he might."""
    for each in _tasks(record):
        for who, moment in each.asked.items():
            if moment < each.task.opened_at:
                yield f"{who} was asked before the gate opened"
    cards = {(row.subject, row.recipient) for row in record.outbox if row.kind == "review_request"}
    for holder in record.holders:
        if (holder.task, holder.member) not in cards:
            yield f"{holder.member} may decide {holder.task} and has no card"


def reviewers_are_reminded(record: Record) -> Iterator[str]:
    """After four office hours, a working day, and one more, as long as it waits, and only then."""
    reminded = {
        (row.subject, row.stage, row.recipient): row.created_at
        for row in record.outbox
        if row.kind == "review_reminder" and not row.stage.startswith("escalated")
    }
    for each in _tasks(record):
        if each.held:
            continue
        opened = each.task.opened_at
        second = days.after_workdays(opened, 1)
        moments = (
            days.after_office_hours(opened, _FIRST_HOURS),
            second,
            days.after_workdays(second, 1),
        )
        for stage, due in enumerate(moments):
            fired = record.awake(due)
            for who, asked in each.asked.items():
                told = reminded.get((each.task.id, str(stage), who))
                waits = _waits(record, each, fired) and record.here(UserId(who), fired)
                if waits and told is None and asked < fired:
                    yield f"{who} was not reminded ({stage}) of what is open since {opened}"
                if told is not None and not fired <= told <= fired + _MINUTE:
                    yield f"{who} was reminded ({stage}) at {told}, not at {fired}"


def no_escalation_is_missed(record: Record) -> Iterator[str]:
    """Four office hours after its time is up somebody else is asked, while there is anybody."""
    by_task: dict[str, list[Row[Any]]] = defaultdict(list)
    for timer in record.timers:
        if timer.kind == "review_escalation":
            by_task[timer.subject].append(timer)
    for each in _tasks(record):
        if each.held:
            continue
        late = days.after_workdays(each.task.opened_at, 1)
        due = record.awake(days.after_office_hours(late, _CLIMB_HOURS))
        if not _waits(record, each, due):
            continue
        if each.task.escalations == 0:
            yield f"task {each.task.id} open since {each.task.opened_at} never climbed"
        joined = sorted(moment for moment in each.asked.values() if moment > each.task.opened_at)
        if joined and not due <= joined[0] <= due + _MINUTE:
            yield f"task {each.task.id} climbed at {joined[0]}, not at {due}"


def mornings_tell_what_waits(record: Record) -> Iterator[str]:
    """At nine on a working day, once, to whom something waits, and to nobody else."""
    told = {
        (row.subject.removeprefix("digest:"), row.recipient)
        for row in record.outbox
        if row.kind == "review_digest"
    }
    tasks = list(_tasks(record))
    for day in _days_of(record):
        nine = days.at(day, 9)
        moment = record.awake(nine)
        if not days.worked(day) or days.day_of(moment) != day or moment >= record.until:
            continue
        waiting = {
            who
            for each in tasks
            if not each.held and _waits(record, each, moment)
            for who, asked in each.asked.items()
            if asked < moment and record.here(UserId(who), moment)
        }
        maybe = {
            who
            for each in tasks
            for who in each.ever
            if each.held or who not in each.asked or _closed_in(each, moment)
        }
        heard = {who for on, who in told if on == f"{day}"}
        for who in waiting - heard:
            yield f"{who} was not told on {day} what waits"
        for who in heard - waiting - maybe:
            yield f"{who} was told on {day} what does not wait"


def authors_hear_each_decision(record: Record) -> Iterator[str]:
    authors = {draft.id: draft.author for draft in record.drafts}
    told: dict[str, list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "review_result":
            told[row.recipient].append(row.created_at)
    for decision in record.decisions:
        author = authors[decision.draft]
        if decision.decided_at not in told[author]:
            yield f"{author} did not hear what was decided at {decision.decided_at}"


def secrecy_is_summed_up(record: Record) -> Iterator[str]:
    """On the last working day of a month, or as soon after it as the service works again."""
    told: dict[tuple[str, str], Row[Any]] = {
        (row.subject.rpartition(":")[2], row.recipient): row
        for row in record.outbox
        if row.kind == "secrecy_summary"
    }
    readers = [*record.bureau.secrecy, *record.bureau.office]
    for day in _days_of(record):
        if day != days.worked_days(day.year, day.month)[-1]:
            continue
        due = record.awake(days.at(day, 15))
        for who in readers if due < record.until else ():
            row = told.get((f"{day:%Y-%m}", who))
            if row is None:
                yield f"{who} got no summary of {day:%Y-%m}"
            elif row.created_at < due:
                yield f"{who} got the summary of {day:%Y-%m} at {row.created_at}"


def next_years_calendar_is_asked_for(record: Record) -> Iterator[str]:
    """On 1, 15 and 28 December, for the list of the year after was never brought in."""
    told = {(row.stage, row.recipient) for row in record.outbox if row.kind == "calendar_missing"}
    for day in (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 28)):
        due = days.at(day, 9)
        if not record.since <= due < record.until - _LATE_CRON or record.awake(due) != due:
            continue
        for who in record.bureau.admins:
            if (f"{day}", who) not in told:
                yield f"{who} was not asked on {day} for the calendar"


def calls_are_reminded_of(record: Record) -> Iterator[str]:
    """On each rung of its ladder while it is owed, and then on every working day; never else."""
    told: dict[str, list[datetime]] = defaultdict(list)
    for row in record.outbox:
        if row.kind.startswith("call_reminder") and "unclaimed" not in row.stage:
            told[row.subject].append(row.created_at)
    for each in _parts(record):
        came = set(told[each.part.id])
        if each.part.ladder == 1:  # else it was taken back or put off: when is not known here
            yield from _held_against(record, each, came)


def overdue_calls_climb(record: Record) -> Iterator[str]:
    """On the day of the deadline the office hears who owes."""
    climbed = {
        (row.subject, days.day_of(row.created_at))
        for row in record.outbox
        if row.kind.startswith("call_climbs")
    }
    for each in _parts(record):
        moment = record.awake(each.part.due_at)
        if each.owed_at(moment) and (each.call.id, days.day_of(moment)) not in climbed:
            yield f"{each.name} was overdue at {moment} and the office did not hear"


def unclaimed_calls_climb(record: Record) -> Iterator[str]:
    """Where nobody says anything for two office hours the head hears of it."""
    spoken: dict[tuple[int, str], datetime] = {}
    for one in record.claimed:
        spoken.setdefault((one.call, one.section), one.at)
    heard = {(row.subject, row.recipient) for row in record.outbox if "unclaimed" in row.stage}
    for each in _parts(record):
        first = days.after_office_hours(each.call.ordered_at, _UNCLAIMED_HOURS)
        moment = record.awake(first)
        claimed = spoken.get((each.call.number, each.unit), record.until)
        if first >= each.part.due_at or claimed <= moment + _MINUTE or not each.owed_at(moment):
            continue
        head = record.bureau.heads[record.bureau.sections.index(each.unit)]
        if record.here(head, moment) and (each.part.id, head) not in heard:
            yield f"{head} did not hear by {moment} that nobody claimed {each.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one section owes to a call, until *settled*."""

    part: Row[Any]
    call: Row[Any]
    unit: str
    settled: datetime

    @property
    def name(self) -> str:
        return f"the part of {self.unit} in call {self.call.number}"

    def owed_at(self, moment: datetime) -> bool:
        return moment + _MINUTE < self.settled


def _parts(record: Record) -> Iterator[Part]:
    calls = {call.id: call for call in record.calls}
    names = {unit.id: unit.name for unit in record.units}
    for part in record.parts:
        settled = record.until if part.state in _OWED else part.moved_at
        yield Part(part=part, call=calls[part.call], unit=names[part.unit], settled=settled)


def _held_against(record: Record, each: Part, came: Collection[datetime]) -> Iterator[str]:
    due = [moment for moment in _climbed(record, each) if moment < record.until - _MINUTE]
    for moment in due:
        owed = each.owed_at(moment) and _somebody_writes(record, each, moment)
        if owed and not any(_on_time(one, moment) for one in came):
            yield f"{each.name} was not reminded of at {moment}"
    for moment in came:
        if moment > each.settled:
            yield f"{each.name} was settled {each.settled} and reminded of {moment}"
        elif not any(_on_time(moment, one) for one in due):
            yield f"{each.name} was reminded of at {moment}, when it was not due"


def _rungs(each: Part) -> list[datetime]:
    """Return when a part is to be reminded of, the deadline last.

    At half of two working days or more, a working day and two hours before, in open hours; what
    comes within two hours of the next rung, or of the order, is left out.
    """
    begin, due, urgent = each.call.ordered_at, each.part.due_at, each.call.urgent
    left = days.office_time(due) - days.office_time(begin)
    half = days.after_office_hours(begin, left / _HOUR / 2) if left >= _TWO_DAYS else None
    wanted = [
        due - _APART,
        None if urgent else days.workday_before(due),
        begin + (due - begin) / 2 if urgent else half,
    ]
    kept = [due]
    for moment in wanted:
        if moment is not None:
            opens = days.office_opens(moment)
            at = moment if urgent or opens >= due else opens
            if begin + _APART <= at <= kept[0] - _APART:
                kept.insert(0, at)
    return kept


def _climbed(record: Record, each: Part) -> Iterator[datetime]:
    """Yield when each rung could be told: what an outage kept comes at its end, and once."""
    moment, rungs = each.call.ordered_at, _rungs(each)
    while rungs:
        moment = max(moment, record.awake(rungs[0]))
        yield moment
        rungs = [one for one in rungs if one > moment] or rungs[1:][-1:]
    for _ in range(_OVERDUE_DAYS - 1):
        day = days.day_of(moment) + days.DAY
        moment = record.awake(days.at(day if each.call.urgent else days.workday_from(day), 9))
        yield moment


def _somebody_writes(record: Record, each: Part, moment: datetime) -> bool:
    """Tell whether the one who claimed it is here, or where nobody did its officer or head."""
    place = record.bureau.sections.index(each.unit)
    writers = [record.bureau.officers[place], record.bureau.heads[place]]
    if each.part.claimed_by:
        writers = [UserId(each.part.claimed_by)]
    return any(record.here(one, moment) for one in writers)


def recurring_work_runs_once(record: Record) -> Iterator[str]:
    """No moment twice; and after an outage the latest moment of the day before, at once."""
    seen = set()
    for run in record.runs:
        if (run.name, run.due_at) in seen:
            yield f"{run.name} ran twice for {run.due_at}"
        seen.add((run.name, run.due_at))
        if run.due_at < record.since:
            continue
        due = record.awake(run.due_at)
        if not run.due_at <= run.ran_at <= max(due, record.since) + _MINUTE:
            yield f"{run.name} of {run.due_at} ran at {run.ran_at}"


def _tasks(record: Record) -> Iterator[Open]:
    decided = {one.task: one.decided_at for one in record.decisions}
    asked: dict[str, dict[str, datetime]] = defaultdict(dict)
    held = {timer.subject for timer in record.timers if timer.status == "paused"}
    off = {hold.draft for hold in record.holds}
    holding = {(holder.task, holder.member) for holder in record.holders}
    for row in record.outbox:
        if row.kind == "review_request":
            asked[row.subject].setdefault(row.recipient, row.created_at)
    for task in record.tasks:
        closed = decided.get(task.id)
        unclear = task.status == "cancelled" and closed is None
        yield Open(
            task=task,
            closed=closed,
            asked={who: at for who, at in asked[task.id].items() if (task.id, who) in holding},
            ever=frozenset(asked[task.id]),
            held=unclear or task.id in held or task.draft in off,
        )


def _waits(record: Record, each: Open, moment: datetime) -> bool:
    """Tell whether a task was open at a moment, with a minute for what happened in it."""
    if moment >= record.until:
        return False
    return each.task.opened_at < moment and (each.closed is None or each.closed > moment + _MINUTE)


def _closed_in(each: Open, moment: datetime) -> bool:
    """Tell whether a task was decided in the very minute that begins then."""
    return each.closed is not None and moment <= each.closed <= moment + _MINUTE


def _days_of(record: Record) -> Iterator[date]:
    return days.days(days.day_of(record.since), days.day_of(record.until - _MINUTE))


DUTIES = (
    personal_reminders_come_once_at_their_time,
    reviewers_are_asked,
    reviewers_are_reminded,
    no_escalation_is_missed,
    mornings_tell_what_waits,
    authors_hear_each_decision,
    secrecy_is_summed_up,
    next_years_calendar_is_asked_for,
    calls_are_reminded_of,
    overdue_calls_climb,
    unclaimed_calls_climb,
    recurring_work_runs_once,
    *WATCH,
    *ALARMS,
    *MEETINGS,
    *QUOTAS,
    *PLANS,
    *EMERGENCIES,
    *CASES,
    *DATES,
)
