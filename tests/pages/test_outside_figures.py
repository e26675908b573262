"""学习强国: another system's figures, taken over by the office; the bot itself counts none."""

from decimal import Decimal
from typing import Any

import httpx

from bot.config import Config
from storage.vocabulary import UnitId
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat, chat, import_rules
from tests.harness.sheets import xlsx
from tests.pages.conftest import LogIn

ADDRESS = "/p/outside/import"
HEAD = ("科室", "月份", "采用", "任务")
RULES = """\
[[rule_set]]
name = "bureau"
title = "考核办法"
base = 6
adoption = [{ points = 1 }]

[[rule_set.quota]]
measure = "学习强国"
targets = 3
on_short = { mode = "per_missing", points = -1 }
"""


def hands_in(browser: Visitor, *rows: Any, name: str = "学习强国.xlsx") -> httpx.Response:
    token = hidden(browser.gets(ADDRESS).text, "csrf_token")
    return browser.follows(browser.uploads(ADDRESS, (name, xlsx(*rows)), csrf_token=token))


def says_yes(browser: Visitor, shown: httpx.Response) -> str:
    fields = {name: hidden(shown.text, name) for name in ("csrf_token", "act")}
    return browser.follows(browser.posts(shown.url.path, **fields)).text


def points(bureau: Chat, month: str) -> Decimal | None:
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        return uow.scores.totals([UnitId(unit.id)], month).get(unit.id)


def are_told_as_they_are_asked_for(bureau: Chat) -> None:
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    alice.says("学习强国 本月")
    alice.hears("物业科9月学习强国：采用1条（目标3条，还差2条）。今年累计采用1条。")
    alice.says("学习强国 燃气科")
    alice.hears("您看不到燃气科的数据")
    mallory.says("学习强国")
    mallory.hears("燃气科9月学习强国：采用4条（目标3条，已完成）。")
    alice.says("一页纸 9月")
    bureau.advance(seconds=5)
    alice.hears("一页纸做好了", "学习强国采用1条，目标3条。")
    carol.says("外部数据 9月")
    carol.hears("9月学习强国：2个单位中1个完成目标，合计采用5条。\n还没完成的：\n物业科 1/3")
    carol.says("学习强国哪些科室没完成")
    carol.hears("还没完成的：\n物业科 1/3")
    carol.says("8月学习强国采用情况")
    carol.hears("8月的学习强国数据办公室还没有导入。")
    carol.says("学习强国 燃气科 三季度")
    carol.hears("燃气科三季度学习强国：采用4条（目标3条，已完成）。今年累计采用4条。")


def test_figures_are_taken_over_told_and_counted(bureau: Chat, log_in: LogIn) -> None:
    assert import_rules(bureau.services, RULES) == []
    alice, bob = bureau.phones("alice", "bob")
    alice.says("学习强国 本月")
    alice.hears("9月的学习强国数据办公室还没有导入。")
    browser = log_in("carol")
    shown = hands_in(browser, HEAD, ("物业科", "2026年9月", 1, 3), ("燃气科", "9月", 4, 3))
    assert "确认登记2行" in shown.text
    done = says_yes(browser, shown)
    assert "《学习强国.xlsx》已导入2行。没完成目标的1个，已提醒：物业科。" in done
    bureau.advance(minutes=1)
    for phone in (alice, bob):
        phone.hears("学习强国9月物业科采用1条，目标3条，还差2条。")
    assert points(bureau, "2026-09") == Decimal("4.00"), "6, and 2 missing"

    are_told_as_they_are_asked_for(bureau)
    bureau.enrol(OTHER_BUREAU)
    bureau.phone("otto").says("学习强国")
    bureau.phone("otto").hears("还没有导入过")

    again = hands_in(browser, HEAD, ("物业科", "2026-09", 2, None), ("燃气科", "2026-09-30", 4, 3))
    assert "改了：采用1→2" in again.text
    assert "已导入1行" in says_yes(browser, again)
    bureau.advance(minutes=1)
    assert points(bureau, "2026-09") == Decimal("5.00")
    changes = [
        row
        for row in all_rows(bureau.services.database)["audit_entries"]
        if row["tag"] == "outside:change"
    ]
    assert [row["before"]["value"] for row in changes] == [1]
    assert all_rows(bureau.services.database)["outside_staged"] == []


def test_what_was_not_switched_on_or_cannot_be_is_refused(bureau: Chat, log_in: LogIn) -> None:
    browser = log_in("carol")
    shown = hands_in(
        browser,
        ("单位", "月份", "来源", "采用", "积分"),
        ("物业科", "2026-09", None, 1, None),
        ("物业科", "2026-09", None, 2, None),
        ("燃气科", "2026-09", None, 1, 300),
        ("月球科", "2026-09", None, 1, None),
        ("燃气科", "2026-12", None, 1, None),
        ("燃气科", "上月吧", None, 1, None),
        ("燃气科", "2026-08", "快手", 1, None),
        ("燃气科", "2026-08", None, -1, None),
        ("燃气科", "2026-07", None, None, None),
    )
    assert "新增1行，跳过0行，有问题8行" in shown.text
    for said in (
        "与第2行是同一单位、同一月份",
        "“积分”没有开启（配置 outside.use_of_app）",
        "没有“月球科”这个单位",
        "2026-12还没到",
        "月份“上月吧”看不懂",
        "来源“快手”不在名单里",
        "采用“-1”不是0以上的整数",
        "没有数字",
    ):
        assert said in shown.text
    assert all_rows(bureau.services.database)["outside_figures"] == []


@on_sqlite
def test_figures_of_several_systems_are_told_together(config: Config) -> None:
    sources = config.outside.model_copy(update={"sources": ("学习强国", "市政务平台")})
    with chat(config.model_copy(update={"outside": sources}), pages=True) as bureau:
        alice, carol = bureau.phones("alice", "carol")
        with Visitor(bureau) as browser:
            browser.logs_in("carol", ADDRESS)
            rows = [("物业科", "9月", name, 2, 3) for name in ("学习强国", "市政务平台")]
            shown = hands_in(browser, ("科室", "月份", "来源", "采用", "任务"), *rows)
            assert "没完成目标的1个，已提醒：物业科。" in says_yes(browser, shown)
        alice.hears("学习强国9月物业科采用2条")
        alice.hears("市政务平台9月物业科采用2条")
        alice.says("外部数据")
        alice.hears("物业科9月学习强国：采用2条", "\n物业科9月市政务平台：采用2条")
        carol.says("外部数据 市政务平台")
        assert "学习强国" not in carol.hears("9月市政务平台：1个单位中0个完成目标").text
