"""采用登记表: uploaded, checked row by row, and entered as a whole or not at all."""

import re
from datetime import date

import httpx
import pytest

from bot.sheets import taking
from storage.vocabulary import SheetId
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.sheets import cells, xlsx
from tests.harness.telling import hands_in as hands_in_draft
from tests.harness.telling import is_signed, passes
from tests.pages.conftest import LogIn

ADDRESS = "/p/adoptions/import"
HEAD = ("稿号", "标题", "采用刊物", "采用日期", "级别", "链接", "署名", "批示领导", "批示内容")
LONG_HEAD = ("稿号", "标题", "渠道", "日期", "级别", "批示领导", "批示内容", "佐证")
URL = "https://www.example.gov.cn/a/1.html"


def hands_in(browser: Visitor, content: bytes, name: str = "9月采用.xlsx") -> httpx.Response:
    token = hidden(browser.gets(ADDRESS).text, "csrf_token")
    return browser.follows(browser.uploads(ADDRESS, (name, content), csrf_token=token))


def blank(page: httpx.Response) -> dict[str, str]:
    return {name: hidden(page.text, name) for name in ("csrf_token", "act")}


def says_yes(browser: Visitor, shown: httpx.Response) -> httpx.Response:
    return browser.follows(browser.posts(shown.url.path, **blank(shown)))


def test_a_sheet_is_checked_confirmed_and_told_once(bureau: Chat, log_in: LogIn) -> None:
    alice, bob = bureau.phones("alice", "bob")
    first = is_signed(bureau, "老旧小区改造")
    is_signed(bureau, "物业检查")
    for phone in bureau.phones("alice", "bob", "carol", "dan"):
        phone.hears_all()
    sheet = xlsx(
        ("区住建局2026年9月采用情况统计表",),
        HEAD,
        (first, "老旧小区改造", "市政府网", date(2026, 9, 21), "市级", URL, None, None, None),
        (None, "《物业检查》", "学习强国", "9月21日", "省级", URL, "王芳、陈静 3:2", None, None),
        (first, None, None, 46286, None, None, None, "王副市长", "请总结推广"),
        (first, None, "市政府网站", "二〇二六年九月二十一日", None, URL, None, None, None),
    )
    carol = log_in("carol")
    shown = hands_in(carol, sheet)
    assert "等您确认" in shown.text
    assert "新增3行，跳过1行，有问题0行" in shown.text
    assert "第6行：与第3行重复，跳过。" in shown.text
    bureau.nobody_hears_more()

    done = says_yes(carol, shown)
    assert "《9月采用.xlsx》已登记：采用2条，批示1条。已告诉作者和科室负责人。" in done.text
    alice.hears("周敏从表格登记了3条采用、批示", f"{first}号《老旧小区改造》 市政府网站", "计入9月")
    bob.hears("周敏从表格登记了")
    bureau.phone("mallory").hears("1条", "学习强国省平台（省级")
    alice.says(f"稿件 {first}")
    alice.hears("采用：市政府网站（市级，单篇），9月21日，计入9月\n批示：王副市长（市级其他领导）")
    rows = all_rows(bureau.services.database)
    assert sorted(row["weight"] for row in rows["adoption_shares"]) == [1, 2, 3]
    assert {row["status"] for row in rows["dispatches"]} == {"adopted"}
    assert "确认登记" not in done.text

    again = hands_in(carol, sheet, "再传一次.xlsx")
    assert "新增0行，跳过4行" in again.text
    assert "都登记过了，不用再登记" in again.text
    after = all_rows(bureau.services.database)
    assert len(after["adoptions"]) == len(rows["adoptions"]) == 2
    assert len(after["instructions"]) == 1
    bureau.nobody_hears_more()


