"""clock advance: move a simulation's clock."""

import re
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, only_in_simulation, opened
from bot.simulated_time import NotSimulatedError, advance
from handlers.rules.calendar import local

app = typer.Typer(name="clock", no_args_is_help=True, help="The clock of a simulation.")

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@app.callback()
def _clock() -> None:
    """Keep the command's name although it is the only one."""


@app.command("advance")
def advance_clock(
    duration: Annotated[str, typer.Argument(help="such as 25h, 2d, 1h30m")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Move a simulation's clock forward, through everything that falls due on the way."""
    step = parse_duration(duration)
    with opened(config) as services:
        try:
            fired = ", ".join(advance(services, step)) or "nothing"
        except NotSimulatedError:
            raise only_in_simulation() from None
        console.print(f"it is now {local(services.now()):%Y-%m-%d %H:%M}; fired: {fired}")


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
