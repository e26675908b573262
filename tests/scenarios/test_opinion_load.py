"""The load that public opinion is: nobody is woken for little, and many things are one message."""

import re
from itertools import count

from handlers.kit.events import AlertAsked
from storage.vocabulary import AlertStatus, Grade, TimerStatus
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import leap, until

BLUE = "微博有人说翠湖小区停水三天没人管"
YELLOW = "抖音有人发视频说金色家园烂尾 点赞2万"
ONE_EVENT = "金色家园三期停工两年，业主到售楼处拉横幅讨说法"
ANOTHER = "翠湖小区电梯坠落，2人受伤，业主聚集讨说法"
_KEYS = count(1)


@on_sqlite
def test_blue_and_yellow_of_the_night_are_one_message_in_the_morning(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    leap(bureau, "2026-09-22 02:10")
    for phone in (alice, bob, carol, dan):
        phone.hears_all()
    alice.says(BLUE)
    alice.hears("已登记1号舆情", "建议蓝色", "今天 08:30告知李强、周敏（蓝色警报01")
    alice.says(YELLOW)
    alice.hears("已登记2号舆情", "建议黄色", "今天 08:30告知李强、周敏、刘伟（黄色警报02")
    alice.says("续报 2 又有三个业主转发")
    alice.hears("已记下2号舆情")
    until(bureau, "2026-09-22 08:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 08:30")
    told = carol.hears("有3件，一并告诉您（警报请回复 收到 和编号").text
    assert re.findall(r"^(\d\. [^：]+)：", told, re.MULTILINE) == [
        "1. 黄色警报 02 金色家园烂尾",
        "2. 蓝色警报 01 翠湖小区停水三天没人管",
        "3. 2号舆情《金色家园烂尾》续报（王芳）",
    ]
    dan.hears("黄色警报 02").clicks("收到")
    dan.hears("已收到黄色警报02", "由您处理")
    bob.hears("一并告诉您")
    until(bureau, "2026-09-22 12:01")
    carol.hears(
        "有2件",
        "2号舆情《金色家园烂尾》（黄）定级已超时150分钟，",
        "1号舆情《翠湖小区停水三天没人管》（蓝）定级已超时90分钟，",
    )
    bob.says("收到 01")
    bob.hears("已收到蓝色警报01", "由您处理")
    bob.says("解除 01 已恢复供水")
    bob.hears("蓝色警报01")
    bob.says("舆情 1")
    bob.hears("1号舆情《翠湖小区停水三天没人管》", "处置中", "已恢复供水")


@on_sqlite
def test_who_wants_quiet_is_asked_about_a_calm_alert_when_it_is_over(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says(BLUE)
    until(bureau, "2026-09-21 12:00")
    bob.hears("蓝色警报 01").clicks("收到")
    bob.hears("已收到蓝色警报01", "9月23日 12:00会问您进展")
    bob.says("9月23日17点前别打扰我")
    bob.hears("不再主动")
    until(bureau, "2026-09-23 16:59")
    assert not any("01" in one for one in bob.hears_all())
    until(bureau, "2026-09-23 17:01")
    bob.hears("蓝色警报01《翠湖小区停水三天没人管》")


@on_sqlite
def test_what_has_become_late_is_one_message_and_climbs_whatever_else_comes(
    bureau: Chat,
) -> None:
    alice, carol, dan, eve = bureau.phones("alice", "carol", "dan", "eve")
    alice.says(YELLOW)
    until(bureau, "2026-09-21 13:30")
    for phone in (alice, carol, dan, eve):
        phone.hears_all()
    dan.says("定级 1 红色")
    dan.hears("已定为红色")
    until(bureau, "2026-09-21 13:31")
    said = carol.hears("1号舆情《金色家园烂尾》（红）有几步已超时：").text
    late = re.findall(r"^(\S+)已超时\d", said, re.MULTILINE)
    assert late == ["核实", "处置方案和口径"]
    for minute in (35, 40):
        until(bureau, f"2026-09-21 13:{minute}")
        alice.says(f"续报 1 现场第{minute}个新情况")
        alice.hears("已记下")
    dan.hears_all()
    until(bureau, "2026-09-21 13:45")
    dan.hears("（红）有几步已超时")
    eve.hears_all()
    until(bureau, "2026-09-21 14:00")
    eve.hears("（红）有几步已超时")


def waiting_for(bureau: Chat, member: str) -> list[dict[str, object]]:
    rows = all_rows(bureau.services.database)["outbox"]
    return [row for row in rows if row["recipient"] == member]


def find(bureau: Chat, *posts: str) -> None:
    """Let machines find something, each in a transaction of its own."""
    for number, words in enumerate(posts):
        found(bureau, words, source=f"网友{number % 40}", platform="微博")


@on_sqlite
def test_three_hundred_items_of_one_event_are_one_case_and_do_not_hide_another(
    bureau: Chat,
) -> None:
    told = ("刚刚看到", "转发", "求扩散", "有图有真相", "大家评评理")
    find(bureau, *(f"{told[number % 5]}：{ONE_EVENT}（{number}楼）" for number in range(150)))
    find(bureau, ANOTHER)
    find(bureau, *(f"{told[number % 5]}：{ONE_EVENT}（{number}楼）" for number in range(150, 300)))
    bureau.settle()
    rows = all_rows(bureau.services.database)
    cases = {case["id"]: case["number"] for case in rows["cases"]}
    belongs = [cases.get(item["case_id"]) for item in rows["opinion_items"]]
    assert (belongs.count(1), belongs.count(2), len(belongs)) == (300, 1, 301)
    for member in ("carol", "dan"):
        pushes = [row for row in waiting_for(bureau, member) if row["kind"] != "card_update"]
        assert len(pushes) <= 3, [row["content"] for row in pushes]
    bureau.phone("carol").hears("警报", "金色家园")


def raise_alerts(bureau: Chat, kind: str, *grades: Grade) -> None:
    for grade in grades:
        number = next(_KEYS)
        with bureau.services.database.begin() as uow:
            unit = uow.members.unit_at("区住建局")
            assert unit
            asked = AlertAsked(
                unit=unit.id,
                kind=kind,
                key=str(number),
                grade=grade,
                source="微博",
                title=f"第{number}件",
                text="……",
            )
            bureau.services.context(uow).emit(asked)
    bureau.settle()


@on_sqlite
def test_of_a_burst_of_grave_alerts_everybody_hears_within_seconds(bureau: Chat) -> None:
    """Lighter ones came first, and WeCom drops what is beyond thirty a minute."""
    carol = bureau.phone("carol")
    raise_alerts(bureau, "case", *[Grade.YELLOW] * 25)
    assert len(carol.hears_all()) == 10
    raise_alerts(bureau, "case", *[Grade.ORANGE] * 12)
    *cards, rest = carol.hears_all()
    assert all(card.startswith("信使 · 橙色警报") for card in cards)
    assert len(cards) == 8
    head, *lines = rest.split("\n")
    assert "刚才警报较多，另有4个" in head
    assert [line[3:5] for line in lines] == ["橙色"] * 4
    raise_alerts(bureau, "case", Grade.ORANGE)
    assert carol.hears_all() == []
    bureau.advance(seconds=5)
    carol.hears("刚才警报较多，另有1个")


@on_sqlite
def test_more_than_twenty_alerts_an_hour_are_one_message_but_for_the_gravest(
    bureau: Chat,
) -> None:
    """A red one and an emergency are none of these: they always have a card of their own."""
    carol = bureau.phone("carol")
    for _ in range(4):
        raise_alerts(bureau, "case", *[Grade.ORANGE] * 5)
        bureau.advance(minutes=2)
    assert len(carol.hears_all()) == 20
    raise_alerts(bureau, "case", *[Grade.ORANGE] * 4)
    head, *lines = carol.hears("一小时内警报已超过20个，这4个合在一起").text.split("\n")
    assert "发送 告警 看全部" in head
    assert [line[3:5] for line in lines] == ["橙色"] * 4
    raise_alerts(bureau, "case", Grade.RED)
    carol.hears("红色警报").clicks("收到")
    raise_alerts(bureau, "case", Grade.ORANGE)
    bureau.advance(minutes=4)
    assert not [text for text in carol.hears_all() if "合在一起" in text]
    raise_alerts(bureau, "incident", Grade.YELLOW)
    carol.hears("黄色警报").clicks("收到")
    bureau.advance(minutes=2)
    carol.hears("这1个合在一起")


@on_sqlite
def test_a_lowered_grade_takes_the_place_of_the_graver_alert(bureau: Chat) -> None:
    alice, carol, dan, heidi = bureau.phones("alice", "carol", "dan", "heidi")
    bureau.delegate("dan", "heidi")
    alice.says(YELLOW)
    card = dan.hears("黄色警报 01")
    heidi.hears("黄色警报 01")  # she stands in for him
    carol.says("定级 1 蓝色")
    carol.hears("已定为蓝色")
    assert card.greyed == "周敏已办结"
    alerts = all_rows(bureau.services.database)["alerts"]
    assert sorted((one["code"], one["grade"], one["status"]) for one in alerts) == [
        (1, Grade.YELLOW, AlertStatus.ENDED),
        (2, Grade.BLUE, AlertStatus.OPEN),
    ]
    assert all("地点：金色家园。\n最早：抖音今天 10:00。" in one["text"] for one in alerts)


@on_sqlite
def test_what_changes_within_minutes_of_an_alert_waits_for_the_gap(bureau: Chat) -> None:
    """Ten minutes of an orange case; and it is told no more once the case is over."""
    alice, eve = bureau.phones("alice", "eve")

    def told() -> int:
        [alert] = all_rows(bureau.services.database)["alerts"]
        return int(alert["count"])

    alice.says("抖音视频 青山小区燃气泄漏爆炸 2人死亡")
    alice.hears("已登记1号舆情", "建议橙色")
    until(bureau, "2026-09-21 10:05")
    found(bureau, "抖音视频 青山小区燃气泄漏爆炸 4人死亡", source="晚报")
    until(bureau, "2026-09-21 10:09")
    assert told() == 1
    until(bureau, "2026-09-21 10:10")
    assert told() == 2
    found(bureau, "抖音视频 青山小区燃气泄漏爆炸 6人死亡", source="晚报")
    eve.says("误报 1 演练视频")
    eve.hears_all()
    timers = all_rows(bureau.services.database)["timers"]
    left = {one["kind"] for one in timers if one["status"] is TimerStatus.PENDING}
    assert not left & {"case_again", "case_grave"}
    until(bureau, "2026-09-21 10:21")
    assert told() == 2
