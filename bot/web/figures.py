"""What /metrics tells: the process's own counts, and what the tables and Redis say now.

The tables are asked at each scrape, so that the figures are right with any number of processes;
worker and scheduler need no port of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics, parking
from bot.services import Services
from bot.sorting import OVER_BUDGET
from storage.migrations import is_current
from storage.queries.figures import Waiting
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import TroubleKind

log = structlog.get_logger()

_DAY = timedelta(days=1)


class NotMigratedError(Exception):
    """The database has not the newest schema: run `xinshi migrate`."""


def figures(services: Services) -> bytes:
    """Return everything that is measured, as Prometheus reads it.

    Where the database does not answer, what it would tell is left out and the check says so.
    """
    here = CollectorRegistry()
    here.register(_Now(services))
    return generate_latest(metrics.COUNTED) + generate_latest(here)


def checks(services: Services) -> Mapping[str, str]:
    """Try everything that a message needs; "ok", or the name of what went wrong."""
    asked: Mapping[str, Callable[[], object]] = {
        "database": services.database.ping,
        "migrations": lambda: _migrated(services),
        "redis": services.redis.ping,
    }
    return {name: _outcome(name, check) for name, check in asked.items()}


def _migrated(services: Services) -> None:
    if not is_current(services.database.reader):
        raise NotMigratedError


def _outcome(name: str, check: Callable[[], object]) -> str:
    try:
        check()
    except (SQLAlchemyError, RedisError, OSError, NotMigratedError) as error:
        log.warning("not_ready", check=name, error=type(error).__name__)
        return type(error).__name__
    return "ok"


class _Now(Collector):
    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> Iterable[Metric]:
        """Say nothing before being asked: registering must not read the tables."""
        return ()

    def collect(self) -> Iterator[Metric]:
        services, now = self._services, self._services.now()
        found = checks(services)
        yield _by(
            "xinshi_check_ok",
            "What a message needs: 1 where it is there",
            ("check",),
            {(name,): said == "ok" for name, said in found.items()},
        )
        resting = parking.parked(services.redis, now)
        yield _one(
            "xinshi_channel_resting",
            "1 while nothing is sent because WeCom limits or refuses the app",
            resting,
        )
        if found["migrations"] == "ok":
            with services.database.reading() as uow:
                yield from _from_tables(uow, now)


def _from_tables(uow: UnitOfWork, now: datetime) -> Iterator[Metric]:
    outbox, timers = uow.figures.outbox(now), uow.figures.timers(now)
    yield _one("xinshi_outbox_waiting", "Messages that have not left yet", outbox.waiting)
    yield _one("xinshi_outbox_due", "Messages that could leave now", outbox.due)
    yield _one(
        "xinshi_outbox_oldest_seconds", "How long the oldest has been due", _since(outbox, now)
    )
    yield _by(
        "xinshi_outbox_ended_24h",
        "Messages promised in the last 24 hours, by how they ended",
        ("kind", "outcome"),
        uow.figures.outcomes(now - _DAY),
    )
    yield _one(
        "xinshi_members_over_budget",
        "Members with messages that wait for their budget",
        uow.figures.held_back(OVER_BUDGET),
    )
    yield _one(
        "xinshi_members_unreachable",
        "Active members whom WeCom could not reach the last time",
        uow.figures.unreachable(),
    )
    yield _one("xinshi_timers_pending", "Timers that are still to happen", timers.waiting)
    yield _one("xinshi_timers_due", "Timers that should have happened by now", timers.due)
    yield _one("xinshi_timer_late_seconds", "How late the first due timer is", _since(timers, now))
    if timers.first is not None:
        yield _one(
            "xinshi_timer_next_seconds",
            "How long until the next timer; nothing when there is none",
            max((timers.first - now).total_seconds(), 0),
        )
    yield _one(
        "xinshi_inbound_failed", "Messages that wait to be tried again", uow.figures.failed()
    )
    opened = {trouble.kind for trouble in uow.troubles.open()}
    yield _by(
        "xinshi_trouble_open",
        "What administrators were told is wrong: 1 as long as it is",
        ("kind",),
        {(kind,): kind in opened for kind in TroubleKind},
    )


def _since(waiting: Waiting, now: datetime) -> float:
    return max((now - waiting.first).total_seconds(), 0) if waiting.first else 0


def _one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _by(name: str, text: str, labels: tuple[str, ...], values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for words, value in sorted(values.items()):
        family.add_metric(words, value)
    return family
