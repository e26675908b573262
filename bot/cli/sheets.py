"""What commands that take a sheet share: who hands it in, how far it is, what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.intake import RefusedFileError
from bot.services import Services
from bot.sheets import taking
from bot.sheets.paper import VERDICTS, report_file, template_file
from handlers.kit import sheets
from handlers.kit.errors import UserError
from handlers.kit.sheets import SheetBook, SheetError
from storage.models import Sheet
from storage.queries.members import Person
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Role, RowVerdict, SheetId, SheetStatus, UserId

As = Annotated[str, typer.Option("--as", help="Who of the office answers for the entries.")]
Check = Annotated[bool, typer.Option("--check", help="Only say what is wrong; enter nothing.")]
Report = Annotated[
    Path | None, typer.Option("--report", help="Write the sheet with what was said of each row.")
]

_SHOWN = 200


def sheet_commands(app: typer.Typer, book: SheetBook, purpose: str) -> None:
    """Give *app* the commands `import`, which does *purpose*, and `template` of a book."""

    @app.command("import", help=purpose)
    def bring_file_in(
        file: Path,
        userid: As = "",
        check: Check = False,
        report: Report = None,
        config: ConfigPath = DEFAULT_CONFIG,
    ) -> None:
        with opened(config) as services:
            said = bring_in(services, book, file, userid, only_check=check, report=report)
        console.print(said, markup=False)

    @app.command("template")
    def empty(file: Path) -> None:
        """Write an empty sheet to fill in."""
        file.write_bytes(template_file(book))


def bring_in(
    services: Services,
    book: SheetBook,
    file: Path,
    userid: str,
    *,
    only_check: bool,
    report: Path | None,
) -> str:
    """Check a sheet and enter it, in the name of somebody of the office; return what is said.

    Raises:
        typer.Exit: it is not taken, or has faults; nothing was entered.
    """
    with services.database.begin() as uow:
        me = who_answers(uow, userid)
    try:
        sheet = taking.take(services, me, book, file.name, file.read_bytes())
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    except RefusedFileError as refused:
        raise fail(f"{file}: {refused.reason.value}") from refused
    except SheetError as refused:
        raise fail(f"{file}: {refused}") from refused
    _check(services, sheet)
    with services.database.reading() as uow:
        checked = uow.sheets.get(sheet)
        if checked is None:
            raise fail(sheets.NO_SUCH)
        _show(uow, checked)
        if report is not None:
            report.write_bytes(report_file(uow, book, checked))
    if checked.status is not SheetStatus.READY:
        raise fail(sheets.FAULTY.format(count=_count(services, sheet, RowVerdict.FAULT)))
    if only_check:
        return "checked; nothing was entered"
    return _enter(services, me, book, sheet)


def who_answers(uow: UnitOfWork, userid: str) -> Person:
    """Return who answers for the entries: who is named, or the only one of the only office."""
    if userid:
        me = uow.members.person(UserId(userid))
        if me is None:
            raise fail(f"no such member: {userid}")
        return me
    office = uow.members.anywhere(Role.OFFICE)
    me = uow.members.person(office[0]) if len(office) == 1 else None
    if me is None:
        raise fail(f"say with --as who enters it, one of: {', '.join(sorted(office))}")
    return me


def _check(services: Services, sheet: SheetId) -> None:
    with _progress(services, sheet, "checking") as progress:
        taking.check(services, sheet, progress)


@contextmanager
def _progress(services: Services, sheet: SheetId, doing: str) -> Iterator[taking.Progress]:
    """Show a bar of rows while something is done."""
    with services.database.reading() as uow:
        found = uow.sheets.get(sheet)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(doing, total=found.rows if found else None)
        yield lambda done: shown.update(task, completed=done)


def _show(uow: UnitOfWork, sheet: Sheet) -> None:
    for row in uow.sheets.said(sheet.id, _SHOWN):
        console.print(f"{row.number}: {VERDICTS[row.verdict]} {row.said}", markup=False)
    tally = uow.sheets.tally(sheet.id)
    counts = ", ".join(f"{VERDICTS[verdict]} {count}" for verdict, count in sorted(tally.items()))
    console.print(f"{sheet.rows} rows: {counts}", markup=False)


def _count(services: Services, sheet: SheetId, verdict: RowVerdict) -> int:
    with services.database.reading() as uow:
        return uow.sheets.tally(sheet).get(verdict, 0)


def _enter(services: Services, me: Person, book: SheetBook, sheet: SheetId) -> str:
    try:
        with services.database.begin() as uow:
            said = sheets.confirm(services.context(uow, me=me), book, sheet)
    except UserError as refusal:
        raise fail(str(refusal)) from refusal
    with _progress(services, sheet, "entering") as progress:
        ended = taking.enter(services, sheet, progress)
    with services.database.reading() as uow:
        found = uow.sheets.get(sheet)
    if found is not None and found.status is SheetStatus.FAULTY:
        raise fail(ended)
    return ended or said
