"""到期: what is due, in the order of its moments."""

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import hands_in, until


@on_sqlite
def test_everybody_sees_what_is_due_for_him_and_when_one_thing_is(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("快到期的有哪些")
    alice.hears("三天内没有到期的事")
    until(bureau, "2026-09-21 11:00")
    number = hands_in(alice, "燃气检查")
    carol.says("约稿 节前检查做法 周五下班前 物业科 燃气科 各1篇")
    carol.hears("已下1号约稿")
    alice.hears("1号约稿")
    alice.says("提醒我 明天9点 报材料")
    alice.hears("明天 09:00")

    alice.says("截止日期都列一下")
    alice.hears(
        "有时限的事（2件）：\n明天 09:00 提醒：报材料\n"
        "9月25日 17:30 1号约稿《节前检查做法》 物业科交稿"
    )
    bob.says("哪些快到期了")
    bob.hears(f"三天内到期的（1件）：\n明天 11:00 {number}号《燃气检查》等您审核")
    carol.says("到期")
    carol.hears("有时限的事（2件）", "物业科交稿", "燃气科交稿")
    alice.says("1号约稿什么时候截止")
    alice.hears("9月25日 17:30 1号约稿《节前检查做法》 物业科交稿")
    alice.says(f"{number}号稿还剩多久")
    alice.hears(f"明天 11:00 {number}号《燃气检查》等李强审核")

    until(bureau, "2026-09-22 11:30")
    bob.says("有没有超期的")
    bob.hears(f"已经超时的（1件）：\n⚠今天 11:00已到时限 {number}号《燃气检查》等您审核")
    alice.says(f"撤稿 {number}")
    alice.hears(f"已撤回{number}号")
    alice.says(f"{number}号稿还剩多久")
    alice.hears("它现在没有在走的时限")


def test_what_came_back_the_plan_and_what_is_public_are_due_as_well(bureau: Chat) -> None:
    alice, bob, carol, mallory = bureau.phones("alice", "bob", "carol", "mallory")
    number = hands_in(alice, "燃气检查")
    bob.says(f"退回 {number} 标题太长")
    bob.hears("已退回")
    carol.says("加计划 冬季供暖 10月9日 物业科")
    carol.hears("1号计划")
    carol.says("加计划 年终总结 12月20日 物业科")
    carol.hears("2号计划")
    alice.says("到期")
    alice.hears(
        f"有时限的事（2件）：\n9月24日 10:00 {number}号《燃气检查》等您改好\n"
        "10月9日 17:30 1号计划《冬季供暖》节点（物业科）"
    )
    bob.says(f"{number}号稿还剩多久")
    bob.hears(f"9月24日 10:00 {number}号《燃气检查》等王芳改好")
    mallory.says("到期")
    mallory.hears("您手头没有带时限的事")

    mallory.says("抖音有人发视频说金色家园烂尾 点赞2万")
    mallory.hears("1号舆情")
    carol.says("到期")
    carol.hears("有时限的事（2件）", "1号舆情", "1号计划《冬季供暖》节点（物业科）")
    carol.says("1号舆情什么时候到期")
    carol.hears("1号舆情", "定级", "核实", "公开回应")
    alice.says("紧急信息：城南工地围墙倒塌，3人死亡")
    alice.hears("已登记紧急1号")
    alice.says("到期")
    alice.hears("有时限的事（4件）", "电话报告", "书面初报")
