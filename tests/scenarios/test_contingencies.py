"""应急预案: an incident starts it, each task is acknowledged, done or climbs; exercises."""

import re
from datetime import date
from pathlib import Path

from bot.config import Config
from handlers.duty.saving import Place, save
from handlers.rules.rota import Slot
from storage.vocabulary import DutyPosition, ShiftKind, TimerStatus, UserId
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor
from tests.harness.phones import Heard
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import until

EXAMPLE = Path("handlers/contingencies/examples/housing.toml")
RULES = """\
[[contingency]]
name = "燃气泄漏应急预案"
words = ["燃气"]
of = ["incident"]
at_least = "blue"
task = [
  { words = "联系燃气企业关阀停气", tell = ["section_head"], within = "10m" },
  { words = "拟对外答复口径", tell = ["office"], within = "1h" },
]
"""


@on_sqlite
def test_the_example_is_in_order(bureau: Chat) -> None:
    assert bureau.import_rules(EXAMPLE.read_text(encoding="utf-8")) == []
    carol = bureau.phone("carol")
    carol.says("预案")
    carol.hears("《燃气泄漏应急预案》4项任务", "房屋坍塌", "停工楼盘群体事件应急预案")


def code_of(heard: Heard) -> str:
    found = re.search(r"收到 (\d+)", heard.text)
    assert found, heard.text
    return found[1]


