"""channels import, channels export: where a bureau reports to and publishes."""

from pathlib import Path

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from handlers.adoptions.capability import ChannelsError, exported, import_channels, read_channels
from storage.models import Unit
from storage.unit_of_work import UnitOfWork

app = typer.Typer(
    name="channels", no_args_is_help=True, help="Where a bureau reports to and publishes."
)


@app.command("import")
def bring_in(bureau: str, file: Path, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Make a CSV the channels of BUREAU; a file with a fault changes nothing."""
    try:
        rows = read_channels(file.read_bytes())
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    except ChannelsError as error:
        raise fail(f"{file}: nothing was changed\n{error}") from error
    with opened(config) as services, services.database.begin() as uow:
        unit = _bureau(uow, bureau)
        added, changed = import_channels(services.context(uow), unit.id, rows)
    console.print(f"{added} added, {changed} changed")


@app.command("export")
def take_out(bureau: str, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Print the channels of BUREAU as CSV, to be edited and imported."""
    with opened(config) as services, services.database.begin() as uow:
        unit = _bureau(uow, bureau)
        typer.echo(exported(services.context(uow), unit.id), nl=False)


def _bureau(uow: UnitOfWork, path: str) -> Unit:
    unit = uow.members.unit_at(path)
    if unit is None or unit.id != unit.bureau:
        raise fail(f"no such bureau: {path}")
    return unit
