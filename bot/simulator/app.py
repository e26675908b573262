"""The Flask app of the simulator: server API and page, for this machine's own browser only."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from bot.simulator.api import create_api
from bot.simulator.clockwork import Clockwork
from bot.simulator.login import create_login
from bot.simulator.page import create_page
from bot.simulator.server import LOOPBACK
from bot.simulator.world import World

WORLD = "xinshi.world"
_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def create_simulator_app(
    world: World,
    *,
    clockwork: Clockwork | None = None,
    hints: Sequence[tuple[str, str]] = (),
    status: Callable[[], str] | None = None,
) -> Flask:
    """Serve *world*: its API at ``/cgi-bin``, its phones at ``/``, its log-in.

    *clockwork* moves the clock and says what that set off; *hints* are (userid, text) pairs to
    try; *status* makes a link to the service's page about itself.
    """
    app = Flask(__name__, static_folder="static")
    app.extensions[WORLD] = world
    app.before_request(_refuse_strangers)
    app.after_request(_guard)
    app.register_blueprint(create_api(world))
    app.register_blueprint(create_login(world))
    app.register_blueprint(create_page(world, clockwork, hints, status))
    return app


def _refuse_strangers() -> None:
    """Refuse a Host that only a rebound DNS name would bring here."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        abort(403, "this simulator answers to localhost only")


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
