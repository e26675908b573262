"""紧急信息: from one line to clocks, alert, questions, signatures, follow-ups and an end."""

from datetime import date, timedelta

from handlers.duty.saving import Place, save
from handlers.rules.rota import Slot
from storage.vocabulary import DutyPosition, ShiftKind, TimerStatus, UserId
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import leap, until

NAME = "紧急1号《城南工地围墙倒塌》"


def reports(bureau: Chat) -> None:
    """Report an incident in one line; duty and leaders hear of it, and read the report."""
    alice, dan, eve, carol, bob = bureau.phones("alice", "dan", "eve", "carol", "bob")
    alice.says("紧急信息：城南工地围墙倒塌，2人受伤")
    alice.hears(
        f"已登记{NAME}，10:00接报，暂按一般计时",
        "电话报告：10:30前",
        "书面初报：11:00前",
        "等刘伟、黄建国签发",
        "还缺：发生时间",
        "什么时候发生的？",
    )
    for leader in (dan, eve):
        leader.hears("初报待签发", "2人受伤")
    for phone in (dan, eve, carol, bob):
        phone.hears("紧急1号 城南工地围墙倒塌")


def is_sent(bureau: Chat) -> None:
    """Sign the initial report and send it up in time."""
    alice, dan = bureau.phones("alice", "dan")
    dan.says("签发紧急1")
    dan.hears("已签发")
    alice.hears("初报已由刘伟签发")
    alice.hears("紧急1号初报.docx")
    alice.says("已书面报告 区委办")
    alice.hears("初报已记：10:00书面报告区委办。在时限内")


@on_sqlite
def test_what_the_principal_reports_himself_a_deputy_signs(bureau: Chat) -> None:
    dan, eve = bureau.phones("dan", "eve")
    eve.says("紧急信息：城南工地围墙倒塌，2人受伤")
    eve.hears(f"已登记{NAME}", "等刘伟签发")
    dan.hears("初报待签发", "2人受伤")
    dan.says("签发紧急1")
    dan.hears("已签发")


@on_sqlite
def test_any_answer_fills_what_it_says_and_a_leader_signs_what_he_saw(bureau: Chat) -> None:
    alice, dan, eve = bureau.phones("alice", "dan", "eve")
    reports(bureau)
    alice.says("今早9点40，已停工疏散，伤者送医，李局长已到现场，没有扩大")
    alice.hears("发生时间：9月21日9时40分许", "到场领导", "影响范围多大")
    eve.says("签发 紧急1")
    eve.hears("已签发", "初报，王芳马上报送")
    alice.hears("初报已由黄建国签发，请马上报送区委办公室")
    alice.hears("紧急1号初报.docx")
    eve.says("撤销")
    eve.hears("已撤销", "初报还没签发")
    alice.hears("签发已由黄建国撤销，请先不要报送")
    alice.says("不清楚")
    alice.hears("影响范围先记为待核实", "财产损失")
    card = dan.hears("初报待签发", "已停工疏散")
    eve.hears("初报待签发", "已停工疏散")
    alice.says("大概20万元")
    alice.hears("财产损失：大概20万元", "从哪里来的")
    card.clicks("签发")
    dan.hears("刚有补充，现在这一稿是", "大概20万元", "签发这一稿请回复 是")
    dan.says("是")
    dan.hears("已签发", "初报，王芳马上报送")
    assert card.greyed == "已签发"


def test_a_clock_that_runs_out_is_told_and_its_reason_kept(bureau: Chat) -> None:
    alice, dan, eve = bureau.phones("alice", "dan", "eve")
    reports(bureau)
    alice.says("已电话报告 区委值班室")
    alice.hears("10:00电话报告区委值班室。在时限内")
    alice.says("已书面报告 区委办")
    alice.hears("初报还没签发")
    alice.says("终报紧急 现场已清理完毕")
    alice.hears("初报还没签发（等刘伟、黄建国签发），签发后才能报出")
    until(bureau, "2026-09-21 10:50")
    alice.hears("书面初报还有10分钟到时（11:00），初报还没签发（等刘伟、黄建国签发）")
    until(bureau, "2026-09-21 11:00")
    for phone in (alice, dan, eve):
        phone.hears("书面初报已到时限（11:00）还没报")
    until(bureau, "2026-09-21 11:08")
    dan.says("签发紧急1")
    alice.hears("初报已由刘伟签发")
    alice.says("已书面报告 区委办")
    alice.hears("初报已记：11:08书面报告区委办。超时8分钟", "什么原因")
    alice.says("现场信号中断")
    alice.hears("书面初报超时的原因已记：现场信号中断")


