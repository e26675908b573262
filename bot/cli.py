"""xinshi ...: the commands of an administrator."""

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import scheduler
from bot.app import build_services, create_app
from bot.channel.port import ChannelError
from bot.config import Config, ConfigError, load_config
from bot.embedded_redis import EmbeddedRedis, NoRedisError
from bot.logs import configure_logs
from bot.menu import MENU
from bot.services import Services
from bot.simulated_time import NotSimulatedError, advance
from bot.supervisor import BindError, Supervisor, check_bind, end_with_parent
from bot.web.server import WebProcess
from bot.worker import make_worker
from handlers.members import RosterError, import_roster, read_roster
from handlers.rules.calendar import OFFICIAL_2026, SHANGHAI, local
from storage.migrations import upgrade
from storage.models import Delegation
from storage.unit_of_work import open_database
from storage.vocabulary import UserId

app = typer.Typer(no_args_is_help=True, add_completion=False, help="信使: 信息宣传 in WeCom.")
members = typer.Typer(no_args_is_help=True, help="Who may talk to the bot.")
clock = typer.Typer(no_args_is_help=True, help="The clock of a simulation.")
menu = typer.Typer(no_args_is_help=True, help="The app's menu in WeCom.")
app.add_typer(members, name="members")
app.add_typer(clock, name="clock")
app.add_typer(menu, name="menu")

console = Console(stderr=True, soft_wrap=True)

ConfigPath = Annotated[
    Path, typer.Option("--config", help="The configuration file.", show_default=True)
]
DEFAULT_CONFIG = Path("config.toml")

