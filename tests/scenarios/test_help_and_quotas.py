"""帮助 and 配额: each sees what is his."""

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import hands_in, leap, passes

MOST_LINES = 16
THEMES = ("写稿", "审核", "更正", "得分", "采用", "提醒", "系统")


@on_sqlite
def test_help_names_by_theme_what_the_role_can_say(bureau: Chat) -> None:
    alice, carol, root = bureau.phones("alice", "carol", "root")
    themes = {
        alice: ["写稿", "更正", "得分", "采用", "提醒"],
        carol: ["写稿", "审核", "更正", "得分", "采用", "提醒"],
        root: ["写稿", "更正", "得分", "采用", "提醒", "系统"],
    }
    for phone, some in themes.items():
        phone.says("帮助")
        _, *lines, last = phone.hears("您好，我是信使").text.splitlines()
        named = [line.split("：")[0] for line in lines]
        assert [theme for theme in named if theme in {*THEMES}] == some
        assert len(lines) + 2 <= MOST_LINES
        assert lines[0].startswith("写稿：投稿、完成、取消、继续、修改、撤稿、我的稿件")
        assert last == "一类里还有什么：帮助 写稿。一条怎么用：帮助 投稿"

    alice.says("帮助 更正")
    assert alice.hears("").text.splitlines() == [
        "撤下 12 原因：申请把已报送的稿件撤下来",
        "更正 12 错在哪里：申请更正已报送的稿件",
    ]
    carol.says("帮助更正")
    carol.hears("撤下 12 原因", "紧急撤下 12 原因", "已更正 12")
    carol.says("怎么退稿")
    carol.hears("退回稿件，请作者修改。", "用法：退回 12 理由")
    alice.says("帮助 通过")
    alice.hears("通过等您审核的稿件。", "用法：通过 12（几篇：通过 12 13）")
    alice.says("帮助 跳舞")
    alice.hears("没有“跳舞”这条命令")
    bureau.nobody_hears_more()


def test_what_is_nearly_a_command_gets_its_usage(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    for said, answer in {
        "投告": "还没有标题。请发送：投稿 标题，换行后写正文。",
        "稿件 十二": "没有找到12号稿件。发送 我的稿件 或 待审 查看编号。",
        "提醒我": "要提醒什么事？例如：提醒我 明天9点 交稿",
        "qwrtp": "没听懂。发送 帮助 看可以说什么。",
    }.items():
        alice.says(said)
        assert alice.hears("").text == answer
    bureau.nobody_hears_more()


def test_the_quota_of_a_section_and_of_all(bureau: Chat) -> None:
    """An officer sees his section's, the office those that are short, a deputy those he leads."""
    alice, mallory, bob, carol, dan = bureau.phones("alice", "mallory", "bob", "carol", "dan")
    alice.says("配额")
    alice.hears("物业科9月任务2篇：已报0篇，签发0篇，还差2篇。")

    first = hands_in(alice, "燃气检查")
    hands_in(alice, "物业整治")
    withdrawn = hands_in(mallory, "管道巡检")
    bureau.phone("heidi").hears("待您审核")
    for reviewer in (bob, carol, dan):
        passes(reviewer, first)
    alice.hears_all()
    bob.hears("物业整治")
    alice.says("配额。")
    alice.hears("物业科9月任务2篇：已报2篇，签发1篇，已完成。")

    carol.says("配额")
    carol.hears("9月任务：3个科室中1个已完成。\n还没完成的：\n办公室 0/2\n燃气科 1/2")
    dan.says("配额")
    dan.hears("9月任务：2个科室中1个已完成。\n还没完成的：\n燃气科 1/2")

    mallory.says(f"撤稿 {withdrawn}")
    mallory.hears("已撤回")
    bureau.phone("heidi").hears("已撤回")
    mallory.says("配额")
    mallory.hears("燃气科9月任务2篇：已报0篇")
    leap(bureau, "2026-10-01 10:00")
    for phone in bureau.phones("alice", "bob", "carol", "dan", "eve"):
        phone.hears_all()  # what waits has climbed by now
    alice.says("配额")
    alice.hears("物业科10月任务2篇：已报0篇，签发0篇，还差2篇。")
    bureau.phone("root").hears("还没有2026年的放假安排")
    bureau.nobody_hears_more()
