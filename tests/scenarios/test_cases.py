"""舆情: one line of an officer becomes a case: graded, given, answered, watched, closed."""

from datetime import timedelta

from storage.vocabulary import TimerStatus
from tests.harness.databases import on_sqlite
from tests.harness.finding import in_ledger
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until

LINE = "抖音有人发视频说金色家园烂尾 点赞2万"
LEDGER = {
    "编号": 1,
    "发现时间": "2026-09-21 10:00",
    "发现人/来源": "王芳",
    "平台": "抖音",
    "标题": "金色家园烂尾",
    "内容摘要": LINE,
    "发布者类型": "网民",
    "地点/项目": "金色家园",
    "主题": "烂尾断供",
    "承办科室": "物业科",
    "建议级别": "黄色（较大）",
    "核定级别": "黄色（较大）",
    "定级人": "周敏",
    "发现时热度": "2万",
    "最高热度": "2万",
    "来源条数": 1,
    "是否属实": "属实",
    "交办人": "周敏",
    "交办时间": "2026-09-21 10:00",
    "签收人": "李强",
    "签收时间": "2026-09-21 10:00",
    "处置措施": "经核实属实，停工两个月，已约谈开发商，定了复工方案",
    "口径": "我局已约谈开发商，9月24日公布复工节点。",
    "口径审定人": "周敏",
    "回应时间": "2026-09-21 10:00",
    "回应处": "抖音官方号评论区",
    "上报": "9月21日 10:00 区委宣传部；9月21日 10:00 市住建局",
    "领导批示": "王局：一周内见复工",
    "办理结果": "业主认可，已复工",
    "办结时间": "2026-09-23 10:01",
    "办结人": "周敏",
    "状态": "已办结",
    "各步用时（分钟/时限）": "签收0/60（工作时间）；定级0/60（工作时间）；签收0/60（工作时间）；"
    "核实0/240（工作时间）；回应0/1440",
}
"""What an inspection reads of it in the end: the columns of domain-rules §6.5."""


