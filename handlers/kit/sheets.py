"""Sheets that offices hand in: checked row by row, then entered as a whole or not at all.

A capability that takes a sheet says in a `SheetBook` what its columns mean, and registers it with
`registry.sheet(BOOK)`. Rows are staged in tables first, so that a long sheet can be checked in
pieces by a worker, shown with what is wrong in it, and entered: what it adds is there at once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.secrecy import secrecy_mark
from storage.models import Sheet
from storage.vocabulary import Role, RowVerdict, SheetId, SheetStatus

AT_ONCE = 2_000
"""How many rows are checked while somebody waits; more are a worker's."""
ENTERED_AT_ONCE = 500
"""How many rows are entered while somebody waits; more are a worker's."""
CHUNK = 1_000
PIECE = 250
"""How many rows are entered in one transaction, for which others wait."""
_HEAD_WITHIN = 10
_FORGIVEN = re.compile(r"[\s*＊:：（）()]+")

NO_HEAD = "没有找到表头。第一行要有这些列名：{titles}（请先下载模板，照着填）。"
MISSING = "缺少列：{titles}。请对照模板的列名，不要改动表头。"
TWICE = "列名“{title}”出现了两次，请删掉一列。"
EMPTY = "表里没有内容，请填好再传。"
MARKED = (
    "表里（或文件名）有“{mark}”字样，整张表没有保存。涉密和内部资料不得通过本系统报送，请删除。"
)
ONLY_OFFICE = "这张表由办公室登记。"
NO_SUCH = "没有找到这张表，请重新上传。"
STILL_CHECKING = "这张表还在核对，请稍后再确认。"
FAULTY = "这张表有{count}行有问题，整张没有登记。请改好后重新上传。"
DONE_BEFORE = "这张表已经登记过，不用再确认。"
UNDER_WAY = "这张表正在登记，好了会告诉您。"
BEGUN = "开始登记，共{count}行，好了会在企业微信告诉您。"
CHANGED = "核对之后情况有变：第{number}行{said}整张没有登记，请重新上传核对。"


class SheetError(UserError):
    """The sheet as a whole cannot be taken; nothing of it was kept."""


class MarkedError(SheetError):
    """It bears a *mark* of secrecy."""

    def __init__(self, mark: str) -> None:
        super().__init__(MARKED.format(mark=mark))
        self.mark = mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands in a column: its *title*, other *names* for it, and an *example* to show."""

    key: str
    title: str
    names: tuple[str, ...] = ()
    needed: bool = False
    example: str = ""
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a sheet as its known columns, and its number in the sheet."""

    number: int
    cells: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a row would do: *said* is why not, or what to look at; *what* would be entered."""

    number: int
    verdict: RowVerdict
    said: str = ""
    what: Any = None


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the rows before have said, and what was looked up once for all rows."""

    said: dict[Any, int] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


