"""Files in the chat, should WeCom bring them: read by a job, their text a piece of the draft."""

from datetime import timedelta

import pytest

from storage.vocabulary import UserId
from tests.harness import files
from tests.harness.files import picture, word
from tests.harness.phones import Phone
from tests.harness.rows import all_rows
from tests.harness.service import Chat

TEXT = "9月20日，区住建局检查燃气企业12家，整改隐患23处。"


def begins(bureau: Chat) -> Phone:
    alice = bureau.phone("alice")
    alice.says("投稿 燃气检查")
    alice.hears("已开始")
    return alice


def is_empty_handed(bureau: Chat) -> None:
    """Nothing of a file is in the tables or in the store."""
    bureau.settle()
    rows = all_rows(bureau.services.database)
    assert (rows["attachments"], rows["draft_parts"]) == ([], [])
    assert not [path for path in bureau.services.media_dir.rglob("*") if path.is_file()]


def test_the_text_of_a_document_becomes_a_piece_and_its_pictures_belong_to_the_draft(
    bureau: Chat,
) -> None:
    alice, bob = begins(bureau), bureau.phone("bob")
    red, green = picture(seed=1), picture("PNG", seed=2)
    content = word("区住建局开展燃气检查", TEXT, "第二段。", pictures=(red, green))
    alice.simulated.sends_file(content, "燃气检查.docx")
    alice.says("完成")
    alice.hears("已收到文件《燃气检查.docx》，正在读取")
    alice.hears("还在读取")
    alice.hears(
        "已读入《燃气检查.docx》：43字、2张图片，放在1号《燃气检查》",
        "标题改成《区住建局开展燃气检查》",
    )
    alice.says("标题改成《区住建局开展燃气检查》")
    alice.hears("已改好")
    alice.says("完成")
    alice.hears("已提交1号《区住建局开展燃气检查》")
    bob.hears("待您审核", "检查燃气企业12家")
    rows = all_rows(bureau.services.database)
    assert sorted(row["filename"] for row in rows["attachments"]) == ["图1.jpg", "图2.png"]
    assert all(row["sha256"] for row in rows["attachments"])
    bureau.nobody_hears_more()


def test_a_title_that_the_draft_bears_already_is_not_said_twice(bureau: Chat) -> None:
    alice = begins(bureau)
    alice.simulated.sends_file(word("燃气检查", TEXT), "稿件.docx")
    alice.hears("已收到文件")
    alice.hears("已读入《稿件.docx》")
    [part] = all_rows(bureau.services.database)["draft_parts"]
    assert part["text"] == TEXT
    bureau.nobody_hears_more()


def test_a_picture_that_is_sent_as_a_file_is_kept(bureau: Chat) -> None:
    alice = begins(bureau)
    alice.simulated.sends_file(picture(), "现场.jpg")
    alice.hears("已收到文件")
    alice.hears("已读入《现场.jpg》：1张图片")
    [row] = all_rows(bureau.services.database)["attachments"]
    assert (row["filename"], row["kind"]) == ("现场.jpg", "picture")
    bureau.nobody_hears_more()


REFUSED = {
    "broken": (word("标题", TEXT)[:900], "已损坏"),
    "encrypted": (files.encrypted(), "加了密码"),
    "macros": (files.with_part(word("标题", TEXT), "word/vbaProject.bin", b"x"), "带有宏"),
    "bomb": (files.bomb(), "大得不正常"),
    "lying bomb": (files.lying_bomb(), "已损坏"),
    "path in it": (files.with_part(word("标题", TEXT), "../x", b"x"), "不正常"),
    "a text": (b"hello", "已损坏"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_document_that_is_not_taken_leaves_nothing(
    bureau: Chat, content: bytes, reason: str
) -> None:
    alice = begins(bureau)
    alice.simulated.sends_file(content, "附件.docx")
    alice.hears("已收到文件")
    alice.hears("《附件.docx》", reason, "1号《燃气检查》里没有放进它")
    is_empty_handed(bureau)
    alice.says(TEXT)
    alice.hears("已收到第1段")
    bureau.nobody_hears_more()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/passwd", "文件名里有路径"),
        ("C:\\稿件.docx", "文件名里有路径"),
        ("附件.pdf", "收不了，只收 Word 文档"),
        ("旧稿.doc", "另存为 .docx"),
        ("稿件.docm", "带有宏"),
    ],
)
def test_a_file_is_refused_at_once_by_its_name(bureau: Chat, name: str, reason: str) -> None:
    alice = begins(bureau)
    alice.simulated.sends_file(word("标题", TEXT), name)
    alice.hears("这个文件", reason)
    is_empty_handed(bureau)
    bureau.nobody_hears_more()


def test_an_image_that_is_none_is_taken_back(bureau: Chat) -> None:
    alice = begins(bureau)
    alice.simulated.sends_image(b"\xff\xd8\xff a photograph", "a.jpg")
    alice.hears("已收到图片")
    alice.hears("刚才的图片不是完好的图片", "没有放进它")
    is_empty_handed(bureau)
    bureau.nobody_hears_more()


def test_a_mark_of_secrecy_in_a_file_stops_it(bureau: Chat) -> None:
    """In its text, in the head of its pages, in the name of a picture: only the event is kept."""
    alice = begins(bureau)
    headed = files.written("标题", TEXT)
    headed.sections[0].header.paragraphs[0].text = "秘密★1年"
    sent = (word("标题", "机密，灯塔计划"), files.saved(headed))
    for content, mark in zip(sent, ("机密", "秘密"), strict=True):
        alice.simulated.sends_file(content, "附件.docx")
        alice.hears("已收到文件")
        alice.hears(f"含有“{mark}”字样，已拦截，内容没有保存", "1号《燃气检查》没有改动")
    alice.simulated.sends_image(picture(), "绝密图.jpg")
    alice.hears("已收到图片")
    alice.hears("含有“绝密”字样")
    is_empty_handed(bureau)
    rows = all_rows(bureau.services.database)
    stops = [row for row in rows["audit_entries"] if row["tag"] == "secrecy:stop"]
    assert [(row["actor"], row["after"]["mark"]) for row in stops] == [
        (UserId("alice"), mark) for mark in ("机密", "秘密", "绝密")
    ]
    assert "灯塔计划" not in str(rows)
    bureau.nobody_hears_more()


def test_a_file_that_comes_back_late_does_not_keep_a_draft_for_ever(bureau: Chat) -> None:
    """The channel is away: after five minutes the draft goes without it, and that is said."""
    alice, bob = begins(bureau), bureau.phone("bob")
    alice.says(TEXT)
    alice.hears("已收到第1段")
    alice.simulated.sends_file(word("标题", "补充。"), "补充.docx")
    alice.says("完成")
    bureau.clock.advance(timedelta(minutes=6))
    alice.says("完成")
    texts = alice.hears_all()
    assert [words for words in texts if "还在读取" in words]
    assert [words for words in texts if "已提交1号" in words]
    assert [words for words in texts if "《补充.docx》读好了，但1号《燃气检查》现在审核中" in words]
    bob.hears("待您审核")
    bureau.nobody_hears_more()