def test_an_incident_starts_its_plan_and_nobody_asks_who_does_what(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    alice.says("紧急信息：城南路燃气泄漏，影响40户")
    alice.hears(
        "已启动1号预案《燃气泄漏应急预案》，2项任务已发出",
        "1. 联系燃气企业关阀停气（李强，10:10前）",
        "2. 拟对外答复口径（周敏，11:00前）",
    )
    bob.hears("紧急1号 城南路")
    valve = code_of(bob.hears("联系燃气企业关阀停气", "10:10前办好", "第1项"))
    carol.hears("紧急1号 城南路")
    words = code_of(carol.hears("拟对外答复口径", "第2项"))
    until(bureau, "2026-09-21 10:10")
    dan.hears("1号预案《燃气泄漏应急预案》第1项“联系燃气企业关阀停气”已到时限（10:10）", "李强")
    bob.hears("已到时限（10:10）还没办好（李强）")
    carol.hears("联系燃气企业关阀停气")
    bob.says(f"收到 {valve}")
    bob.hears("已收到", "由您处理")
    until(bureau, "2026-09-21 10:12")
    bob.says(f"解除 {valve} 阀门已关")
    carol.says("看预案 1")
    carol.hears(
        "办好1/2项",
        "1. 联系燃气企业关阀停气：李强10分钟接下，今天 10:12办好，用12分钟，超时2分钟：阀门已关",
    )
    carol.says(f"收到 {words}")
    carol.says(f"解除 {words} 已拟好")
    dan.hears("1号预案《燃气泄漏应急预案》：2项任务办好2项，用时12分钟，最慢12分钟接下，超时1项")


@on_sqlite
def test_an_exercise_runs_the_same_plan_and_says_so_in_every_message(bureau: Chat) -> None:
    faults = bureau.import_rules(RULES.replace('"10m"', '"4wh"').replace('"office"', '"nobody"'))
    assert [fault.partition(":")[0] for fault in faults] == ["7", "8"]
    assert bureau.import_rules(RULES) == []
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("演练 燃气")
    alice.hears("预案由办公室、值班、带班和领导启动")
    carol.says("演练 燃气")
    carol.hears("已启动【演练】1号预案《燃气泄漏应急预案》")
    words = code_of(carol.hears("【演练】拟对外答复口径"))
    carol.says(f"收到 {words}")
    carol.says(f"解除 {words} 已拟好")
    carol.says("结束演练 1")
    carol.hears("【演练】1号预案《燃气泄漏应急预案》已结束，没办完的1项不再催", "用0分钟：已拟好")
    carol.says("紧急信息")
    carol.hears("现在没有在办的紧急信息")
    alice.says("看预案 1")
    alice.hears("没有找到1号预案")
    bob.hears_nothing()


@on_sqlite
def test_pages_show_the_plans_and_what_each_incident_started(config: Config) -> None:
    with chat(config, pages=True) as bureau, Visitor(bureau) as carol:
        assert bureau.import_rules(RULES) == []
        plans = carol.logs_in("carol", "/p/contingencies").text
        for words in ("有1个预案", "1. 联系燃气企业关阀停气", "还没有启动过预案"):
            assert words in plans, words
        bureau.phone("alice").says("紧急信息：城南路燃气泄漏，影响40户")
        bureau.phone("bob").says("抖音有人发视频说金色家园烂尾 点赞2万")
        rows = all_rows(bureau.services.database)
        [incident], [case] = rows["incidents"], rows["cases"]
        page = carol.gets(f"/p/incidents/{incident['id']}").text
        assert "1号预案《燃气泄漏应急预案》" in page
        assert "2. 拟对外答复口径：11:00前，等周敏接（蓝色警报" in page
        assert "应急预案" not in carol.gets(f"/p/cases/{case['id']}").text
        listed = carol.gets("/p/alerts").text
        assert "燃气泄漏应急预案第1项，紧急1号" in listed
        run = rows["contingency_runs"][0]["id"]
        assert "结束请在企业微信里发送：结束预案 1" in carol.gets(f"/p/contingencies/{run}").text
        assert listed.index("黄色警报") < listed.index("蓝色警报"), "the gravest stands first"
        of = {
            alert["kind"]: carol.gets(f"/p/alerts/{alert['id']}").text for alert in rows["alerts"]
        }
        assert f'<a href="/p/incidents/{incident["id"]}">紧急1号' in of["incident"]
        assert f'<a href="/p/cases/{case["id"]}">1号舆情' in of["case"]
        assert "收到，我来处理" in of["incident"]


@on_sqlite
def test_a_plan_is_exercised_and_ended_in_ones_own_words(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    bob, carol = bureau.phones("bob", "carol")
    carol.says("有哪些预案")
    carol.hears("《燃气泄漏应急预案》2项任务")
    carol.says("演练怎么样了")
    carol.hears("还没有启动过预案或演练")
    carol.says("组织一次燃气泄漏应急演练")
    carol.hears("《燃气泄漏应急预案》", "2项任务已发出")
    carol.says("演练怎么样了")
    carol.hears("联系燃气企业关阀停气")
    bob.says("结束演练 1")
    bob.hears("预案由办公室、值班、带班和领导启动、结束")
    carol.says("演练结束")
    carol.hears("已结束")
    for question in ("演练报告", "上次演练用了多久"):
        carol.says(question)
        carol.hears("2项任务办好0项，用时0分钟，超时0项")


@on_sqlite
def test_a_plan_runs_once_for_its_incident_and_ends_with_it(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    alice.says("紧急信息：城南路燃气泄漏，影响40户")
    alice.hears("已启动1号预案《燃气泄漏应急预案》")
    for phone, said in ((bob, "紧急1号"), (heidi, "没有找到1号预案")):
        phone.says("看预案 1")
        phone.hears(said)
    heidi.says("预案")
    assert "城南路" not in heidi.hears("《燃气泄漏应急预案》2项任务").text
    alice.says("补充紧急 3人死亡")
    assert "已启动" not in "".join(alice.hears_all())
    assert len(all_rows(bureau.services.database)["contingency_runs"]) == 1
    carol.says("误报紧急1 现场核实是演练")
    carol.hears("紧急1号")
    carol.says("看预案 1")
    carol.hears("事件已办结")
    rows = all_rows(bureau.services.database)
    assert [one["subject"] for one in rows["alerts"] if one["ended_at"] is None] == []
    pending = [one for one in rows["timers"] if one["status"] is TimerStatus.PENDING]
    assert not any(one["kind"].startswith("contingency") for one in pending)
    bob.hears_all()
    bureau.advance(minutes=40)
    assert "联系燃气企业" not in "".join(bob.hears_all())


@on_sqlite
def test_an_exercise_does_not_climb_to_the_leaders(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    carol, eve = bureau.phones("carol", "eve")
    carol.says("演练 燃气泄漏应急预案")
    carol.hears("2项任务已发出")
    bureau.advance(minutes=50)
    assert "拟对外答复口径" in "".join(carol.hears_all())
    eve.hears_nothing()


@on_sqlite
def test_a_plan_that_a_case_started_ends_with_it(bureau: Chat) -> None:
    rules = RULES.replace("燃气", "烂尾").replace('"incident"', '"case"')
    assert bureau.import_rules(rules) == []
    alice, carol = bureau.phones("alice", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    carol.says("预案")
    carol.hears("达到等级就自动启动")
    carol.says("定级 1 黄色")
    carol.hears("已启动1号预案《烂尾泄漏应急预案》")
    carol.says("误报 1 经核实是旧视频")
    carol.hears("1号舆情")
    carol.says("看预案 1")
    carol.hears("事件已办结")


@on_sqlite
def test_a_task_of_a_duty_that_nobody_has_today_is_the_offices(bureau: Chat) -> None:
    assert bureau.import_rules(RULES.replace('"office"', '"lead_duty"')) == []
    with bureau.services.database.begin() as uow:
        carol = uow.members.person(UserId("carol"))
        assert carol
        day = date(2026, 9, 21)
        slot = Slot(day=day, kind=ShiftKind.WHOLE, position=DutyPosition.DUTY)
        place = Place(slot=slot, member=UserId("alice"))
        save(bureau.services.context(uow, me=carol), carol.bureau, {day}, [place])
    phone = bureau.phone("carol")
    phone.says("演练 燃气")
    phone.hears("2项任务已发出", "2. 拟对外答复口径（周敏，11:00前）")
