"""写稿: text, documents and pictures on a page; what is refused, and that nothing of it is kept."""

import re
from html import unescape

import httpx
import pytest

from tests.harness import files
from tests.harness.databases import on_sqlite
from tests.harness.files import picture, word
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.pages.conftest import LogIn

pytestmark = on_sqlite

BODY = "9月21日，区住建局在幸福小区检查燃气企业12家，发现隐患23处。"


def writes(
    visitor: Visitor, *sent: tuple[str, bytes], address: str = "/p/compose", **fields: str
) -> httpx.Response:
    """Fill in the page at an address and send it, as a browser would; return what is shown."""
    page = visitor.gets(address).text
    whole = {name: hidden(page, name) for name in ("csrf_token", "act")}
    whole |= {"title": "", "body": "", "submit": ""} | fields
    return visitor.follows(visitor.uploads(address, *sent, **whole))


def shown_body(page: str) -> str:
    found = re.search(r'<textarea id="body"[^>]*>([^<]*)</textarea>', page)
    assert found
    return unescape(found[1])


def is_empty_handed(bureau: Chat) -> None:
    rows = all_rows(bureau.services.database)
    assert (rows["drafts"], rows["draft_parts"], rows["attachments"]) == ([], [], [])
    assert not [path for path in bureau.services.media_dir.rglob("*") if path.is_file()]


def test_a_document_is_read_previewed_and_handed_in(bureau: Chat, log_in: LogIn) -> None:
    """Its title, its text and its pictures; then it is a draft as any other."""
    browser, bob = log_in("alice"), bureau.phone("bob")
    content = word("区住建局布署检查", BODY, pictures=(picture(seed=1), picture("PNG", seed=2)))
    preview = writes(browser, ("稿件.docx", content), ("现场.jpg", picture(seed=3)))
    assert preview.status_code == 200
    assert "1号《区住建局布署检查》" in preview.text
    assert shown_body(preview.text) == BODY
    assert "错别字：布署→部署（标题）" in preview.text
    assert [name in preview.text for name in ("图1.jpg", "图2.png", "现场.jpg")] == [True] * 3
    bob.hears_nothing()

    address = preview.url.path
    done = writes(
        browser, address=address, title="区住建局部署检查", body=BODY + "\r\n第二段。", submit="yes"
    )
    assert "已提交1号《区住建局部署检查》" in done.text
    assert "布署" not in done.text
    bob.hears("1号 待您审核")
    rows = all_rows(bureau.services.database)
    assert [row["body"] for row in rows["draft_versions"]] == [f"{BODY}\n第二段。"]
    assert len(rows["attachments"]) == 3
    assert "已提交" in browser.follows(browser.gets(address)).text or "审核中" in done.text
    bureau.nobody_hears_more()


def test_what_is_written_on_the_page_goes_on_in_the_chat(bureau: Chat, log_in: LogIn) -> None:
    """And the other way round, by the link in the answer to 投稿."""
    alice, browser = bureau.phone("alice"), log_in("alice")
    writes(browser, title="燃气检查", body=BODY)
    alice.says("继续 1")
    alice.hears("接着写1号《燃气检查》", f"已有{len(BODY)}字")
    alice.says("投稿 物业整治\n第一段。")
    begun = alice.hears("2号《物业整治》已开始")
    page = browser.follows(browser.gets(link_in(begun.text)))
    assert shown_body(page.text) == "第一段。"
    writes(browser, address=page.url.path, title="物业整治", body="第一段。\n第二段。")
    alice.says("完成")
    alice.hears("已提交2号《物业整治》（第1稿，9字）")
    bureau.phone("bob").hears("2号 待您审核", "第一段。 第二段。")
    bureau.nobody_hears_more()


