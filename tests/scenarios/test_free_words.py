"""People type as people do: the bot understands, asks when it is not sure, and guesses nothing."""

from datetime import timedelta

import pytest

from bot.clock import SimulatedClock
from bot.config import Config
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER, Chat
from tests.harness.telling import hands_in, passes


def verdicts(bureau: Chat) -> list[tuple[str, str]]:
    rows = all_rows(bureau.services.database)["review_decisions"]
    return sorted((row["decided_by"], row["verdict"]) for row in rows if row["undone_at"] is None)


@pytest.mark.parametrize("said", ["可以", "发吧", "同意報送", "没意见", "ＯＫ", "通郭", "tongguo"])
def test_one_draft_waits_and_a_plain_yes_approves_it(bureau: Chat, said: str) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").says(said)
    bob.hears("已通过1号《燃气检查》", "下一步：办公室周敏审核", "两分钟内可发送 撤销")
    assert verdicts(bureau) == [("bob", "approve")]


def test_a_yes_to_what_waits_for_somebody_else_is_told_who_decides(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    hands_in(alice, "燃气检查")
    carol.says("稿件 1")
    carol.hears("1号《燃气检查》").says("可以")
    carol.hears("您不能审核1号", "由科室负责人李强审核", "没有记为审核意见", "稿件 1")
    assert verdicts(bureau) == []


def test_several_wait_and_a_bare_yes_asks_which(bureau: Chat) -> None:
    """The next message takes one, by its place or by its number; anything else decides nothing."""
    alice, bob = bureau.phones("alice", "bob")
    for title in ("燃气检查", "物业整治", "电梯更新"):
        hands_in(alice, title)
    bob.says("可以")
    assert bob.hears("您要通过哪一篇？").text.splitlines()[1:] == [
        "1. 1号《燃气检查》", "2. 2号《物业整治》", "3. 3号《电梯更新》",
    ]  # fmt: skip
    bob.says("2")
    bob.hears("已通过2号《物业整治》")
    bob.says("退")
    bob.hears("您要退回哪一篇？")
    bob.says("3号")
    bob.hears("退回3号《电梯更新》的理由是什么")
    bob.says("数据不对")
    bob.hears("已退回3号《电梯更新》，理由：数据不对")
    assert verdicts(bureau) == [("bob", "approve"), ("bob", "return")]


def test_a_command_ends_the_question_before_it(bureau: Chat) -> None:
    """What was offered before another command is not taken by a number that comes after it."""
    alice, bob = bureau.phones("alice", "bob")
    for title in ("燃气检查", "物业整治", "电梯更新"):
        hands_in(alice, title)
    bob.says("可以")
    bob.hears("您要通过哪一篇？")
    bob.says("通过 3")
    bob.hears("已通过3号")
    bob.says("2")
    bob.hears_all()
    assert verdicts(bureau) == [("bob", "approve")]


def test_all_of_them_are_named_before_they_are_approved(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    for title in ("燃气检查", "物业整治", "电梯更新"):
        hands_in(alice, title)
    bob.says("除了2号都过")
    bob.hears("要通过这2篇吗？\n1号《燃气检查》\n3号《电梯更新》")
    bob.says("等一下")
    bob.hears("好的，没有办")
    assert verdicts(bureau) == []
    bob.says("都过")
    bob.hears("要通过这3篇吗？")
    bob.says("是")
    bob.hears("已通过1号", "已通过2号", "已通过3号")
    assert len(verdicts(bureau)) == 3


def test_two_verdicts_in_one_line(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    hands_in(alice, "物业整治")
    bob.says("1号过，2号退回，理由是时间太久了")
    bob.hears("已通过1号《燃气检查》", "已退回2号《物业整治》，理由：时间太久了")
    assert verdicts(bureau) == [("bob", "approve"), ("bob", "return")]


def test_a_fault_named_on_a_card_is_confirmed_before_it_returns(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").says("要素不全，缺时间地点")
    bob.hears("退回1号，理由：要素不全，缺时间地点。对吗？")
    bob.says("对的")
    bob.hears("已退回1号《燃气检查》，理由：要素不全，缺时间地点")
    alice.hears("被科室负责人李强退回：要素不全，缺时间地点")


@pytest.mark.parametrize(
    ("looked", "said", "asked"),
    [
        ("稿件 1", "可以，发吧", "您要通过哪一篇"),
        ("1号通过了吗", "原则同意，请再核", "您要通过哪一篇"),
        ("卡在谁那里了，1号", "退回", "您要退回哪一篇"),
    ],
)
def test_after_a_look_at_another_draft_it_is_asked_which_is_meant(
    bureau: Chat, looked: str, said: str, asked: str
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").says("通过 1")
    hands_in(alice, "物业整治")
    bob.says(looked)
    bob.says(said)
    bob.hears(asked, "1. 2号《物业整治》")
    assert verdicts(bureau) == [("bob", "approve")]


@pytest.mark.parametrize("said", ["收到", "阅", "[强]", "好的"])
def test_seen_is_not_approved(bureau: Chat, said: str) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").says(said)
    bob.hears("1号《燃气检查》是通过还是退回", "1. 通过", "2. 退回", "3. 只是看过")
    bob.says("3")
    bob.hears("1号《燃气检查》还等您审核")
    assert verdicts(bureau) == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("拟同意，请王局审定", "没有找到“王局”，没有通过"),
        ("拟不同意", "退回1号，理由"),
        ("转法规科会签", "本单位没有找到“法规科”"),
        ("局长说可以发吗", "等李强审核"),
        ("先别发", "1号《燃气检查》还等您审核，没有批，也没有退。要先放一放"),
    ],
)
def test_what_is_more_or_less_than_an_approval_decides_nothing(
    bureau: Chat, said: str, heard: str
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").says(said)
    bob.hears(heard)
    assert verdicts(bureau) == []


def test_a_verdict_is_undone_within_two_minutes(bureau: Chat) -> None:
    """It goes back to the same gate, the next one's card is grey, and the author is told."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核").says("通过")
    bob.hears("已通过1号")
    alice.hears("已由科室负责人李强通过")
    card = carol.hears("待您审核")

    bob.says("撤销")
    bob.hears("已撤销：1号《燃气检查》的通过不算数了，又回到您这里审核")
    alice.hears("李强撤销了刚才对您的1号《燃气检查》的通过")
    assert card.greyed == "李强上一审级已撤销"
    carol.says(f"通过 {number}")
    carol.hears("您不能审核1号《燃气检查》，现在由科室负责人李强审核")
    bob.hears("待您审核").says("退回 1 缺数据")
    bob.hears("已退回1号")
    assert verdicts(bureau) == [("bob", "return")]
    bob.says("点错了")
    bob.hears("已撤销：1号《燃气检查》的退回不算数了")
    assert verdicts(bureau) == []
    alice.says("稿件 1")
    alice.hears("等李强审核")


def test_the_card_of_a_verdict_that_was_undone_decides_nothing(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    old = bob.hears("待您审核")
    bob.says("通过")
    bob.says("撤销")
    old.clicks("通过")
    bob.hears("这张卡片已失效", "请用新的卡片，或回复 通过 1")
    assert verdicts(bureau) == []


def test_too_late_to_undo(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    bob.says("撤销")
    bob.hears("没有可撤销的")
    passes(bob, number)
    passes(carol, number)
    bob.says("撤销")
    bob.hears("1号《燃气检查》后面已经有人处理，撤销不了。请联系周敏")
    bureau.advance(minutes=3)
    carol.says("撤销")
    carol.hears("没有可撤销的")
    assert verdicts(bureau) == [("bob", "approve"), ("carol", "approve")]


def test_an_officer_may_not_and_hears_who_may(bureau: Chat) -> None:
    alice, bob, mallory = bureau.phones("alice", "bob", "mallory")
    hands_in(alice, "燃气检查")
    for said in ("1号同意", "把1号过了吧"):
        mallory.says(said)
        mallory.hears("您不能通过等您审核的稿件，科室负责人、办公室")
    alice.says("1号退回")
    alice.hears("您不能退回稿件")
    assert verdicts(bureau) == []
    bob.hears("待您审核")


def test_a_withdrawal_in_free_words_is_confirmed(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    alice.says("刚报的那篇数据有误，先撤回")
    alice.hears("撤回后不能恢复。确定撤回1号《燃气检查》吗？")
    alice.says("不")
    alice.hears("好的，没有办")
    alice.says("把1号撤了吧")
    alice.hears("确定撤回1号《燃气检查》吗？")
    alice.says("嗯嗯")
    alice.hears("已撤回1号《燃气检查》")
    bob.hears("王芳已撤回")


def test_edits_in_words_while_writing_and_after_a_return(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says("标题：燃气检查\n9月20日，检查三十二户。\n要求整改。\n下一步工作。")
    alice.hears("1号《燃气检查》已开始")
    alice.says("第三段不要了")
    alice.hears("已改好，1号《燃气检查》")
    alice.says("标题改成《燃气大检查》")
    alice.hears("已改好，1号《燃气大检查》")
    alice.says("完了")
    alice.hears("已提交1号《燃气大检查》")
    assert "下一步" not in bob.hears("待您审核").text
    bob.says("退回 1 数字不对")
    alice.hears("退回：数字不对")
    alice.says("修改1号：把“四十户”改成“二十三户”")
    alice.hears("没有“四十户”，没有改")
    alice.says("修改1号：把“三十二户”改成“二十三户”")
    alice.hears("已提交1号《燃气大检查》（第2稿")
    bob.says("稿件 1")
    bob.hears("检查二十三户。")


def test_a_draft_in_free_words_and_where_it_stands(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says("標題：燃氣檢查\n九月二十日，检查三十八家。")
    alice.hears("1号《燃氣檢查》已开始，已收到正文")
    alice.says("没了")
    alice.hears("已提交1号")
    bob.hears("待您审核")
    for said in ("1号通过了没", "1号到哪了", "１号審到哪了？"):
        alice.says(said)
        alice.hears("…科室负责人：等李强审核")
    alice.says("我报的那几篇咋样了")
    alice.hears("1号《燃氣檢查》 审核中")
    alice.says("我有哪些被退回的")
    alice.hears("没有符合的稿件")


def test_what_is_missing_is_asked_for_and_nothing_is_said_twice(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("报个稿子 今天上午咱们科去锦绣花园查了电梯")
    alice.hears("标题是什么？")
    alice.says("锦绣花园电梯检查\n发现隐患三处。")
    alice.hears("1号《锦绣花园电梯检查》已开始，已收到正文")
    alice.says("完了")
    alice.hears("已提交1号")
    alice.says("稿件 1")
    alice.hears("今天上午咱们科去锦绣花园查了电梯")
    alice.says("提醒我交稿")
    alice.hears("什么时候提醒您交稿？")
    alice.says("明天下午三点")
    alice.hears("好的，明天 15:00提醒您：交稿")
    alice.says("后天9点提醒我")
    alice.hears("要提醒什么事？")
    alice.says("开宣传例会")
    alice.hears("好的，9月23日 09:00提醒您：开宣传例会")
    alice.says("提醒我交稿")
    alice.hears("什么时候提醒您交稿？")
    alice.says("算了")
    alice.hears("好的，不做了")
    alice.says("每月25号提醒我报信息")
    alice.hears("好的，每月25日 09:00提醒您：报信息。下一次是9月25日 09:00")


def test_long_lists_are_paged(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    for number in range(1, 13):
        hands_in(alice, f"检查{number}")
    bob.says("还有几篇没批")
    bob.hears("等您审核的有12篇")
    for phone, said, first, last in (
        (bob, "待审", "1号", "12号"),
        (alice, "我的稿件", "12号", "1号《"),
    ):
        phone.hears_all()
        phone.says(said)
        page = phone.hears("发送 下一页").text
        assert first in page
        assert last not in page.replace("11号", "")
        phone.says("下一页")
        assert last in phone.hears("").text
        phone.says("下一页")
        phone.hears("没听懂")


def test_not_returned_after_all(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核").clicks("退回")
    bob.hears("理由是什么")
    bob.says("算了，不退了")
    bob.hears("好的，不做了")
    assert verdicts(bureau) == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("把网上那个帖子删了", "删帖、屏蔽、压热度的事不能办"),
        ("组织几个人去评论区刷一下好评", "组织刷评、控评的事不能办"),
        ("查一下发帖人是谁，住哪", "不收集、不查询发帖人和群众的个人情况"),
        ("5号约稿我科承办", "没有找到5号约稿"),
        ("谢谢啦", "不客气"),
        ("今天天气怎么样", "这个帮不上忙"),
    ],
)
def test_refused_not_open_yet_or_only_polite(bureau: Chat, said: str, heard: str) -> None:
    alice = bureau.phone("alice")
    alice.says(said)
    alice.hears(heard)
    rows = all_rows(bureau.services.database)
    assert rows["drafts"] == []
    assert rows["outbox"] == []


def test_a_choice_that_was_not_taken_runs_out(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    hands_in(alice, "物业整治")
    bob.hears_all()
    bob.says("可以")
    bob.hears("您要通过哪一篇？")
    bureau.advance(minutes=31)
    bob.says("1")
    bob.hears("过了30分钟，上次问您的事没有办")
    assert verdicts(bureau) == []

    bob.says("可以")
    bob.hears("您要通过哪一篇？")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    bureau.advance(minutes=31)
    bob.says("收到")  # an alert does not climb for a question that ran out
    bob.hears("已收到黄色警报01")


@on_sqlite
def test_a_yes_to_what_was_perhaps_meant_shows_it_but_decides_nothing(config: Config) -> None:
    """Only the next message, within half an hour; what was shown before is still talked about."""
    with offline(config, ROSTER) as services:
        say = saying(services)
        for yes in ("是", "嗯嗯", " 对的。"):
            assert "您是不是想看可以报送的渠道？用法：渠道。是的话回复 是。" in say("carol", "渠到")
            assert "渠道名单" in say("carol", yes)
        assert "没听懂" in say("carol", "是")
        assert "是的话回复 是" in say("carol", "提醒鹅 明天9点 开会")
        assert "好的，明天 09:00提醒您：开会" in say("carol", "对")

        for between in ("舆情列表", "舆情 9"):
            say("carol", "渠到")
            say("carol", between)
            assert "没听懂" in say("carol", "是")
        say("carol", "渠到")
        assert "渠道名单" not in say("carol", "可以")
        say("carol", "渠到")
        assert isinstance(services.now, SimulatedClock)
        services.now.advance(timedelta(minutes=31))
        assert "没听懂" in say("carol", "是")

        say("alice", "报舆情 翠湖小区停水三天没人管")
        say("carol", "口径 1 正在抢修")
        say("carol", "舆情 1")
        asked = say("dan", "同意口景 1")
        assert "您是不是想同意对外口径？" in asked
        assert "是的话" not in asked
        assert say("dan", "是") == "要同意对外口径，请写清楚再发。用法：同意口径 3。"
        assert "您是不是想" in say("carol", "提醒鹅 明天9点 开会")
        assert "已定为黄色" in say("carol", "定级 黄色")
