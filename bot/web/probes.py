"""/healthz, /readyz and /metrics: is it alive, can it work, how is it doing."""

from collections.abc import Callable, Mapping

import structlog
from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.services import Services
from storage.migrations import is_current

log = structlog.get_logger()


def probes(services: Services) -> Blueprint:
    """Return the routes that machines ask."""
    blueprint = Blueprint("probes", __name__)

    @blueprint.get("/healthz")
    def alive() -> str:
        return "ok"

    @blueprint.get("/readyz")
    def ready() -> tuple[Mapping[str, str], int]:
        """Answer 200 when everything that a message needs is there, else 503 and what is not."""
        checks: Mapping[str, Callable[[], object]] = {
            "database": services.database.ping,
            "migrations": lambda: _migrated(services),
            "redis": services.redis.ping,
        }
        found = {name: _outcome(name, check) for name, check in checks.items()}
        return found, 200 if set(found.values()) == {"ok"} else 503

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return Response(_figures(services), content_type=CONTENT_TYPE_LATEST)

    return blueprint


class NotMigratedError(Exception):
    """The database has not the newest schema: run `xinshi migrate`."""


def _migrated(services: Services) -> None:
    if not is_current(services.database.engine):
        raise NotMigratedError


def _outcome(name: str, check: Callable[[], object]) -> str:
    try:
        check()
    except (SQLAlchemyError, RedisError, OSError, NotMigratedError) as error:
        log.warning("not_ready", check=name, error=type(error).__name__)
        return type(error).__name__
    return "ok"


def _figures(services: Services) -> bytes:
    """Return the figures that the tables tell, read at the moment of asking."""
    now = services.now()
    with services.database.begin() as uow:
        count, oldest = uow.outbox.waiting()
        next_timer = uow.timers.first_due()
        failed = len(uow.inbox.failed(_MOST))
    figures = CollectorRegistry()
    late = max((now - next_timer).total_seconds(), 0) if next_timer else 0
    age = max((now - oldest).total_seconds(), 0) if oldest else 0
    for name, text, value in (
        ("xinshi_outbox_waiting", "Messages that have not left yet", count),
        ("xinshi_outbox_oldest_seconds", "How long the oldest has been due", age),
        ("xinshi_timer_late_seconds", "How late the first due timer is", late),
        ("xinshi_inbound_failed", "Messages that wait to be tried again", failed),
    ):
        Gauge(name, text, registry=figures).set(value)
    return generate_latest(figures)


_MOST = 1000
