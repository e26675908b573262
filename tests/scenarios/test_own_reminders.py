"""我的提醒: again and again, listed, cancelled, put off; the office for the sections' officers."""

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import is_signed, until

pytestmark = on_sqlite


def test_a_reminder_comes_again_until_it_is_cancelled(bureau: Chat) -> None:
    alice, mallory = bureau.phones("alice", "mallory")
    alice.says("每周五下午三点提醒我报周小结")
    alice.hears("每周五 15:00提醒您：报周小结。下一次是9月25日 15:00")
    alice.says("每月最后一个工作日提醒我对账")
    alice.hears("每月最后一个工作日 09:00提醒您：对账。下一次是9月30日 09:00")
    alice.says("提醒我 明天9点 交稿")
    alice.hears("好的")
    alice.says("我的提醒")
    alice.hears("（3个）", "1. 每周五 15:00（下一次9月25日 15:00）报周小结", "3. 明天 09:00 交稿")
    mallory.says("我的提醒")
    mallory.hears("您没有设提醒")
    mallory.says("取消提醒 1")
    mallory.hears("您没有设提醒")

    alice.says("取消提醒")
    alice.hears("要取消哪一个？", "3. 明天 09:00 交稿")
    alice.says("取消提醒 3")
    alice.hears("已取消提醒：交稿")
    until(bureau, "2026-09-25 15:00")
    alice.hears("提醒：报周小结", "取消提醒 1")
    until(bureau, "2026-10-02 15:00")
    alice.hears("提醒：对账")
    alice.hears("提醒：报周小结")
    alice.says("取消提醒 1")
    alice.hears("已取消")
    until(bureau, "2026-10-12 10:00")
    assert not [one for one in alice.hears_all() if "报周小结" in one]


def test_what_was_told_is_put_off_by_a_word_or_a_button(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("稍后提醒")
    alice.hears("最近没有提醒过您什么")
    alice.says("提醒我 11点 交稿")
    alice.hears("好的")
    bureau.advance(hours=1)
    card = alice.hears("提醒：交稿")
    card.clicks("半小时后")
    assert card.greyed == "今天 11:30再提醒"
    bureau.advance(minutes=30)
    alice.hears("提醒：交稿")
    alice.says("十分钟后再提醒我")
    alice.hears("好的，今天 11:40再提醒您：交稿")
    bureau.advance(minutes=10)
    again = alice.hears("提醒：交稿")
    again.clicks("下个上班时")
    until(bureau, "2026-09-22 08:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 08:30")
    alice.hears("提醒：交稿")
    bureau.nobody_hears_more()


def test_the_office_lets_the_officers_of_sections_be_reminded(bureau: Chat) -> None:
    carol, alice, mallory = bureau.phones("carol", "alice", "mallory")
    alice.says("每月25号提醒各科室报信息")
    alice.hears("只有办公室可以提醒各科室")
    carol.says("每月28号上午十点提醒各科室报信息")
    carol.hears("每月28日 10:00", "提醒各科室的信息员（2人）：报信息")
    until(bureau, "2026-09-28 10:00")
    for officer in (alice, mallory):
        officer.hears("区住建局办公室提醒：报信息（周敏）")
    bureau.nobody_hears_more()


def test_a_site_that_stands_still_is_told_to_the_office_in_steps(bureau: Chat) -> None:
    """On the seventh, tenth and thirteenth day: a weekend between, the last step is told."""
    number = is_signed(bureau, "燃气检查")
    carol = bureau.phone("carol")
    carol.says(f"报送 {number} 本局网站")
    carol.hears("已登记")
    bureau.phone("alice").hears_all()
    for day, words in (("09-28", "已经7天没有更新"), ("10-01", "已经10天"), ("10-05", "已经14天")):
        until(bureau, f"2026-{day} 09:19")
        carol.hears_all()
        until(bureau, f"2026-{day} 09:20")
        carol.hears("本局网站", words)


def test_reminders_are_cancelled_in_ones_own_words_and_nothing_is_muted(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("提醒我 周五9点 交稿")
    alice.hears("好的")
    alice.says("明早提醒我给李科打电话")
    alice.hears("明天 09:00提醒您：给李科打电话")
    alice.says("我有哪些提醒")
    alice.hears("（2个）")
    alice.says("不用提醒我交稿了")
    alice.hears("已取消提醒：交稿")
    alice.says("不用提醒我交稿了")
    alice.hears("没有“交稿”的提醒")
    alice.says("上个月发了多少消息")
    assert "不再主动给您发消息" not in alice.hears_all()[-1]
    alice.says("取消所有提醒")
    alice.hears("已取消提醒：给李科打电话")
    alice.says("我的提醒")
    alice.hears("您没有设提醒")


def test_a_night_without_messages_is_said_with_its_beginning_and_its_end(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("晚上九点到早上八点别打扰我")
    alice.hears("每天21:00-08:00不主动给您发消息")
    alice.says("今晚别给我发消息")
    alice.hears("到明天 07:00")
    alice.says("可以给我发消息了")
    alice.hears("已恢复")
