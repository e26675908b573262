"""约稿: what becomes of a call after it was issued; who is told, and what can be taken back."""

from pathlib import Path

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat, settings
from tests.harness.telling import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_nobody_answers_and_it_climbs_and_more_time_is_given(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol, heidi, mallory = bureau.phones("alice", "bob", "carol", "heidi", "mallory")
    carol.says("市委办约稿：节前燃气检查做法，9月25日17:00前报，物业科、燃气科")
    carol.hears(
        "物业科、燃气科各1篇，9月24日 17:00前交。"
        "市委办要求9月25日 17:00，提前到9月24日 17:00是留给审核。"
    )
    alice.hears("1号约稿", "市委办（9月25日 17:00要）")
    mallory.hears("1号约稿")
    mallory.says("收到")
    mallory.hears("已记下您看到了1号约稿《节前燃气检查做法》，还没有人认领", "认领 1")
    mallory.says("收到，我科承办")
    mallory.hears("已认领1号约稿")
    carol.says("未完成约稿 1 物业科 催了没交")
    carol.hears("还没到")
    until(bureau, "2026-09-21 12:00")
    bob.hears("1号约稿《节前燃气检查做法》发到物业科后还没有人认领", "认领 1")
    until(bureau, "2026-09-21 16:00")
    carol.hears("还没有人认领：物业科")
    bureau.nobody_hears_more()
    mallory.says("1号约稿时间太紧，多给两天吧")
    mallory.hears("已向办公室申请把1号约稿《节前燃气检查做法》延到9月28日 17:00")
    wish = carol.hears("1号约稿申请延期", "燃气科 陈静", "延期约稿 1 燃气科")
    wish.clicks("不同意")
    carol.hears("燃气科不延期")
    mallory.hears("周敏没有同意", "9月24日 17:00前交")
    until(bureau, "2026-09-24 16:00")
    alice.hears_all()
    for head in (bob, heidi):
        [last] = (said for said in head.hears_all() if "截止，还差" in said)
        assert "1号约稿" in last, "the heads hear two hours before, and not earlier"
    reminders = [text for text in mallory.hears_all() if "截止" in text]
    assert len(reminders) == 3, reminders  # at half the time, a day and two hours before
    carol.says("1号约稿延到周五下班前")
    carol.hears("物业科、燃气科的交稿时间延到明天 17:30", "晚于对外要求")
    mallory.hears("周敏同意1号约稿《节前燃气检查做法》延期，明天 17:30前交")
    alice.hears("延期")
    until(bureau, "2026-09-25 17:30")
    for phone in (alice, bob, mallory, heidi):
        phone.hears("1号约稿《节前燃气检查做法》已过截止时间")
    carol.hears("1号约稿《节前燃气检查做法》逾期未交：物业科、燃气科")
    until(bureau, "2026-09-28 09:00")
    carol.hears("逾期未交：物业科、燃气科")
    mallory.hears("已过截止时间")
    mallory.says("投稿 燃气检查\n燃气科检查了30家。")
    mallory.hears("已开始")
    mallory.says("完成")
    mallory.hears("已提交1号")
    mallory.says("应约 1")
    mallory.hears("记为迟交")
    carol.says("未完成约稿 1 物业科 多次催交未交")
    carol.hears("已记：1号约稿《节前燃气检查做法》物业科未完成（多次催交未交）")
    alice.hears("记为未完成（多次催交未交），由周敏登记")
    carol.says("免交约稿 1 燃气科 数据晚到")
    carol.hears("燃气科免交（已迟交的不计迟交）")
    mallory.hears("迟交不计了（数据晚到）")
    rows = all_rows(bureau.services.database)
    assert {part["state"] for part in rows["call_parts"]} == {"missed", "submitted"}
    assert [call["status"] for call in rows["calls"]] == ["settled"]
    assert not [
        row
        for row in rows["timers"]
        if row["kind"].startswith("call_") and row["status"] == "pending"
    ]


def test_a_call_is_declined_passed_on_cancelled_and_taken_back(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol, mallory = bureau.phones("alice", "bob", "carol", "mallory")
    carol.says("约稿 燃气整治 周五前 物业科 没有科")
    carol.hears("本局没有“没有科”")
    carol.says("约稿：燃气整治经验")
    carol.hears("什么时候交？").says("周五下班前")
    carol.hears("约哪些科室？").says("物业科")
    carol.hears("已下1号约稿《燃气整治经验》：物业科各1篇，9月25日 17:30前交")
    card = alice.hears("1号约稿")
    card.clicks("有困难")
    alice.hears("1号约稿《燃气整治经验》有什么困难").says("这项工作归燃气科")
    alice.hears("已告诉办公室：物业科写1号约稿《燃气整治经验》有困难")
    assert card.greyed
    carol.hears("物业科（王芳）写1号约稿《燃气整治经验》有困难", "改派约稿 1 物业科 给燃气科")
    carol.says("改派约稿 1 物业科 给燃气科")
    carol.hears("已把1号约稿《燃气整治经验》从物业科改派给燃气科")
    alice.hears("改由燃气科写，您科室不用再写")
    mallory.hears("1号约稿", "燃气整治经验")
    mallory.says("没有素材")
    mallory.hears("已登记：燃气科对1号约稿《燃气整治经验》没有内容可报")
    carol.hears("燃气科（陈静）对1号约稿《燃气整治经验》没有内容可报")
    mallory.says("撤销")
    mallory.hears("已撤销：1号约稿《燃气整治经验》燃气科又是待认领")
    carol.says("取消1号约稿")
    carol.hears("已取消1号约稿《燃气整治经验》")
    mallory.hears("周敏取消了1号约稿《燃气整治经验》，不用再写")
    carol.says("约稿 供热检查 周五前 物业科 燃气科 各2篇")
    carol.hears("已下2号约稿《供热检查》：物业科、燃气科各2篇")
    alice.hears("2号约稿", "2篇")
    mallory.hears("2号约稿")
    carol.says("撤销")
    carol.hears("已撤销2号约稿《供热检查》，已告诉收到的人")
    alice.hears("周敏取消了2号约稿《供热检查》")
    mallory.hears("周敏取消了2号约稿《供热检查》")
    bob.hears_nothing()
    alice.says("认领 2")
    alice.hears("已取消", "不用再认领")
    bureau.advance(days=6)
    bureau.nobody_hears_more()


def test_a_word_is_about_the_card_that_came_last_and_uneven_orders_are_refused(
    bureau: Chat,
) -> None:
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    carol.says("约稿 节前燃气检查 周五前 物业科一篇，燃气科两篇")
    carol.hears("各科室篇数要一样")
    carol.says("约个稿 物业科 小区停车整治 明早十点前交")
    carol.hears("已下1号约稿《小区停车整治》：物业科各1篇，明天 10:00前交")
    alice.hears("1号约稿")
    alice.says("我们科来写")
    alice.hears("已认领1号约稿")
    bureau.advance(minutes=1)
    carol.says("约稿 供水保障 周五下班前 物业科 燃气科")
    carol.hears("已下2号约稿")
    alice.hears("2号约稿")
    mallory.hears("2号约稿")
    alice.says("好的，我来")
    alice.hears("已认领2号约稿《供水保障》")
    carol.says("2号约稿燃气科免了吧，他们在迎检")
    carol.hears("2号约稿《供水保障》燃气科免交")
    mallory.hears("2号约稿")


def test_who_is_overdue_is_told_as_often_as_the_bureau_wants_and_no_more(
    database_url: str, redis_socket: Path, tmp_path: Path
) -> None:
    config = settings(database_url, redis_socket, tmp_path, calls={"overdue_days": 2})
    with chat(config) as bureau:
        alice, carol = bureau.phones("alice", "carol")
        carol.says("约稿 供水保障 今天下班前 物业科")
        carol.hears("已下1号约稿")
        until(bureau, "2026-09-21 17:30")
        alice.hears("1号约稿《供水保障》已过截止时间")
        until(bureau, "2026-09-22 09:00")
        alice.hears("1号约稿《供水保障》已过截止时间")
        until(bureau, "2026-09-24 10:00")
        assert "已过截止时间" not in "".join(alice.hears_all())


def test_who_ordered_hears_what_climbs_and_whose_claimer_left_is_reminded_all_the_same(
    bureau: Chat,
) -> None:
    alice, bob, dan = bureau.phones("alice", "bob", "dan")
    dan.says("约稿 供水保障 周四下班前 物业科")
    dan.hears("已下1号约稿")
    alice.hears("1号约稿")
    alice.says("认领 1")
    alice.hears("已认领")
    bureau.without("alice")
    until(bureau, "2026-09-23 17:31")
    bob.hears("1号约稿《供水保障》", "截止，还差1篇")
    until(bureau, "2026-09-24 17:31")
    dan.hears("1号约稿《供水保障》逾期未交：物业科")


def test_what_waits_for_the_end_of_a_silence_is_dropped_with_its_call(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("今天别给我发消息")
    alice.hears("不再主动给您发消息")
    carol.says("约稿 供水保障 周五下班前 物业科")
    carol.hears("已下1号约稿")
    bureau.advance(minutes=5)
    carol.says("取消约稿 1 不用了")
    carol.hears("已取消1号约稿《供水保障》，已告诉收到的人")
    alice.says("恢复提醒")
    alice.hears("已恢复")
    bureau.nobody_hears_more()
