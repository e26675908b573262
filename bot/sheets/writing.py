"""Rows -> .xlsx: every text stays the text that it is, whatever it begins with."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

Cell = str | int | Decimal | date

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000
_A4 = 9
_PAGE_WIDTH = 240
"""How many characters of columns one page takes before they are too small to read."""
_LINE = 15
"""How many points a line is high."""
_HEAD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8EEF7")
_TOP = Alignment(vertical="top", wrap_text=True)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def sheet_file(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    *more: tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[Cell]]],
) -> bytes:
    """Return a workbook with a sheet: its columns' heads and widths, then its rows.

    The same values make the same bytes. *more* are further sheets, each as title, columns, rows.
    """
    book = Workbook(write_only=True)
    for name, heads, lines in ((title, columns, rows), *more):
        _fill(book, name, heads, lines)
    held = BytesIO()
    book.save(held)
    return _timeless(held.getvalue())


def _fill(
    book: Workbook,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
) -> None:
    sheet: Any = book.create_sheet(title)  # its type is that of the other kind of workbook
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    # Forty columns on one page are too small to read: the rest goes on beside the first column.
    sheet.page_setup.fitToWidth = -(-sum(width for _, width in columns) // _PAGE_WIDTH)
    sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for place, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    heads = [_cell(sheet, head) for head, _ in columns]
    for head in heads:
        head.font, head.fill, head.alignment = _HEAD, _SHADE, _TOP
    sheet.append(heads)
    widths = [width for _, width in columns]
    for place, row in enumerate(rows, start=2):
        if (lines := _lines(row, widths)) > 1:
            sheet.row_dimensions[place].height = lines * _LINE
        sheet.append([_cell(sheet, value) for value in row])


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines the longest cell of a row takes; not every program counts them."""
    texts = ((value, width) for value, width in zip(row, widths, strict=False) if value)
    return max(
        (-(-_wide(value) // width) for value, width in texts if isinstance(value, str)), default=1
    )


def _wide(text: str) -> int:
    """Return how many columns of Latin letters a text is wide: each Chinese one takes two."""
    return sum(1 if one.isascii() else 2 for one in text)


def _cell(sheet: Any, value: Cell) -> Any:
    """Return a cell; a text is marked as one, or `=HYPERLINK(…)` would become a formula."""
    if not isinstance(value, str):
        number: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # days and decimals too
        number.alignment = _TOP
        return number
    cell: Any = WriteOnlyCell(sheet, _UNWRITABLE.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    cell.alignment = _TOP
    cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}
    return cell


def _timeless(content: bytes) -> bytes:
    """Return the same workbook without the moment at which it was written."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return held.getvalue()
