"""年度计划 on its pages: by sheet in and out, and one item from its node to its points."""

import re
from typing import Any

import httpx

from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat, import_rules
from tests.harness.sheets import cells, xlsx
from tests.harness.telling import passes
from tests.pages.conftest import LogIn

ADDRESS = "/p/plans/import"
RULES = """\
[[rule_set]]
name = "bureau"
base = 6
adoption = [{ level = "any", points = 4 }]
"""
HEAD = ("编号", "题目", "科室", "责任人", "节点", "渠道", "权重", "自动约稿")


def hands_in(browser: Visitor, *rows: Any) -> httpx.Response:
    token = hidden(browser.gets(ADDRESS).text, "csrf_token")
    return browser.follows(browser.uploads(ADDRESS, ("计划.xlsx", xlsx(*rows)), csrf_token=token))


def says_yes(browser: Visitor, shown: httpx.Response) -> str:
    fields = {name: hidden(shown.text, name) for name in ("csrf_token", "act")}
    return browser.follows(browser.posts(shown.url.path, **fields)).text


def writes(author: Visitor, address: str, **fields: str) -> str:
    page = author.gets(address).text
    known = {name: hidden(page, name) for name in ("csrf_token", "act")}
    return author.follows(author.posts(address, **known, **fields)).text


def sends(office: Visitor, address: str, do: str, **fields: str) -> str:
    """Send the first form that offers *do* as it stands on the page; return what is shown then."""
    forms = re.findall(r"<form method=\"post\".*?</form>", office.gets(address).text, re.DOTALL)
    form = next(one for one in forms if f'value="{do}"' in one)
    names = [name for name in ("csrf_token", "act", "node") if f'name="{name}"' in form]
    known = {name: hidden(form, name) for name in names}
    return office.follows(office.posts(address, **known, do=do, **fields)).text


@on_sqlite
def test_a_row_that_cannot_be_is_told_and_nothing_is_entered(bureau: Chat, log_in: LogIn) -> None:
    office = log_in("carol")
    assert log_in("alice").gets(ADDRESS).status_code == 404
    shown = hands_in(
        office,
        HEAD,
        (None, "节前检查", "没有科", None, "9月28日", None, None, None),
        (None, "节前检查", "物业科", None, "下旬", None, None, None),
        (7, "节前检查", "物业科", None, "9月28日", None, None, None),
        (None, "供热检查", "物业科", "王五", "9月28日", None, None, None),
        (None, "供热检查", "物业科", None, "2027-01-05", None, None, None),
        (None, "供热检查", "物业科", None, "9月28日", None, 9, None),
        (None, "供热检查", "物业科", None, "9月28日", None, None, "看情况"),
        (None, "节水宣传", "物业科", None, "9月28日", None, None, None),
        (None, "节水宣传", "物业科", None, "12月4日", None, None, None),
    ).text
    for said in (
        "新增1行，跳过0行，有问题8行",
        "第2行：本局没有科室“没有科”",
        "第3行：节点“下旬”看不懂",
        "第4行：2026年没有7号计划",
        "第5行：没有找到“王五”",
        "第6行：节点2027-01-05不在2026年",
        "第7行：权重“9”不是1到5",
        "第8行：自动约稿“看情况”看不懂",
        "第10行：与第9行题目和科室都一样",
    ):
        assert said in shown, said
    assert all_rows(bureau.services.database)["plan_items"] == []


