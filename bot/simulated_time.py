"""Move a simulation's clock through everything that falls due on the way."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot import scheduler
from bot.clock import SimulatedClock
from bot.services import Services

_SETTLE_SECONDS = 10.0
_POLL_SECONDS = 0.05


class NotSimulatedError(Exception):
    """Only a simulation's clock can be moved."""


def advance(
    services: Services, step: timedelta, settle: Callable[[], object] | None = None
) -> list[str]:
    """Move the shared clock by *step*; return the names of what fired, in order.

    It stops wherever something is due, so that what fires is also sent at its own time. *settle*
    is called at each stop; without it a running worker is waited for.

    Raises:
        NotSimulatedError: this is no simulation.
        ValueError: *step* is negative.
    """
    clock = services.now
    if not isinstance(clock, SimulatedClock):
        raise NotSimulatedError
    settle = settle or _Patience(services).wait
    target = services.now() + step
    fired = scheduler.tick(services)
    settle()
    while (stop := _next_stop(services)) is not None and stop <= target:
        clock.advance(max(stop - services.now(), timedelta(0)))
        fired += scheduler.tick(services)
        settle()
    clock.advance(max(target - services.now(), timedelta(0)))
    fired += scheduler.tick(services)
    settle()
    return fired


class _Patience:
    """Waits for a worker to send what is due; after once in vain it waits no more."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._seconds = _SETTLE_SECONDS

    def wait(self) -> None:
        deadline = time.monotonic() + self._seconds
        while time.monotonic() < deadline:
            with self._services.database.begin() as uow:
                if not uow.outbox.has_unsent(self._services.now()):
                    return
            time.sleep(_POLL_SECONDS)
        self._seconds = 0.0


def _next_stop(services: Services) -> datetime | None:
    now = services.now()
    with services.database.begin() as uow:
        stops = [uow.timers.next_due(now), uow.outbox.next_due(now)]
    stops.append(scheduler.next_cron(services, now))
    return min((stop for stop in stops if stop is not None), default=None)
