"""A draft's page: what it shows, and a verdict that is given there."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from storage.vocabulary import DraftId
from tests.harness.databases import on_sqlite
from tests.harness.drafting import BODY, REVISED, address_of, handed_in, revised
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.service import Chat
from tests.pages.conftest import LogIn


def drawn() -> bytes:
    """Return a picture."""
    file = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(file, "PNG")
    return file.getvalue()


def decides(visitor: Visitor, address: str, verdict: str, reason: str = "", **more: str) -> str:
    """Fill in the form of the draft's page, and return what is shown then."""
    page = visitor.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    answer = visitor.posts(address, **fields, verdict=verdict, reason=reason, **more)
    return visitor.follows(answer).text


def test_the_links_of_the_chat_lead_to_the_draft_and_the_lists(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    bob, browser = bureau.phone("bob"), log_in("bob")
    bob.says(f"稿件 {number}")
    page = browser.follows(browser.gets(link_in(bob.hears("等李强审核").text)))
    assert BODY in page.text
    bob.says("待审")
    page = browser.follows(browser.gets(link_in(bob.hears("等您审核的有1篇").text)))
    assert "1号《春季消防检查》" in page.text
    assert "到期" in page.text


def test_the_card_leads_to_the_draft(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    card = bureau.phone("bob").hears("待您审核").message
    browser = log_in("bob")
    page = browser.follows(browser.gets(link_in(card.payload["card_action"]["url"])))
    assert page.url.path == address_of(bureau, number)
    assert "您的审核" in page.text


def test_a_long_draft_still_names_its_page_in_the_first_message(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    number = handed_in(bureau, body="很长的正文。" * 200)
    alice.says(f"稿件 {number}")
    first = alice.hears("等李强审核")
    assert len(first.text.encode()) <= 2048
    assert link_in(first.text)


def test_a_long_list_of_quotas_has_its_page(bureau: Chat, log_in: LogIn) -> None:
    lines = "".join(f"new{n},新{n},区住建局/第{n}科,officer,,\n" for n in range(12))
    bureau.enrol(f"userid,name,unit,roles,aliases,in_charge_of\n{lines}")
    handed_in(bureau)
    eve, browser = bureau.phone("eve"), log_in("eve")
    eve.says("配额")
    answer = eve.hears("还没完成的").text
    assert "……另有" in answer
    page = browser.follows(browser.gets(link_in(answer))).text
    assert "第11科" in page
    row = re.sub(r"<[^>]+>|\s+", " ", page.partition("物业科")[2].partition("</tr>")[0]).split()
    assert row == ["2", "1", "0", "1"]
    own = log_in("alice").gets("/p/quotas").text
    assert "物业科" in own
    assert "燃气科" not in own


def test_the_page_shows_text_versions_opinions_and_who_is_waited_for(
    bureau: Chat, log_in: LogIn
) -> None:
    number = revised(bureau)
    page = log_in("alice").gets(address_of(bureau, number)).text
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    assert "检查重点场所15处" in text
    assert re.search(r"科室负责人 李强\s+退回\s+第1稿 今天 10:00\s+请补充复查情况", text)
    assert re.search(r"等科室负责人李强审核\s+今天 10:00起", text)
    assert re.search(r"第2稿\s+25字，王芳 今天 10:00\s+比第1稿改了什么", text)
    assert "您的审核" not in text


def test_who_approved_an_older_text_is_led_to_what_changed_since(
    bureau: Chat, log_in: LogIn
) -> None:
    number = handed_in(bureau)
    bureau.phone("bob").says(f"通过 {number}")
    bureau.phone("carol").says(f"退回 {number} 请核实数字")
    bureau.phone("alice").says(f"修改 {number}\n{REVISED}")
    bob = log_in("bob")
    page = bob.gets(address_of(bureau, number)).text
    assert "这一审级通过过第1稿" in page
    found = re.search(r'href="([^"]+)">看之后改了什么', page)
    assert found
    changes = bob.gets(unescape(found[1])).text
    assert "共2处" in changes


def test_what_was_put_off_says_until_when(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    bureau.phone("bob").says(f"{number}号先放一放，下周一再说")
    page = log_in("alice").gets(address_of(bureau, number)).text
    assert "暂放" in page
    assert re.search(r"已推迟到9月28日", page)


def test_changes_are_marked_character_by_character(bureau: Chat, log_in: LogIn) -> None:
    number = revised(bureau)
    page = log_in("bob").gets(f"{address_of(bureau, number)}/changes").text
    spoken = re.sub(r'<span class="unseen">[^<]*</span>', "", page)
    assert "<del>12</del><ins>15</ins>处" in spoken.replace("\n", "")
    assert "<ins>已复查。</ins>" in spoken.replace("\n", "")
    assert "共2处" in page


@pytest.mark.parametrize("query", ["from=1&to=9", "from=0&to=1", "to=x&from=7"])
def test_versions_that_are_not_there_are_not_compared(
    bureau: Chat, log_in: LogIn, query: str
) -> None:
    number = revised(bureau)
    assert log_in("bob").gets(f"{address_of(bureau, number)}/changes?{query}").status_code == 404


def test_a_return_with_its_reason_is_that_of_the_chat(bureau: Chat, log_in: LogIn) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = handed_in(bureau)
    card = bob.hears("待您审核")
    page = decides(log_in("bob"), address_of(bureau, number), "return", "请补充参加单位")
    assert "已退回1号《春季消防检查》，理由：请补充参加单位" in page
    assert "您的审核" not in page
    alice.hears("被科室负责人李强退回：请补充参加单位")
    bureau.settle()
    assert card.greyed == "已退回"


def test_an_approval_with_a_note_opens_the_next_gate(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    page = decides(log_in("bob"), address_of(bureau, number), "approve", "数字已核")
    assert "已通过1号《春季消防检查》（意见：数字已核）" in page
    assert "等办公室周敏审核" in page
    bureau.phone("carol").hears("待您审核")


@on_sqlite
def test_a_text_is_approved_as_the_reviewer_changed_it(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    address, bob = address_of(bureau, number), log_in("bob")
    card = bureau.phone("bob").hears("待您审核")
    text = re.search(r'name="body"[^>]*>([^<]*)<', bob.gets(address).text)
    assert text
    body = unescape(text[1])
    assert "没有改动" in decides(bob, address, "edit", title="春季消防检查", body=body)
    emptied = decides(bob, address, "edit", "请看标题", title="春季消防大检查", body=" ")
    assert "正文不能为空" in emptied
    assert "请看标题" in emptied, "what was typed is not lost"
    assert "标题和正文不能为空" in decides(bob, address, "edit", title=" ", body=body)
    page = decides(
        bob, address, "edit", "数字已核", title="春季消防大检查", body=f"{body}\r\n已全部整改。"
    )
    assert "已按您的意见改好" in page
    assert "已通过1号《春季消防大检查》（意见：修改后通过，数字已核）" in page
    bureau.phone("alice").hears("李强修改了您的1号《春季消防检查》", "已全部整改")
    bureau.phone("carol").hears("待您审核", "春季消防大检查")
    bureau.settle()
    assert card.greyed == "稿件已改"


def test_a_return_without_a_reason_is_asked_for_one(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    page = decides(log_in("bob"), address_of(bureau, number), "return", "  ")
    assert "退回请写明理由" in page
    assert 'aria-describedby="fault"' in page
    bureau.phone("alice").hears_nothing()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_draft_is_put_off_handed_on_and_approved_under_a_condition(
    bureau: Chat, log_in: LogIn
) -> None:
    """What a reviewer says in the chat he does here, and what is missing is asked for."""
    number = handed_in(bureau)
    address = address_of(bureau, number)
    bob, alice = log_in("bob"), bureau.phone("alice")
    assert 'value="resume"' not in bob.gets(address).text
    assert "日期没看懂" in decides(bob, address, "hold", until="下周")
    assert "已经过去了" in decides(bob, address, "hold", until="2026-01-01")
    assert "已暂放到9月25日" in decides(bob, address, "hold", "等数据", until="2026-09-25")
    alice.hears("李强把您的1号《春季消防检查》暂放到9月25日", "（等数据）")
    assert 'value="resume" required checked' in bob.gets(address).text
    assert "又等您审核了" in decides(bob, address, "resume")
    alice.hears("李强恢复了")

    asked = decides(bob, address, "countersign", "请看法条")
    assert "请写明请谁会签" in asked
    assert re.search(r"<details open>.*请看法条", asked, re.DOTALL)
    assert "没有找到“查无此人”" in decides(bob, address, "transfer", whom="查无此人")
    assert "已请赵磊会签" in decides(bob, address, "countersign", whom="燃气科")
    alice.hears("李强已请赵磊会签")
    assert "有条件同意请写明条件" in decides(bob, address, "condition")
    assert "等周敏核实确认" in decides(bob, address, "condition", "请办公室再核数字")
    alice.hears("由科室负责人李强通过（意见：请办公室再核数字）")
    page = decides(log_in("heidi"), address, "approve")
    assert "还等周敏" in page
    assert "转给别人审" not in log_in("dan").gets(address).text


def moves(visitor: Visitor, address: str, move: str, words: str = "", **more: str) -> str:
    """Fill in one of the other forms of the page, and return what is shown then."""
    page = visitor.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "act")}
    if 'name="recall"' in page:
        fields["recall"] = hidden(page, "recall")
    answer = visitor.posts(f"{address}/moves", **fields, move=move, words=words, **more)
    return visitor.follows(answer).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_verdict_is_undone_and_a_draft_taken_back(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    address = address_of(bureau, number)
    alice, bob = log_in("alice"), log_in("bob")
    assert 'value="undo"' not in bob.gets(address).text
    assert 'value="undo"' in decides(bob, address, "approve")
    assert "已撤销" in moves(bob, address, "undo")
    assert "您的审核" in bob.gets(address).text
    assert "没有可撤销的" in moves(bob, address, "undo")

    assert 'value="withdraw"' not in log_in("dan").gets(address).text
    assert "请先勾选确认" in moves(alice, address, "withdraw")
    assert "已撤回1号" in moves(alice, address, "withdraw", sure="y")
    bureau.phone("bob").hears("王芳已撤回")
    assert 'value="withdraw"' not in alice.gets(address).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_out_is_put_right_and_taken_down(bureau: Chat, log_in: LogIn) -> None:
    """The author asks, the signer agrees, the office does it: each on the page of the draft."""
    number = handed_in(bureau)
    address = address_of(bureau, number)
    for reviewer in ("bob", "carol", "dan"):
        bureau.phone(reviewer).says(f"通过 {number}")
    bureau.phone("carol").says(f"报送 {number} 区政府网站")
    alice, carol, dan = log_in("alice"), log_in("carol"), log_in("dan")
    assert "请写明原因" in moves(alice, address, "correct")
    assert "已申请更正1号" in moves(alice, address, "correct", "场所数写错了")
    assert 'value="agree"' not in alice.gets(address).text
    page = dan.gets(address).text
    assert "等您批准：更正" in page
    assert "王芳于今天 10:00申请更正，原因：场所数写错了" in page
    assert "请写明原因" in moves(dan, address, "refuse")
    assert "已同意更正1号" in moves(dan, address, "agree")
    assert "这和原文一样" in moves(carol, address, "right", BODY)
    assert "已更正（第2稿）" in moves(carol, address, "right", BODY.replace("12", "15"))

    assert "已紧急撤下" in moves(carol, address, "down_first", "单位来电要求")
    assert "等您批准：撤下" in dan.gets(address).text
    stale = dan.gets(address).text
    assert "已补批" in moves(dan, address, "agree")
    fields = {name: hidden(stale, name) for name in ("csrf_token", "recall")}
    late = dan.posts(f"{address}/moves", **fields, act="0" * 32, move="refuse", words="不撤")
    assert "这个申请已经办过了" in dan.follows(late).text
    bureau.phone("alice").hears("已补批1号")


def test_what_was_typed_is_not_lost_when_it_is_too_long(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    page = decides(log_in("bob"), address_of(bureau, number), "return", "长" * 501)
    assert "意见最多500字" in page
    assert "长" * 501 in page


def test_a_form_sent_twice_is_one_decision(bureau: Chat, log_in: LogIn) -> None:
    address, bob = address_of(bureau, handed_in(bureau)), log_in("bob")
    page = bob.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    first = bob.follows(bob.posts(address, **fields, verdict="approve", reason="")).text
    again = bob.follows(bob.posts(address, **fields, verdict="return", reason="点错")).text
    assert "已通过1号" in first
    assert "已通过1号" in again
    assert "已退回" not in again
    assert len(bureau.phone("alice").hears_all()) == 1


def test_the_late_one_is_told_who_was_first(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    bob = log_in("bob")
    page = bob.gets(address_of(bureau, number)).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    bureau.delegate("bob", "heidi")
    bureau.phone("bob").says(f"通过 {number}")
    answer = bob.posts(address_of(bureau, number), **fields, verdict="return", reason="太长")
    assert "您已于今天 10:00通过了1号《春季消防检查》，不用再处理" in bob.follows(answer).text


def test_a_verdict_on_a_text_that_was_overtaken_does_nothing(bureau: Chat, log_in: LogIn) -> None:
    """The page was opened; meanwhile the draft was returned and handed in anew."""
    bob = log_in("bob")
    number = handed_in(bureau)
    address = address_of(bureau, number)
    page = bob.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    bureau.phone("bob").says(f"退回 {number} 请补充复查情况")
    bureau.phone("alice").says(f"修改 {number}\n全新的正文。")
    after = bob.follows(bob.posts(address, **fields, verdict="approve", reason="")).text
    assert "您已于今天 10:00退回了1号" in after
    assert "等科室负责人李强审核" in after


def test_a_mark_of_secrecy_in_a_reason_is_stopped_and_not_kept(bureau: Chat, log_in: LogIn) -> None:
    number = handed_in(bureau)
    address = address_of(bureau, number)
    page = decides(log_in("bob"), address, "return", "按机密★件办理，见附")
    assert "已拦截，内容没有保存" in page
    assert "等科室负责人李强审核" in page
    with bureau.services.database.reading() as uow:
        assert not uow.pages.opinions(DraftId(address.rpartition("/")[2]))


def test_a_picture_is_sent_as_what_it_is_and_the_rest_as_a_download(
    bureau: Chat, log_in: LogIn
) -> None:
    alice = bureau.phone("alice")
    alice.says("投稿 春季消防检查\n检查12处。")
    alice.simulated.sends_image(drawn(), "现场.png")
    bureau.settle()
    alice.says("完成")
    address = address_of(bureau, 1)
    browser = log_in("bob")
    found = re.search(r'img src="([^"]+)"', browser.gets(address).text)
    assert found
    picture = browser.gets(found[1])
    assert picture.headers["Content-Type"] == "image/png"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert picture.content.startswith(b"\x89PNG")
    foreign = log_in("mallory").gets(found[1])
    assert foreign.status_code == 404


def test_a_task_of_a_draft_that_is_not_seen_is_no_way_to_it(bureau: Chat, log_in: LogIn) -> None:
    """The form of a draft of one's own, with the task of somebody else's in it."""
    foreign = address_of(bureau, handed_in(bureau))
    task = hidden(log_in("bob").gets(foreign).text, "task")
    own = address_of(bureau, handed_in(bureau, "mallory", "燃气", "入户宣传。"), "mallory")
    mallory = log_in("mallory")
    token = hidden(mallory.gets(own).text, "csrf_token")
    fields = {"csrf_token": token, "task": task, "act": "0" * 32, "verdict": "approve"}
    said = mallory.follows(mallory.posts(own, **fields, reason="")).text
    assert "没有等您审核的稿件" in said
    assert "春季消防检查" not in said


def test_a_visit_that_ended_changes_nothing(bureau: Chat, log_in: LogIn) -> None:
    address, bob = address_of(bureau, handed_in(bureau)), log_in("bob")
    page = bob.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    bureau.clock.advance(timedelta(hours=11))
    answer = bob.posts(address, **fields, verdict="approve", reason="")
    assert answer.status_code == 401
    assert "刚才提交的没有办" in answer.text


@pytest.mark.parametrize("missing", ["task", "act", "csrf_token", "verdict"])
def test_a_form_that_lacks_something_does_nothing(
    bureau: Chat, log_in: LogIn, missing: str
) -> None:
    address, bob = address_of(bureau, handed_in(bureau)), log_in("bob")
    page = bob.gets(address).text
    fields = {name: hidden(page, name) for name in ("csrf_token", "task", "act")}
    fields |= {"verdict": "approve", "reason": ""}
    del fields[missing]
    assert bob.posts(address, **fields).status_code in {400, 422}
    assert "等科室负责人李强审核" in bob.gets(address).text
