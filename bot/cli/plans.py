"""plans import, export, template: the plan of a year as a sheet."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, fail, opened
from bot.cli.sheets import sheet_commands
from bot.sheets.plans import plan_file
from handlers.plans.capability import BOOK
from handlers.rules.calendar import local

app = typer.Typer(name="plans", no_args_is_help=True, help="The plan of a year, as a sheet.")


sheet_commands(
    app,
    BOOK,
    "Add and change the items of a sheet; one fault in it, and nothing is changed.",
)


@app.command("export")
def take_out(
    bureau: str,
    year: Annotated[int, typer.Argument(min=2000, max=2099)],
    file: Path,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Write the plan of a YEAR of a BUREAU (its path) in the form that is read again."""
    with opened(config) as services, services.database.reading() as uow:
        unit = uow.members.unit_at(bureau)
        if unit is None:
            raise fail(f"no such unit: {bureau}")
        plan = uow.plans.of_year(unit.id, year)
        content = plan_file(uow, plan, local(services.now()).date())
    file.write_bytes(content)