Judge = Callable[[Context, Sequence[Line], Seen], Sequence[Judged]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBook:
    """What a sheet of one kind says, and what becomes of it.

    *judge* looks at rows with as many questions for a thousand as for one; *enter* writes down what
    is fresh among them where nobody looks, *finish* shows all of it at once, with nothing but what
    is in the tables to go by, tells whom it concerns and returns what is said, and *discard*
    forgets it. So a sheet of any length is entered in pieces, and is there wholly or not at all.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    judge: Judge
    enter: Callable[[Context, Sheet, Sequence[Judged], Seen], None]
    finish: Callable[[Context, Sheet, Seen], str]
    discard: Callable[[Context, Sheet], None]


def may_hand_in(ctx: Context) -> bool:
    """Tell whether the sender keeps his bureau's registers."""
    return viewer(ctx).holds({Role.OFFICE}, [ctx.sender.bureau])


def read_lines(book: SheetBook, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    """Yield the rows below the head as lines; columns of other names are left alone.

    Raises:
        SheetError: there is no head, or one that lacks a column or has it twice.
    """
    rows = iter(rows)
    places = _head(book, rows)
    for number, cells in rows:
        found = ((key, cells[place]) for place, key in places.items() if place < len(cells))
        if known := {key: cell for key, cell in found if cell}:
            yield Line(number=number, cells=known)


def _head(book: SheetBook, rows: Iterator[tuple[int, Sequence[str]]]) -> Mapping[int, str]:
    """Return which column stands where: the head is the row that names most of them."""
    called = {
        _plain(name): column.key
        for column in book.columns
        for name in (column.title, *column.names)
    }
    needed = {column.key: column.title for column in book.columns if column.needed}
    best: Mapping[int, str] = {}
    for _, cells in islice(rows, _HEAD_WITHIN):
        found = [(place, called.get(_plain(cell), "")) for place, cell in enumerate(cells)]
        places = {place: key for place, key in found if key}
        if len(places) > len(best):
            best = places
        if needed.keys() <= set(places.values()):
            _refuse_doubled(book, places)
            return places
    if len(best) <= 1:
        raise SheetError(NO_HEAD.format(titles="、".join(needed.values())))
    missing = [title for key, title in needed.items() if key not in best.values()]
    raise SheetError(MISSING.format(titles="、".join(missing)))


def _refuse_doubled(book: SheetBook, places: Mapping[int, str]) -> None:
    keys = list(places.values())
    for column in book.columns:
        if keys.count(column.key) > 1:
            raise SheetError(TWICE.format(title=column.title))


def _plain(title: str) -> str:
    return _FORGIVEN.sub("", unicodedata.normalize("NFKC", title))


def stage(ctx: Context, book: SheetBook, filename: str) -> Sheet:
    """Begin a sheet, to which rows are added; what the sender left unentered before is forgotten.

    Raises:
        SheetError: he does not keep the register.
    """
    if not may_hand_in(ctx):
        raise SheetError(ONLY_OFFICE)
    ctx.uow.sheets.drop_open(ctx.sender.userid, book.name)
    sheet = Sheet(
        id=SheetId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        book=book.name,
        filename=filename,
        uploaded_by=ctx.sender.userid,
        uploaded_at=ctx.now,
        rows=0,
        moved_at=ctx.now,
    )
    ctx.uow.sheets.add(sheet)
    return sheet


def add_rows(ctx: Context, sheet: SheetId, lines: Sequence[Line]) -> None:
    ctx.uow.sheets.add_rows(
        [
            {
                "sheet": sheet,
                "number": line.number,
                "cells": dict(line.cells),
                "verdict": RowVerdict.UNREAD,
                "said": "",
            }
            for line in lines
        ]
    )


def refuse_marked(filename: str, lines: Sequence[Line]) -> None:
    """Raise MarkedError where a cell or the file's name bears a mark of secrecy."""
    cells = (cell for line in lines for cell in line.cells.values())
    if mark := secrecy_mark("\n".join([filename, *cells])):
        raise MarkedError(mark)


def check_some(ctx: Context, book: SheetBook, sheet: Sheet, seen: Seen, after: int) -> int:
    """Judge the next rows; return the last one's number. After the last the sheet is judged."""
    rows = ctx.uow.sheets.rows(sheet.id, after, CHUNK)
    judged = book.judge(ctx, [Line(number=number, cells=cells) for number, cells in rows], seen)
    ctx.uow.sheets.judge(sheet.id, [(one.number, one.verdict, one.said) for one in judged])
    sheet.checked = len(rows) + (sheet.checked if after else 0)
    sheet.moved_at = ctx.now
    if len(rows) == CHUNK:
        return rows[-1][0]
    faults = ctx.uow.sheets.tally(sheet.id).get(RowVerdict.FAULT, 0)
    sheet.status = SheetStatus.FAULTY if faults else SheetStatus.READY
    return rows[-1][0] if rows else after


def confirm(ctx: Context, book: SheetBook, sheet_id: str) -> str:
    """Enter the sender's sheet by his word; a long one is a worker's.

    Raises:
        UserError: it is not his, not in order, or was entered before.
    """
    sheet = ctx.uow.sheets.lock(SheetId(sheet_id))
    if sheet is None or sheet.uploaded_by != ctx.sender.userid or sheet.book != book.name:
        raise UserError(NO_SUCH)
    if not may_hand_in(ctx):
        raise UserError(ONLY_OFFICE)
    tally = ctx.uow.sheets.tally(sheet.id)
    if (why := _NOT_NOW.get(sheet.status)) is not None:
        raise UserError(why.format(count=tally.get(RowVerdict.FAULT, 0)))
    sheet.reached = 0
    if sheet.rows <= ENTERED_AT_ONCE:
        return enter(ctx, book, sheet)
    sheet.status, sheet.moved_at = SheetStatus.ENTERING, ctx.now
    ctx.ring("sheet", sheet.id)
    return BEGUN.format(count=sheet.rows)


def enter(ctx: Context, book: SheetBook, sheet: Sheet) -> str:
    """Enter all that is fresh in a sheet in this transaction; return what is said.

    Raises:
        UserError: since it was checked something has changed, and a row cannot be taken any more.
    """
    seen, after = Seen(), 0
    while (reached := enter_some(ctx, book, sheet, seen, after)) is not None:
        after = reached
    return finish(ctx, book, sheet, seen)


def enter_some(ctx: Context, book: SheetBook, sheet: Sheet, seen: Seen, after: int) -> int | None:
    """Judge the rows after number *after* anew and enter them; return the last one's number.

    None comes back when there are no more. Rows that were entered already, before whoever was at
    it died, are only judged: those behind them are compared with them.

    Raises:
        UserError: since it was checked something has changed, and a row cannot be taken any more.
    """
    rows = ctx.uow.sheets.rows(sheet.id, after, PIECE)
    if not rows:
        return None
    judged = book.judge(ctx, [Line(number=number, cells=cells) for number, cells in rows], seen)
    for one in judged:
        if one.verdict is RowVerdict.FAULT:
            raise UserError(CHANGED.format(number=one.number, said=one.said))
    fresh = [
        one for one in judged if one.verdict is RowVerdict.FRESH and one.number > sheet.reached
    ]
    book.enter(ctx, sheet, fresh, seen)
    known = [one for one in judged if one.verdict is RowVerdict.KNOWN]
    ctx.uow.sheets.judge(sheet.id, [(one.number, one.verdict, one.said) for one in known])
    last = rows[-1][0]
    sheet.reached, sheet.moved_at = max(sheet.reached, last), ctx.now
    return last


def finish(ctx: Context, book: SheetBook, sheet: Sheet, seen: Seen) -> str:
    """Let what was entered be there; return what is said.

    Raises:
        UserError: it cannot be taken any more.
    """
    sheet.status, sheet.moved_at = SheetStatus.ENTERED, ctx.now
    said = book.finish(ctx, sheet, seen)
    ctx.audit(
        "sheet:enter",
        sheet.id,
        after={"book": book.name, "file": sheet.filename, "rows": sheet.rows, "said": said},
    )
    return said


def give_up(ctx: Context, book: SheetBook, sheet: Sheet) -> None:
    """Leave a sheet unentered: nothing of it stays."""
    book.discard(ctx, sheet)
    sheet.status, sheet.reached = SheetStatus.FAULTY, 0
    ctx.audit("sheet:discard", sheet.id, after={"book": book.name, "file": sheet.filename})


_NOT_NOW = {
    SheetStatus.STAGING: STILL_CHECKING,
    SheetStatus.CHECKING: STILL_CHECKING,
    SheetStatus.FAULTY: FAULTY,
    SheetStatus.ENTERING: UNDER_WAY,
    SheetStatus.ENTERED: DONE_BEFORE,
}
