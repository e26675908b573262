"""rules import: bring in the rules of a bureau, such as the routes of its drafts."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, bureau_at, console, fail, opened
from bot.services import Services
from handlers.kit.rulefile import Fault, RuleFile, RuleFileError, Taken, read_rule_file

app = typer.Typer(name="rules", no_args_is_help=True, help="The rules of a bureau.")


class _Refused(Exception):  # noqa: N818 - no error: it undoes what was taken so far
    """Nothing is to be kept."""


@app.callback()
def rules() -> None:
    """Keep `import` a command of its own."""


@app.command("import")
def import_rules(
    file: Path,
    config: ConfigPath = DEFAULT_CONFIG,
    bureau: Annotated[
        str, typer.Option(help="whose rules they are; can stand in the file as well")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="only look for faults")] = False,
) -> None:
    """Bring in a TOML file of rules: all of it, or with a fault nothing; every fault is named."""
    try:
        rules = read_rule_file(file.read_bytes())
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    except RuleFileError as error:
        raise fail(f"{file}: {error}") from error
    with opened(config) as services:
        faults, said = _take(services, rules, bureau, check=check)
    if faults:
        lines = [_written(file, fault) for fault in sorted(faults)]
        raise fail("\n".join([*lines, f"{len(faults)} fault(s): nothing was taken"]))
    console.print("\n".join(["no fault was found"] if check else said), markup=False)


def _take(
    services: Services, rules: RuleFile, bureau: str, *, check: bool
) -> tuple[list[Fault], list[str]]:
    """Hand each kind of table to who takes it; with a fault, or to check only, keep nothing."""
    books = services.registry.rulebooks
    faults = [
        tables[0].fault(f"nobody takes [[{name}]]; known are {', '.join(sorted(books))}")
        for name, tables in rules.tables.items()
        if name not in books and tables
    ]
    if not rules.tables:
        faults.append(Fault(line=0, text="the file holds no rules"))
    taken: list[Taken] = []
    with services.database.begin() as uow, suppress(_Refused), uow.attempt():
        ctx, whose = services.context(uow), bureau_at(uow, bureau or rules.bureau)
        for name, tables in rules.tables.items():
            if name in books:
                taken.append(books[name](ctx, whose, tables))
        faults += [fault for one in taken for fault in one.faults]
        if faults or check:
            raise _Refused
    return faults, [one.said for one in taken]


def _written(file: Path, fault: Fault) -> str:
    return f"{file}:{fault.line}: {fault.text}" if fault.line else f"{file}: {fault.text}"