_TICK_SECONDS = {"production": 5.0, "simulation": 1.0}
_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@app.command()
def migrate(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Bring the database to the newest schema."""
    _migrate(_load(config))
    console.print("the database has the newest schema")


@app.command()
def serve(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run the web process: WeCom's callback and the probes."""
    settings = _load(config)
    end_with_parent()
    WebProcess(
        settings.server.bind,
        settings.server.threads,
        lambda: create_app(build_services(settings)),
    ).run()


@app.command()
def work(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run a worker process: it sends what is to be sent."""
    settings = _load(config)
    end_with_parent()
    make_worker(build_services(settings)).work(logging_level="WARNING")


@app.command()
def schedule(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run a scheduler process: it lets timers and recurring work happen."""
    settings = _load(config)
    end_with_parent()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    scheduler.loop(build_services(settings), stop, _TICK_SECONDS[settings.environment])


@app.command()
def up(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run everything on this machine: web, worker, scheduler, and the embedded Redis if set."""
    settings = _load(config)
    url = f"http://{settings.server.bind}/wecom/callback"
    run_up(settings, config, lambda: console.print(f"xinshi is up, the callback is {url}"))


@app.command()
def simulate(
    config: ConfigPath = DEFAULT_CONFIG,
    port: Annotated[int, typer.Option(help="Port of the page and of the server API.")] = 8700,
) -> None:
    """Run a WeCom on this machine, for a configuration with environment = "simulation"."""
    from bot.demo import run_simulator  # noqa: PLC0415 - the simulator is no part of production

    settings = _load(config)
    if settings.environment != "simulation":
        raise _only_in_simulation()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with _services(config) as services, run_simulator(services, port) as address:
        services.channel.publish_menu(MENU)
        console.print(f"the simulator is at {address}")
        stop.wait()


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("var/demo"),
    port: Annotated[int, typer.Option(help="Port of the page.")] = 8700,
) -> None:
    """Start everything with a sample bureau, and open the simulator's page."""
    from bot.demo import prepare, run_simulator  # noqa: PLC0415 - as above

    path = prepare(folder, port)
    settings = _load(path)
    console.print("preparing the sample bureau ...")
    _migrate(settings)
    with _services(path) as services:
        _import(services, (path.parent / "members.csv").read_bytes())
        with run_simulator(services, port) as address:

            def ready() -> None:
                services.channel.publish_menu(MENU)
                console.print(f"open {address}   (Ctrl-C ends the demo)")

            run_up(settings, path, ready)


@members.command("import")
def import_members(file: Path, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Bring in a CSV of members; bad lines are listed and left out, good ones are taken."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _fail(f"{file}: {error.strerror}") from error
    with _services(config) as services:
        if not _import(services, content):
            raise typer.Exit(1)


@members.command("delegate")
def delegate(
    absent: str,
    substitute: str,
    since: Annotated[datetime, typer.Option("--from", help="Shanghai time")],
    until: Annotated[datetime, typer.Option(help="Shanghai time, not included")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Let SUBSTITUTE decide, from one day to another, what waits for ABSENT."""
    if until <= since:
        raise _fail("--until must be later than --from")
    with _services(config) as services, services.database.begin() as uow:
        for userid in (absent, substitute):
            if uow.members.active(UserId(userid.lower())) is None:
                raise _fail(f"no such member: {userid}")
        uow.members.delegate(
            Delegation(
                absent=UserId(absent.lower()),
                substitute=UserId(substitute.lower()),
                starts_at=since.replace(tzinfo=SHANGHAI),
                ends_at=until.replace(tzinfo=SHANGHAI),
            )
        )
        services.context(uow).audit(
            "member:delegate",
            absent.lower(),
            after={"substitute": substitute.lower(), "until": until.isoformat()},
        )
    console.print(f"{substitute} acts for {absent} from {since:%F %H:%M} to {until:%F %H:%M}")


@clock.command("advance")
def advance_clock(
    duration: Annotated[str, typer.Argument(help="such as 25h, 2d, 1h30m")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Move a simulation's clock forward, through everything that falls due on the way."""
    step = parse_duration(duration)
    with _services(config) as services:
        try:
            fired = ", ".join(advance(services, step)) or "nothing"
        except NotSimulatedError:
            raise _only_in_simulation() from None
        console.print(f"it is now {local(services.now()):%Y-%m-%d %H:%M}; fired: {fired}")


@menu.command("push")
def push_menu(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Publish the app's menu."""
    with _services(config) as services:
        try:
            services.channel.publish_menu(MENU)
        except ChannelError as error:
            raise _fail(f"WeCom refused the menu: {error}") from error
    console.print("the menu is published; phones show it when the chat is opened again")


def parse_duration(text: str) -> timedelta:
    """Read 25h, 2d, 1h30m, 90s.

    Raises:
        typer.BadParameter: it has another form.
    """
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise typer.BadParameter(f"{text!r} is not a duration such as 25h, 2d or 1h30m")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def run_up(settings: Config, path: Path, ready: Callable[[], object]) -> None:
    """Run the three programs and, where configured, the embedded Redis; leave with their code."""
    _migrate(settings)
    redis = (
        EmbeddedRedis(settings.storage.state) if settings.storage.redis_url == "embedded" else None
    )
    try:
        check_bind(settings.server.bind)
        if redis is not None:
            redis.start()
    except (BindError, NoRedisError) as error:
        raise _fail(str(error)) from error
    try:
        code = Supervisor(path).run(ready)
    finally:
        if redis is not None:
            redis.stop()
    if code:
        raise _fail("a program ended again and again, see the log above", code)


def _load(path: Path) -> Config:
    try:
        settings = load_config(path)
    except ConfigError as error:
        raise _fail(str(error)) from error
    configure_logs(as_json=settings.environment == "production")
    return settings


@contextmanager
def _services(path: Path) -> Iterator[Services]:
    """Open the services of one short command."""
    services = build_services(_load(path))
    try:
        yield services
    finally:
        services.close()


def _migrate(settings: Config) -> None:
    url = settings.storage.database_url
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database = open_database(url)
    upgrade(database.engine)
    with database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_2026)
    database.close()


def _import(services: Services, content: bytes) -> bool:
    """Import a roster and print what became of it; False when lines were left out."""
    try:
        rows, bad = read_roster(content)
    except RosterError as error:
        raise _fail(str(error)) from error
    with services.database.begin() as uow:
        report = import_roster(services.context(uow), rows, bad)
    console.print(f"{report.added} added, {report.changed} changed, {len(report.bad)} left out")
    if report.bad:
        table = Table("line", "why it was left out")
        for row in report.bad:
            table.add_row(str(row.line), row.reason)
        console.print(table)
    return not report.bad


def _only_in_simulation() -> typer.Exit:
    return _fail('this needs environment = "simulation"; it is refused in production')


def _fail(message: str, code: int = 1) -> typer.Exit:
    console.print(message, style="red", markup=False)
    return typer.Exit(code)
