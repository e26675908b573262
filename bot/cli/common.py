"""What the commands share: the configuration, the services, and how a refusal is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.app import build_services
from bot.config import Config, ConfigError, load_config
from bot.logs import configure_logs
from bot.private import make_database_file
from bot.services import Services
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.migrations import upgrade
from storage.models import Unit
from storage.unit_of_work import UnitOfWork, open_database

console = Console(stderr=True, soft_wrap=True)

ConfigPath = Annotated[
    Path, typer.Option("--config", help="The configuration file.", show_default=True)
]
DEFAULT_CONFIG = Path("config.toml")


def load(path: Path) -> Config:
    try:
        settings = load_config(path)
    except ConfigError as error:
        raise fail(str(error)) from error
    configure_logs(settings.log_level, as_json=settings.environment == "production")
    return settings


@contextmanager
def opened(path: Path) -> Iterator[Services]:
    """Open the services of one short command."""
    services = build_services(load(path))
    try:
        yield services
    finally:
        services.close()


def migrate_database(settings: Config) -> None:
    make_database_file(settings.storage.database_url)
    database = open_database(settings.storage.database_url)
    upgrade(database.engine)
    with database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
    database.close()


def only_in_simulation() -> typer.Exit:
    return fail('this needs environment = "simulation"; it is refused in production')


def fail(message: str, code: int = 1) -> typer.Exit:
    console.print(message, style="red", markup=False)
    return typer.Exit(code)


def bureau_at(uow: UnitOfWork, path: str) -> Unit:
    """Return the bureau at *path*, or the only one; say which there are and end otherwise."""
    known = uow.members.bureaus()
    found = [unit for unit in known if path in {"", unit.path}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(unit.path for unit in known)
    if not known:
        raise fail("there is no bureau yet: run `xinshi members import FILE.csv` first")
    raise fail(f"there is no bureau {path}, but {names}" if path else f"whose rules? {names}")
