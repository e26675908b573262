"""领导审批单: one table that a long text and many opinions can break over pages."""

from collections.abc import Sequence
from datetime import datetime

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from bot.documents.paper import (
    LABEL_FACE,
    NOTE_FACE,
    TITLE_FACE,
    ReadPicture,
    heading,
    put,
    sheet,
    show,
    written,
)
from handlers.rules.papers import ApprovalForm, GateRow

_WIDTHS = (Cm(3.0), Cm(4.8), Cm(3.0), Cm(4.8))
_TEXT = 12
_PADDING = Pt(3)
_LONG_VALUE = 10
"""A value of more characters than this has a row of its own."""


def approval_form_file(form: ApprovalForm, read: ReadPicture, made_at: datetime) -> bytes:
    """Return the form as .docx."""
    paper = sheet(form.title, made_at)
    heading(paper, form.heading)
    number = paper.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    put(number, form.number, size=_TEXT)
    table = paper.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    paper.styles["Table Grid"].paragraph_format.space_before = _PADDING
    paper.styles["Table Grid"].paragraph_format.space_after = _PADDING
    put(_across(table, "标题").paragraphs[0], form.title, face=TITLE_FACE, size=16)
    _facts(table, form.facts)
    _body(table, form.body)
    if form.pictures:
        cell = _across(table, "图片")
        for place, picture in enumerate(form.pictures):
            paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
            show(paragraph, picture, read, Cm(8))
    for gate in form.gates:
        _opinions(table, gate)
    _lines(table, "发布人及时间", form.dispatches)
    _lines(table, "备注", form.remarks)
    foot = paper.add_paragraph()
    foot.paragraph_format.space_before = Pt(6)
    put(foot, form.foot, face=NOTE_FACE, size=9)
    return written(paper)


def _row(table: Table, *, whole: bool) -> _Row:
    """Add a row; a *whole* one goes to the next page rather than be torn."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # only its return is missing
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if whole:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no word for it
    return row


def _label(cell: _Cell, name: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(paragraph, name, face=LABEL_FACE, size=_TEXT)


def _across(table: Table, name: str, *, whole: bool = True) -> _Cell:
    """Add a row with a label and one wide cell; return the wide one."""
    cells = _row(table, whole=whole).cells
    _label(cells[0], name)
    wide: _Cell = cells[1].merge(cells[3])
    return wide


def _facts(table: Table, facts: Sequence[tuple[str, str]]) -> None:
    """Put short facts two to a row, long ones alone."""
    left: tuple[str, str] | None = None
    for name, value in facts:
        if len(value) > _LONG_VALUE:
            if left:
                _pair(table, left, ("", ""))
            left = None
            put(_across(table, name).paragraphs[0], value, size=_TEXT)
        elif left:
            _pair(table, left, (name, value))
            left = None
        else:
            left = (name, value)
    if left:
        _pair(table, left, ("", ""))


def _pair(table: Table, left: tuple[str, str], right: tuple[str, str]) -> None:
    cells = _row(table, whole=True).cells
    for at, (name, value) in ((0, left), (2, right)):
        _label(cells[at], name)
        put(cells[at + 1].paragraphs[0], value, size=_TEXT)


def _body(table: Table, body: str) -> None:
    cell = _across(table, "正文", whole=False)
    for place, line in enumerate(line for line in body.split("\n") if line.strip()):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * _TEXT)
        paragraph.paragraph_format.widow_control = True
        put(paragraph, line.strip(), size=_TEXT)


def _opinions(table: Table, gate: GateRow) -> None:
    """Put each opinion in a row of its own, whole on one page."""
    if not gate.opinions:
        put(_across(table, gate.name).paragraphs[0], gate.standing or "　", size=_TEXT)
        return
    for opinion in gate.opinions:
        cell = _across(table, gate.name)
        put(cell.paragraphs[0], opinion.words, size=_TEXT)
        signature = cell.add_paragraph()
        signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        put(signature, f"{opinion.signature}　{opinion.when}", size=_TEXT)
        of_text = cell.add_paragraph()
        of_text.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        put(of_text, opinion.of_text, face=NOTE_FACE, size=9)
    if gate.standing:
        put(_across(table, "").paragraphs[0], gate.standing, size=_TEXT)


def _lines(table: Table, name: str, lines: Sequence[str]) -> None:
    cell = _across(table, name)
    put(cell.paragraphs[0], "\n".join(lines) or "　", size=_TEXT)
