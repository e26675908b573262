"""A sheet of anybody: read as text in bounded time, or refused with the reason."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.intake import Refusal, RefusedFileError
from bot.intake.sheet import MAX_ROWS, read_sheet
from bot.sheets.separated import separated_file
from bot.sheets.writing import sheet_file
from tests.harness.files import encrypted, with_part, word
from tests.harness.sheets import cells, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_texts_whatever_they_were() -> None:
    content = xlsx(
        ("稿号", "日期", "数", "是否", None),
        (12, date(2026, 9, 20), 1.50, True, "=SUM(A1:A2)"),
        (None, None, None, None, None),
        ("  十二\n", datetime(2026, 9, 20, 8, 30), 46285.0, False, "=HYPERLINK(1)"),  # noqa: DTZ001 - as Excel has it
    )
    assert list(read_sheet("表.xlsx", content)) == [
        (1, ("稿号", "日期", "数", "是否")),
        (2, ("12", "2026-09-20", "1.5", "是")),
        (4, ("十二", "2026-09-20 08:30", "46285", "否")),
    ]


def test_what_is_written_stays_text_and_the_same_bytes() -> None:
    rows = [("=HYPERLINK(0)", "+1", "-1", "@SUM(A1)", "a\x00b", 12, date(2026, 9, 20))]
    heads = [(head, 10) for head in "甲乙丙丁戊己庚"]
    content = sheet_file("表", heads, rows)
    assert content == sheet_file("表", heads, rows)
    assert cells(content)[1][:6] == ["=HYPERLINK(0)", "+1", "-1", "@SUM(A1)", "ab", 12]
    assert b"<f>" not in ZipFile(BytesIO(content)).read(SHEET)


def bomb() -> bytes:
    held = BytesIO()
    with ZipFile(BytesIO(xlsx(("a",)))) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != SHEET else b" " * 40_000_000)
    return held.getvalue()


def far_away(reference: bytes) -> bytes:
    """Return a sheet with one cell that says to stand very far away."""
    return with_part(xlsx(("a",)), SHEET, b"", b'<row r="1">', b'<row r="' + reference + b'">')


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'


REFUSED = {
    "empty": (b"", Refusal.EMPTY),
    "word": (word("标题", "正文"), Refusal.NOT_A_SHEET),
    "encrypted": (encrypted(), Refusal.ENCRYPTED),
    "xls": (encrypted()[:512], Refusal.OLD_SHEET),
    "cut off": (xlsx(("a",))[:-200], Refusal.BROKEN),
    "bomb": (bomb(), Refusal.BOMB),
    "macros": (with_part(xlsx(("a",)), "xl/vbaProject.bin", b"x"), Refusal.SHEET_MACROS),
    "entity": (with_part(xlsx(("a",)), SHEET, b"", b"<worksheet", ENTITY), Refusal.BAD_PARTS),
    "no end of a comment": (
        with_part(xlsx(("a",)), SHEET, b"<!--" + b" " * 70_000),
        Refusal.BAD_PARTS,
    ),
    "no end of a row": (with_part(xlsx(("a",)), SHEET, b"", b"</row>", b""), Refusal.BROKEN),
    "no workbook": (
        with_part(xlsx(("a",)), "xl/workbook.xml", b"<workbook/>"),
        Refusal.NOT_A_SHEET,
    ),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_read_is_refused_with_its_reason(content: bytes, reason: Refusal) -> None:
    with pytest.raises(RefusedFileError) as refused:
        list(read_sheet("表.xlsx", content))
    assert refused.value.reason is reason


def test_separated_values_are_read_as_offices_write_them() -> None:
    text = '日期,值班员\r\n2026-10-01,"秦飞、\n潘磊"\r\n,\r\n2026-10-02, 王芳 \r\n'
    rows = [
        (1, ("日期", "值班员")),
        (2, ("2026-10-01", "秦飞、\n潘磊")),
        (4, ("2026-10-02", "王芳")),
    ]
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert list(read_sheet("表.CSV", text.encode(encoding))) == rows
    assert list(read_sheet("表.csv", b"a\tb;c\td")) == [(1, ("a", "b;c", "d"))]
    written = separated_file(["甲", "乙"], [["=1+1", "'+86"], ["-", "a,b"]])
    assert b"\n=1" not in written
    read = [row for _, row in read_sheet("表.csv", written)]
    assert read[1:] == [("=1+1", "'+86"), ("-", "a,b")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b'a,"b\n', Refusal.BROKEN),
        (b"\xff\xff,\xff", Refusal.OTHER_ENCODING),
        (b"1\n" * 50_100, Refusal.TOO_MANY_ROWS),
    ],
)
def test_separated_values_that_are_none_are_refused(content: bytes, reason: Refusal) -> None:
    with pytest.raises(RefusedFileError) as refused:
        list(read_sheet("表.csv", content))
    assert refused.value.reason is reason


@pytest.mark.parametrize("row", [b"1048576", b"999999999999"])
def test_a_row_far_away_costs_nothing(row: bytes) -> None:
    assert list(read_sheet("表.xlsx", far_away(row))) == []


def test_too_many_rows_are_refused() -> None:
    assert MAX_ROWS == 50_000
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % row for row in range(2, 50_200))
    content = with_part(xlsx((1,)), SHEET, b"", b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(RefusedFileError) as refused:
        list(read_sheet("表.xlsx", content))
    assert refused.value.reason is Refusal.TOO_MANY_ROWS
