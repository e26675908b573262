"""A notice or a sheet as .docx, in the layout of official papers (GB/T 9704)."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from bot.documents import charts
from bot.documents.cells import table_after, written_cell
from bot.documents.paper import (
    BODY_FACE,
    LABEL_FACE,
    NOTE_FACE,
    TITLE_FACE,
    ReadPicture,
    heading,
    number_sides,
    put,
    sheet,
    show,
    written,
)
from handlers.rules.notices.report import Annex, Chart, Report, Section

_LINE = Pt(29)
"""Twenty-two lines of twenty-eight characters make a page of GB/T 9704."""

_INDENT = Pt(32)
_UPRIGHT, _LYING = Cm(15.6), Cm(22.5)
_CHART = Cm(12)
_WIDE = 48
"""A table of more characters than this stands on a page that lies on its side."""

_LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_JUSTIFIED, _CENTRE = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER


def _no_picture(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)


def report_file(report: Report, made_at: datetime, read: ReadPicture = _no_picture) -> bytes:
    """Return the report as .docx; *read* brings its pictures, if it has any."""
    paper = sheet(report.title, made_at)
    section = paper.sections[0]
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    number_sides(paper)
    if report.mark:
        put(_line(paper, alignment=_CENTRE), report.mark, face=NOTE_FACE, size=14)
    heading(paper, report.title)
    if report.addressed:
        put(_line(paper, alignment=_LEFT), report.addressed)
    for each in report.sections:
        _section(paper, each)
    _end(paper, report)
    if report.signatures:
        row = _line(paper, alignment=_LEFT)
        row.paragraph_format.space_before = Pt(12)
        put(row, "　　　　　　　　".join(report.signatures), size=14)
    if report.foot:
        foot = paper.add_paragraph()
        foot.paragraph_format.space_before = Pt(6)
        put(foot, report.foot, face=NOTE_FACE, size=9)
    for place, picture in enumerate(report.pictures):
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.page_break_before = not place
        show(paragraph, picture, read, _UPRIGHT)
    return written(paper)


def _line(
    paper: Paper,
    *,
    alignment: WD_ALIGN_PARAGRAPH = _JUSTIFIED,
    indent: Length | None = None,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = _LINE
    if indent is not None:
        paragraph.paragraph_format.first_line_indent = indent
    return paragraph


def _section(paper: Paper, section: Section) -> None:
    if section.heading:
        title = _line(paper, indent=_INDENT)
        title.paragraph_format.keep_with_next = True
        put(title, section.heading, face=LABEL_FACE)
    for text in (*section.paragraphs, *_split(section.free)):
        put(_line(paper, indent=_INDENT), text, face=BODY_FACE)
    for chart in section.charts:
        _chart(paper, chart)


def _chart(paper: Paper, chart: Chart) -> None:
    """Put a drawing, whose own head is its caption, in the middle of a line as high as it is."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run().add_picture(BytesIO(charts.png(chart)), width=_CHART)


def _split(text: str) -> Iterable[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _end(paper: Paper, report: Report) -> None:
    """Put the tables: below the text, or behind its signature on pages of their own."""
    if report.flows:
        for annex in report.annexes:
            _table(paper, annex, _UPRIGHT)
        return
    _list_annexes(paper, report.annexes)
    _sign(paper, report)
    for number, annex in enumerate(report.annexes, 1):
        _annex(paper, annex, number, of=len(report.annexes))


def _list_annexes(paper: Paper, annexes: tuple[Annex, ...]) -> None:
    """Name the annexes below the text, each on a line of its own."""
    for number, annex in enumerate(annexes, 1):
        line = _line(paper, alignment=_LEFT, indent=_INDENT)
        before = "附件：" if number == 1 else "　　　"
        put(
            line, f"{before}{number}. {annex.title}" if len(annexes) > 1 else f"附件：{annex.title}"
        )


def _sign(paper: Paper, report: Report) -> None:
    """Put who signs and the date, on the page of the text's end and of the list of annexes."""
    if not report.signed:
        return
    for paragraph in paper.paragraphs[-1 - len(report.annexes) :]:
        paragraph.paragraph_format.keep_with_next = True
    for place, text in enumerate((report.signed, report.date)):
        line = _line(paper, alignment=_RIGHT)
        line.paragraph_format.right_indent = Pt(64)
        line.paragraph_format.keep_with_next = not place or bool(report.foot and not report.annexes)
        if not place:
            line.paragraph_format.space_before = _LINE * 2
        put(line, text)


def _annex(paper: Paper, annex: Annex, number: int, *, of: int) -> None:
    """Put an annex on a page of its own, which lies on its side where its table is wide."""
    lying = annex.width > _WIDE
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if lying else (short, long)
    section.top_margin, section.bottom_margin = (Cm(2.6), Cm(2.4)) if lying else (Cm(3.7), Cm(3.5))
    section.left_margin, section.right_margin = (Cm(3.7), Cm(3.5)) if lying else (Cm(2.8), Cm(2.6))
    put(_line(paper, alignment=_LEFT), f"附件{number}" if of > 1 else "附件", face=LABEL_FACE)
    _table(paper, annex, _LYING if lying else _UPRIGHT)


def _table(paper: Paper, annex: Annex, width: Length) -> None:
    title = _line(paper, alignment=_CENTRE)
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(8)
    put(title, annex.title, face=TITLE_FACE, size=18)
    table_after(title, annex.table, width)
    if annex.note:
        note = paper.add_paragraph()
        note.paragraph_format.space_before = Pt(4)
        put(note, written_cell(annex.note), face=NOTE_FACE, size=10.5)