@on_sqlite
def test_what_a_sheet_proposes_is_asked_for_in_one_message_and_decided_on_one_page(
    bureau: Chat, log_in: LogIn
) -> None:
    carol, dan = bureau.phones("carol", "dan")
    number = is_signed(bureau, "老旧小区改造")
    for phone in bureau.phones("alice", "bob", "carol", "dan"):
        phone.hears_all()
    rows = [(number, None, name, "9月21日", None, URL, "周敏") for name in ("市日报", "市晚报")]
    office = log_in("carol")
    shown = hands_in(office, xlsx(HEAD[:7], *rows))
    assert "另有2条与您自己有关，等别人确认" in says_yes(office, shown).text
    said = dan.hears("周敏从表格《9月采用.xlsx》登记了2条与本人有关的采用、批示，等您确认").text
    assert f"{number}号《老旧小区改造》 市日报" in said
    dan.hears_nothing()
    deputy = log_in("dan")
    page = deputy.gets("/p/adoptions/waiting")
    ids = re.findall(r'name="entry" value="([0-9a-f]{32})"', page.text)
    assert len(ids) == 2
    first = {**blank(page), "entry": ids[0]}
    refusal = deputy.posts(page.url.path, **first, what="refuse", reason="")
    assert "请写不确认的理由" in refusal.text
    done = deputy.follows(deputy.posts(page.url.path, **first, what="refuse", reason="重复"))
    assert "没有确认1条，已告诉登记的人。" in done.text
    carol.hears("您报的1条没有确认（刘伟）：重复")
    bureau.advance(days=1)
    dan.hears("表格《9月采用.xlsx》里还有1条等您确认")
    deputy.logs_in("dan")
    page = deputy.gets("/p/adoptions/waiting")
    both = deputy.posts(page.url.path, **blank(page), entry=ids[1], what="confirm", reason="")
    assert "已确认1条，已告诉作者和科室负责人。" in deputy.follows(both).text
    carol.hears("刘伟确认了1条采用、批示")
    assert "没有等您确认的" in deputy.gets(page.url.path).text
    used = [row["status"] for row in all_rows(bureau.services.database)["adoptions"]]
    assert sorted(used) == ["confirmed", "refused"]


def test_one_fault_and_nothing_is_entered_but_each_is_named(bureau: Chat, log_in: LogIn) -> None:
    number = is_signed(bureau, "口袋公园")
    bureau.phone("alice").says("投稿 没写完")
    carol = log_in("carol")
    good = (number, None, "市日报", "2026-09-21", None, URL)
    faulty = {
        (number, None, "省报", "2026-09-21", None, URL): "没有“省报”，相近的有省日报",
        (number, None, "学习强国", "2026-09-21", None, URL): "可能是学习强国",
        (number, None, "市晚报", "上周吧", None, URL): "日期“上周吧”看不懂",
        (number, None, "市晚报", "2026-09-01", None, URL): "才签发，9月1日不会已被采用",
        (number, None, "市晚报", "2026-12-01", None, URL): "还没到",
        (number, None, "市晚报", "2026-09-21", None, None): "没有佐证",
        (number, "别的标题", "市晚报", "2026-09-21", None, URL): "稿号和标题对不上",
        (99, None, "市晚报", "2026-09-21", None, URL): "没有99号稿件",
        (number + 1, None, "市晚报", "2026-09-21", None, URL): "还没签发（撰写中）",
        ("十二", None, "市晚报", "2026-09-21", None, URL): "稿号“十二”看不懂",
        (number, None, "市晚报", "2026-09-21", "特级", URL): "层级“特级”看不懂",
        (number, None, "市晚报", "2026-09-21", None, "=1+1"): "链接",
    }
    shown = hands_in(carol, xlsx(HEAD, good, *faulty))
    assert "有问题，没有登记" in shown.text
    assert f"新增1行，跳过0行，有问题{len(faulty)}行" in shown.text
    assert "确认登记" not in shown.text
    report = carol.gets(f"{shown.url.path}/report.xlsx")
    said = {row[0]: row[2] for row in cells(report.content)[1:]}
    for place, expected in enumerate(faulty.values(), start=3):
        assert expected in said[place]
    assert all_rows(bureau.services.database)["adoptions"] == []


def remarks(number: int, leader: str) -> list[tuple[object, ...]]:
    common = (number, None, None, "2026-09-21", "市级")
    return [(*common, f"{place}号{leader}", "请推广", None) for place in range(501)]


def half_entered(bureau: Chat, browser: Visitor, rows: list[tuple[object, ...]]) -> SheetId:
    """Hand a long sheet in and say yes to it; its worker dies with the first piece entered."""

    def dies(_done: int) -> None:
        raise KeyboardInterrupt

    shown = hands_in(browser, xlsx(LONG_HEAD, *rows))
    assert f"开始登记，共{len(rows)}行" in says_yes(browser, shown).text
    sheet = SheetId(shown.url.path.rpartition("/")[2])
    with pytest.raises(KeyboardInterrupt):
        taking.enter(bureau.services, sheet, dies)
    bureau.services.redis.flushdb()
    assert "已登记250行" in browser.gets(shown.url.path).text
    return sheet


