"""A sheet that somebody handed in -> staged rows, checked rows, entries.

No transaction is open while a file is read, and each piece of rows has its own: others get their
turn in between, and whoever goes on with a sheet goes on from the last piece.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import islice

import structlog

from bot.intake.sheet import read_sheet
from bot.services import Services
from handlers.kit import sheets
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.kit.sheets import CHUNK, Line, MarkedError, Seen, SheetBook, SheetError
from storage.models import Sheet
from storage.queries.members import Person
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import SheetId, SheetStatus

log = structlog.get_logger()

LEFT_LYING = timedelta(minutes=1)
"""After how long without a step a sheet is thought to have lost its worker."""

_BREATH = 0.02
"""Seconds between two pieces that are entered: who waits for the database goes first."""

Progress = Callable[[int], object]


def _nobody(_done: int) -> None:
    """Tell nobody how far it is."""


def take(services: Services, me: Person, book: SheetBook, filename: str, content: bytes) -> SheetId:
    """Read a file and stage its rows; nothing stays of one that is not taken.

    Raises:
        RefusedFileError: it is no sheet, broken, or too large.
        SheetError: it is not the member's to hand in, has other columns, or a mark of secrecy.
    """
    with closing(read_sheet(filename, content)) as rows:
        return _staged(services, me, book, filename, sheets.read_lines(book, rows))


def _staged(
    services: Services, me: Person, book: SheetBook, filename: str, lines: Iterator[Line]
) -> SheetId:
    first = list(islice(lines, CHUNK))
    if not first:
        raise SheetError(sheets.EMPTY)
    with services.database.begin() as uow:
        sheet = sheets.stage(services.context(uow, me=me), book, filename).id
    try:
        rows = _add(services, me, sheet, filename, _pieces(first, lines))
    except BaseException as error:
        with services.database.begin() as uow:
            uow.sheets.drop_open(me.userid, book.name)
            if isinstance(error, MarkedError):
                ctx = services.context(uow, me=me)
                ctx.audit("secrecy:stop", sheet, after={"mark": error.mark})
        raise
    with services.database.begin() as uow:
        staged = uow.sheets.lock(sheet)
        if staged is None:  # another upload of the same member came in between
            raise SheetError(sheets.NO_SUCH)
        staged.rows, staged.status = rows, SheetStatus.CHECKING
        staged.moved_at = services.now()
    return sheet


def _pieces(first: list[Line], rest: Iterable[Line]) -> Iterator[list[Line]]:
    piece, lines = first, iter(rest)
    while piece:
        yield piece
        piece = list(islice(lines, CHUNK))


def _add(
    services: Services, me: Person, sheet: SheetId, filename: str, pieces: Iterable[list[Line]]
) -> int:
    rows = 0
    for piece in pieces:
        sheets.refuse_marked(filename, piece)
        with services.database.begin() as uow:
            sheets.add_rows(services.context(uow, me=me), sheet, piece)
        rows += len(piece)
    return rows


def work(services: Services, sheet_id: str) -> None:
    """Do what waits to be done on a sheet; done twice, or at once by two, it is done once."""
    sheet = SheetId(sheet_id)
    check(services, sheet)
    enter(services, sheet)


def enter(services: Services, sheet: SheetId, progress: Progress = _nobody) -> str:
    """Enter a sheet that was confirmed; return what its member is told.

    Empty comes back where somebody else entered it. A book that enters out of sight has a
    transaction for each piece of rows and one for the end, another has one for all.
    """
    seen, after = Seen(), 0
    while True:
        with services.database.begin() as uow:
            waiting = uow.sheets.lock(sheet)
            if waiting is None or waiting.status is not SheetStatus.ENTERING:
                return ""
            if (around := _around(services, uow, waiting)) is None:
                return ""
            ctx, book = around
            reached, said = _entered(ctx, book, waiting, seen, after)
            if said:
                told = Text(text=said)
                ctx.tell("answer", [waiting.uploaded_by], told, subject=sheet, stage="entered")
            done = uow.sheets.entered(waiting)
        if said:
            log.info("sheet_entered", sheet=sheet)
            return said
        after = reached
        progress(done)
        time.sleep(_BREATH)


def _entered(
    ctx: Context, book: SheetBook, sheet: Sheet, seen: Seen, after: int
) -> tuple[int, str]:
    """Enter the next piece of rows, or end; return how far it came and, at the end, what is said.

    What has changed since the sheet was checked ends it as well: then nothing of it stays.
    """
    try:
        with ctx.uow.attempt():
            reached = sheets.enter_some(ctx, book, sheet, seen, after)
            if reached is None:
                return 0, sheets.finish(ctx, book, sheet, seen)
            return reached, ""
    except UserError as refusal:
        sheets.give_up(ctx, book, sheet)
        return 0, str(refusal)


def check(services: Services, sheet: SheetId, progress: Progress = _nobody) -> None:
    """Judge all rows, each piece in a transaction of its own."""
    seen, after = Seen(), 0
    while True:
        with services.database.begin() as uow:
            waiting = uow.sheets.lock(sheet)
            if waiting is None or waiting.status is not SheetStatus.CHECKING:
                return
            if (around := _around(services, uow, waiting)) is None:
                return
            ctx, book = around
            after = sheets.check_some(ctx, book, waiting, seen, after)
            checked = waiting.checked
        progress(checked)


def _around(services: Services, uow: UnitOfWork, sheet: Sheet) -> tuple[Context, SheetBook] | None:
    """Return the view of who handed the sheet in; one whose member has left is not gone on with."""
    book = services.registry.sheets[sheet.book]
    me = uow.members.person(sheet.uploaded_by)
    if me is None:
        sheets.give_up(services.context(uow), book, sheet)
        return None
    return services.context(uow, me=me), book
