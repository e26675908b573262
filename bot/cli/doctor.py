"""doctor: what is wrong with this installation, and what to do about it."""

import json
import logging
from dataclasses import asdict
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.text import Text

from bot import doctor as practice
from bot.cli.common import DEFAULT_CONFIG, ConfigPath
from bot.doctor import Finding, Level

app = typer.Typer()

_SIGNS = {Level.OK: ("✓", "green"), Level.WARNING: ("!", "yellow"), Level.FAULT: ("✗", "red")}


@app.command()
def doctor(
    config: ConfigPath = DEFAULT_CONFIG,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Check the installation: settings, servers, WeCom, people, work. Changes and sends nothing."""
    # What would be logged on the way is what the findings say.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console = Console(soft_wrap=True, highlight=False)
    worst = Level.OK
    for finding in practice.examine(config):
        if as_json:
            typer.echo(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            console.print(line(finding))
        worst = Level.FAULT if finding.level is Level.FAULT else worst
    if worst is Level.FAULT:
        raise typer.Exit(1)


def line(finding: Finding) -> Text:
    """Return the finding as it is shown: a sign, what was found, the remedy below it."""
    sign, colour = _SIGNS[finding.level]
    shown = Text.assemble((sign, colour), f" {finding.check}: {finding.text}")
    if finding.remedy:
        shown.append(f"\n    {finding.remedy}", style="dim")
    return shown
