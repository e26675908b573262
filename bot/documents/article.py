"""导出: a draft in the layout of official papers, to be sent on or filed."""

from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt

from bot.documents.paper import (
    NOTE_FACE,
    ReadPicture,
    heading,
    put,
    sheet,
    show,
    written,
)
from handlers.rules.papers import Article

_LINE = Pt(28)
"""Twenty-two lines of twenty-eight characters make a page of GB/T 9704."""


def article_file(article: Article, read: ReadPicture, made_at: datetime) -> bytes:
    """Return the draft as .docx."""
    paper = sheet(article.title, made_at)
    if article.mark:
        mark = paper.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        put(mark, article.mark, face=NOTE_FACE, size=14)
    heading(paper, article.title)
    for line in article.body.split("\n"):
        if line.strip():
            paragraph = paper.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            paragraph.paragraph_format.line_spacing = _LINE
            put(paragraph, line.strip())
    for picture in article.pictures:
        show(paper.add_paragraph(), picture, read, Cm(14))
    for line in (article.signed, article.date):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = _LINE
        paragraph.paragraph_format.keep_with_next = line is article.signed
        put(paragraph, line)
    foot = paper.add_paragraph()
    foot.paragraph_format.space_before = Pt(12)
    put(foot, article.foot, face=NOTE_FACE, size=9)
    return written(paper)