def test_follow_ups_tell_what_is_new_until_the_final_report_ends_it(bureau: Chat) -> None:
    alice, dan, eve = bureau.phones("alice", "dan", "eve")
    reports(bureau)
    is_sent(bureau)
    alice.says("续报：4人死亡，其他人伤情稳定，9:50围挡加固完成")
    said = alice.hears("续报一已拟好", "截至9月21日10时0分，有关情况续报如下", "：4人死亡").text
    assert "9:50围挡加固完成。" in said
    assert "发生时间" not in said
    for leader in (dan, eve):
        leader.hears("紧急1号 城南工地围墙倒塌")
    first = [leader.hears("续报一待签发") for leader in (dan, eve)]
    bureau.clock.advance(timedelta(minutes=1))
    alice.says("续报 无变化")
    assert "无变化" not in alice.hears("续报一已拟好").text
    for leader, card in zip((dan, eve), first, strict=True):
        leader.hears("续报一待签发")
        assert card.greyed == "王芳有补充，请看新的一稿"
    eve.says("同意签发")
    eve.hears("已签发", "续报一")
    alice.hears("续报一已由黄建国签发")
    alice.says("终报 现场已清理完毕，家属已安抚")
    alice.hears("终报已拟好", "处置结果：现场已清理完毕")
    dan.hears("终报待签发")
    dan.says("签发紧急1")
    alice.hears("终报已由刘伟签发")
    alice.says("已书面报告 区委办")
    alice.hears("终报已报出", "办结")
    alice.says("紧急信息")
    alice.hears("现在没有在办的紧急信息")


@on_sqlite
def test_free_words_are_no_draft_and_begin_one_as_well(bureau: Chat) -> None:
    """The clocks are those that the bureau brought, which know no working hours."""
    limit = '[[incident_limit]]\nphone = "20m"\nwritten = "40m"\n'
    assert bureau.import_rules(limit) == []
    [fault] = bureau.import_rules(limit.replace("20m", "2wh"))
    assert "emergencies know no working hours" in fault
    alice, mallory = bureau.phones("alice", "mallory")
    alice.says("投稿 物业检查\n九月二十日")
    alice.hears("已开始")
    alice.says("紧急信息：城南工地围墙倒塌")
    alice.hears("正在写的稿件已存着", f"已登记{NAME}", "电话报告：10:20前", "书面初报：10:40前")
    mallory.says("有个突发情况要报紧急信息")
    mallory.hears("出了什么事")
    mallory.says("解放路燃气管道被挖断，正在抢修")
    mallory.hears("已登记紧急2号《解放路燃气管道被挖断》")
    mallory.says("误报紧急 现场核实是演练")
    mallory.hears("紧急2号《解放路燃气管道被挖断》已记为误报")
    mallory.says("补充紧急1 2人轻伤")
    mallory.hears("没有找到紧急1号")


