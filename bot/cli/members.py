"""members import, members delegate: who may talk to the bot, as what."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli import sync
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.services import Services
from handlers.members.capability import RosterError, import_roster, read_roster
from handlers.rules.calendar import SHANGHAI
from storage.models import Delegation
from storage.vocabulary import UserId

app = typer.Typer(name="members", no_args_is_help=True, help="Who may talk to the bot.")
app.add_typer(sync.app)


@app.command("import")
def import_members(file: Path, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Bring in a CSV of members; bad lines are listed and left out, good ones are taken."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    with opened(config) as services:
        if not bring_in(services, content):
            raise typer.Exit(1)


@app.command("delegate")
def delegate(
    absent: str,
    substitute: str,
    since: Annotated[datetime, typer.Option("--from", help="Shanghai time")],
    until: Annotated[datetime, typer.Option(help="Shanghai time, not included")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Let SUBSTITUTE decide, from one day to another, what waits for ABSENT."""
    if until <= since:
        raise fail("--until must be later than --from")
    with opened(config) as services, services.database.begin() as uow:
        for userid in (absent, substitute):
            if uow.members.active(UserId(userid.lower())) is None:
                raise fail(f"no such member: {userid}")
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


def bring_in(services: Services, content: bytes) -> bool:
    """Import a roster and print what became of it; False when lines were left out."""
    try:
        rows, bad = read_roster(content)
    except RosterError as error:
        raise fail(str(error)) from error
    with services.database.begin() as uow:
        report = import_roster(services.context(uow), rows, bad)
    console.print(f"{report.added} added, {report.changed} changed, {len(report.bad)} left out")
    if report.bad:
        table = Table("line", "why it was left out")
        for row in report.bad:
            table.add_row(str(row.line), row.reason)
        console.print(table)
    return not report.bad