def test_a_returned_draft_is_changed_on_the_page(bureau: Chat, log_in: LogIn) -> None:
    alice, bob, browser = bureau.phone("alice"), bureau.phone("bob"), log_in("alice")
    address = writes(browser, title="燃气检查", body=BODY).url.path
    writes(browser, address=address, title="燃气检查", body=BODY, submit="yes")
    bob.hears("待您审核").says("退回 1 补充结果")
    bob.hears("已退回")
    alice.hears("补充结果")
    page = browser.gets(address)
    assert shown_body(page.text) == BODY
    done = writes(browser, address=address, title="燃气检查", body=BODY, submit="yes")
    assert "第2稿" in done.text
    bob.hears("待您审核")
    bureau.nobody_hears_more()


REFUSED = {
    "broken": ("附件.docx", word("标题", BODY)[:900], "《附件.docx》已损坏"),
    "encrypted": ("附件.docx", files.encrypted(), "加了密码"),
    "macros": (
        "附件.docx",
        files.with_part(word("标题", BODY), "word/vbaProject.bin", b"x"),
        "带有宏",
    ),
    "ten gigabytes": ("附件.docx", files.bomb(), "大得不正常"),
    "lying": ("附件.docx", files.lying_bomb(), "已损坏"),
    "no picture": ("a.jpg", b"\xff\xd8\xff a photograph", "《a.jpg》不是完好的图片"),
    "page as picture": ("a.png", b"<html><script>alert(1)</script>", "不是完好的图片"),
    "path": ("../../etc/稿件.docx", word("标题", BODY), "文件名里有路径"),
    "windows path": ("..\\稿件.docx", word("标题", BODY), "文件名里有路径"),
    "part out of its folder": (
        "附件.docx",
        files.with_part(word("标题", BODY), "../../x", b"x"),
        "不正常",
    ),
    "entities": (
        "附件.docx",
        files.with_part(
            word("标题", BODY),
            "word/document.xml",
            b"",
            b"<w:document",
            b'<!DOCTYPE a [<!ENTITY b "b">]><w:document',
        ),
        "不正常",
    ),
    "portable": ("附件.pdf", b"%PDF-1.7", "《附件.pdf》收不了"),
    "old": ("附件.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
    "empty": ("附件.docx", b"", "是空的"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_taken_leaves_nothing_and_costs_no_text(
    bureau: Chat, log_in: LogIn, name: str, content: bytes, reason: str
) -> None:
    """A good picture beside it is not kept either; what was typed still stands there."""
    browser = log_in("alice")
    answer = writes(
        browser, (name, content), ("好.jpg", picture()), title="燃气检查", body="打好的字。"
    )
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert reason in page
    assert "这次的文件都没有保存" in page
    assert shown_body(answer.text) == "打好的字。"
    assert "etc" not in page
    is_empty_handed(bureau)
    bureau.nobody_hears_more()


@pytest.mark.parametrize("where", ["text", "document", "head of pages", "file name", "title"])
def test_a_mark_of_secrecy_stops_the_page_as_it_stops_the_chat(
    bureau: Chat, log_in: LogIn, where: str
) -> None:
    browser = log_in("alice")
    headed = files.written("标题", BODY)
    headed.sections[0].header.paragraphs[0].text = "秘密★1年"
    sent, fields = {
        "text": ((), {"title": "标题", "body": "灯塔计划\n秘密★1年"}),
        "document": ((("a.docx", word("标题", "灯塔计划，绝密")),), {}),
        "head of pages": ((("a.docx", files.saved(headed)),), {"body": "灯塔计划"}),
        "file name": ((("绝密图.jpg", picture()),), {"title": "标题", "body": "灯塔计划"}),
        "title": ((), {"title": "机密：灯塔计划", "body": "正文"}),
    }[where]
    answer = writes(browser, *sent, **fields)
    assert answer.status_code == 422
    assert "已拦截，内容没有保存" in answer.text
    assert "灯塔计划" not in answer.text
    is_empty_handed(bureau)
    rows = all_rows(bureau.services.database)
    assert "灯塔计划" not in str(rows)
    [stop] = [row for row in rows["audit_entries"] if row["tag"] == "secrecy:stop"]
    assert stop["actor"] == "alice"


def test_personal_data_is_confirmed_on_the_page(bureau: Chat, log_in: LogIn) -> None:
    """The number is masked; the yes is for this text only."""
    browser, bob = log_in("alice"), bureau.phone("bob")
    text = "联系人手机13812345678。"
    preview = writes(browser, title="走访", body=text)
    assert "手机号138****5678" in preview.text
    address, agreed = preview.url.path, hidden(preview.text, "agreed")
    refused = writes(browser, address=address, title="走访", body=text, submit="yes")
    assert "还没有提交" in refused.text
    other = writes(
        browser, address=address, title="走访", body=text + "又", submit="yes", agreed=agreed
    )
    assert "还没有提交" in other.text
    bob.hears_nothing()
    done = writes(browser, address=address, title="走访", body=text, submit="yes", agreed=agreed)
    assert "已提交1号《走访》" in done.text
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_pictures_are_taken_off_again(bureau: Chat, log_in: LogIn) -> None:
    browser = log_in("alice")
    preview = writes(browser, ("a.jpg", picture()), title="走访", body=BODY)
    [kept] = all_rows(bureau.services.database)["attachments"]
    writes(browser, address=preview.url.path, title="走访", body=BODY, removed=kept["id"])
    assert all_rows(bureau.services.database)["attachments"] == []


def test_who_may_write(bureau: Chat, log_in: LogIn) -> None:
    """Only its author; and nobody who is not logged in, or whose form is forged."""
    alice = log_in("alice")
    address = writes(alice, title="燃气检查", body=BODY).url.path
    for other in ("bob", "carol", "mallory"):
        browser = log_in(other)
        assert browser.gets(address).status_code == 404
        token = hidden(browser.gets("/p/compose").text, "csrf_token")
        fields = {"csrf_token": token, "act": "0" * 32, "title": "改", "body": "改"}
        assert browser.posts(address, **fields).status_code == 404
        stolen = {**fields, "act": address.rpartition("/")[2]}
        answer = browser.posts("/p/compose", **stolen)
        assert answer.status_code == 422
        assert "只有作者能改" in answer.text
    forged = alice.posts(address, act="0" * 32, title="改", body="改")
    assert forged.status_code == 400
    with Visitor(bureau) as stranger:
        assert stranger.gets(address).status_code == 302
        assert stranger.posts(address, title="改").status_code in {400, 401}
    [part] = all_rows(bureau.services.database)["draft_parts"]
    assert part["text"] == BODY


def test_what_is_missing_is_said_and_nothing_typed_is_lost(bureau: Chat, log_in: LogIn) -> None:
    browser = log_in("alice")
    for fields, said in (
        ({"body": "打好的字。"}, "还没有标题"),
        ({"title": "长" * 101, "body": "打好的字。"}, "标题有101字"),
        ({"title": "长" * 201, "body": "打好的字。"}, "标题最多200字"),
    ):
        answer = writes(browser, **fields)
        assert answer.status_code == 422
        assert said in answer.text
        assert shown_body(answer.text) == "打好的字。"
    is_empty_handed(bureau)
    preview = writes(browser, title="燃气检查")
    done = writes(browser, address=preview.url.path, title="燃气检查", submit="yes")
    assert "还没有正文" in done.text


def test_a_form_that_is_sent_twice_is_one_draft(bureau: Chat, log_in: LogIn) -> None:
    browser = log_in("alice")
    page = browser.gets("/p/compose").text
    fields = {name: hidden(page, name) for name in ("csrf_token", "act")}
    for _ in range(2):
        answer = browser.uploads("/p/compose", title="燃气检查", body=BODY, submit="", **fields)
        assert browser.follows(answer).status_code == 200
    assert len(all_rows(bureau.services.database)["drafts"]) == 1


def test_a_form_that_is_too_large_is_told_so(log_in: LogIn) -> None:
    browser = log_in("alice")
    answer = browser.uploads("/p/compose", ("a.docx", bytes(43 * 1024 * 1024)), title="x")
    assert answer.status_code == 413
    assert "提交的内容太大了" in answer.text
