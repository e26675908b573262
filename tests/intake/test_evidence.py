"""What is taken as evidence of a use: pictures and PDFs as they are; a hostile PDF costs little."""

import resource
from contextlib import suppress

import pytest

from bot.intake import Refusal, RefusedFileError, read_evidence
from tests.harness.files import locked_pdf, pdf, picture, word

SAID = "市政府网站9月20日采用《电梯维保检查》。"
GOOD = pdf("采用证明", SAID)
SCRIPT = pdf(SAID, more=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
CARRIER = pdf(SAID, more=b"/Names << /EmbeddedFiles << /Names [] >> >>")
CIRCLE = GOOD.replace(b"/Pages 2 0 R", b"/Pages 1 0 R")


def test_a_pdf_is_kept_as_it_is_with_the_words_that_are_in_it() -> None:
    found = read_evidence("采用证明.pdf", GOOD)
    assert (found.name, found.content, found.text) == ("采用证明.pdf", GOOD, f"采用证明\n{SAID}")
    assert read_evidence("", GOOD).name == "佐证.pdf"
    locked = locked_pdf(SAID, opens_with="")
    assert read_evidence("a.pdf", locked).text == SAID, "printing may be locked, reading is not"


def test_a_page_that_cannot_be_read_costs_its_words_and_not_the_file() -> None:
    assert read_evidence("a.pdf", pdf(stream=b"BT /F1 12 Tf <zz> Tj (((")).text == ""
    assert read_evidence("扫描.pdf", pdf(stream=b"q Q")).text == ""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", Refusal.EMPTY),
        ("a.pdf", b"none", Refusal.BROKEN),
        ("a.pdf", GOOD[:300], Refusal.BROKEN),
        ("a.pdf", locked_pdf(SAID, opens_with="s"), Refusal.PDF_ENCRYPTED),
        ("a.pdf", SCRIPT, Refusal.PDF_ACTIVE),
        ("a.pdf", CARRIER, Refusal.PDF_ACTIVE),
        ("a.pdf", CIRCLE, Refusal.BROKEN),
        ("a.docx", word("标题", "正文。"), Refusal.NO_EVIDENCE),
        ("a.jpg", b"none", Refusal.NOT_A_PICTURE),
        ("../a.pdf", GOOD, Refusal.BAD_NAME),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_with_its_reason(
    name: str, content: bytes, reason: Refusal
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_evidence(name, content)
    assert refused.value.reason is reason


def test_a_hostile_pdf_ends_early_and_elsewhere() -> None:
    """It would draw its text for minutes; what it said by the end of its time counts: nothing."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    drawn = pdf(stream=b"BT /F1 12 Tf " + b"(a) Tj " * 3_000_000 + b"ET")
    with suppress(RefusedFileError):  # on a busy machine the clock is faster than the work
        assert read_evidence("a.pdf", drawn).text == ""
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - spent < 7


def test_a_picture_is_read_to_its_end() -> None:
    assert read_evidence("版面.png", picture("PNG")).content == picture("PNG")
