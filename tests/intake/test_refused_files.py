"""What is refused before anything of it is read, and why."""

import time
import tracemalloc

import pytest

from bot.intake import Refusal, RefusedFileError, checked_name, read_file
from tests.harness import files

GOOD = files.word("标题", "正文。")
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]>'


def outside(kind: str, target: str) -> bytes:
    start = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relation = b'<Relationship Id="rIdX" Type="%s%s" Target="%s" TargetMode="External"/>' % (
        start,
        kind.encode(),
        target.encode(),
    )
    end = b"</Relationships>"
    return files.with_part(GOOD, RELATIONS, b"", end, relation + end)


CASES = {
    "empty": (b"", Refusal.EMPTY),
    "too big": (b"PK\x03\x04" + bytes(20 * 1024 * 1024), Refusal.TOO_BIG),
    "text": ("正文".encode(), Refusal.BROKEN),
    "cut off": (GOOD[: len(GOOD) // 2], Refusal.BROKEN),
    "torn inside": (GOOD.replace(GOOD[60:90], bytes(30), 1), Refusal.BROKEN),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_WORD),
    "password": (files.encrypted(), Refusal.ENCRYPTED),
    "ten gigabytes": (files.bomb(), Refusal.BOMB),
    "lies about its size": (files.lying_bomb(), Refusal.BROKEN),
    "packed too well": (
        files.with_part(GOOD, "word/media/a.bmp", bytes(9 * 1024 * 1024)),
        Refusal.BOMB,
    ),
    "macro part": (files.with_part(GOOD, "word/vbaProject.bin", b"x"), Refusal.MACROS),
    "macro type": (
        files.with_part(
            GOOD,
            "[Content_Types].xml",
            b"",
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        Refusal.MACROS,
    ),
    "path in a part": (files.with_part(GOOD, "../../etc/cron.d/x", b"x"), Refusal.BAD_PARTS),
    "root in a part": (files.with_part(GOOD, "/etc/passwd", b"x"), Refusal.BAD_PARTS),
    "drive in a part": (files.with_part(GOOD, "C:x", b"x"), Refusal.BAD_PARTS),
    "entities": (
        files.with_part(GOOD, MAIN, b"", b"<w:document", DOCTYPE + b"<w:document"),
        Refusal.BAD_PARTS,
    ),
    "entities in relations": (
        files.with_part(GOOD, RELATIONS, b"", b"<Relationships", DOCTYPE + b"<Relationships"),
        Refusal.BAD_PARTS,
    ),
    "no xml": (files.with_part(GOOD, MAIN, b"", b"</w:p>", b""), Refusal.BROKEN),
    "outside picture": (outside("image", "http://203.0.113.1/a.png"), Refusal.OUTSIDE),
    "outside template": (outside("attachedTemplate", "https://203.0.113.1/t"), Refusal.OUTSIDE),
    "template on a share": (outside("attachedTemplate", "\\\\203.0.113.1\\t"), Refusal.OUTSIDE),
    "no main part": (
        files.with_part(GOOD, "[Content_Types].xml", b"<Types/>"),
        Refusal.NOT_TAKEN,
    ),
    "nothing in it": (files.word(""), Refusal.NO_WORDS),
    "too long": (files.word("标题", "长" * 50_001), Refusal.TOO_LONG),
}


@pytest.mark.parametrize(("content", "reason"), CASES.values(), ids=CASES)
def test_why_a_document_is_not_taken(content: bytes, reason: Refusal) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_file("附件.docx", content)
    assert refused.value.reason is reason


@pytest.mark.parametrize("content", [files.bomb(), files.lying_bomb()], ids=["honest", "lying"])
def test_a_bomb_is_refused_without_being_unpacked(content: bytes) -> None:
    """Neither time nor memory is spent on what it would become."""
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(RefusedFileError):
        read_file("附件.docx", content)
    took, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 1
    assert most < 20 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.7 ...", Refusal.NOT_TAKEN),
        ("a.exe", b"MZ...", Refusal.NOT_TAKEN),
        ("a.svg", b"<svg/>", Refusal.NOT_TAKEN),
        ("a.jpg", b"hello", Refusal.NOT_A_PICTURE),
        ("a.jpg", b"\xff\xd8\xff a photograph", Refusal.NOT_A_PICTURE),
        ("a.jpg", files.picture()[:-40], Refusal.NOT_A_PICTURE),
        ("a.png", files.noise(40)[:-900], Refusal.NOT_A_PICTURE),
        ("a.png", files.huge_png(30_000, 30_000), Refusal.TOO_MANY_PIXELS),
        ("a.png", files.huge_png(9_000, 9_000), Refusal.TOO_MANY_PIXELS),
        ("a.docx", files.with_part(GOOD, "[Content_Types].xml", b"<a"), Refusal.BROKEN),
    ],
)
def test_why_another_file_is_not_taken(name: str, content: bytes, reason: Refusal) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_file(name, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "name",
    [
        "../稿件.docx",
        "..\\稿件.docx",
        "/etc/passwd",
        "C:\\稿件.docx",
        "C:稿件.docx",
        "a/b.docx",
        "..",
        "a\0.docx",
        "a\n.docx",
        "稿件\u202excod.exe",
        "长" * 201,
    ],
)
def test_a_name_that_is_more_than_a_name(name: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        checked_name(name)
    assert refused.value.reason is Refusal.BAD_NAME
    with pytest.raises(RefusedFileError):
        read_file(name, GOOD)


def test_an_ordinary_name_stays_as_it_is() -> None:
    for name in ("稿件（定稿）v2.docx", "9.20检查.docx", "a..b.docx", "通知：检查.docx"):
        assert checked_name(f" {name}") == name
