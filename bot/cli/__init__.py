"""xinshi ...: the commands of an administrator."""

from typing import Any

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError
from typer.core import TyperGroup

from bot.cli import backup, clock, doctor, init, members, menu, running, sync
from bot.cli.common import fail


class Commands(TyperGroup):
    """Says in a line what an administrator can mend; anything else is a fault of the program."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).partition("\n")[0]
            raise fail(
                f"the database cannot be used: {reason}; `xinshi doctor` says what to do"
            ) from error


app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, help="信使: 信息宣传 in WeCom."
)
app.add_typer(running.app)
app.add_typer(init.app)
app.add_typer(doctor.app)
app.add_typer(backup.app)
members.app.add_typer(sync.app)
app.add_typer(members.app, name="members")
app.add_typer(clock.app, name="clock")
app.add_typer(menu.app, name="menu")

__all__ = ["app"]
