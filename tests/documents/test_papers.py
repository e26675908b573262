"""The files of the papers: what stands in them, and that they break well over pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from PIL import Image

from bot.documents.approval_form import approval_form_file
from bot.documents.article import article_file
from handlers.drafts.papers import decided_boxes
from handlers.rules.papers import ApprovalForm, Article, GateRow, Opinion, Picture
from storage.queries.papers import Given
from storage.vocabulary import Role, Verdict

NOW = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)


def png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGBA", (width, height), (90, 130, 160, 128)).save(file, "PNG")
    return file.getvalue()


def kept(sha256: str) -> bytes:
    """A media store with one picture, one file that is none, and nothing else."""
    if sha256 == "gone":
        raise FileNotFoundError(sha256)
    return {"wide": png(4000, 300), "torn": png(40, 30)[:60], "text": b"no picture"}[sha256]


def opinion(words: str, who: str) -> Opinion:
    return Opinion(words=words, signature=who, when="2026年9月21日 10:05", of_text="对第2稿　3fa9")


FORM = ApprovalForm(
    heading="区住建局信息发布审批单",
    number="2026年第12号",
    title="关于老旧小区消防通道整治情况的通报" * 5,
    facts=(
        ("拟稿单位", "物业科"),
        ("拟稿人", "王芳"),
        ("稿件来源", "□本单位原创　□转载（出处：　　）"),
    ),
    body="检查发现占用通道的车辆12辆，当场劝离9辆。\n" * 120,
    pictures=(Picture(caption="图1　现场.png", sha256="wide"),),
    gates=(
        GateRow(
            name="科室负责人意见", opinions=tuple(opinion(f"同意{n}。", "李强") for n in range(6))
        ),
        GateRow(name="主要领导意见", opinions=(), standing="（待审核）"),
    ),
    dispatches=("区政府网站　周敏　2026年9月22日 09:00",),
    remarks=("2026年9月21日 11:00　李强转请赵磊审核：出差",),
    foot="第2稿　SHA-256 ab12",
)
ARTICLE = Article(
    title="消防通道整治",
    body="第一段。\n\n第二段。\x0b有控制符。",
    pictures=(),
    signed="（区住建局/物业科　王芳）",
    date="2026年9月21日",
    mark="【未签发：审核中，不得对外使用】",
    foot="第2稿",
)


def opened(file: bytes) -> Paper:
    return Document(BytesIO(file))


def texts(paper: Paper) -> Iterator[str]:
    """Every paragraph of a document, those of its tables included, once."""
    for paragraph in paper.element.body.iter(qn("w:p")):
        yield "".join(part.text or "" for part in paragraph.iter(qn("w:t")))


def test_everything_of_the_form_is_in_the_file() -> None:
    said = "\n".join(texts(opened(approval_form_file(FORM, kept, NOW))))
    expected = [FORM.heading, FORM.number, FORM.title, FORM.foot, *FORM.dispatches, *FORM.remarks]
    expected += [part for fact in FORM.facts for part in fact]
    expected += ["（待审核）", "图1　现场.png", "李强　2026年9月21日 10:05", "对第2稿　3fa9"]
    assert [part for part in expected if part not in said] == []
    assert said.count("检查发现占用通道的车辆12辆") == 120
    assert [f"同意{n}。" in said for n in range(6)] == [True] * 6


def test_a_row_of_an_opinion_is_not_torn_but_that_of_the_text_is() -> None:
    (table,) = opened(approval_form_file(FORM, kept, NOW)).tables
    torn = {
        row.cells[0].text: row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
        for row in table.rows
    }
    assert torn["正文"]
    assert not torn["科室负责人意见"]
    assert not torn["标题"]


def test_a_wide_picture_fits_the_page_and_is_made_small() -> None:
    file = approval_form_file(FORM, kept, NOW)
    (shape,) = opened(file).inline_shapes
    assert shape.width.cm <= 8
    (name,) = (one for one in ZipFile(BytesIO(file)).namelist() if "media/" in one)
    with Image.open(BytesIO(ZipFile(BytesIO(file)).read(name))) as picture:
        assert (picture.format, picture.width) == ("JPEG", 1600)


@pytest.mark.parametrize("sha256", ["torn", "text", "gone", ""])
def test_a_picture_that_cannot_be_read_costs_only_itself(sha256: str) -> None:
    lost = Picture(caption="图1　现场.png", sha256=sha256)
    article = replace(ARTICLE, pictures=(lost,))
    said = list(texts(opened(article_file(article, kept, NOW))))
    unreadable = "（图片无法读取）" if sha256 else ""
    assert f"图1　现场.png{unreadable}" in said


def test_the_draft_in_the_layout_of_official_papers() -> None:
    paper = opened(article_file(ARTICLE, kept, NOW))
    assert list(texts(paper))[:7] == [
        ARTICLE.mark,
        ARTICLE.title,
        "第一段。",
        "第二段。有控制符。",
        ARTICLE.signed,
        ARTICLE.date,
        ARTICLE.foot,
    ]
    faces = [fonts.get(qn("w:eastAsia")) for fonts in paper.element.body.iter(qn("w:rFonts"))]
    assert faces[1:3] == ["方正小标宋简体", "仿宋_GB2312"]
    width = paper.sections[0].page_width
    assert width
    assert width.cm == pytest.approx(21, abs=0.01)


def test_a_machine_without_the_faces_is_told_which_to_take() -> None:
    table = ZipFile(BytesIO(article_file(ARTICLE, kept, NOW))).read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,STFangsong"/>' in table


def test_the_same_paper_is_the_same_file() -> None:
    assert approval_form_file(FORM, kept, NOW) == approval_form_file(FORM, kept, NOW)


def given(role: Role, reason: str = "", *, version: int = 2) -> Given:
    return Given(
        version=version,
        sha256="",
        gate=0,
        seat="",
        role=role,
        verdict=Verdict.APPROVE,
        reason=reason,
        at=NOW,
        who="韩洁",
        absent=None,
        standing=None,
    )


@pytest.mark.parametrize(
    ("opinions", "public", "ticked"),
    [
        ([given(Role.OFFICE)], [], []),
        ([given(Role.SECRECY_REVIEWER)], [], ["☑不涉密（韩洁保密审查）"]),
        ([given(Role.SECRECY_REVIEWER, version=1)], [], []),  # another text was cleared
        ([given(Role.OFFICE)], ["区政府网站"], ["☑主动公开（区政府网站）", "☑可以上网"]),
        ([given(Role.DEPUTY, "不得上网")], [], ["☑不得上网（见审核意见）"]),
    ],
)
def test_boxes_are_ticked_where_somebody_has_decided(
    opinions: list[Given], public: list[str], ticked: list[str]
) -> None:
    values = [value for _, value in decided_boxes(2, opinions, public)]
    assert [part for value in values for part in value.split("　") if part[0] == "☑"] == ticked
    assert sum(value.count("□") for value in values) == 7 - len(ticked)
