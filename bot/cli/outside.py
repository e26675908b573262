"""outside import, template: monthly figures that another system counted, as sheets."""

from pathlib import Path

import typer

from bot.cli import sheets
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, opened
from bot.sheets.paper import template_file
from handlers.outside.capability import BOOK

app = typer.Typer(
    name="outside", no_args_is_help=True, help="Figures that another system counted, as sheets."
)


@app.command("import")
def bring_in(
    file: Path,
    userid: sheets.As = "",
    check: sheets.Check = False,
    report: sheets.Report = None,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Take over the figures of a sheet; one fault in it, and nothing is taken over."""
    with opened(config) as services:
        said = sheets.bring_in(services, BOOK, file, userid, only_check=check, report=report)
    console.print(said, markup=False)


@app.command("template")
def empty(file: Path) -> None:
    """Write an empty sheet to fill in."""
    file.write_bytes(template_file(BOOK))
