"""A sheet -> its rows as text: the first of an .xlsx, where nothing is computed, or a .csv."""

import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.intake.container import MAX_FILE, SHEET, Container
from bot.intake.names import checked_name
from bot.intake.refusals import Refusal, RefusedFileError
from bot.intake.separated import separated_rows

MAX_ROWS = 50_000
MAX_CELL = 2_000
_AROUND = 20
"""How many rows beside those of the table a sheet may have: titles, notes, a sum."""

_MOST = MAX_ROWS + _AROUND
_COLUMNS, _HEAD_WITHIN = 60, 10
_SEPARATED = ".csv"
_LONG_PARTS = ("xl/worksheets/", "xl/sharedStrings")
_WRONG_INSIDE = (
    ET.ParseError,
    BadZipFile,
    zlib.error,
    InvalidFileException,
    EOFError,
    OSError,
    SyntaxError,  # lxml's errors of syntax are these
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What openpyxl raises over parts that are not as they should be: it checks little by itself."""

Row = tuple[int, tuple[str, ...]]


def read_sheet(name: str, content: bytes) -> Generator[Row, None, None]:
    """Return the rows that have something in them, each with its number, as they are asked for.

    A day is written 2026-09-20, with its time if it has one; a number as short as it can be.

    Raises:
        RefusedFileError: the file is not taken; while rows are asked for: it turns out to be
            broken, or to have too many rows.
    """
    plain = checked_name(name)
    if not content:
        raise RefusedFileError(Refusal.EMPTY)
    if len(content) > MAX_FILE:
        raise RefusedFileError(Refusal.TOO_BIG)
    if plain.lower().endswith(_SEPARATED):
        return _written((cells[:_COLUMNS] for cells in separated_rows(content)), _MOST)
    _look_inside(Container(content, SHEET))
    return _rows(content)


def _look_inside(container: Container) -> None:
    """Refuse document types, and parts that are larger than they say where they are read whole."""
    for name in container.names():
        if name.endswith((".xml", ".rels", ".vml")):
            _refuse_document_type(container.beginning(name))
            if not name.startswith(_LONG_PARTS):
                container.markup(name)


def _refuse_document_type(beginning: bytes) -> None:
    """Let a part pass whose first element comes before any document type."""
    begun = False

    def begin(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal begun
        begun = True

    def refuse(*_: object) -> None:
        raise RefusedFileError(Refusal.BAD_PARTS)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(beginning, False)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError:
        raise RefusedFileError(Refusal.BROKEN) from None
    if not begun:
        raise RefusedFileError(Refusal.BAD_PARTS)


def _rows(content: bytes) -> Generator[Row, None, None]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            if not book.worksheets:
                raise RefusedFileError(Refusal.NOT_A_SHEET)
            sheet: Any = book.worksheets[0]  # typed as if it were read whole
            sheet.reset_dimensions()  # what it says of its size may be wrong
            width = _width(sheet)
            cells = sheet.iter_rows(max_row=_MOST + 1, max_col=width, values_only=True)
            with closing(cells):
                yield from _written(cells, _MOST)
    except _WRONG_INSIDE:
        raise RefusedFileError(Refusal.BROKEN) from None


def _written(cells: Iterable[Sequence[object]], most: int) -> Generator[Row, None, None]:
    for number, values in enumerate(cells, start=1):
        texts = tuple(_text(value) for value in values)
        if not any(texts):
            continue
        if number > most:
            raise RefusedFileError(Refusal.TOO_MANY_ROWS)
        yield number, texts


def _width(sheet: Any) -> int:
    """Return how many columns the head may have: rows are filled up to that, which takes time."""
    beginning = sheet.iter_rows(max_row=_HEAD_WITHIN, max_col=_COLUMNS, values_only=True)
    used = [place for row in beginning for place, value in enumerate(row, 1) if value is not None]
    return max(used, default=1)


def _text(value: object) -> str:
    """Write a cell as people would."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return (
                f"{value:%Y-%m-%d %H:%M}" if value.time() != time.min else value.date().isoformat()
            )
        case date():
            return value.isoformat()
        case float():
            return f"{value:.12g}"
        case time() | timedelta() | int():
            return str(value)
        case _:
            return str(value).strip()[:MAX_CELL]
