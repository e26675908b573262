"""The text of a document as its author sees it, and nothing that nobody wrote."""

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.intake import read_file
from handlers.rules.secrecy import secrecy_mark
from tests.harness import files
from tests.harness.files import picture, saved, word, written


def read(document: Document) -> tuple[str, str]:
    found = read_file("稿件.docx", saved(document))
    return found.title, found.text


def run(words: str, kind: str = "w:ins", tag: str = "w:t") -> str:
    return (
        f'<{kind} {nsdecls("w")} w:id="7" w:author="x"><w:r><{tag}>{words}</{tag}></w:r></{kind}>'
    )


def test_a_title_and_paragraphs() -> None:
    document = written(
        "区住建局开展燃气检查", "  　9月20日，　区住建局检查　12家。", "", " ", "第二段。\u200b"
    )
    assert read(document) == ("区住建局开展燃气检查", "9月20日，区住建局检查 12家。\n第二段。")


def test_a_centred_first_line_is_the_title_and_a_sentence_is_none() -> None:
    document = docx.Document()
    document.add_paragraph("关于燃气检查的情况").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("（物业科 王芳）").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("正文。")
    assert read(document) == ("关于燃气检查的情况", "（物业科 王芳）\n正文。")

    document = docx.Document()
    document.add_paragraph("9月20日，检查组到了。")
    document.add_paragraph("正文。")
    assert read(document) == ("", "9月20日，检查组到了。\n正文。")


def test_tracked_changes_controls_boxes_and_tables() -> None:
    document = written("标题", "原文。")
    paragraph = document.paragraphs[1]._p
    paragraph.append(parse_xml(run("加了这句。")))
    paragraph.append(parse_xml(run("删了这句。", "w:del", "w:delText")))
    body = document.element.body
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里。</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    body.insert(2, parse_xml(control))
    table = document.add_table(2, 2)
    for place, said in enumerate(("科室", "数量", "物业科", "12")):
        table.cell(place // 2, place % 2).text = said
    assert read(document)[1] == "原文。加了这句。\n控件里。\n科室 数量\n物业科 12"


def test_numbers_that_word_writes_by_itself() -> None:
    document = written("标题", "先说。")
    for words in ("甲项", "乙项"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("圆点", style="List Bullet")
    lines = read(document)[1].split("\n")
    assert lines[0] == "先说。"
    assert lines[3] == "圆点"
    assert [line[-2:] for line in lines[1:3]] == ["甲项", "乙项"]
    assert [line[:2] for line in lines[1:3]] == ["1.", "2."]


def test_numbers_that_somebody_wrote_are_written_one_way() -> None:
    document = written(
        "标题",
        "一、总体",
        "一 ．总体",
        "（一）分项",
        "(二)、分项",
        "１．小项",
        "2、小项",
        "3月20日检查",
        "1,200家",
    )
    assert read(document)[1].split("\n") == [
        "一、总体",
        "一、总体",
        "（一）分项",
        "（二）分项",
        "1.小项",
        "2、小项",
        "3月20日检查",
        "1,200家",
    ]


def test_pictures_are_taken_in_their_order_and_what_is_none_is_counted() -> None:
    red, green = picture(seed=1), picture("PNG", seed=2)
    found = read_file("稿件.docx", word("标题", "正文。", pictures=(red, green, red)))
    assert [each.content for each in found.pictures] == [red, green]
    assert [each.name for each in found.pictures] == ["图1.jpg", "图2.png"]
    assert found.left_out == 0

    content = word("标题", "正文。", pictures=(red,))
    torn = files.with_part(content, "word/media/image1.jpg", red[:-60])
    found = read_file("稿件.docx", torn)
    assert (found.pictures, found.left_out) == ((), 1)


def test_marks_of_secrecy_are_seen_wherever_they_stand() -> None:
    """In the head of a page, in what was deleted, in the properties, as a picture's name."""
    headed = written("标题", "正文。")
    headed.sections[0].header.paragraphs[0].text = "秘密★1年"
    deleted = written("标题", "正文。")
    deleted.paragraphs[1]._p.append(parse_xml(run("绝密", "w:del", "w:delText")))
    described = written("标题", "正文。")
    described.core_properties.subject = "内部资料"
    named = files.with_part(
        word("标题", "正文。", pictures=(picture(),)),
        "word/document.xml",
        b"",
        b'name="Picture 1"',
        'name="机密图.jpg"'.encode(),
    )
    for content in (saved(headed), saved(deleted), saved(described), named):
        found = read_file("稿件.docx", content)
        assert secrecy_mark(found.aside)
        assert not secrecy_mark(found.text)
    assert secrecy_mark(read_file("稿件.docx", word("标题", "正文。")).aside) is None


def test_a_picture_is_known_by_its_content() -> None:
    for kind in ("JPEG", "PNG", "GIF", "BMP", "WEBP"):
        content = picture(kind)
        [taken] = read_file("照片", content).pictures
        assert taken.content == content


def test_five_megabytes_are_read_at_once() -> None:
    content = word("标题", *(f"第{n}段。" for n in range(300)), pictures=(files.noise(1300),))
    assert len(content) > 5_000_000
    found = read_file("稿件.docx", content)
    assert found.title == "标题"
    assert len(found.pictures) == 1
