"""score: try a file of rule sets out, on examples or on a year of the bureau's own facts.

Checking and examples need no service and no configuration; a replay reads the database.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, bureau_at, fail, opened
from handlers.rules.calendar import local
from handlers.rules.scoring.checking import check
from handlers.rules.scoring.engine import Scorer
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.reading import Finding, Sheet
from handlers.rules.scoring.vectors import Vector, VectorsError, read_vectors
from handlers.scores import capability as scores

app = typer.Typer()


@app.command()
def score(
    *,
    rules: Annotated[Path, typer.Option("--rules", help="A TOML file with [rules.NAME] tables.")],
    vectors: Annotated[
        Path | None, typer.Option("--vectors", help="A JSON list of rules, events, expected.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Fail where a score is not what was expected.")
    ] = False,
    replay: Annotated[
        int | None, typer.Option("--replay", help="Count this year's facts by the file's rules.")
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="Which rule set is replayed, where there are several.")
    ] = "",
    bureau: Annotated[str, typer.Option(help="Whose year; needed where there are several.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Check a file of rule sets; print what each example scores under them, a JSON line for each.

    With --replay: what each section had in that year and would have had under the file's rules.
    Faults and warnings go to the error output, with the lines of the file they are in.
    """
    sheet = check(_content(rules))
    for finding in sheet.findings:
        typer.echo(_told(rules, finding), err=True)
    if replay is not None:
        _replay(sheet, name, str(replay), bureau, config)
        return
    if vectors is None:
        raise typer.Exit(1 if any(finding.error for finding in sheet.findings) else 0)
    try:
        examples = read_vectors(_content(vectors))
    except VectorsError as error:
        typer.echo(f"{vectors}: {error}", err=True)
        raise typer.Exit(2) from error
    if not all(_run(sheet, vectors, examples, compare=compare)):
        raise typer.Exit(1)


def _replay(sheet: Sheet, name: str, year: str, bureau: str, config: Path) -> None:
    """Print a JSON line for each section, the largest gain first; nothing is written."""
    names = [name] if name else list(sheet.rule_sets)
    if len(names) != 1 or names[0] not in sheet.rule_sets:
        known = ", ".join(sheet.rule_sets) or "none that can be used"
        raise fail(f"which rule set? --name is one of: {known}")
    rules = sheet.rule_sets[names[0]]
    with opened(config) as services, services.database.begin() as uow:
        whose = bureau_at(uow, bureau)
        today = local(services.now()).date()
        found = scores.replay(uow, whose.id, names[0], rules, year, today)
    for each in sorted(found, key=lambda one: one.before.points - one.after.points):
        typer.echo(json.dumps(_replayed(each), ensure_ascii=False))


def _replayed(found: scores.Replayed) -> dict[str, Any]:
    return {
        "unit": found.unit,
        "before": float(found.before.points),
        "after": float(found.after.points),
        "difference": float(found.after.points - found.before.points),
        "changes": [
            {
                "period": change.period,
                "sort": change.sort,
                "cause": change.cause,
                "points": float(change.points),
                "before": [line.note for line in change.before],
                "after": [line.note for line in change.after],
            }
            for change in found.changes
        ],
    }


def _run(sheet: Sheet, file: Path, examples: Sequence[Vector], *, compare: bool) -> list[bool]:
    """Print a line for each example; return whether each could be scored, and fits."""
    scorers = {name: Scorer(name, found) for name, found in sheet.rule_sets.items()}
    return [
        _try(scorers, f"{file}: {number}", example, compare=compare)
        for number, example in enumerate(examples, start=1)
    ]


def _try(scorers: Mapping[str, Scorer], where: str, example: Vector, *, compare: bool) -> bool:
    for key in example.unknown:
        typer.echo(f"{where}: 不认识的键 {key}，未计 / unknown key, not counted", err=True)
    scorer = scorers.get(example.rules)
    faults = [*example.faults]
    if scorer is None:
        faults.append(f"没有可用的规则 {example.rules} / no usable rule set of this name")
    for fault in faults:
        typer.echo(f"{where}: {fault}", err=True)
    if faults or scorer is None:
        typer.echo(json.dumps({"rules": example.rules, "score": None, "lines": []}))
        return False
    found = scorer.score(example.facts)
    typer.echo(json.dumps(_shown(found), ensure_ascii=False))
    if not compare or example.expected in {None, found.points}:
        return True
    typer.echo(f"{where}: {found.points}, expected {example.expected}", err=True)
    return False


def _shown(score: Score) -> dict[str, Any]:
    return {
        "rules": score.rules,
        "score": float(score.points),
        "lines": [
            {
                "rule": line.rule,
                "cause": line.cause,
                "points": float(line.points),
                "note": line.note,
            }
            for line in score.lines
        ],
    }


def _told(file: Path, finding: Finding) -> str:
    rules = f"[{finding.rules}] " if finding.rules else ""
    warning = "" if finding.error else "注意："
    return f"{file}:{finding.line}: {rules}{warning}{finding.message}"


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        typer.echo(f"{file}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