def test_a_plan_comes_by_sheet_and_ends_in_points(  # noqa: PLR0915 - one year in one place
    bureau: Chat, log_in: LogIn
) -> None:
    assert import_rules(bureau.services, RULES) == []
    bureau.enrol(OTHER_BUREAU)
    alice, carol = bureau.phones("alice", "carol")
    office, officer, other = log_in("carol"), log_in("alice"), log_in("mallory")
    shown = hands_in(
        office,
        ("2026年度宣传要点计划",),
        HEAD,
        (None, "节前检查", "物业科", "李强", "9月28日、12月4日", "市日报", None, None),
        (None, "供热检查", "燃气科", None, "2026-11-02", None, 2, "否"),
    )
    assert "新加：节点9月28日、12月4日" in shown.text
    assert "新加2条，改了0条" in says_yes(office, shown)
    page = office.gets("/p/plans").text
    assert "2条、3个节点：完成0，约稿中0，逾期0，未到3" in page
    assert page.index('<h2 id="month-9">') < page.index('<h2 id="month-12">')

    sheet = cells(office.gets("/p/plans/plan.xlsx?year=2026").content)
    assert officer.gets("/p/plans/plan.xlsx").status_code == 404
    assert "跳过2行" in hands_in(office, *sheet).text, "what came out is what there is"
    days = sheet[0].index("节点")
    assert sheet[2][days] == "2026-11-02"
    sheet[2][days], sheet[2][sheet[0].index("渠道")] = "2026-11-09、2026-11-16", "省日报"
    sheet[1][days] = "2026-09-28、2026-12-07"
    changed = hands_in(office, *sheet)
    assert "改1号计划《节前检查》：节点“12月4日”→“12月7日”" in changed.text
    assert "渠道“”→“省日报”，取消节点11月2日，加节点11月9日、11月16日" in changed.text
    assert "新加0条，改了2条" in says_yes(office, changed)
    rows = all_rows(bureau.services.database)
    assert len(rows["plan_items"]) == 2, "by its number an item is changed, not doubled"
    timers = [row for row in rows["timers"] if row["kind"] == "plan_node"]
    assert len([row for row in timers if row["status"] == "pending"]) == 8

    bureau.advance(minutes=11)
    alice.hears("1号约稿", "节前检查", "9月28日 17:30")
    found = re.search(r"/p/plans/items/[0-9a-f]{32}", officer.gets("/p/plans").text)
    assert found
    item = found[0]
    assert other.gets(item).status_code == 404
    assert log_in("otto").gets(item).status_code == 404
    assert 'value="cancel' not in officer.gets(item).text

    # On the writing page a draft says which call it answers.
    blank = officer.gets("/p/compose").text
    call = re.search(r'<option value="([0-9a-f]{32})">1号约稿《节前检查》', blank)
    assert call
    assert "1号约稿" not in other.gets("/p/compose").text
    title = {"title": "电梯安全进小区", "body": "9月，物业科入户检查。"}
    refused = writes(other, "/p/compose", **title, call=call[1])
    assert "没有找到这个约稿" in refused
    assert "9月，物业科入户检查。" in refused, "what was typed is not lost"
    written = writes(officer, "/p/compose", **title, call=call[1])
    assert f'<option value="{call[1]}" selected>' in written
    draft = re.search(r'action="(/p/compose/[0-9a-f]{32})"', written)
    assert draft
    sent = writes(officer, draft[1], **title, call=call[1], submit="yes")
    assert "已算1号约稿《节前检查》按时交稿" in sent
    shown_item = officer.gets(item).text
    assert '节点9月28日 <span class="tag">已完成' in shown_item
    assert "1号《电梯安全进小区》" in shown_item

    for userid in ("bob", "carol", "dan"):
        passes(bureau.phone(userid), 1)
    carol.says("登记采用 1 市日报 今天 第3期")
    carol.hears("已登记")
    bureau.advance(minutes=10)
    assert "市日报 9月21日采用，得4分" in office.gets(item).text
    assert "系统 自动约稿" in office.gets(item).text

    # What the office does there is what it does in words.
    page = sends(office, item, "move", day="2026-12-11", words="")
    assert "1号计划《节前检查》的节点从12月7日改到12月11日" in page
    assert "原定12月4日" in page
    assert "不再自动约稿" in sends(office, item, "calls_off")
    assert "已取消（节点12月11日）" in sends(office, item, "cancel_all", words="不办了")
    assert "周敏 取消：2026-12-11，不办了" in office.gets(item).text
    added = writes(office, "/p/plans", line="节水宣传 12月4日 物业科")
    assert "已加3号计划《节水宣传》" in added
