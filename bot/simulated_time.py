"""Move a simulation's clock through everything that falls due on the way."""

import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis import RedisError

from bot import scheduler, vitals
from bot.clock import SimulatedClock
from bot.services import Services
from storage.vocabulary import TimerStatus

PUSH = "push"

_SETTLE_SECONDS = 10.0
_POLL_SECONDS = 0.05
_BATCH = 500


class NotSimulatedError(Exception):
    """Only a simulation's clock can be moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A moment at which something is due: a timer's kind, recurring work by name, or a push."""

    kind: str
    at: datetime


def advance(
    services: Services, step: timedelta, settle: Callable[[], object] | None = None
) -> list[str]:
    """Move the shared clock by *step*; return the names of what fired, in order.

    Raises as ``run_until`` does.
    """
    stops = run_until(services, services.now() + step, settle)
    return [stop.kind for stop in stops if stop.kind != PUSH]


def run_until(
    services: Services, target: datetime, settle: Callable[[], object] | None = None
) -> list[Stop]:
    """Move the shared clock forward to *target*; return what happened and when, in order.

    It stops wherever something is due, so that what fires is also sent at its own time. *settle*
    is called at each stop; without it a running worker is waited for. The service looks at itself
    at both ends; in between where a push was put off, and as long as something is wrong.

    Raises:
        NotSimulatedError: this is no simulation.
    """
    settle = settle or _Patience(services).wait
    fired = _reach(services, services.now(), settle, looking=True)
    while (stop := next_stop(services)) is not None and stop.at <= target:
        looking = stop.kind == PUSH or _is_troubled(services)
        fired += _reach(services, stop.at, settle, looking=looking)
        if stop.kind == PUSH:
            fired.append(stop)
    return fired + _reach(services, target, settle, looking=True)


def next_stop(services: Services, *, but: Collection[str] = ()) -> Stop | None:
    """Return what is due next, later than now; what is named in *but* does not count."""
    now = services.now()
    stops: list[Stop] = []
    with services.database.reading() as uow:
        if (timer := uow.timers.next_after(now, but)) is not None:
            stops.append(Stop(kind=timer.kind, at=timer.due_at))
        if push_at := uow.outbox.next_due(now):
            stops.append(Stop(kind=PUSH, at=push_at))
    if cron := scheduler.next_cron(services, now, but=but):
        stops.append(Stop(kind=cron[0], at=cron[1]))
    return min(stops, key=lambda stop: stop.at, default=None)


def _reach(
    services: Services, moment: datetime, settle: Callable[[], object], *, looking: bool
) -> list[Stop]:
    """Go to *moment* and let happen what is due; a scheduler process may have been quicker."""
    clock = services.now
    if not isinstance(clock, SimulatedClock):
        raise NotSimulatedError
    with services.database.begin() as uow:
        coming = [timer.id for timer in uow.timers.due(moment, _BATCH)]
        uow.timers.foresee(moment)
    clock.advance(max(moment - clock(), timedelta(0)))
    names = scheduler.tick(services) if looking else scheduler.strike(services)
    settle()
    with services.database.reading() as uow:
        timers = [uow.timers.get(timer) for timer in coming]
        happened = Counter(one.kind for one in timers if one.status is TimerStatus.FIRED)
    names += (happened - Counter(names)).elements()
    return [Stop(kind=name, at=moment) for name in names]


def _is_troubled(services: Services) -> bool:
    """Tell whether WeCom refused us or a worker owes an answer, as far as was seen."""
    try:
        seen = vitals.read(services.redis)
    except RedisError:
        return True
    return seen.refusal(services.now()) is not None or seen.asked_at is not None


class _Patience:
    """Waits for a worker to send what is due; after once in vain it waits no more."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._seconds = _SETTLE_SECONDS

    def wait(self) -> None:
        deadline = time.monotonic() + self._seconds
        while time.monotonic() < deadline:
            with self._services.database.reading() as uow:
                unsent = uow.outbox.has_unsent(self._services.now())
            if not unsent and not _owes_an_answer(self._services):
                return
            time.sleep(_POLL_SECONDS)
        self._seconds = 0.0


def _owes_an_answer(services: Services) -> bool:
    """Tell whether a worker was rung for and has not come yet."""
    try:
        return vitals.read(services.redis).asked_at is not None
    except RedisError:
        return False
