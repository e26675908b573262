"""canary: let the service check itself now, and say how far that went."""

import time
from typing import Annotated

import typer

from bot import canary as walk
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.services import Services
from handlers.rules.calendar import local
from handlers.rules.canary import stuck
from storage.models import CanaryRun

app = typer.Typer()

_POLL_SECONDS = 0.3


@app.command()
def canary(
    config: ConfigPath = DEFAULT_CONFIG,
    wait: Annotated[float, typer.Option(help="How many seconds to wait for its end.")] = 60,
) -> None:
    """Let a draft and an alert that concern nobody go through the running service, now."""
    with opened(config) as services:
        name = f"{local(services.now()):%Y-%m-%d %H:%M:%S} {services.new_id()[:8]}"
        walk.begin(services, name)
        run = _ended(services, name, wait)
    if run.passed and run.ended_at is not None:
        console.print(f"passed in {(run.ended_at - run.began_at).total_seconds():.1f} s")
        return
    raise fail(f"{stuck(run.step, run.why)} (after {wait:g} s; the service goes on with it)")


def _ended(services: Services, name: str, wait: float) -> CanaryRun:
    """Return the run when it has ended, or as it stands after *wait* seconds."""
    deadline = time.monotonic() + wait
    while True:
        with services.database.reading() as uow:
            run = uow.canaries.get(name)
            if run is None:
                raise LookupError(name)
            if run.ended_at is not None or time.monotonic() > deadline:
                return run
        time.sleep(_POLL_SECONDS)  # other processes go on with it, and tell only the database
