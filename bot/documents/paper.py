"""A sheet of paper as offices know it: A4, the margins and the faces of GB/T 9704."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image, ImageOps

from bot.intake.pictures import picture_kind
from bot.intake.refusals import RefusedFileError
from handlers.rules.papers import Picture

_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ReadPicture = Callable[[str], bytes]

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
LABEL_FACE = "黑体"
NOTE_FACE = "楷体_GB2312"
NUMBER_FACE = "宋体"
LATIN_FACE = "Times New Roman"
_INSTEAD = {
    TITLE_FACE: "方正小标宋_GBK,华文中宋,SimSun",
    BODY_FACE: "仿宋,FangSong,STFangsong",
    LABEL_FACE: "SimHei,微软雅黑",
    NOTE_FACE: "楷体,KaiTi,STKaiti",
}
"""What Word takes where a machine lacks a face: the first that it has."""

_WIDEST, _HIGHEST = Cm(14), Cm(10)
_PIXELS = (1600, 1600)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_UNREADABLE = "（图片无法读取）"


def sheet(title: str, made_at: datetime) -> Paper:
    """Return an empty document; its pages are numbered."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = LATIN_FACE, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FACE)
    normal.paragraph_format.space_after = Pt(0)
    paper.core_properties.title = title
    paper.core_properties.author = "信使"
    paper.core_properties.comments = ""
    moment = made_at.replace(tzinfo=None)
    paper.core_properties.created = paper.core_properties.modified = moment
    _name_faces(paper)
    _number_pages(section.footer.paragraphs[0])
    return paper


def put(paragraph: Paragraph, text: str, *, face: str = BODY_FACE, size: float = 16) -> Run:
    """Add *text* in a face, *size* in points; line breaks stay."""
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size = LATIN_FACE, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # noqa: SLF001 - python-docx knows no East Asian face
    return run


def heading(paper: Paper, text: str) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(10)
    put(paragraph, text, face=TITLE_FACE, size=22)


def show(paragraph: Paragraph, picture: Picture, read: ReadPicture, widest: Length) -> None:
    """Put a picture and its caption in a paragraph; one that cannot be read is its caption."""
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.keep_together = True
    caption = picture.caption
    if picture.sha256:
        try:
            content, ratio = _for_paper(read(picture.sha256))
        except (RefusedFileError, FileNotFoundError):
            caption += _UNREADABLE
        else:
            width = min(widest, _WIDEST, Length(int(_HIGHEST * ratio)))
            paragraph.add_run().add_picture(BytesIO(content), width=width)
            paragraph.add_run().add_break()
    put(paragraph, caption, face=NOTE_FACE, size=12)


def written(paper: Paper) -> bytes:
    """Return the file: the same values make the same bytes, so that it is stored once."""
    file = BytesIO()
    paper.save(file)
    return settled(file)


def settled(file: BytesIO, *, modified: datetime | None = None) -> bytes:
    """Return the archive *file* without the machine's clock in it; *modified* stands instead."""
    moment = f"{modified:%Y-%m-%dT%H:%M:%SZ}".encode() if modified else b""
    quiet = BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(quiet, "w") as whole:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = made.read(name)
            if moment and name == "docProps/core.xml":
                part = _MOMENT.sub(moment, part)
            whole.writestr(entry, part)
    return quiet.getvalue()


def _for_paper(content: bytes) -> tuple[bytes, float]:
    """Return a picture as paper needs it, and its width in heights.

    Raises:
        RefusedFileError: it is no picture, or a torn one.
    """
    picture_kind(content)
    with Image.open(BytesIO(content)) as opened:
        upright = ImageOps.exif_transpose(opened)
    upright.thumbnail(_PIXELS)
    flat = Image.new("RGB", upright.size, "white")
    clear = upright.convert("RGBA")
    flat.paste(clear, mask=clear)
    file = BytesIO()
    flat.save(file, "JPEG", quality=85)
    return file.getvalue(), flat.width / flat.height


def printable(text: str) -> str:
    """Return *text* without what XML cannot carry."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _name_faces(paper: Paper) -> None:
    """Say what stands in for each face, in the document's table of fonts."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(face)}><w:altName w:val={quoteattr(instead)}/>"
        '<w:charset w:val="86"/></w:font>'
        for face, instead in _INSTEAD.items()
    )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    table = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{namespace}">{fonts}</w:fonts>'
    )
    part = paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = table.encode()  # noqa: SLF001 - python-docx carries the part and cannot change it


def number_sides(paper: Paper) -> None:
    """Put the page numbers outside: on the right of odd pages, on the left of even ones."""
    paper.settings.odd_and_even_pages_header_footer = True
    section = paper.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    _number_pages(even)
    for paragraph, side in ((odd, WD_ALIGN_PARAGRAPH.RIGHT), (even, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)


def _number_pages(paragraph: Paragraph) -> None:
    """Write — 1 — in the middle of the foot."""
    paragraph.alignment = _CENTRE
    put(paragraph, "— ", face=NUMBER_FACE, size=14)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = put(paragraph, "", size=14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = words or None
        run._element.append(element)  # noqa: SLF001 - python-docx knows no fields
    put(paragraph, " —", face=NUMBER_FACE, size=14)
