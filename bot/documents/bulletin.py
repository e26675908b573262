"""简报: a masthead in red, the contents, the items, and to whom it goes."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bot.documents.paper import (
    LABEL_FACE,
    NOTE_FACE,
    TITLE_FACE,
    ReadPicture,
    put,
    sheet,
    written,
)
from handlers.rules.papers import Bulletin, BulletinText

_RED = RGBColor(0xD7, 0x00, 0x0F)
_WIDE = Cm(15.6)
_LINE = Pt(28)
_NAME_SIZES = ((6, 54), (10, 40), (16, 30))
"""How large a masthead may be so that it stays on one line: up to so many characters, points."""
_SMALLEST_NAME = 22


def bulletin_file(bulletin: Bulletin, _read: ReadPicture, made_at: datetime) -> bytes:
    """Return the issue as .docx."""
    paper = sheet(f"{bulletin.name}{bulletin.number}", made_at)
    _masthead(paper, bulletin)
    _contents(paper, bulletin.items)
    for place, item in enumerate(bulletin.items):
        _item(paper, item, first=place == 0)
    _foot(paper, bulletin)
    return written(paper)


def _masthead(paper: Paper, bulletin: Bulletin) -> None:
    if bulletin.mark:
        mark = _line(paper, WD_ALIGN_PARAGRAPH.CENTER)
        put(mark, bulletin.mark, face=NOTE_FACE, size=14)
    name = _line(paper, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    fitting = (size for most, size in _NAME_SIZES if len(bulletin.name) <= most)
    size = next(fitting, _SMALLEST_NAME)
    put(name, bulletin.name, face=TITLE_FACE, size=size).font.color.rgb = _RED
    number = _line(paper, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    put(number, bulletin.number + bulletin.total)
    issued = _line(paper, WD_ALIGN_PARAGRAPH.LEFT, after=14)
    issued.paragraph_format.tab_stops.add_tab_stop(_WIDE, WD_TAB_ALIGNMENT.RIGHT)
    put(issued, f"{bulletin.office}\t{bulletin.date}")
    _rule(issued, "bottom", colour="D7000F", eighths=18)


def _contents(paper: Paper, items: Sequence[BulletinText]) -> None:
    put(_line(paper, WD_ALIGN_PARAGRAPH.CENTER, after=6), "目　　录", face=LABEL_FACE)
    for place, item in enumerate(items, 1):
        line = _line(paper, WD_ALIGN_PARAGRAPH.LEFT)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(32), -Pt(32)
        put(line, f"{place}．{item.title}")
    end = _line(paper, WD_ALIGN_PARAGRAPH.CENTER, after=14)
    _rule(end, "bottom", eighths=6)


def _item(paper: Paper, item: BulletinText, *, first: bool) -> None:
    title = _line(paper, WD_ALIGN_PARAGRAPH.CENTER, after=10, before=0 if first else 24)
    title.paragraph_format.keep_with_next = True
    put(title, item.title, face=TITLE_FACE, size=22)
    lines = [line.strip() for line in item.body.split("\n") if line.strip()]
    for place, words in enumerate(lines, 1):
        paragraph = _body_line(paper)
        paragraph.paragraph_format.keep_with_next = place == len(lines)  # whose it is stays with it
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.widow_control = True
        put(paragraph, words)
    source = _body_line(paper)
    source.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    put(source, item.source, face=NOTE_FACE)


def _foot(paper: Paper, bulletin: Bulletin) -> None:
    """Put to whom it goes, and who made it, between two rules and whole on one page."""
    lines = [*bulletin.recipients]
    people = "　　".join(filter(None, (bulletin.editors, bulletin.signer)))
    lines.append(f"{people}\t{bulletin.copies}" if bulletin.copies else people)
    for place, words in enumerate(lines):
        before = 24 if place == 0 else 0
        line = _line(paper, WD_ALIGN_PARAGRAPH.LEFT, before=before)
        line.paragraph_format.keep_with_next = place < len(lines) - 1 or bool(bulletin.foot)
        line.paragraph_format.tab_stops.add_tab_stop(_WIDE, WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.left_indent = Pt(14)
        put(line, words, size=14)
        if place == 0:
            _rule(line, "top", eighths=6)
        if place == len(lines) - 1:
            _rule(line, "bottom", eighths=6)
    if bulletin.foot:
        put(_line(paper, WD_ALIGN_PARAGRAPH.LEFT, before=6), bulletin.foot, face=NOTE_FACE, size=9)


def _line(
    paper: Paper, alignment: WD_ALIGN_PARAGRAPH, *, before: float = 0, after: float = 0
) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _body_line(paper: Paper) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = _LINE
    return paragraph


def _rule(paragraph: Paragraph, side: str, *, eighths: int, colour: str = "000000") -> None:
    """Draw a line at a side of the paragraph, *eighths* of a point thick."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx knows no borders
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    edge = OxmlElement(f"w:{side}")
    values = (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour))
    for name, value in values:
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
