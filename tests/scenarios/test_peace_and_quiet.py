"""免打扰, 恢复提醒, 安静时段: what is kept from a member, until when, and what never is."""

from handlers.kit.messages import Text
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import hands_in, until

pytestmark = on_sqlite


def tell(bureau: Chat, kind: str, member: str, text: str) -> None:
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        ctx.tell(kind, [UserId(member)], Text(text=text), subject=text)


def test_a_silence_keeps_all_but_alerts_and_answers_until_its_end(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    until(bureau, "2026-09-21 14:10")
    bob.says("下午别给我推消息")
    bob.hears("到今天 18:00不再主动给您发消息", "告警照常发")
    bob.says("提醒我 15点 打电话")
    bob.hears("好的")
    hands_in(alice, "燃气检查")
    tell(bureau, "nobody_to_review", "bob", "没有人能审")
    bob.hears("没有人能审")
    bob.says("待审")
    bob.hears("燃气检查")
    until(bureau, "2026-09-21 17:59")
    bob.hears("提醒：打电话")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-21 18:00")
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_what_was_kept_comes_at_once_when_the_silence_is_taken_back(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    bob.says("恢复提醒")
    bob.hears("没有设过免打扰")
    bob.says("三小时内别打扰我")
    bob.hears("到今天 13:00")
    hands_in(alice, "燃气检查")
    bureau.nobody_hears_more()
    bob.says("恢复提醒")
    bob.hears("已恢复", "攒下的马上发")
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_of_two_silences_the_last_holds_for_what_is_kept_as_well(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    bob.says("三小时内别打扰我")
    bob.hears("到今天 13:00")
    hands_in(alice, "燃气检查")
    bob.says("一小时内别打扰我")
    bob.hears("到今天 11:00")
    until(bureau, "2026-09-21 10:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-21 11:00")
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_a_topic_that_nobody_wants_ends_as_muted(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("退订排名推送")
    alice.hears("不再给您发排名类消息")
    tell(bureau, "score_changed", "alice", "8月得分有变")
    bureau.nobody_hears_more()
    alice.says("恢复提醒")
    alice.hears("已恢复")
    tell(bureau, "score_changed", "alice", "7月得分有变")
    alice.hears("7月得分有变")
    bureau.nobody_hears_more()


def test_own_quiet_hours_come_every_day(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    bob.says("安静时段 12点到次日8点")
    bob.hears("最长12小时")
    bob.says("安静时段 18:00至06:00")
    bob.hears("每天18:00-06:00不主动给您发消息")
    for day in (21, 22):
        until(bureau, f"2026-09-{day} 20:00")
        bob.hears_all()
        hands_in(alice, f"{day}日夜查")
        bureau.nobody_hears_more()
        until(bureau, f"2026-09-{day + 1} 06:00")
        bob.hears(f"{day}日夜查")
    bob.says("安静时段 取消")
    bob.hears("已取消您的安静时段", "22:00-07:00")
    bureau.nobody_hears_more()


def test_a_silence_that_is_longer_than_a_message_lives_loses_nothing(bureau: Chat) -> None:
    """A weekend, and a message that is worth sending for two days."""
    alice = bureau.phone("alice")
    until(bureau, "2026-09-25 23:00")
    tell(bureau, "quota_warning", "alice", "还差1篇")
    until(bureau, "2026-09-28 08:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-28 08:30")
    alice.hears("还差1篇")
    bureau.nobody_hears_more()
