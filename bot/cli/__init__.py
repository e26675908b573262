"""xinshi ...: the commands of an administrator."""

import typer

from bot.cli import backup, clock, doctor, init, members, menu, running, sync

app = typer.Typer(no_args_is_help=True, add_completion=False, help="信使: 信息宣传 in WeCom.")
app.add_typer(running.app)
app.add_typer(init.app)
app.add_typer(doctor.app)
app.add_typer(backup.app)
members.app.add_typer(sync.app)
app.add_typer(members.app, name="members")
app.add_typer(clock.app, name="clock")
app.add_typer(menu.app, name="menu")

__all__ = ["app"]
