"""Notices as files and pictures: tables break well, texts stay texts, charts have words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import load_workbook
from PIL import Image

from bot.documents.charts import png, svg
from bot.documents.report import report_file
from bot.documents.workbook import workbook_file
from handlers.rules.notices.report import Annex, Chart, Column, Report, Section, Series, Table

NOW = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)
WIDE = Table(
    columns=(
        Column(name="标题", width=40),
        Column(name="日期", width=5),
        Column(name="分值", width=5),
    ),
    rows=tuple(("=HYPERLINK(“x”)<&>\x0b", date(2026, 8, 30), Decimal("13.50")) for _ in range(120)),
)
REPORT = Report(
    title="关于2026年8月信息宣传工作情况的通报",
    addressed="各科室、各单位：",
    sections=(
        Section(key="next", heading="四、下月安排", paragraphs=("抓好。",), free="一是。\n二是。"),
    ),
    annexes=(
        Annex(title="采用情况一览", table=WIDE),
        Annex(title="小表", table=Table(columns=(Column(name="单位"),), rows=(("物业科",),))),
    ),
    signed="区住建局办公室",
    date="2026年9月8日",
)
CHART = Chart(
    title="各月报送与采用（条）",
    said="8月报送3条、采用1条。",
    labels=("8月", "9月"),
    series=(Series(name="报送", values=(3, 0)), Series(name="采用", values=(1, 0))),
)


def test_the_notice_has_the_layout_of_official_papers() -> None:
    paper = Document(BytesIO(report_file(REPORT, NOW)))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert said[:6] == [
        REPORT.title,
        REPORT.addressed,
        "四、下月安排",
        "抓好。",
        "一是。",
        "二是。",
    ]
    assert "附件：1. 采用情况一览" in said
    assert said.index("区住建局办公室") + 1 == said.index("2026年9月8日")
    first, wide, small = paper.sections
    margins = (first.top_margin, first.left_margin)
    assert [round((margin or 0) / Cm(1), 1) for margin in margins] == [3.7, 2.8]
    lying = [(each.page_width or 0) > (each.page_height or 0) for each in (first, wide, small)]
    assert lying == [False, True, False]
    assert [p.text for p in first.footer.paragraphs] == ["—  —"]
    assert paper.settings.odd_and_even_pages_header_footer


def test_the_signature_is_on_no_page_of_its_own() -> None:
    """The last of the text and the list of annexes go with it to the next page."""
    for report in (REPORT, replace(REPORT, annexes=(), foot="联系人：周敏")):
        paper = Document(BytesIO(report_file(report, NOW)))
        kept = [bool(each.paragraph_format.keep_with_next) for each in paper.paragraphs]
        said = [each.text for each in paper.paragraphs]
        last, date_ = said.index("二是。"), said.index("2026年9月8日")
        assert all(kept[last:date_])
        assert not any(kept[said.index("抓好。") : last])
        assert kept[date_] is bool(report.foot)


def test_a_long_table_repeats_its_head_and_tears_no_row() -> None:
    table = Document(BytesIO(report_file(REPORT, NOW))).tables[0]
    rows = table._tbl.tr_lst
    assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.text for cell in table.rows[1].cells] == ["=HYPERLINK(“x”)<&>", "8月30日", "13.5"]


def test_a_page_about_a_unit_keeps_its_tables_on_it() -> None:
    paper = Document(BytesIO(report_file(replace(REPORT, flows=True), NOW)))
    assert (len(paper.sections), len(paper.tables)) == (1, 2)
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert "采用情况一览" in said
    assert not any(each.startswith("附件") for each in said)


def test_the_same_report_makes_the_same_files() -> None:
    assert report_file(REPORT, NOW) == report_file(REPORT, NOW)
    assert workbook_file(REPORT, NOW) == workbook_file(REPORT, NOW)


def test_a_sheet_has_numbers_and_no_formulas() -> None:
    book = load_workbook(BytesIO(workbook_file(REPORT, NOW)))
    sheet = book["采用情况一览"]
    assert [cell.value for cell in sheet[2]] == ["标题", "日期", "分值"]
    title, day, points = sheet[3]
    assert (title.value, title.data_type) == ("=HYPERLINK(“x”)<&>", "s")
    assert (day.value, points.value) == (datetime(2026, 8, 30), 13.5)  # noqa: DTZ001 - a sheet's
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$1:$2")


def test_a_chart_is_told_in_words_and_carries_no_style() -> None:
    drawing = ET.fromstring(svg(CHART, "trend"))  # noqa: S314 - our own
    ids = {each.get("id"): each.text for each in drawing.iter() if each.get("id")}
    assert [ids[name] for name in (drawing.get("aria-labelledby") or "").split()] == [
        CHART.title,
        CHART.said,
    ]
    assert not [each for each in drawing.iter() if each.get("style") or each.tag.endswith("style")]


@pytest.mark.parametrize("moments", [2, 6, 21, 24])
def test_the_moments_under_a_curve_stand_apart_and_within(moments: int) -> None:
    """A character is as wide as its size, a digit half of that and a little."""
    labels = tuple(f"12月{10 + day}日23时" for day in range(moments))
    curve = Chart(
        title="热度",
        said="平稳",
        labels=labels,
        series=(Series(name="1号", values=tuple(range(moments))),),
        curve=True,
    )
    drawing = ET.fromstring(svg(curve, "heat"))  # noqa: S314 - our own
    spans = []
    for each in drawing.iter("{http://www.w3.org/2000/svg}text"):
        if (words := each.text or "") in labels:
            size, middle = float(each.get("font-size", 0)), float(each.get("x", 0))
            assert each.get("text-anchor") == "middle"
            wide = size * sum(0.56 if char.isascii() else 1 for char in words)
            spans.append((middle - wide / 2, middle + wide / 2))
    spans.sort()
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= 440


def test_the_picture_is_drawn_with_the_font_that_we_carry() -> None:
    with Image.open(BytesIO(png(CHART))) as picture:
        assert (picture.width, picture.format) == (1320, "PNG")
    others = [png(replace(CHART, title=title)) for title in "报采"]
    assert others[0] != others[1], "a missing glyph would look the same"
