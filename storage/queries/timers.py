"""What is due, what ran, and which days are working days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, delete, func, select, text, update

from storage.models import CalendarDay, Heartbeat, Outage, ScheduledRun, Timer
from storage.queries.tables import add_once, dialect_of, insertion_of, run, run_alone, table_of
from storage.sessions import WriteBehind
from storage.vocabulary import TimerId, TimerStatus

_CLOCKS, _BEAT = "clocks", timedelta(minutes=1)
_PENDING = text("timers.status = 'pending'")

_STILL = (TimerStatus.PENDING, TimerStatus.PAUSED)

_timers = table_of(Timer)
_days = table_of(CalendarDay)
_beats, _runs = table_of(Heartbeat), table_of(ScheduledRun)
_CALENDAR = select(_days.c.day, _days.c.workday)
_LAST_BEAT = select(_beats.c.at).where(_beats.c.name == _CLOCKS)
_BEAT_ON = (
    update(_beats)
    .where(
        _beats.c.name == _CLOCKS,
        _beats.c.at >= bindparam("lately"),
        _beats.c.at <= bindparam("now"),
    )
    .values(at=bindparam("now"))
    .execution_options(preserve_rowcount=True)
)
_RAN = select(_runs.c.name, _runs.c.due_at).where(
    _runs.c.name.in_(bindparam("names", expanding=True)), _runs.c.due_at >= bindparam("since")
)
_CANCEL = (
    update(_timers)
    .where(_timers.c.subject == bindparam("about"), _timers.c.status.in_(_STILL))
    .values(status=TimerStatus.CANCELLED)
)
_DUE = (
    select(_timers.c.id, _timers.c.kind)
    .where(_PENDING, _timers.c.due_at <= bindparam("now"))
    .order_by(_timers.c.due_at, _timers.c.id)
    .limit(bindparam("most", type_=Integer))
)
_DUE_OF = _DUE.where(_timers.c.kind == bindparam("wanted"))
_CLAIM = (
    update(_timers)
    .where(_timers.c.id == bindparam("timer"), _timers.c.status == TimerStatus.PENDING)
    .values(status=TimerStatus.FIRED)
    .returning(_timers.c.id, _timers.c.kind, _timers.c.subject, _timers.c.payload, _timers.c.due_at)
)
_FREE = (
    select(_timers.c.id)
    .where(_timers.c.id.in_(bindparam("timers", expanding=True)), _PENDING)
    .with_for_update(skip_locked=True)
)
_CLAIM_ALL = (
    update(_timers)
    .where(_timers.c.id.in_(_FREE))
    .values(status=TimerStatus.FIRED)
    .returning(_timers.c.id, _timers.c.kind, _timers.c.subject, _timers.c.payload, _timers.c.due_at)
)


class Waiting(NamedTuple):
    """A timer that may be claimed."""

    id: TimerId
    kind: str


class Claimed(NamedTuple):
    """A timer that happens in this transaction."""

    id: TimerId
    kind: str
    subject: str
    payload: dict[str, Any]
    due_at: datetime


class Timers:
    """Timers, recurring runs and the calendar."""

    def __init__(self, session: WriteBehind) -> None:
        self._session = session
        self._days: Mapping[date, bool] | None = None

    def set(self, values: Mapping[str, Any]) -> None:
        """Store a timer unless its key is known, at the latest with the commit."""
        statement = insertion_of(Timer, dialect_of(self._session))
        self._session.put_off(statement, [{"status": TimerStatus.PENDING, **values}])

    def cancel(self, subject: str) -> None:
        """Cancel everything that is still pending or stopped for *subject*."""
        run(self._session, _CANCEL, {"about": subject})

    def cancel_all(self, subjects: Collection[str]) -> None:
        """Cancel everything that is still pending or stopped for any of *subjects*."""
        self._session.flush()  # timers of this same transaction count
        self._session.execute(
            update(Timer)
            .where(Timer.subject.in_(subjects), Timer.status.in_(_STILL))
            .values(status=TimerStatus.CANCELLED)
        )

    def pause(self, subject: str) -> None:
        """Stop the clocks of *subject*; what was pending waits until it is told to go on."""
        self._session.flush()  # timers of this same transaction count
        self._session.execute(
            update(Timer)
            .where(Timer.subject == subject, Timer.status == TimerStatus.PENDING)
            .values(status=TimerStatus.PAUSED)
        )

    def paused(self, subject: str) -> Sequence[Timer]:
        """Return the stopped clocks of *subject*."""
        return self._session.scalars(
            select(Timer).where(Timer.subject == subject, Timer.status == TimerStatus.PAUSED)
        ).all()

    def standing(self, kinds: Collection[str]) -> Sequence[Timer]:
        """Return what is pending or stopped of some kinds."""
        return self._session.scalars(
            select(Timer).where(Timer.kind.in_(kinds), Timer.status.in_(_STILL))
        ).all()

    def latest(self, kind: str, subjects: Collection[str]) -> Mapping[str, datetime]:
        """Return the last moment of a kind for each subject, to come or over, if not cancelled."""
        if not subjects:
            return {}
        rows = self._session.execute(
            select(Timer.subject, func.max(Timer.due_at).label("moment"))
            .where(
                Timer.subject.in_(subjects),
                Timer.status != TimerStatus.CANCELLED,
                Timer.kind == kind,
            )
            .group_by(Timer.subject)
        )
        return {row.subject: row.moment for row in rows}

    def due(self, now: datetime, limit: int) -> Sequence[Waiting]:
        """Return what is due, the oldest first."""
        rows = run(self._session, _DUE, {"now": now, "most": limit})
        return [Waiting(*row) for row in rows]

    def due_of(self, kind: str, now: datetime, limit: int) -> Sequence[Waiting]:
        """Return what is due of one kind, the oldest first."""
        rows = run(self._session, _DUE_OF, {"wanted": kind, "now": now, "most": limit})
        return [Waiting(*row) for row in rows]

    def claim(self, timer: TimerId) -> Claimed | None:
        """Take a pending timer for this transaction; None when another process has it."""
        claimed = run(self._session, _CLAIM, {"timer": timer}).first()
        return None if claimed is None else Claimed(*claimed)

    def claim_all(self, timers: Collection[TimerId]) -> Sequence[Claimed]:
        """Take those of *timers* that are pending and not in other hands, the oldest first."""
        rows = run(self._session, _CLAIM_ALL, {"timers": list(timers)})
        return sorted((Claimed(*row) for row in rows), key=lambda one: (one.due_at, one.id))

    def get(self, timer: TimerId) -> Timer:
        return self._session.get_one(Timer, timer)

    def beat_is_owed(self, now: datetime) -> bool:
        """Tell whether the last beat was a minute ago or more; it may lie ahead."""
        last = run(self._session, _LAST_BEAT).scalar()
        return last is None or now - last >= _BEAT

    def beat(self, now: datetime, gap: timedelta) -> None:
        """Note that the clocks are looked at; what was longer than *gap* ago left an outage."""
        if run(self._session, _BEAT_ON, {"now": now, "lately": now - gap}).rowcount:
            return
        add_once(self._session, Heartbeat, {"name": _CLOCKS, "at": now})
        last = self._session.get_one(Heartbeat, _CLOCKS, with_for_update=True)
        if now - last.at > gap:
            add_once(self._session, Outage, {"began_at": last.at, "ended_at": now})
        last.at = max(now, last.at)

    def foresee(self, moment: datetime) -> None:
        """Note that the clock is about to be moved to *moment*: that is no outage."""
        add_once(self._session, Heartbeat, {"name": _CLOCKS, "at": moment})
        self._session.execute(update(Heartbeat).where(Heartbeat.name == _CLOCKS).values(at=moment))

    def outages(self, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        """Return when nobody looked at the clocks: each such time that ended after *since*."""
        rows = self._session.execute(
            select(Outage.began_at, Outage.ended_at)
            .where(Outage.ended_at >= since)
            .order_by(Outage.began_at)
        )
        return [(row.began_at, row.ended_at) for row in rows]

    def next_after(self, moment: datetime, but: Collection[str] = ()) -> Timer | None:
        """Return the pending timer that is due next after *moment*, of a kind not in *but*."""
        return self._session.scalar(
            select(Timer)
            .where(_PENDING, Timer.due_at > moment, Timer.kind.not_in(but))
            .order_by(Timer.due_at, Timer.id)
            .limit(1)
        )

    def run_once(self, name: str, due_at: datetime, now: datetime) -> bool:
        """Claim one run of a recurring job; False when it ran before."""
        return add_once(
            self._session, ScheduledRun, {"name": name, "due_at": due_at, "ran_at": now}
        )

    def ran(self, name: str, since: datetime) -> Sequence[datetime]:
        """Return the moments of a recurring job, from *since* on, that were claimed."""
        return self._session.scalars(
            select(ScheduledRun.due_at).where(
                ScheduledRun.name == name, ScheduledRun.due_at >= since
            )
        ).all()

    def not_run(self, moments: Mapping[str, datetime]) -> dict[str, datetime]:
        """Return those recurring jobs of *moments* that have not been claimed at their moment."""
        if not moments:
            return {}
        asked = {"names": list(moments), "since": min(moments.values())}
        ran = {tuple(row) for row in run(self._session, _RAN, asked)}
        return {name: moment for name, moment in moments.items() if (name, moment) not in ran}

    def calendar(self) -> Mapping[date, bool]:
        """Return the days that differ from Monday-to-Friday: is it a working day?

        They are read once in a transaction.
        """
        if self._days is None:
            rows = run_alone(self._session, _CALENDAR)
            self._days = {row.day: row.workday for row in rows}
        return self._days

    def set_day(self, day: date, workday: bool | None) -> None:  # noqa: FBT001 - what the row says
        """Write down what a day is; None: it is as its weekday says."""
        self._days = None
        run(self._session, delete(_days).where(_days.c.day == day), {})
        if workday is not None:
            add_once(self._session, CalendarDay, {"day": day, "workday": workday})

    def fill_calendar(self, days: Mapping[date, bool]) -> None:
        """Add days that the table does not have; what an administrator changed stays."""
        self._days = None
        for day, workday in days.items():
            add_once(self._session, CalendarDay, {"day": day, "workday": workday})
