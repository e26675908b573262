"""A transcript played again, on a copy of a simulation: the original is not touched."""

import shutil
import socket
import tempfile
from calendar import monthrange
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import backup, delivery, media, vitals
from bot.app import build_services, clock_of
from bot.config import Config
from bot.demo.clockwork import ServiceClockwork
from bot.demo.history import web
from bot.demo.setting import simulated_world
from bot.embedded_redis import EmbeddedRedis
from bot.services import Services
from bot.simulator.app import create_simulator_app
from bot.simulator.replay import Replay
from bot.simulator.server import serve
from bot.simulator.transcript import Transcript
from handlers.rules.calendar import WorkCalendar, local

CLOCK = "clock"
_WEEKS = 9
_FIRST_DAYS, _LAST_DAYS, _WARNED = 8, 3, (10, 20, 25)
_WEEK = timedelta(days=7)
_FETCHES = 50


def rehearse(
    config: Config, path: Path, transcript: Transcript, tell: Callable[[str], object]
) -> list[str]:
    """Play *transcript* on a copy of what *config*, read from *path*, has; return what differs.

    1. Tables and files are copied into a folder of their own, with a Redis of its own.
    2. Its clock goes on to the next such time of the week, so that office hours lie as they did.
    3. The web application answers in this process, and pushes leave at once.

    Raises:
        BackupError: the copy could not be made.
        NoRedisError: there is no Redis server to start.
    """
    with tempfile.TemporaryDirectory(prefix="xinshi-") as folder, ExitStack() as stack:
        copied = _copy(config, path, Path(folder))
        redis = EmbeddedRedis(copied.storage.state)
        redis.start()
        stack.callback(redis.stop)
        services = build_services(copied)
        stack.callback(services.close)
        world = simulated_world(services, services.now, copied.server.bind)
        server = serve(create_simulator_app(world), port=_port(copied.wecom.api_base_url))
        server.start()
        stack.callback(server.stop)
        stack.enter_context(web(services))

        def settle() -> None:
            settle_all(services)

        clockwork = ServiceClockwork(services=services, settle=settle)
        with services.database.reading() as uow:
            calendar = services.context(uow).calendar()
        start = alike(transcript, services.now(), calendar)
        tell(f"{local(start):%Y-%m-%d %H:%M}")
        clockwork.advance(start - services.now())
        play = Replay(world=world, clockwork=clockwork, settle=settle, transcript=transcript)
        return play.run()


def settle_all(services: Services) -> None:
    """Send and fetch what waits, as a worker would."""
    with services.database.reading() as uow:
        unfetched = uow.drafts.unfetched(_FETCHES)
        pictures = uow.pictures.unfetched(_FETCHES)
    for attachment in unfetched:
        media.fetch(services, attachment)
    for picture in pictures:
        media.fetch_picture(services, picture)
    vitals.worker_works(services.redis, services.now())
    delivery.drain(services)


def alike(transcript: Transcript, now: datetime, calendar: WorkCalendar) -> datetime:
    """Return a moment from *now* on that is like the start of *transcript*.

    It is the same time of the week; in the weeks to come it is the first after which the working
    days lie as they lay then, and in which no other monthly work comes due; or comes nearest to it.
    """
    then = transcript.started_at
    length = max((entry.after for entry in transcript.entries), default=timedelta(0))
    days = range(length.days + 8)
    first = then + max(-((then - now) // _WEEK), 0) * _WEEK
    starts = [first + week * _WEEK for week in range(_WEEKS)]

    def works(start: datetime) -> list[bool]:
        return [calendar.is_workday((local(start) + timedelta(days=day)).date()) for day in days]

    def monthly(start: datetime) -> list[int]:
        lived = [(local(start) + timedelta(days=day)).date() for day in range(length.days + 1)]
        return [_place_in_month(day) for day in lived]

    def likeness(start: datetime) -> tuple[bool, bool]:
        return works(start) == works(then), monthly(start) == monthly(then)

    return max(starts, key=likeness)  # the first of those that are most alike


def _place_in_month(day: date) -> int:
    """Return which of the days it is on which monthly work is done; 0 for the rest."""
    left = monthrange(day.year, day.month)[1] - day.day
    if left <= _LAST_DAYS:
        return -left - 1
    return day.day if day.day <= _FIRST_DAYS or day.day in _WARNED else 0


def _copy(config: Config, path: Path, folder: Path) -> Config:
    """Copy tables, files and the clock's offset; return the configuration of the copy.

    What is handed in there is not compared with older drafts: it would be found to be a copy of the
    recorded conversation's own. It does not check itself either: no worker would go on with that.
    """
    storage = config.storage.model_copy(
        update={
            "database_url": f"sqlite:///{folder / 'xinshi.db'}",
            "redis_url": "embedded",
            "media_dir": folder / "media",
            "state_dir": folder / "state",
        }
    )
    api, web_address = _free_address(), _free_address()
    copied = config.model_copy(
        update={
            "storage": storage,
            "duplicates": config.duplicates.model_copy(update={"look_back_days": 1}),
            "canary": config.canary.model_copy(update={"at": ""}),
            "server": config.server.model_copy(update={"bind": web_address}),
            "wecom": config.wecom.model_copy(update={"api_base_url": f"http://{api}"}),
        }
    )
    archive = folder / "copy.tar.gz"
    backup.back_up(config, path, archive, clock_of(config)())
    backup.restore(copied, archive)
    storage.state.mkdir(parents=True, exist_ok=True)
    clock = config.storage.state / CLOCK
    if clock.exists():
        shutil.copy(clock, storage.state / CLOCK)
    return copied


def _free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])
