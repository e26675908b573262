"""年度计划: a topic of the year's plan, from its node by a call and a draft to its points."""

from datetime import date

from handlers.kit.events import MonthSummedUp
from handlers.kit.recounting import recount_clocks
from tests.harness.databases import on_sqlite
from tests.harness.service import Chat, import_rules
from tests.harness.telling import leap, until

ITEM = "加计划 国庆燃气安全宣传 10月23日 物业科 燃气科 渠道：市日报 责任人：李强 权重2"
RULES = """\
[[rule_set]]
name = "bureau"
base = 6
adoption = [{ level = "any", points = 4 }]
"""


def test_a_topic_goes_from_the_plan_to_its_points(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    assert import_rules(bureau.services, RULES) == []
    alice, bob, carol, mallory, heidi = bureau.phones("alice", "bob", "carol", "mallory", "heidi")
    alice.says(ITEM)
    alice.hears("年度计划由办公室维护")
    alice.says("今年计划")
    alice.hears("2026年还没有计划")
    carol.says("加计划 国庆燃气安全宣传 10月23日 没有科")
    carol.hears("本局没有科室“没有科”")
    carol.says(ITEM)
    carol.hears(
        "已加1号计划《国庆燃气安全宣传》：节点10月23日，物业科、燃气科。",
        "节点前10个工作日自动向科室约稿",
    )
    carol.says("加计划 供热检查 9月21日、11月2日 燃气科 不自动约稿")
    carol.hears("已加2号计划《供热检查》：节点9月21日、11月2日")
    bureau.advance(minutes=11)
    mallory.hears("2号计划《供热检查》节点9月21日（就是今天），由燃气科写。请准备稿件")
    alice.says("本月计划")
    alice.hears("2026年9月没有计划节点")
    mallory.says("本月计划")
    mallory.hears("2026年9月计划节点1个：\n2号计划《供热检查》 9月21日 燃气科 今天到")

    leap(bureau, "2026-10-09 08:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-10-09 09:30")
    card = alice.hears("1号约稿", "国庆燃气安全宣传", "10月23日 17:30", "年度计划1号", "市日报")
    mallory.hears("1号约稿")
    bob.hears("您是责任人。已自动下1号约稿《国庆燃气安全宣传》给物业科、燃气科")
    carol.hears("按年度计划自动下了1个约稿：\n1号约稿《国庆燃气安全宣传》（1号计划")
    bureau.nobody_hears_more()
    card.clicks("认领")
    alice.hears("已认领1号约稿")
    mallory.says("无内容 1")
    mallory.hears("已登记：燃气科")
    carol.hears("燃气科（陈静）对1号约稿")

    # Three working days before, who still owes is reminded.
    until(bureau, "2026-10-20 08:29")
    alice.hears_all()
    mallory.hears("2号计划《供热检查》节点11月2日（还有10个工作日）")
    until(bureau, "2026-10-20 08:31")
    for phone in (alice, bob):
        phone.hears("1号计划《国庆燃气安全宣传》节点10月23日（还有3个工作日），由物业科写。1号约稿")
    bureau.nobody_hears_more()
    alice.says("投稿 燃气安全宣传进小区\n10月，物业科入户宣传。")
    alice.hears("已开始")
    alice.says("应约 1")
    alice.hears("1号约稿")
    alice.says("完成")
    alice.hears("已算1号约稿《国庆燃气安全宣传》按时交稿")
    carol.says("计划 1")
    carol.hears("1号计划《国庆燃气安全宣传》（物业科、燃气科）", "节点10月23日：已完成，1号约稿")
    alice.says("撤稿 1")
    alice.hears("已撤回")
    carol.says("1号计划的进度")
    carol.hears("节点10月23日：约稿中")
    carol.says("计划完成情况")
    carol.hears(
        "2026年计划完成情况：3个节点完成0个（0%）；到今天应完成1个，完成0个。",
        "逾期1个：\n2号计划《供热检查》 9月21日 燃气科 逾期",
    )
    carol.says("完成计划 2 已在市日报刊登")
    carol.hears("2号计划《供热检查》的节点9月21日已记为完成")
    heidi.says("年度计划")
    heidi.hears("2026年计划2条、3个节点：完成1，约稿中1，逾期0，未到1。")
    with bureau.services.database.begin() as uow:
        ours = uow.members.unit_at("区住建局")
        assert ours
        ctx = bureau.services.context(uow)
        summed = ctx.emit(MonthSummedUp(bureau=ours.id, month="2026-09"))
    assert summed == ["年度计划：9月应完成1个节点，完成1个。"]


@on_sqlite
def test_the_office_moves_cancels_and_takes_back(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    carol.says("加计划 冬季消防 9月28日 物业科")
    carol.hears("已加1号计划《冬季消防》", "离9月28日不到10个工作日，十分钟后自动向科室约稿")
    carol.says("撤销")
    carol.hears("已撤销：1号计划《冬季消防》不要了")
    bureau.advance(minutes=20)
    bureau.nobody_hears_more()
    carol.says("加计划 冬季供热 9月28日 物业科")
    carol.hears("已加2号计划《冬季供热》")
    bureau.advance(minutes=41)
    alice.hears("1号约稿", "冬季供热", "9月28日 17:30")
    carol.hears("按年度计划自动下了1个约稿")
    carol.says("计划 2 改到9月30日")
    carol.hears(
        "2号计划《冬季供热》的节点从9月28日改到9月30日",
        "1号约稿《冬季供热》还没交齐，截止也改到9月30日 17:30吗",
    )
    carol.says("是")
    carol.hears("已把1号约稿《冬季供热》物业科的交稿时间延到9月30日 17:30")
    alice.hears("周敏同意1号约稿")
    carol.says("改计划 2 10月4日")
    carol.hears("改到10月4日（休息日，提醒和约稿按前一个工作日算）").says("不是")
    carol.hears("好的，1号约稿《冬季供热》照旧")
    carol.says("撤销")
    carol.hears("已撤销：2号计划《冬季供热》的节点仍是9月30日")
    mallory.says("计划 2")
    mallory.hears("没有找到2号计划")
    carol.says("取消计划 2 项目停了")
    carol.hears("2号计划《冬季供热》已取消（节点9月30日）", "1号约稿《冬季供热》还没交齐，也取消吗")
    carol.says("是")
    carol.hears("已取消1号约稿《冬季供热》")
    alice.hears("周敏取消了1号约稿《冬季供热》（项目停了），不用再写")
    carol.says("加计划 城市更新 12月4日 物业科")
    carol.hears("已加3号计划")
    carol.says("计划不约稿 3")
    carol.hears("3号计划《城市更新》不再自动约稿，只提醒科室")
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        before = ctx.calendar()
        uow.timers.set_day(date(2026, 11, 30), workday=False)
        recount_clocks(ctx, (), before)
    leap(bureau, "2026-11-19 08:31")
    alice.hears("3号计划《城市更新》节点12月4日（还有10个工作日），由物业科写。请准备稿件")
    bureau.nobody_hears_more()
