"""Due timers and recurring work -> runs; and the sweep that rings again for what was forgotten.

Safe to run in many processes: a timer is claimed by a conditional update, a recurring run by a
unique key, each in a transaction of its own; timers of a kind that allows it many at once.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from cronsim import CronSim

from bot import dispatch, vitals, watch
from bot.ids import new_incident_no
from bot.services import Services
from bot.sheets.taking import LEFT_LYING
from handlers.feeds.capability import LANES
from handlers.kit.asked import Due
from handlers.rules.calendar import local
from storage.queries.timers import Claimed, Waiting
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import InboundId, TimerId, TimerStatus

log = structlog.get_logger()

RETRY = "inbound_retry"
CRON_RETRY = "cron_retry"

_BATCH = 200
_TRIES = 4
_BACKOFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
_LATEST_RUN = timedelta(days=3)  # what is done daily is then due anew
_FETCHES = 50
_HURRIED = 20
_HURRY_SECONDS = 1.0
_known_turns: dict[str, tuple[datetime, datetime]] = {}
OUTAGE = timedelta(minutes=30)
"""When nobody looked at the clocks for longer, people are told that the service was away."""


def loop(services: Services, stop: threading.Event, seconds: float) -> None:
    """Tick until told to stop; a tick that fails is logged, and the next one catches up."""
    while not stop.is_set():
        try:
            tick(services, stop.is_set)
            services.database.write_back()
        except Exception:  # whatever it is, clocks must not stand still for it
            log.exception("tick_failed")
        stop.wait(seconds)


def tick(services: Services, stopping: Callable[[], bool] = lambda: False) -> list[str]:
    """Do everything that is due now, and look at the service itself; return what `strike` does.

    When the process is *stopping*, the rest waits for the next one.
    """
    fired = strike(services, stopping)
    if not stopping():
        watch.look(services)
    return fired


def strike(services: Services, stopping: Callable[[], bool] = lambda: False) -> list[str]:
    """Do everything that is due now; return the names of what fired, in order."""
    vitals.scheduler_works(services.redis, services.now())
    fired: list[str] = []
    while due := _due(services):
        before = len(fired)
        with _ringing_once(services) as quiet:
            for some in _apart(services, due):
                if stopping():
                    return fired
                fired += fire_together(quiet, some)
        if len(fired) == before:
            break  # what is due is in the hands of another process
    fired += run_cron(services)
    sweep(services)
    return fired


def hurry(services: Services, kind: str) -> bool:
    """Do what is due of one kind, for a second: a worker was rung for it, and the rest is rung for.

    Return whether there was any. A ring that is lost loses nothing: what it was for is found by the
    next look at what is due.
    """
    ends = time.monotonic() + _HURRY_SECONDS
    happened = False
    while True:
        with services.database.reading() as uow:
            due = uow.timers.due_of(kind, services.now(), _HURRIED)
        if not due:
            return happened
        if time.monotonic() > ends:
            services.doorbell.ring("due", kind)
            return happened
        with _ringing_once(services) as quiet:
            fired = [each for some in _apart(quiet, due) for each in fire_together(quiet, some)]
        if not fired:
            return happened  # it is in the hands of another process
        happened = True


@contextmanager
def _ringing_once(services: Services) -> Iterator[Services]:
    """Let rings wait until the end: one for all timers of a batch instead of one for each."""
    rung: dict[tuple[str, str], None] = {}

    def ring(job: str, key: str) -> None:
        rung[job, key] = None

    try:
        yield replace(services, surroundings=replace(services.surroundings, ring=ring))
    finally:
        for job, key in rung:
            services.doorbell.ring(job, key)


def _apart(services: Services, due: Sequence[Waiting]) -> Iterator[Sequence[Waiting]]:
    """Yield what happens in one transaction: each alone, but of a kind that allows it all.

    These happen when the first of them would, for what is due at nine is of many kinds.
    """
    together: dict[str, list[Waiting]] = {}
    for timer in due:
        if timer.kind in services.registry.together:
            together.setdefault(timer.kind, []).append(timer)
    for timer in due:
        if timer.kind not in services.registry.together:
            yield [timer]
        elif timers := together.pop(timer.kind, None):
            yield timers


def fire_together(services: Services, timers: Sequence[Waiting]) -> list[str]:
    """Let timers of one kind happen; return the kind for each that nobody else has.

    If one of many fails, or needs what somebody else has locked, all is undone, and each happens
    alone.
    """
    if len(timers) > 1:
        kind = timers[0].kind
        try:
            with services.database.begin() as uow:
                uow.wait_briefly()
                claimed = uow.timers.claim_all([timer.id for timer in timers])
                dues = [_due_of(timer) for timer in claimed]
                services.registry.together[kind](services.context(uow), dues)
        except Exception as error:  # noqa: BLE001 - it is raised again where each happens alone
            log.warning("timers_apart", kind=kind, error=type(error).__name__)
        else:
            return [kind] * len(claimed)
    return [kind for timer in timers if (kind := fire(services, timer.id))]


def fire(services: Services, timer_id: TimerId) -> str:
    """Let one timer happen, if nobody else has it; return its kind.

    An error undoes what it did, the timer waits and is tried again, at last marked as failed.
    """
    kind = ""
    try:
        with services.database.begin() as uow:
            timer = uow.timers.claim(timer_id)
            if timer is None:
                return ""
            kind = timer.kind
            _happen(services, uow, _due_of(timer), timer)
    except Exception:  # a capability may raise anything; the timer's row says that it did
        incident = new_incident_no()
        log.exception("timer_failed", timer=timer_id, incident=incident)
        _postpone(services, timer_id, incident)
    return kind


def run_cron(services: Services) -> list[str]:
    """Do recurring work whose latest moment has not been done; older moments are let go.

    A run that fails becomes a timer, which tries again with back-off: it must not keep others from
    their turn.
    """
    now = services.now()
    ran = []
    for name, moment in _owed(services, now).items():
        try:
            with services.database.begin() as uow:
                if uow.timers.run_once(name, moment, now):
                    ctx = services.context(uow, owed_since=moment)
                    services.registry.cron[name].run(ctx)
                    ran.append(name)
        except Exception:  # as above: the timer that tries it again is what is known of it
            log.exception("cron_failed", name=name, incident=new_incident_no())
            with services.database.begin() as uow:
                uow.timers.run_once(name, moment, now)
                stage = moment.isoformat()
                again = now + _BACKOFF[0]
                services.context(uow).set_timer(CRON_RETRY, name, again, stage=stage, moment=stage)
    return ran


def next_cron(
    services: Services, after: datetime, *, but: Collection[str] = ()
) -> tuple[str, datetime] | None:
    """Return which recurring work is next to be done, and when; that in *but* does not count."""
    minute = _minute(after)
    moments = [
        (name, _turns(entry.schedule, minute)[1])
        for name, entry in services.registry.cron.items()
        if name not in but
    ]
    return min(moments, key=lambda one: one[1], default=None)


def sweep(services: Services) -> None:
    """Ring for what is due, for files, posts and sheets left: a ring may have been lost.

    What was to leave at once, by a clock that was ahead and has been put back, leaves now. What
    names a moment (a deadline, a reminder) keeps it: people were told of it.
    """
    now = services.now()
    with services.database.reading() as uow:
        lying = uow.lying(now, now - LEFT_LYING)
        unfetched = uow.drafts.unfetched(_FETCHES) if lying.files else ()
        pictures = uow.pictures.unfetched(_FETCHES) if lying.pictures else ()
        sheets = uow.sheets.left_lying(now - LEFT_LYING, _FETCHES) if lying.sheets else ()
    if lying.ahead:
        with services.database.begin() as uow:
            uow.outbox.catch_up(now)
    if lying.ahead or lying.due:
        services.doorbell.ring("deliver")
    if lying.posts:
        for lane in LANES:
            services.doorbell.ring("posts", lane)
    for attachment in unfetched:
        services.doorbell.ring("fetch", attachment)
    for picture in pictures:
        services.doorbell.ring("fetch_picture", picture)
    for sheet in sheets:
        services.doorbell.ring("sheet", sheet)


def _due_of(timer: Claimed) -> Due:
    return Due(subject=timer.subject, payload=timer.payload, due_at=timer.due_at)


def _happen(services: Services, uow: UnitOfWork, due: Due, timer: Claimed) -> None:
    """Let a timer do what its kind stands for."""
    kind = timer.kind
    if kind == RETRY:
        dispatch.retry(services, uow, InboundId(due.subject))
    elif kind == CRON_RETRY:
        moment = datetime.fromisoformat(due.payload["moment"])
        services.registry.cron[due.subject].run(services.context(uow, owed_since=moment))
    else:
        services.registry.timers[kind](services.context(uow, owed_since=timer.due_at), due)


def _due(services: Services) -> Sequence[Waiting]:
    now = services.now()
    with services.database.reading() as uow:
        owed = uow.timers.beat_is_owed(now)
        due = uow.timers.due(now, _BATCH)
    if owed:
        with services.database.begin() as uow:
            uow.timers.beat(now, OUTAGE)
    return due


def _postpone(services: Services, timer_id: TimerId, incident: str) -> None:
    """Let a timer that failed wait; after the last try mark it so, and say so."""
    with services.database.begin() as uow:
        timer = uow.timers.get(timer_id)
        attempts = timer.attempts + 1
        last = attempts >= _TRIES
        pause = _BACKOFF[min(attempts, len(_BACKOFF)) - 1]
        timer.attempts = attempts
        timer.incident = incident
        timer.status = TimerStatus.FAILED if last else TimerStatus.PENDING
        timer.due_at = services.now() + pause
        if last and timer.kind != RETRY:
            what = timer.subject if timer.kind == CRON_RETRY else timer.kind
            dispatch.tell_admins(services, uow, f"定时任务{what}失败", attempts, incident)
    if last and timer.kind == RETRY:
        dispatch.give_up(services, InboundId(timer.subject), attempts)


def _owed(services: Services, now: datetime) -> dict[str, datetime]:
    """Return the recurring work that has not been done at its last moment, with that moment."""
    minute = _minute(now)
    latest = {
        name: _turns(entry.schedule, minute)[0] for name, entry in services.registry.cron.items()
    }
    known, earliest = services.known_runs, now - _LATEST_RUN
    asked = {
        name: moment
        for name, moment in latest.items()
        if moment > earliest and known.get(name) != moment
    }
    if not asked:
        return {}
    with services.database.reading() as uow:
        owed = uow.timers.not_run(asked)
    known |= {name: moment for name, moment in asked.items() if name not in owed}
    return owed


def _minute(moment: datetime) -> datetime:
    """Return the minute that it is in Shanghai: with seconds, its own turn would be over."""
    return local(moment).replace(second=0, microsecond=0)


def _turns(schedule: str, minute: datetime) -> tuple[datetime, datetime]:
    """Return the last moment of a schedule up to *minute*, and the next one after it.

    They are reckoned anew only where *minute* is not between them: that costs 0.1 ms each time.
    """
    known = _known_turns.get(schedule)
    if known is None or not known[0] <= minute < known[1]:
        last = next(CronSim(schedule, minute + timedelta(minutes=1), reverse=True))
        known = _known_turns[schedule] = last, next(CronSim(schedule, minute))
    return known
