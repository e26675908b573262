"""A table of a report in WordprocessingML.

Written out, since python-docx takes half a minute for the thousand rows of a large bureau.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length
from docx.text.paragraph import Paragraph

from bot.documents.paper import BODY_FACE, LABEL_FACE, LATIN_FACE, printable
from handlers.rules.notices.report import Cell, Table
from handlers.rules.scoring.lines import plain

_HALF_POINTS = 21
_PADDING_TWIPS = 57
_LONG = 6
"""A text of more characters than this is set from the left, not in the middle of its cell."""

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SPACE = '<w:spacing w:before="40" w:after="40"/>'
_HEAD_ROW = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW = "<w:trPr><w:cantSplit/></w:trPr>"


def written_cell(cell: Cell) -> str:
    """Return a cell as people read it."""
    match cell:
        case None:
            return ""
        case Decimal():
            return plain(cell)
        case date():
            return f"{cell.month}月{cell.day}日"
        case _:
            return str(cell)


def table_after(paragraph: Paragraph, table: Table, width: Length) -> None:
    """Put *table* behind *paragraph*; its head stands on each page, and no row is torn."""
    xml = "".join(_table(table, width))
    paragraph._element.addnext(parse_xml(xml))  # noqa: SLF001 - python-docx would build it cell by cell


def _table(table: Table, width: Length) -> Iterator[str]:
    whole = sum(column.width for column in table.columns)
    widths = [int(width.twips * column.width / whole) for column in table.columns]
    yield (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{_PADDING_TWIPS}" w:type="dxa"/>'
        f'<w:right w:w="{_PADDING_TWIPS}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
    )
    yield from (f'<w:gridCol w:w="{each}"/>' for each in widths)
    yield "</w:tblGrid>"
    yield from _row(_HEAD_ROW, widths, [column.name for column in table.columns], LABEL_FACE)
    for row in table.rows:
        yield from _row(_ROW, widths, row, BODY_FACE)
    yield "</w:tbl>"


def _row(kind: str, widths: Sequence[int], cells: Sequence[Cell], face: str) -> Iterator[str]:
    yield f"<w:tr>{kind}"
    for width, cell in zip(widths, cells, strict=True):
        text = printable(written_cell(cell))
        place = "left" if isinstance(cell, str) and len(text) > _LONG else "center"
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr>{_SPACE}<w:jc w:val="{place}"/></w:pPr><w:r><w:rPr>'
            f'<w:rFonts w:ascii="{LATIN_FACE}" w:hAnsi="{LATIN_FACE}" w:eastAsia="{face}"/>'
            f'<w:sz w:val="{_HALF_POINTS}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t>'
            "</w:r></w:p></w:tc>"
        )
    yield "</w:tr>"
