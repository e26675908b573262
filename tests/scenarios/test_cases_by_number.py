"""舆情: what is said of a case by its number alone, and by when an answer is wanted."""

from tests.harness.databases import on_sqlite
from tests.harness.finding import in_ledger
from tests.harness.rows import all_rows
from tests.harness.service import Chat


@on_sqlite
def test_a_number_that_stands_first_is_the_case_that_is_meant(bureau: Chat) -> None:
    """Nothing is done to another case because it is the only one that is open."""
    alice, carol, heidi = bureau.phones("alice", "carol", "heidi")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    alice.says("微博有人投诉翠湖小区物业态度差")
    alice.hears("已登记2号舆情")
    carol.says("舆情列表")
    carol.says("1号交给燃气科，下周三下班前答复")
    carol.hears("1号舆情《金色家园烂尾》已交办燃气科")
    heidi.hears("金色家园烂尾")
    carol.says("2号不是我们的，转水务局")
    carol.hears("2号舆情《翠湖小区物业态度差》", "转")
    carol.says("2号交给物业科")
    carol.hears("2号舆情《翠湖小区物业态度差》", "不能交办")
    carol.says("2号重新打开")
    carol.hears("2号舆情《翠湖小区物业态度差》")
    carol.says("2号交给物业科，月底前回复")
    carol.hears("2号舆情《翠湖小区物业态度差》已交办物业科，9月30日 17:30前回应")
    carol.says("2号舆情王局批示：月底前换物业经理")
    carol.hears("已记下对2号舆情", "领导有批示，建议不低于黄色（较大）")
    carol.says("定级依据 2")
    carol.hears("2号舆情《翠湖小区物业态度差》建议黄色", "领导有批示，不低于黄色")
    carol.says("谁发的这个视频，把他电话找出来")
    carol.hears("不收集、不查询发帖人和群众的个人情况")


