"""谁没收到, 减负报告: what became of what was told, and what it asks of people."""

from datetime import timedelta
from typing import Any

from bot.config import Config
from handlers.deliveries.commands import why
from handlers.kit.messages import Text
from storage.models import OutboxMessage
from storage.vocabulary import OutboxId, Outcome, Urgency, UserId
from tests.harness.databases import on_sqlite
from tests.harness.service import MONDAY_TEN, OTHER_BUREAU, Chat, chat
from tests.harness.telling import hands_in, leap, until


def tell(bureau: Chat, kind: str, *members: str) -> None:
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        ctx.tell(kind, [UserId(one) for one in members], Text(text="看看"), subject="x")


@on_sqlite
def test_who_may_ask_hears_of_each_why_not(bureau: Chat) -> None:
    """The author of a draft, and the office; nobody else, and never who read what."""
    alice, bob, carol, mallory = bureau.phones("alice", "bob", "carol", "mallory")
    alice.says("谁没收到")
    alice.hears("您最近30天没有让机器人通知过谁")
    bob.says("三小时内别打扰我")
    bob.hears("好的")
    number = hands_in(alice, "燃气检查")
    alice.says("谁没收到？")
    alice.hears(
        "您最近一次的通知（请审核，今天 10:00）发给1人，0人已送出", "李强：在免打扰，今天 13:00再发"
    )
    for asker in (alice, carol):
        asker.says(f"{number}号谁没收到")
        asker.hears("李强：在免打扰，今天 13:00再发")
    mallory.says(f"{number}号谁没收到")
    mallory.hears("没有找到")
    until(bureau, "2026-09-21 13:00")
    bob.hears("待您审核")
    carol.says(f"谁没收到 {number}号")
    carol.hears("发给1人，1人已送出", "送出不等于看过")


def test_each_reason_is_said_in_words() -> None:
    """Kept and until when, merged, not wanted, no such member, refused with WeCom's number."""
    assert _why(note="quiet hours") == "在安静时段或休息日，明天 08:30再发"
    assert _why(note="daily budget") == "今天的消息够多了，明天 08:30一起发"
    assert _why(note="errcode 45009") == "没发成（45009），明天 08:30再试"
    ended = {
        Outcome.MERGED: "内容相同，并进了另一条",
        Outcome.MUTED: "退订了这类消息，没有发",
        Outcome.INVALID_MEMBER: "企业微信里没有这个人，或不在应用的可见范围",
        Outcome.EXPIRED: "过了时效，没有发",
    }
    assert {outcome: _why(outcome=outcome) for outcome in ended} == ended
    assert _why(outcome=Outcome.FAILED, note="errcode 60011") == "发送失败（60011）"


def _why(**facts: Any) -> str:
    due = MONDAY_TEN + timedelta(hours=22, minutes=30)
    row = OutboxMessage(
        id=OutboxId("1"),
        kind="calendar_missing",
        subject="x",
        stage="",
        recipient=UserId("bob"),
        dedup_key="x",
        urgency=Urgency.ROUTINE,
        content={},
        digest="",
        created_at=MONDAY_TEN,
        due_at=due,
        expires_at=due,
        **facts,
    )
    return why(row, MONDAY_TEN)


@on_sqlite
def test_the_office_hears_monthly_what_messages_ask_of_people(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        alice, carol = bureau.phones("alice", "carol")
        until(bureau, "2026-09-21 18:30")
        tell(bureau, "review_result", "alice", "bob")
        bureau.settle()
        alice.says("减负报告")
        alice.hears("只有办公室、管理员和领导可以看")
        until(bureau, "2026-10-09 09:00")
        carol.hears_all()
        until(bureau, "2026-10-09 09:40")
        carol.says("减负报告 9月")
        carol.hears("9月减负报告", "上班时间以外2条", "http://127.0.0.1")


@on_sqlite
def test_each_office_hears_once_of_its_own_month_with_days_on_which_nobody_counted(
    config: Config,
) -> None:
    with chat(config) as bureau:
        bureau.enrol(OTHER_BUREAU)
        carol, otto = bureau.phones("carol", "otto")
        until(bureau, "2026-09-21 18:30")
        tell(bureau, "review_result", "alice", "bob")
        bureau.settle()
        bureau.clock.advance(timedelta(days=3))
        until(bureau, "2026-09-25 04:00")
        leap(bureau, "2026-10-01 09:00")
        carol.hears("9月减负报告", "主动发了2条", "上班时间以外2条")
        assert "减负报告" not in "".join(otto.hears_all())
        leap(bureau, "2026-10-02 09:01")
        assert "减负报告" not in "".join(carol.hears_all())
