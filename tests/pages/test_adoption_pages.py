"""采用登记: registered, confirmed, corrected and answered on pages as it would be in the chat."""

import re

import httpx
import pytest

from tests.harness.files import pdf, picture
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat
from tests.harness.sheets import cells
from tests.harness.telling import is_signed, leap
from tests.pages.conftest import LogIn

PAGE = "/p/adoptions"
URL = "https://www.example.gov.cn/a/1.html"


def sends(
    browser: Visitor, address: str, *files: tuple[str, bytes], **fields: str
) -> httpx.Response:
    page = browser.gets(address).text
    whole = {name: hidden(page, name) for name in ("csrf_token", "act")}
    whole |= {"level": "", "form": ""} | fields
    sent = browser.uploads(address, *files, **whole)
    return browser.follows(sent)


def entries(page: httpx.Response) -> list[str]:
    return re.findall(rf'href="({PAGE}/entries/[0-9a-f]{{32}})"', page.text)


def test_a_use_is_registered_corrected_and_voided_with_its_trace(
    bureau: Chat, log_in: LogIn
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = is_signed(bureau, "老旧小区改造", "9月20日，区住建局组织检查。")
    carol = log_in("carol")
    use = {"what": "use", "number": str(number), "channel": "市日报", "day": "2026-09-21"}
    missing = sends(carol, PAGE, **use).text
    assert "请补佐证" in missing
    assert f'value="{number}"' in missing, "what was typed is still there"
    assert "《a.jpg》不是完好的图片" in sends(carol, PAGE, ("a.jpg", b"none"), **use).text
    assert all_rows(bureau.services.database)["attachments"] == []

    done = sends(
        carol,
        PAGE,
        ("版面.png", picture("PNG")),
        **use,
        form="头条",
        authors="王芳、陈静 3:2",
        edited="9月20日，区住建局组织专项检查。",
    )
    assert "已存" in done.text
    alice.hears("您的", "市日报（市级，头条），9月21日采用", "王芳占60%")
    alice.hears("[增：专项]")
    bob.hears_all()
    assert "这是另一次采用吗" in sends(carol, PAGE, **use, url=URL).text
    (address,) = set(entries(done))
    shown = carol.gets(address).text
    assert all(part in shown for part in ("王芳、陈静 3:2", '<img class="scan"'))
    corrected = sends(
        carol,
        address,
        what="correct",
        number=str(number),
        channel="省日报",
        day="2026-09-21",
        url=URL,
        authors="王芳",
    )
    assert "已更正" in corrected.text
    alice.hears("更正了：原 市日报（市级，头条），9月21日；现 省日报（省级，单篇），9月21日")
    (fresh,) = set(entries(carol.gets(PAGE)))
    assert "更正之前" in carol.gets(fresh).text
    assert set(entries(carol.gets(f"{PAGE}?state=gone"))) == {address}
    exported = carol.gets(f"{PAGE}/register.xlsx?from=2026-09&to=2026-09").content
    assert [row[2] for row in cells(exported)] == ["渠道", "省日报"]
    assert "已作废" in sends(carol, fresh, what="void").text
    assert entries(carol.gets(PAGE)) == []


def test_what_is_proposed_is_decided_and_a_remark_answered_on_its_page(
    bureau: Chat, log_in: LogIn
) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "加装电梯")
    alice.says(f"登记采用 {number} 市日报 今天 {URL}")
    alice.hears("等周敏确认")
    browser = log_in("carol")
    (address,) = set(entries(browser.gets(f"{PAGE}?state=proposed")))
    assert "请写不确认的理由" in sends(browser, address, what="refuse").text
    assert "已确认" in sends(browser, address, what="confirm").text
    remark = {"what": "remark", "number": str(number), "day": "2026-09-21"}
    paper = ("批示.png", picture("PNG"))
    sends(browser, PAGE, paper, **remark, leader="王副市长", remark="请总结推广")
    for phone in (alice, bob, carol, bureau.phone("eve")):
        phone.hears_all()
    (written,) = set(entries(browser.gets(PAGE))) - {address}
    page = browser.gets(written).text
    assert "日前反馈" in page
    scan = re.search(r'<img class="scan" src="([^"]+)"', page)
    assert scan, "the paper that the leader wrote on"
    assert browser.gets(scan[1]).headers["Content-Type"] == "image/png"
    bob.says(f"批示办结 {number}")
    bob.hears("办得怎样", f"批示办结 {number} 落实情况")
    bob.says(f"{number}号的批示已经落实了，已在20个小区推广")
    bob.hears("王副市长的批示已办结，已告诉王芳、周敏。")
    alice.hears("您的", "李强登记已办结：已在20个小区推广")
    carol.hears("李强登记已办结")
    assert "9月21日已办结：已在20个小区推广" in browser.gets(written).text
    leap(bureau, "2026-10-09 10:00")
    for phone in (alice, bob, carol):
        phone.hears_nothing()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_a_draft_went_and_was_not_used_is_registered_on_the_page(
    bureau: Chat, log_in: LogIn
) -> None:
    alice, carol = bureau.phones("alice", "carol")
    used = is_signed(bureau, "加装电梯")
    carol.says(f"登记采用 {used} 市政府网站 今天 {URL}")
    number = str(is_signed(bureau, "老旧小区改造"))
    browser = log_in("carol")
    sent = {"number": number, "channel": "市日报", "reason": ""}
    done = sends(browser, PAGE, **sent, what="sent")
    assert "报送市日报，已告诉王芳" in done.text
    assert f"<li>{number}号《老旧小区改造》 市日报</li>" in done.text
    assert "不用再登记" in sends(browser, PAGE, **sent, what="sent").text
    done = sends(browser, PAGE, **sent | {"reason": "选题重复"}, what="unused")
    assert "没被市日报采用，原因：选题重复" in done.text
    alice.hears("没被市日报采用。原因：选题重复。\n本周采用的，可以看看", "《加装电梯》", URL)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pdf_shows_what_a_leader_wrote(bureau: Chat, log_in: LogIn) -> None:
    number = str(is_signed(bureau, "加装电梯"))
    browser = log_in("carol")
    remark = {"number": number, "day": "2026-09-21", "leader": "王副市长", "remark": "请推广"}
    marked = sends(browser, PAGE, ("批示.pdf", pdf("秘密★一年")), **remark, what="remark")
    assert "秘密" in marked.text
    assert all_rows(bureau.services.database)["attachments"] == []
    paper = ("批示.pdf", pdf("请总结推广。", "王"))
    (written,) = set(entries(sends(browser, PAGE, paper, **remark, what="remark")))
    page = browser.gets(written).text
    assert "佐证 PDF《批示.pdf》" in page
    assert "请总结推广。\n王" in page
    file = re.search(r'href="([^"]+/pictures/[^"]+)"', page)
    assert file
    assert "attachment" in browser.gets(file[1]).headers["Content-Disposition"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_may_see_and_who_may_do(bureau: Chat, log_in: LogIn) -> None:
    number = is_signed(bureau, "物业检查")
    bureau.phone("carol").says(f"登记采用 {number} 市日报 今天 {URL}")
    bureau.enrol(OTHER_BUREAU)
    (address,) = set(entries(log_in("carol").gets(PAGE)))
    bob = log_in("bob")
    assert "市日报" in bob.gets(PAGE).text
    for hidden_part in ("登记采用</button>", "导出 Excel"):
        assert hidden_part not in bob.gets(PAGE).text
    shown = bob.gets(address).text
    assert "更正" not in shown
    token = hidden(bob.gets("/p/compose").text, "csrf_token")
    fields = {"channel": "省日报", "day": "2026-09-21", "number": str(number), "url": URL}
    fields |= {"level": "", "form": "", "csrf_token": token}
    for act, words in (("void", "由办公室更正"), ("correct", "由办公室登记")):
        done = bob.posts(address, act=f"{ord(act[0]):032x}", what=act, **fields)
        assert words in bob.follows(done).text
    statuses = [row["status"] for row in all_rows(bureau.services.database)["adoptions"]]
    assert statuses == ["confirmed"]
    assert log_in("alice").gets(PAGE).status_code == 404
    assert log_in("alice").gets(address).status_code == 200
    for stranger in ("mallory", "heidi", "otto"):
        assert log_in(stranger).gets(address).status_code == 404
    assert bob.gets(f"{PAGE}/register.xlsx?from=2026-09&to=2026-09").status_code == 404