def test_a_long_sheet_is_there_as_a_whole_or_not_at_all(bureau: Chat, log_in: LogIn) -> None:
    """Its worker dies after the first piece; the next one ends it, or what has changed does."""
    number = is_signed(bureau, "危房改造")
    alice, phone = bureau.phones("alice", "carol")
    for each in bureau.phones("alice", "bob", "carol", "dan"):
        each.hears_all()
    carol = log_in("carol")
    use = (number, None, "市日报", "2026-09-21", None, None, None, "第3版")
    sheet = half_entered(bureau, carol, [use, *remarks(number, "领导")])
    alice.says(f"稿件 {number}")
    assert "批示" not in alice.hears("《危房改造》").text
    assert cells(carol.gets("/p/adoptions/register.xlsx?from=2026-09&to=2026-09").content)[1:] == []
    bureau.nobody_hears_more()

    bureau.advance(minutes=2)
    phone.hears("已登记：采用1条，批示501条")
    alice.hears("登记了502条", "还有497条")
    after = all_rows(bureau.services.database)
    assert len(after["instructions"]) == 501
    assert {row["status"] for row in after["instructions"] + after["adoptions"]} == {"confirmed"}
    taking.work(bureau.services, sheet)
    assert all_rows(bureau.services.database) == after

    half_entered(bureau, carol, remarks(number, "主任"))
    phone.says(f"紧急撤下 {number} 数据有误")
    bureau.advance(minutes=2)
    phone.hears("整张没有登记，请重新上传核对")
    rows = all_rows(bureau.services.database)
    assert len(rows["instructions"]) == 501
    assert "staged" not in {row["status"] for row in rows["instructions"]}
    assert sorted(row["status"] for row in rows["sheets"]) == ["entered", "faulty"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_head_hears_of_his_section_and_not_of_a_co_authors_own_items(
    bureau: Chat, log_in: LogIn
) -> None:
    together = is_signed(bureau, "老旧小区改造")
    mallory, *gates = bureau.phones("mallory", "heidi", "carol", "dan")
    elsewhere = hands_in_draft(mallory, "燃气检查", "9月20日，区住建局组织检查。")
    for reviewer in gates:
        passes(reviewer, elsewhere)
    for phone in bureau.phones("alice", "bob", *("mallory", "heidi", "carol", "dan")):
        phone.hears_all()
    rows = (
        (together, None, "市日报", "9月21日", None, URL, "王芳、陈静"),
        (elsewhere, None, "市日报", "9月21日", None, URL),
    )
    carol = log_in("carol")
    says_yes(carol, hands_in(carol, xlsx(HEAD, *rows)))
    mallory.hears("登记了2条", "老旧小区改造", "燃气检查")
    assert "燃气检查" not in bureau.phone("bob").hears("登记了1条", "老旧小区改造").text
    assert "老旧小区改造" not in bureau.phone("heidi").hears("登记了1条", "燃气检查").text


def test_what_is_no_sheet_of_ours_leaves_nothing(bureau: Chat, log_in: LogIn) -> None:
    carol = log_in("carol")
    for content, why in (
        (b"a,b\n1,2\n", "只收 Excel 表格（.xlsx）和 CSV"),
        (xlsx(("甲", "乙"), (1, 2)), "没有找到表头"),
        (xlsx(("稿号", "渠道"), (1, 2)), "缺少列：日期"),
        (xlsx(("稿号", "日期", "采用日期"), (1, 2, 3)), "列名“日期”出现了两次"),
        (xlsx(HEAD), "表里没有内容"),
        (xlsx(HEAD, (1, "机密★一年", "市日报", "2026-09-21")), "整张表没有保存"),
    ):
        refused = hands_in(carol, content)
        assert refused.status_code == 422
        assert why in refused.text
    rows = all_rows(bureau.services.database)
    assert (rows["sheets"], rows["sheet_rows"]) == ([], [])
    assert "secrecy:stop" in {row["tag"] for row in rows["audit_entries"]}
    assert log_in("alice").gets(ADDRESS).status_code == 404