def test_one_line_becomes_a_case_that_is_handled_to_its_end(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    """The three steps of an answer: 签收, 处置 and 续报, 办结; every word with its time."""
    alice, bob, carol, dan, eve = bureau.phones("alice", "bob", "carol", "dan", "eve")
    alice.says(LINE)
    alice.hears(
        "已登记1号舆情《金色家园烂尾》，建议黄色（较大），依据：涉及烂尾断供",
        "已告知李强、周敏、刘伟（黄色警报01《金色家园烂尾》）。没人签收会逐级上报",
    )
    for phone in (bob, carol, dan):
        phone.hears("黄色警报 01 金色家园烂尾", "抖音")
    bob.says("收到")
    bob.hears("已收到黄色警报01", "由您处理")

    carol.says("定级 1 黄色")
    carol.hears("1号舆情《金色家园烂尾》已定为黄色（较大）")
    bob.hears("1号舆情《金色家园烂尾》由周敏定为黄色")
    carol.says("1号舆情转物业科，明天下班前回复")
    carol.hears("已交办物业科，明天 17:30前回应，等李强签收，1个工作小时内没人签收会逐级上报")
    for phone in (bob, dan):
        phone.hears("黄色警报01《金色家园烂尾》已由周敏办结：已交办物业科")
    bob.hears("黄色警报 02", "1号舆情交物业科处置。要求明天 17:30前回应。周敏定为黄色")
    bob.says("收到")
    bob.hears("已收到黄色警报02")

    bob.says("经核实属实，停工两个月，已约谈开发商，定了复工方案")
    bob.hears("已记下1号舆情《金色家园烂尾》的核实。核实结果：属实。下一步：")
    carol.hears("已核实（李强）：属实")
    bob.says("口径 1 我局已约谈开发商，9月24日公布复工节点。")
    bob.hears("口径已送周敏审，同意后才能对外说")
    bob.says("同意口径 1")
    bob.hears("您不能同意口径", "办公室、分管领导、主要领导可以")
    carol.hears("1号舆情口径").clicks("同意")
    carol.hears("对外只按这个说：我局已约谈开发商")
    bob.hears("口径周敏已同意，可以对外发布")
    bob.says("已回应 1 抖音官方号评论区")
    bob.hears("已记下", "抖音官方号评论区的回应")
    carol.hears("已由李强在抖音官方号评论区回应")
    for whom in ("区委宣传部", "市住建局"):
        carol.says(f"舆情上报 1 {whom}")
        carol.hears("已记下1号舆情", whom)
    carol.says("舆情批示 1 王局：一周内见复工")
    carol.hears("已记下对1号舆情《金色家园烂尾》的批示。")
    bob.hears("1号舆情《金色家园烂尾》有批示（周敏记）：王局：一周内见复工")

    bob.says("办结，业主认可，已复工")
    bob.hears("已申请办结，等周敏决定")
    carol.hears("李强申请办结1号舆情《金色家园烂尾》：业主认可，已复工")
    carol.says("观察舆情 1 两天")
    carol.hears("转入观察，到9月23日 10:00没有反复再办结")
    bob.hears("黄色警报02", "已由周敏办结")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-23 10:01")
    carol.hears("观察期到了，没有新情况请办结")
    carol.says("办结舆情 1 业主认可，已复工")
    carol.hears("已办结，已告诉")
    for phone in (alice, bob):
        phone.hears("1号舆情《金色家园烂尾》已由周敏办结：业主认可，已复工")
    carol.says("撤销")
    carol.hears("已撤销：1号舆情《金色家园烂尾》回到“观察中”")
    for phone in (alice, bob):
        phone.hears("周敏撤销了刚才的办结")
    carol.says("1号舆情可以结了")
    carol.hears("已办结")

    alice.says("舆情 1")
    alice.hears("已办结", "核实：属实", "回应：抖音官方号评论区", "……发送 下一页 看更早的经过")
    alice.says("下一页")
    alice.hears(
        "1号舆情《金色家园烂尾》的经过：\n", "李强签收（用时不到1分钟，限1小时，按工作时间计）"
    )
    ledger = [row["move"] for row in all_rows(bureau.services.database)["case_events"]]
    assert ledger == [
        "register", "alert", "ack", "grade", "assign", "ack", "facts", "wording", "approve",
        "answer", "report_up", "report_up", "instruct", "ask_closing", "watch", "close", "undo",
        "close",
    ]  # fmt: skip
    assert in_ledger(bureau) == [LEDGER]
    assert eve.unheard() == []


@on_sqlite
def test_only_the_newest_wording_is_approved_and_what_was_answered_without_one_is_said(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says(LINE)
    carol.says("交办 1 物业科 先见业主代表")
    carol.hears_all()
    bob.hears("黄色警报 02", "1号舆情交物业科处置", "先见业主代表")
    bob.says("口径 1 已约谈开发商")
    old = carol.hears("1号舆情口径", "已约谈开发商")
    bob.says("已回应 1 抖音评论区")
    bob.hears("口径还没有人同意，这次回应已照实记下")
    bob.says("口径 1 三天内公布复工时间")
    carol.hears("已由李强在抖音评论区回应")
    card = carol.hears("1号舆情口径", "三天内公布复工时间")
    assert old.greyed == "李强有新稿"
    card.clicks("同意")
    carol.hears("对外只按这个说：三天内公布复工时间")
    carol.says("同意口径 1")
    carol.hears("1号舆情《金色家园烂尾》的口径已由周敏同意")
    bob.says("口径 1 本周复工")
    carol.hears("1号舆情口径", "本周复工")
    assert "口径审定人" not in in_ledger(bureau)[0], "of what was approved before"
    bob.hears_all()
    carol.says("退回口径 1 没写日期")
    bob.hears("没写日期")
    bureau.clock.advance(timedelta(hours=1))
    bob.says("已回应 1 微博")
    [row] = in_ledger(bureau)
    assert (row["回应时间"], row["回应处"]) == ("2026-09-21 10:00", "微博")
    carol.says("观察舆情 1 业主认可")
    carol.hears("1号舆情", "转入观察，到9月24日 11:00没有反复再办结")
    bob.says("续报 1 评论区平静")
    carol.says("撤销")
    carol.hears("1号舆情", "李强", "不能撤销")
    for act, refused in (
        ("拆分舆情 1 条目1", "只有这一个条目"),
        ("转出舆情 1", "转给哪个单位"),
    ):
        carol.says(act)
        carol.hears(refused)
    carol.says("转出舆情 1 邻区住建局")
    carol.hears("已转出")
    timers = all_rows(bureau.services.database)["timers"]
    left = {one["kind"] for one in timers if one["status"] is TimerStatus.PENDING}
    assert {kind for kind in left if kind.startswith("case_")} == set()
    carol.says("重开舆情 1")
    carol.hears("为什么重新打开")
    bureau.clock.advance(timedelta(days=2))
    carol.says("重开舆情 1 又有业主发视频")
    carol.hears("1号舆情《金色家园烂尾》", "已重新打开")
    [case] = all_rows(bureau.services.database)["cases"]
    assert case["registered_at"] == case["clock_at"] == bureau.clock(), "its limits run from now"
