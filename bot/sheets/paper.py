"""What is sent back as a sheet: an empty form of a book, and one with what was said of each row."""

from collections.abc import Iterator

from bot.sheets.writing import Cell, sheet_file
from handlers.kit.sheets import SheetBook
from storage.models import Sheet
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import RowVerdict

VERDICTS = {
    RowVerdict.UNREAD: "",
    RowVerdict.FRESH: "新增",
    RowVerdict.KNOWN: "跳过",
    RowVerdict.FAULT: "有问题",
}
_SAID_WIDTH = 48
_HOW = (
    "一行一条。带 * 的列要填；列名不要改，多出来的列不看。",
    "日期写成 2026-09-20 或 9月20日。",
    "有一行有问题，整张表都不登记；已登记过的自动跳过，同一张表可以再传。",
)


def template_file(book: SheetBook) -> bytes:
    """Return a sheet to fill in, with what to know about each column on a second one."""
    heads = [
        (f"{column.title}*" if column.needed else column.title, column.width)
        for column in book.columns
    ]
    notes = [
        (
            column.title,
            "要填" if column.needed else "",
            column.example,
            "、".join(column.names),
        )
        for column in book.columns
    ]
    notes += [(line, "", "", "") for line in _HOW]
    explained = [("列", 44), ("", 8), ("例如", 36), ("也认得的列名", 44)]
    return sheet_file(book.title, heads, [], ("说明", explained, notes))


def report_file(uow: UnitOfWork, book: SheetBook, sheet: Sheet) -> bytes:
    """Return the sheet as it was read, with what was said of each row: to be mended and sent."""
    heads = [("行号", 8), ("核对结果", 10), ("核对说明", _SAID_WIDTH)]
    heads += [(column.title, column.width) for column in book.columns]
    rows: Iterator[tuple[Cell, ...]] = (
        (
            row.number,
            VERDICTS[row.verdict],
            row.said,
            *(str(row.cells.get(column.key, "")) for column in book.columns),
        )
        for row in uow.sheets.every_row(sheet.id)
    )
    return sheet_file(book.title, heads, rows)
