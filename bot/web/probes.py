"""/healthz, /readyz, /heartbeat and /metrics: is it alive, can it work, does it, and how."""

from collections.abc import Mapping

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot import heartbeat
from bot.services import Services
from bot.web.figures import checks, figures


def probes(services: Services) -> Blueprint:
    """Return the routes that machines ask."""
    blueprint = Blueprint("probes", __name__)

    @blueprint.get("/healthz")
    def alive() -> str:
        return "ok"

    @blueprint.get("/readyz")
    def ready() -> tuple[Mapping[str, str], int]:
        """Answer 200 when everything that a message needs is there, else 503 and what is not."""
        found = checks(services)
        return found, 200 if set(found.values()) == {"ok"} else 503

    @blueprint.get("/heartbeat")
    def beats() -> tuple[str, int]:
        """Answer 200 while what is due is done, else 503 and what keeps it."""
        try:
            why = heartbeat.withheld(services)
        except SQLAlchemyError as error:
            why = [type(error).__name__]
        return " ".join(why) or "ok", 503 if why else 200

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return Response(figures(services), content_type=CONTENT_TYPE_LATEST)

    return blueprint
