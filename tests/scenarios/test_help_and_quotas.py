"""帮助 and 配额: each sees what is his."""

from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes

FOR_ALL = (
    "投稿",
    "完成",
    "取消",
    "继续",
    "修改",
    "撤稿",
    "我的稿件",
    "稿件",
    "配额",
    "得分",
    "排名",
    "范文",
    "学习强国",
    "一页纸",
    "通报",
    "撤下",
    "更正",
    "提醒我",
    "采用",
    "审批单",
    "导出",
    "历史",
    "帮助",
)
FOR_PROPOSERS = ("登记采用", "登记批示", "渠道")
FOR_CONFIRMERS = ("确认", "不确认")
FOR_SIGNERS = ("同意撤下", "不同意撤下")
FOR_OFFICE = (
    *("报送", "未采用", "更正采用", "刊用稿", "已撤下", "紧急撤下", "已更正"),
    *("考核表", "发布通报", "保密汇总"),
)
FOR_PRINCIPALS = ("考核表", "保密汇总")
FOR_REVIEWERS = (
    *("待审", "通过", "退回", "撤销", "暂放", "恢复", "代审", "结束代审", "转审", "会签"),
    *FOR_SIGNERS,
)
FOR_ADMINS = ("系统状态",)


def test_help_lists_what_the_role_can_say(bureau: Chat) -> None:
    alice, bob, carol, eve, root = bureau.phones("alice", "bob", "carol", "eve", "root")
    more = (
        (alice, FOR_PROPOSERS),
        (bob, FOR_REVIEWERS + FOR_PROPOSERS),
        (carol, FOR_REVIEWERS + FOR_PROPOSERS + FOR_CONFIRMERS + FOR_OFFICE),
        (eve, FOR_REVIEWERS + FOR_CONFIRMERS + FOR_PRINCIPALS),
        (root, FOR_ADMINS),
    )
    for phone, own in more:
        phone.says("帮助")
        bureau.settle()  # what does not fit into one message follows in another
        first, *lines, last = filter(None, "\n".join(phone.hears_all()).splitlines())
        assert first.startswith(phone.simulated.account.name)
        assert {line.split("：")[0].split(" ")[0].split("（")[0] for line in lines} == {
            *FOR_ALL,
            *own,
        }
        assert last.startswith("某一条怎么用：帮助 ")
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
    bureau.advance(days=10)
    for phone in bureau.phones("alice", "bob", "carol", "dan", "eve"):
        phone.hears_all()  # what waits has climbed by now
    alice.says("配额")
    alice.hears("物业科10月任务2篇：已报0篇，签发0篇，还差2篇。")
    bureau.nobody_hears_more()
