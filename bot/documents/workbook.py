"""A report's tables as .xlsx: one sheet each, heads that stay, numbers that can be added up."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from bot.documents.paper import settled
from handlers.rules.notices.report import Annex, Report, Table
from handlers.rules.notices.report import Cell as Value

_SIDE = Side(style="thin")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TITLE, _HEAD, _TEXT = (
    Font(name="黑体", size=16),
    Font(name="黑体", size=11),
    Font(name="宋体", size=11),
)
_LONG = 6
_HEAD_ROWS, _TITLE_HEIGHT, _LINE_HEIGHT = 2, 32, 17
_A4 = 9
_NAME_CHARACTERS = 31


def workbook_file(report: Report, made_at: datetime) -> bytes:
    """Return the tables of a report as .xlsx; the same values make the same bytes."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = report.title, "信使"
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    for annex in report.annexes:
        _sheet(book, report, annex)
    if not report.annexes:
        book.create_sheet(report.title[:_NAME_CHARACTERS])
    file = BytesIO()
    book.save(file)
    return settled(file, modified=made_at)


def _sheet(book: Workbook, report: Report, annex: Annex) -> None:
    sheet: Any = book.create_sheet(annex.title[:_NAME_CHARACTERS])  # its stubs know few settings
    columns = annex.table.columns
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width * 2 + 3
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.row_dimensions[1].height = sheet.row_dimensions[2].height = _TITLE_HEIGHT
    title = _cell(sheet, f"{report.title}：{annex.title}{report.mark}", _TITLE)
    title.alignment = Alignment(vertical="center")
    sheet.append([title])
    sheet.append([_framed(sheet, column.name, _HEAD) for column in columns])
    for number, row in enumerate(annex.table.rows, _HEAD_ROWS + 1):
        sheet.row_dimensions[number].height = _LINE_HEIGHT * _lines(annex.table, row)
        sheet.append([_framed(sheet, value, _TEXT) for value in row])
    for note in filter(None, (annex.note, report.foot)):
        sheet.append([_cell(sheet, note, _TEXT)])


def _lines(table: Table, row: tuple[Value, ...]) -> int:
    """Return how many lines the longest text of a row takes: no program measures it for us."""
    return max(
        ceil(_wide(value) / (column.width * 2 + 2))
        for column, value in zip(table.columns, row, strict=True)
    )


def _wide(value: Value) -> int:
    """Return a text's width in Latin letters."""
    if not isinstance(value, str) or not value:
        return 1
    return sum(1 if char.isascii() else 2 for char in value)


def _framed(sheet: Any, value: Value, font: Font) -> Cell:
    cell = _cell(sheet, value, font)
    cell.border = _FRAME
    cell.alignment = _LEFT if isinstance(value, str) and len(value) > _LONG else _MIDDLE
    return cell


def _cell(sheet: Any, value: Value, font: Font) -> Cell:
    """Return a cell; a text stays a text, whatever it begins with."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = _format(value)
    cell.font = font
    return cell


def _format(value: Value) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "0.##" if isinstance(value, Decimal) and value % 1 else "0"
