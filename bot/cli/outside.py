"""outside import, template: monthly figures that another system counted, as sheets."""

import typer

from bot.cli.sheets import sheet_commands
from handlers.outside.capability import BOOK

app = typer.Typer(
    name="outside", no_args_is_help=True, help="Figures that another system counted, as sheets."
)

sheet_commands(
    app,
    BOOK,
    "Take over the figures of a sheet; one fault in it, and nothing is taken over.",
)
