"""adoptions import, export, template: the office's register as sheets."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, fail, opened
from bot.cli.sheets import sheet_commands
from bot.sheets.register import register_file
from handlers.adoptions.capability import BOOK

app = typer.Typer(
    name="adoptions", no_args_is_help=True, help="The register of adoptions and remarks, as sheets."
)

_Month = Annotated[datetime, typer.Argument(formats=["%Y-%m"])]


sheet_commands(
    app,
    BOOK,
    "Enter the adoptions and remarks of a sheet; one fault in it, and nothing is entered.",
)


@app.command("export")
def take_out(
    bureau: str, first: _Month, last: _Month, file: Path, config: ConfigPath = DEFAULT_CONFIG
) -> None:
    """Write the register of BUREAU from month FIRST to LAST (2026-09) as a sheet."""
    with opened(config) as services, services.database.reading() as uow:
        unit = uow.members.unit_at(bureau)
        if unit is None or unit.id != unit.bureau:
            raise fail(f"no such bureau: {bureau}")
        content = register_file(uow, unit.id, f"{first:%Y-%m}", f"{last:%Y-%m}")
    file.write_bytes(content)