@on_sqlite
def test_what_is_said_in_full_is_done_and_not_taken_for_a_wording(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    carol.says("1号舆情交给物业科")
    carol.hears("已交办物业科")
    bob.says("1号舆情口径：项目已排出复工计划")
    bob.hears("口径已送周敏审")
    carol.says("1号舆情口径不同意")
    carol.hears("退回请写理由")
    assert case_row(bureau)["wording"] == "项目已排出复工计划"
    carol.says("1号舆情口径不行，没有写时间")
    bob.hears("没有写时间")
    bob.says("1号舆情口径：项目已排出复工计划")
    carol.says("1号舆情同意口径")
    carol.hears("1号舆情《金色家园烂尾》", "口径")
    assert case_row(bureau)["wording_approved_by"] == "carol"
    bob.says("1号舆情已经在抖音回应了")
    bob.hears("1号舆情《金色家园烂尾》", "抖音")
    assert case_row(bureau)["wording"] == "项目已排出复工计划"
    carol.says("1号舆情已报区委宣传部")
    carol.hears("1号舆情《金色家园烂尾》", "区委宣传部")
    bob.says("1号舆情超时是因为现场没信号")
    assert case_row(bureau)["late_because"] == "现场没信号"
    carol.says("1号舆情王局批示：今晚到现场")
    assert case_row(bureau)["instruction"] == "王局批示：今晚到现场"
    bob.says("1号舆情先观察三天")
    assert case_row(bureau)["state"] == "watching"


@on_sqlite
def test_a_case_is_asked_about_and_steered_in_ones_own_words(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    alice.says("1号舆情点赞涨到5万了")
    alice.hears("已记下1号舆情《金色家园烂尾》的续报")
    assert case_row(bureau)["heat_peak"] == "5万"
    for question in ("1号舆情谁在处理", "1号舆情口径定了吗", "1号舆情签收了吗"):
        carol.says(question)
        carol.hears("1号舆情《金色家园烂尾》", "承办：物业科")
    carol.says("把1号降一级")
    carol.hears("1号舆情《金色家园烂尾》已定为蓝色（一般）")
    carol.says("舆情列表")
    carol.hears("1号【蓝")
    [row] = in_ledger(bureau)
    assert (row["建议级别"], row["核定级别"]) == ("黄色（较大）", "蓝色（一般）")
    for said, period in (
        ("舆情台账发我", "2026年"),
        ("舆情台账", "2026年"),
        ("台账", "2026年"),
        ("舆情台账 本月", "2026年9月"),
        ("去年的舆情台账", "2025年"),
    ):
        carol.says(said)
        carol.hears(f"舆情台账（Excel，{period}的）在网页上下载")
    bob.says("舆情台账发我")
    bob.hears("舆情台账由办公室、舆情联络员和局领导导出")
    for who in (alice, carol):
        who.says("把评论区关了")
        who.hears("删帖、屏蔽、压热度的事不能办")
    assert case_row(bureau)["state"] != "closed"
    carol.says("哪个科室舆情最多")
    carol.hears("在办舆情1起", "最热：1号舆情《金色家园烂尾》")


def case_row(bureau: Chat) -> dict[str, object]:
    [case] = all_rows(bureau.services.database)["cases"]
    return case


@on_sqlite
def test_a_number_is_heard_however_its_case_is_asked_about_or_ended(bureau: Chat) -> None:
    """At night nobody says 舆情: the number and what is done are enough."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    alice.says("刚才那条再补一下，评论里有人说要去区政府")
    alice.hears("已记下1号舆情《金色家园烂尾》的续报")
    alice.says("微博有人投诉翠湖小区物业态度差")
    alice.hears("已登记2号舆情")
    alice.says("1号为什么是黄色")
    alice.hears("1号舆情《金色家园烂尾》建议黄色")
    carol.says("2号误报，早换了物业，是老视频")
    carol.hears("2号舆情《翠湖小区物业态度差》", "误报")
    dan.hears_all()
    dan.says("1号现在谁在处理")
    dan.hears("1号舆情《金色家园烂尾》")
    bob.hears_all()
    bob.says("1号口径：我局已约谈开发商，三天内复工")
    bob.hears("口径已送周敏审")
    carol.hears_all()
    carol.says("1号口径可以")
    carol.hears("已同意")
    bob.hears_all()
    bob.says("1号已经在抖音评论区回复了")
    bob.hears("已记下1号舆情《金色家园烂尾》抖音评论区的回应")
    carol.says("1号报给区委宣传部了")
    carol.hears("已记下1号舆情《金色家园烂尾》", "区委宣传部")
    [case] = (row for row in all_rows(bureau.services.database)["cases"] if row["number"] == 1)
    assert case["wording"] == "我局已约谈开发商，三天内复工"
    bob.says("舆情 1")
    bob.hears("王芳续报：评论里有人说要去区政府")


@on_sqlite
def test_the_result_is_why_it_ended_and_not_that_it_did(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    carol.hears_all()
    carol.says("1号误报")
    carol.hears("误报要写依据，例如：误报 1 经核实是旧视频")
    carol.says("1号误报，是旧视频")
    carol.hears("已按误报办结")
    assert (case_row(bureau)["result"], case_row(bureau)["truth"]) == ("是旧视频", "untrue")
    carol.says("重开舆情 1 又有业主发视频")
    carol.hears("已重新打开")
    assert (case_row(bureau)["result"], case_row(bureau)["truth"]) == ("", "unknown")
    carol.hears("黄色警报")
    carol.says("1号可能是误报")
    carol.hears_all()
    assert case_row(bureau)["state"] != "false_alarm", "nobody has said that it is one"
    carol.says("1号非本地，转邻区住建局")
    carol.hears("已转出")
    assert case_row(bureau)["result"] == "转邻区住建局"
    carol.says("撤销")
    carol.hears("已撤销")
    bob.says("1号舆情业主认可，已复工，申请办结")
    bob.hears("已申请办结，等周敏决定")
    carol.says("1号舆情同意办结")
    carol.hears("已办结")
    assert case_row(bureau)["result"] == "业主认可，已复工"


@on_sqlite
def test_a_report_that_names_a_section_is_that_sections_by_who_may_give_it(bureau: Chat) -> None:
    alice, carol, heidi = bureau.phones("alice", "carol", "heidi")
    carol.says("燃气科那边报舆情 金色家园停气三天没人管")
    carol.hears(
        "已登记1号舆情《金色家园停气三天没人管》",
        "赵磊",
        "这起先归燃气科，已按它告知",
        "交办 1 科室",
    )
    carol.says("报舆情：抖音有人说翠湖小区外墙砖掉落 点赞2万，由燃气科处置")
    carol.hears(
        "已登记2号舆情《翠湖小区外墙砖掉落》",
        "2号舆情《翠湖小区外墙砖掉落》已交办燃气科，等赵磊签收",
    )
    heidi.hears("2号舆情")
    heidi.says("收到 02")
    heidi.hears("由您处理")
    alice.says("报舆情 东苑新村楼道堆满杂物，请燃气科处理")
    alice.hears(
        "已登记3号舆情《东苑新村楼道堆满杂物》", "交办燃气科要由周敏决定，已把您的建议告诉他们"
    )
    carol.hears("王芳建议把3号舆情《东苑新村楼道堆满杂物》交办燃气科。同意请发送 交办 3 燃气科")
    carol.says("交办 3 燃气科")
    carol.hears("已交办燃气科")
    cases = {row["number"]: row for row in all_rows(bureau.services.database)["cases"]}
    assert len({row["unit"] for row in cases.values()}) == 1
    assert [cases[one]["assigned_by"] for one in (1, 2, 3)] == ["", "carol", "carol"]
    carol.says("报舆情 和兴苑烂尾，请燃气科办")
    carol.hears("已交办燃气科")
    carol.says("撤销")
    carol.hears("已撤销：4号舆情")
    [other] = [row for row in all_rows(bureau.services.database)["cases"] if row["number"] == 4]
    assert other["unit"] == other["bureau"], "it is nobody's again"


@on_sqlite
def test_what_is_said_of_a_case_is_done_to_it_and_to_nothing_else(bureau: Chat) -> None:
    """Two things in one line, a case by its number alone, an emergency amid cases."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    alice.says("刚刷到抖音有个视频讲金色家园停工了，评论都炸了")
    alice.hears("已登记1号舆情《金色家园停工了》")
    carol.says("1号舆情按黄色处理并交办物业科，明天中午12点前反馈")
    carol.hears("已定为黄色（较大）", "已交办物业科，明天 12:00前回应")
    bob.says("1号核实了，是真的，停了两个月")
    bob.hears("核实结果：属实")
    alice.says("1号又有人发了个视频，比上次还凶")
    alice.hears("已记下1号舆情《金色家园停工了》的续报")
    dan.says("1号舆情 局长批示：马上核查，两小时报结果")
    dan.hears("已记下对1号舆情《金色家园停工了》的批示")
    alice.says("报舆情 翠湖小区物业态度差")
    carol.hears_all()
    carol.says("2号转街道办处理，不归我们管")
    carol.hears("2号舆情《翠湖小区物业态度差》已转出")
    alice.says("紧急情况！阳光里小区3号楼燃气泄漏，2个人被送医院")
    alice.hears("已登记紧急1号《阳光里小区3号楼燃气泄漏》")
    carol.says("紧急1 阀门关了")
    carol.hears("紧急1号《阳光里小区3号楼燃气泄漏》已记下：已采取措施")
    carol.says("这周舆情有几起超时的")
    carol.hears("没有超时的舆情")
    carol.says("1号舆情按橙色处理并交办燃气科")
    carol.hears("定为橙色（重大）要由刘伟决定", "已交办燃气科")
    [incident] = all_rows(bureau.services.database)["incidents"]
    assert "1号" not in str(incident["elements"]), "what is said of a case is no answer"
    assert len(all_rows(bureau.services.database)["cases"]) == 2, "none was opened besides"
