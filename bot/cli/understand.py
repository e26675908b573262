"""understand: what the bot makes of a file of utterances; needs no service and no configuration."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.utterances import Utterance, UtterancesError, read_utterances
from bot.language.heard import Heard
from bot.language.times import Clock
from bot.language.understanding import CUES_READ
from bot.meanings import understanding
from handlers.kit.meaning import Meaning
from handlers.rules.calendar import SHANGHAI, WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS

EXAMPLES_AT = "2026-09-21T10:00"
_SHOWN = 3

app = typer.Typer()


@app.command()
def understand(
    tsv: Annotated[
        Path, typer.Option("--tsv", help="Columns role, context, text; further ones are ignored.")
    ],
    at: Annotated[
        str, typer.Option("--at", help="When it was said; Shanghai time unless it says otherwise.")
    ] = EXAMPLES_AT,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also print which cues spoke, the strongest first.")
    ] = False,
) -> None:
    """Print what each utterance of a file is understood as, a JSON line for each."""
    clock = Clock(now=_moment(at), calendar=WorkCalendar(exceptions=OFFICIAL_DAYS))
    try:
        utterances = read_utterances(tsv.read_bytes(), str(tsv))
    except UtterancesError as error:
        raise _refused(str(error)) from error
    except OSError as error:
        raise _refused(f"{tsv}: {error.strerror}") from error
    for utterance in utterances:
        found = _found(utterance, clock, explain=explain)
        typer.echo(json.dumps(found, ensure_ascii=False))


def _found(utterance: Utterance, clock: Clock, *, explain: bool) -> dict[str, Any]:
    heard = Heard(utterance.text, utterance.situation, utterance.roles, clock)
    understood = understanding().understand(heard)
    found = {
        "intent": understood.intent,
        "slots": understood.slots,
        "clarify": understood.clarify,
    }
    return found | {"cues": list(_cues(heard))} if explain else found


def _cues(heard: Heard) -> Iterator[dict[str, Any]]:
    """Name the meanings that spoke, before guards and mended slips, each with its best cue."""
    for strength, length, meaning in understanding().ranked(heard)[:_SHOWN]:
        matched, pattern = _cue(meaning, heard.plain[:CUES_READ], strength, length)
        yield {
            "meaning": meaning.name,
            "strength": strength,
            "matched": matched,
            "pattern": pattern,
        }


def _cue(meaning: Meaning, text: str, strength: int, length: int) -> tuple[str, str]:
    return next(
        (found[0], cue.pattern)
        for cue in meaning.cues
        if cue.strength == strength
        and (found := re.search(cue.pattern, text, re.DOTALL))
        and len(found[0]) == length
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a moment such as {EXAMPLES_AT}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _refused(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)