@on_sqlite
def test_what_was_done_and_what_else_happened_is_no_answer_to_a_question(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    """While its elements are asked for: told by telephone, sent in writing, a second emergency."""
    reports(bureau)
    alice, dan, carol = bureau.phones("alice", "dan", "carol")
    alice.says("已经打电话给区委值班室了")
    alice.hears("已记：10:00电话报告区委值班室")
    dan.says("签发紧急1")
    dan.hears("已签发")
    alice.hears_all()
    alice.says("书面的报给区委办了")
    alice.hears("初报已记：10:00书面报告区委办")
    alice.says("报个紧急情况，翠湖小区3号楼燃气闪爆，1死3伤")
    alice.hears("已登记紧急2号《翠湖小区3号楼燃气闪爆》")
    carol.hears_all()
    carol.says("现在有几个紧急信息")
    carol.hears("紧急1号", "紧急2号")
    for question in ("1号紧急信息怎么样了", "紧急1什么情况", "紧急1还剩多少时间"):
        carol.says(question)
        carol.hears(NAME, "区委值班室")
    alice.says("报告，阳光小区电梯坠落，有人被困")
    alice.hears("已登记紧急3号《阳光小区电梯坠落》")
    alice.says("突发情况：金色家园塔吊倒了，压了两个人")
    alice.hears("已登记紧急4号《金色家园塔吊倒")
    carol.hears_all()
    carol.says("紧急2电话报了，区委值班室")
    carol.hears("紧急2号《翠湖小区3号楼燃气闪爆》已记：10:00电话报告区委值班室")
    carol.says("紧急1续报 现场恢复供气")
    carol.hears(NAME, "续报一", "现场恢复供气")
    dan.hears_all()
    dan.says("紧急1改为重大")
    dan.hears(NAME, "重大")
    dan.says("紧急3改为重大")
    dan.hears("紧急3号《阳光小区电梯坠落》", "电话报告：10:15前", "书面初报：10:35前")


@on_sqlite
def test_the_leader_on_duty_signs_whoever_is_in_charge_there(bureau: Chat) -> None:
    """And nobody who reported it himself, be he a leader."""
    bureau.enrol("userid,name,unit,roles,aliases,in_charge_of\ngina,高娜,区住建局,deputy,,燃气科\n")
    dan, gina, alice = bureau.phones("dan", "gina", "alice")
    reports(bureau)
    gina.says("签发紧急1")
    gina.hears("没有找到紧急1号")
    leads(bureau, "gina")
    gina.says("签发紧急1")
    gina.hears("已签发")
    alice.hears("初报已由高娜签发")
    dan.says("紧急信息：和平路路面塌陷，1人受伤")
    dan.hears("已登记紧急2号")
    gina.hears("初报待签发", "和平路")
    assert "待签发" not in "".join(dan.hears_all())
    dan.says("签发紧急2")
    dan.hears("紧急2号《和平路路面塌陷》是您自己报的，要由别人签发（高娜、黄建国）")


@on_sqlite
def test_who_stands_in_for_a_leader_is_shown_the_report_and_signs_for_him(bureau: Chat) -> None:
    heidi = bureau.phone("heidi")
    bureau.delegate("dan", "heidi")
    reports(bureau)
    heidi.hears("初报待签发", "2人受伤").clicks("签发")
    bureau.settle()
    [report] = all_rows(bureau.services.database)["incident_reports"]
    assert (report["signed_by"], report["signed_for"]) == ("heidi", "dan")


def leads(bureau: Chat, who: str) -> None:
    """Let somebody be the leader on duty today."""
    with bureau.services.database.begin() as uow:
        carol = uow.members.person(UserId("carol"))
        assert carol
        day = date(2026, 9, 21)
        slot = Slot(day=day, kind=ShiftKind.WHOLE, position=DutyPosition.LEAD)
        place = Place(slot=slot, member=UserId(who))
        save(bureau.services.context(uow, me=carol), carol.bureau, {day}, [place])


@on_sqlite
def test_a_clock_that_was_stopped_or_moved_says_nothing_at_its_old_time(bureau: Chat) -> None:
    reports(bureau)
    alice, dan = bureau.phones("alice", "dan")
    alice.says("已电话报告 区委值班室")
    alice.hears("10:00电话报告区委值班室")
    dan.says("已电话报告 市应急局")
    dan.hears(NAME, "王芳", "区委值班室")
    alice.says("接报时间9:50")
    alice.hears("9:50")
    for phone in (alice, dan):
        phone.hears_all()
    until(bureau, "2026-09-21 10:39")
    alice.hears_nothing()
    until(bureau, "2026-09-21 10:50")
    alice.hears("书面初报还有10分钟到时（10:50）")
    alice.hears("书面初报已到时限（10:50）还没报")
    until(bureau, "2026-09-21 11:30")
    alice.hears_nothing()
    log = all_rows(bureau.services.database)["incident_entries"]
    assert [one["words"] for one in log if one["act"] == "overdue"] == ["书面初报：10:50"]


@on_sqlite
def test_a_word_that_it_is_none_is_no_answer_to_what_is_asked(bureau: Chat) -> None:
    """Nor is the number of an emergency, said first, a part of what it has to tell."""
    alice, carol = bureau.phones("alice", "carol")
    alice.says("紧急信息：人民路燃气泄漏，两人受伤已经送医")
    alice.hears("已登记紧急1号", "什么时候发生的？")
    alice.says("就在人民路和建设路路口那")
    alice.hears("紧急1号《人民路燃气泄漏》已记下：地点：")
    carol.hears_all()
    carol.says("紧急1阀门已经关了，燃气公司在抢修")
    carol.hears("紧急1号《人民路燃气泄漏》已记下：已采取措施：")
    alice.says("紧急1更正一下，受伤的是3个人")
    alice.hears("已记下：伤亡情况：受伤的是3个人")
    carol.says("今晚的紧急信息到哪一步了")
    carol.hears("紧急1号《人民路燃气泄漏》")
    for perhaps in ("紧急1是误报的可能性很大", "应该是误报吧", "紧急1可能是虚惊一场"):
        alice.says(perhaps)
        alice.hears("紧急1号《人民路燃气泄漏》还没有记为误报", "核实了请发送 误报紧急1")
    alice.says("搞错了 紧急1是误报，是饭店排烟")
    alice.hears("紧急1号《人民路燃气泄漏》", "误报", "是饭店排烟")
    [incident] = all_rows(bureau.services.database)["incidents"]
    assert incident["status"] == "withdrawn"
    assert "误报" not in str(incident["elements"])


@on_sqlite
def test_a_larger_one_is_asked_about_at_five_and_not_closed_without_its_final_report(
    bureau: Chat,
) -> None:
    alice, dan, carol = bureau.phones("alice", "dan", "carol")
    reports(bureau)
    is_sent(bureau)
    dan.says("紧急定级1 较大")
    leap(bureau, "2026-09-21 17:00")
    alice.hears(NAME, "续报紧急1")
    for words, refused in (
        ("办结紧急1 已处置完毕", "还没有终报"),
        ("误报紧急1", "请写怎么核实的"),
    ):
        carol.says(words)
        carol.hears(refused)
    [incident] = all_rows(bureau.services.database)["incidents"]
    assert incident["status"] == "open"
    carol.says("办结紧急1 不需终报，已处置完毕")
    carol.hears(NAME, "已办结")
    timers = all_rows(bureau.services.database)["timers"]
    left = {one["kind"] for one in timers if one["status"] is TimerStatus.PENDING}
    assert not any(kind.startswith("incident") for kind in left)
