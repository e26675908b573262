"""值班: a roster is made and kept, people swap, remind each other and hand over."""

from datetime import timedelta

import pytest

from handlers.rules.official_days import OFFICIAL_DAYS
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until
from tests.scenarios.test_daily_opinion import LIAISON

DUTY = """\
userid,name,unit,roles,aliases,in_charge_of
alice,王芳,区住建局/物业科,officer|duty,,
bob,李强,区住建局/物业科,section_head|duty,,
mallory,陈静,区住建局/燃气科,officer|duty,,
heidi,赵磊,区住建局/燃气科,section_head|duty,,
ivan,秦飞,区住建局/燃气科,duty,,
dan,刘伟,区住建局,deputy|lead_duty,,物业科|燃气科
frank,杨雪,区住建局,deputy|lead_duty,,办公室
grace,江南,区住建局,deputy|lead_duty,,
judy,何琳,区住建局,deputy|lead_duty,,
"""

NAMES = {"alice": "王芳", "bob": "李强", "mallory": "陈静", "heidi": "赵磊", "ivan": "秦飞"}
LEADERS = {"frank": "杨雪", "grace": "江南", "judy": "何琳"}


def on_duty(bureau: Chat, day: str, kind: str = "night") -> str:
    """Return who is put down for a shift."""
    rows = all_rows(bureau.services.database)["duty_shifts"]
    [row] = [
        row
        for row in rows
        if (str(row["day"]), row["kind"], row["position"]) == (day, kind, "duty")
    ]
    return str(row["member"])


@pytest.fixture
def roster(bureau: Chat) -> Chat:
    """A bureau whose office has a roster for the week before the National holiday and for it."""
    with bureau.services.database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
    bureau.enrol(DUTY)
    [carol] = bureau.phones("carol")
    carol.says("排班 9月22日到28日")
    carol.hears("9月22日至28日的值班表", "每人值班", "保存并通知他们吗？")
    carol.says("是")
    carol.hears("已保存9月22日至28日的值班表，已通知9人")
    for account in bureau.wecom.directory.accounts():
        bureau.phone(account.userid).hears_all()
    return bureau


@on_sqlite
def test_the_daily_report_names_who_comes_on_that_evening(roster: Chat) -> None:
    """As it is drafted, at half past four on a workday, nobody is on yet."""
    roster.enrol(LIAISON)
    lena = roster.phone("lena")
    until(roster, "2026-09-22 16:29")
    lena.hears_all()
    until(roster, "2026-09-22 16:30")
    names = {one.userid: one.name for one in roster.wecom.directory.accounts()}
    said = lena.hears("舆情日报（2026年9月22日）").text
    _, _, duty = said.partition("值班：")
    assert names[on_duty(roster, "2026-09-22")] in duty


def test_a_roster_is_worked_out_asked_for_and_kept(  # noqa: PLR0915 - one talk
    roster: Chat,
) -> None:
    """From the plan to the reminders; nobody is on two days in a row, and a gap is refused."""
    carol, alice, root = roster.phones("carol", "alice", "root")
    alice.says("排班 国庆")
    alice.hears("值班表由办公室排")
    carol.says("排班 昨天")
    carol.hears("已经过去了")

    with roster.services.database.reading() as uow:
        monday = uow.members.person(UserId("carol"))
        assert monday
        until_ten = uow.duty.on_duty(monday.bureau, roster.clock() + timedelta(days=1, hours=10))
    assert [one.position for one in until_ten] == ["duty", "lead_duty"]
    root.says("明天谁值班")
    root.hears("9月22日（周二）：", "带班", "夜班", "（17:30至次日08:30）", "没有登记值班电话")
    root.says("这会儿谁在值班")
    root.hears("现在没有排人值班")
    root.says("中秋谁值班")
    said = root.hears("9月25日（周五） 中秋：带班 ", "9月27日（周日）").text
    assert said.count("白班") == 3

    holder = roster.phone(on_duty(roster, "2026-09-22"))
    until(roster, "2026-09-21 17:00")
    holder.hears("明天夜班是您（17:30至次日08:30）", "带班：")
    until(roster, "2026-09-22 16:30")
    holder.hears("再过1小时开始")
    root.says("下一班是谁")
    root.hears("下一班：", "夜班")

    carol.says("不排班 李强 10月1日到7日")
    carol.hears("记下了：李强 10月1日至7日不排班。")
    carol.says("排班 国庆")
    plan = carol.hears("10月1日至7日的值班表").text
    assert "李强" not in plan
    assert "保存并通知他们吗" in plan
    carol.says("不是")
    carol.hears("没有办")
    roster.without("mallory", "heidi", "ivan")
    carol.says("排班 国庆")
    carol.hears("个班没人可排，没有保存", "10月1日（周四）缺", "不排班 10月")
    carol.says("把国庆值班安排发到群里")
    carol.hears("还没有排值班")
    carol.says("中秋值班表")
    carol.hears("值班表（9月25日至27日）正在做")
    roster.settle()
    assert any(row["kind"] == "duty_paper" for row in all_rows(roster.services.database)["outbox"])


@on_sqlite
def test_of_an_emergency_hears_the_office_where_the_roster_names_nobody(roster: Chat) -> None:
    """Everybody who may be on duty some day are hundreds; they are not woken."""
    until(roster, "2026-09-30 10:00")
    roster.phone("alice").says("紧急信息：城南工地围墙倒塌，2人受伤")
    until(roster, "2026-09-30 10:25")
    rows = all_rows(roster.services.database)["outbox"]
    warned = {row["recipient"] for row in rows if row["kind"] == "emergency_clock"}
    assert warned == {"alice", "carol"}


def test_a_swap_needs_consent_and_approval_and_everybody_is_told_once(roster: Chat) -> None:
    [carol] = roster.phones("carol")
    giver = on_duty(roster, "2026-09-24")
    taker = next(one for one in NAMES if one != giver)
    me, him = roster.phone(giver), roster.phone(taker)
    me.says(f"我24号换给{NAMES[taker]}")
    me.hears(f"1号换班：已问{NAMES[taker]}，他同意后由办公室批准")
    me.says(f"我24号换给{NAMES[taker]}")
    me.hears("已经在换了")
    me.says("同意换班 1")
    me.hears("1号换班不等您定")
    card = him.hears("1号换班 等您同意", "9月24日夜班换给")
    him.says("可以")
    him.hears("已同意1号换班，等周敏批准")
    me.hears("同意了1号换班")
    assert on_duty(roster, "2026-09-24") == giver, "nothing changes before the approval"
    carol.hears("1号换班 等您批准").clicks("同意")
    carol.hears("已批准1号换班")
    me.hears("1号换班批准了")
    him.hears("1号换班批准了")
    assert on_duty(roster, "2026-09-24") == taker
    card.clicks("不同意")
    him.hears("1号换班已经批准了，不能再改")
    roster.nobody_hears_more()

    until(roster, "2026-09-23 17:00")
    him.hears("明天夜班是您")
    assert "明天夜班" not in "".join(me.hears_all())


@on_sqlite
def test_a_swap_that_is_declined_or_forgotten_leaves_everything(  # noqa: PLR0915 - one talk
    roster: Chat,
) -> None:
    """A leader's is approved by a leader; the office puts in another for one who is ill."""
    carol, dan, eve = roster.phones("carol", "dan", "eve")
    rows = all_rows(roster.services.database)["duty_shifts"]
    day = max(row["day"] for row in rows if row["member"] == "dan")
    busy = {row["member"] for row in rows if row["day"] == day}
    userid, free = next(each for each in LEADERS.items() if each[0] not in busy)
    dan.says(f"我{day.day}号的带班换给王芳")
    dan.hears("带班只能换给领导")
    dan.says(f"我{day.day}号的带班换给{free}")
    dan.hears("1号换班：已问", "由领导批准")
    other = roster.phone(userid)
    other.hears("1号换班 等您同意")
    other.says("那天我要出差，换不了")
    other.hears("已回绝1号换班")
    dan.hears(f"{free}不同意1号换班")

    giver = on_duty(roster, "2026-09-28")
    me = roster.phone(giver)
    taker = next(one for one in NAMES if one != giver)
    me.says(f"我28号换给{NAMES[taker]}")
    me.hears("2号换班")
    roster.phone(taker).hears("2号换班 等您同意")
    until(roster, "2026-09-23 10:00")
    me.hears("2号换班过了时间没有定，不换了")
    roster.phone(taker).hears("不换了")
    assert on_duty(roster, "2026-09-28") == giver
    him = {"alice": "王芳", "bob": "李强", "mallory": "陈静", "heidi": "赵磊", "ivan": "秦飞"}[
        giver
    ]
    carol.says(f"28号原定{him}值，改成{'王芳' if taker == 'alice' else '李强'}")
    carol.hears("已改：", "9月28日夜班换给")
    assert on_duty(roster, "2026-09-28") == taker
    eve.says("同意换班 2")
    eve.hears("2号换班已经过了时间")


@on_sqlite
def test_what_is_open_is_handed_over_until_somebody_closes_it(roster: Chat) -> None:
    carol, eve = roster.phones("carol", "eve")
    first = roster.phone(on_duty(roster, "2026-09-22"))
    second = roster.phone(on_duty(roster, "2026-09-23"))
    second.says("值班记录 试一试")
    second.hears("值班记录由当班的人和办公室记")
    until(roster, "2026-09-22 23:00")
    for phone in (first, second):
        phone.hears_all()
    first.says("值班记录 22:40 王先生反映翠湖小区停水，已转供水科 未办")
    first.hears("值班记录1号（未办）。办好了发送 值班办结 1")
    until(roster, "2026-09-23 08:30")
    first.hears("您的夜班到点了，请当面交班")
    first.says("交班 未办：城西停电未恢复；泵房漏水待修")
    first.hears("交班记下了，未办3件。下一班")
    second.hears("交班：未办：城西停电", "未办3件：\n1号：22:40 王先生", "到岗后请发送 接班")
    first.says("接班")
    first.hears("现在不是您当班")

    until(roster, "2026-09-23 18:00")
    second.hears("再过1小时开始", "上一班留下未办3件")
    second.hears("交来的班还没有人接，未办3件")
    lead = next(
        row["member"]
        for row in all_rows(roster.services.database)["duty_shifts"]
        if str(row["day"]) == "2026-09-23" and row["position"] == "lead_duty"
    )
    roster.phone(lead).hears("还没有接班")
    second.says("接班")
    second.hears("未办3件由您接着办")
    first.hears("已接班")
    second.says("值班办结 1 已恢复供水")
    second.hears("值班记录1号办结了")
    carol.says("值班记录")
    carol.hears("1号 ", "（已恢复供水）", "2号", "［未办］")
    eve.says("值班记录")
    eve.hears("［未办］")


@on_sqlite
def test_before_a_holiday_the_office_is_told(roster: Chat) -> None:
    """Five days before it the roster is to be sent up, two days before nothing may be missing."""
    [carol] = roster.phones("carol")
    until(roster, "2026-09-26 09:00")
    carol.hears("再过5天是国庆，值班表该报上级了，还没排好", "10月1日（周四）缺带班、白班、夜班")
    until(roster, "2026-09-29 09:00")
    carol.hears("再过2天是国庆，值班表还有空缺", "排班 国庆")


@on_sqlite
def test_a_sensitive_period_doubles_the_duty_and_ends_by_itself(roster: Chat) -> None:
    carol, alice, dan = roster.phones("carol", "alice", "dan")
    alice.says("重要时段 市两会 9月23日到24日")
    alice.hears("重要时段由办公室、分管领导或主要领导定")
    dan.says("重要时段 市两会 9月23日到24日")
    dan.hears("已定重要时段：市两会，9月23日至24日", "缺", "撤销")
    on = roster.phone(on_duty(roster, "2026-09-23"))
    on.hears("市两会期间（9月23日至24日）是重要时段")
    dan.says("撤销")
    dan.hears("已撤销：重要时段市两会不定了")
    on.hears("已撤销")
    carol.says("重要时段 市两会 9月23日到24日")
    carol.hears("已定重要时段")
    on.hears("重要时段")
    carol.says("重要时段")
    carol.hears("市两会（9月23日至24日）")
    until(roster, "2026-09-22 16:00")
    carol.hears("明天起是重要时段：市两会", "还有空缺", "9月23日（周三）缺")
    until(roster, "2026-09-24 17:00")
    carol.hears("重要时段市两会今天结束")
    until(roster, "2026-09-25 09:00")
    carol.says("重要时段")
    carol.hears("没有定重要时段")


@on_sqlite
def test_a_bureau_keeps_its_duty_by_its_own_settings(bureau: Chat) -> None:
    """Its hours, no leaders, another time to be reminded; the other bureau stays as it was."""
    with bureau.services.database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
    bureau.enrol(DUTY.replace("lead_duty", "officer"))
    assert bureau.import_rules('[[duty]]\nnight_begins = "08:00"\nlead = 3\n') == [
        "3: lead: Input should be a valid boolean, unable to interpret input",
    ]
    assert bureau.import_rules('[[duty]]\nnight_begins = "08:00"\n') == [
        "1: : Value error, day_begins must come before night_begins",
    ]
    own = 'night_begins = "18:00"\nlead = false\nremind_at = "16:00"\nremind_minutes = 120\n'
    assert bureau.import_rules(f"[[duty]]\n{own}") == []
    with bureau.services.database.begin() as uow:
        ivan = uow.members.get(UserId("ivan"))
        assert ivan
        ivan.reachable = False
    [carol] = bureau.phones("carol")
    carol.says("排班 9月23日到25日")
    plan = carol.hears("9月23日至25日的值班表", "没有排秦飞：他在企业微信里收不到消息").text
    assert "带班" not in plan
    carol.says("是")
    carol.hears("已保存9月23日至25日的值班表")
    holder = bureau.phone(on_duty(bureau, "2026-09-23"))
    holder.hears("18:00至次日08:30")
    until(bureau, "2026-09-22 16:01")
    holder.hears("明天夜班是您（18:00至次日08:30）")
    until(bureau, "2026-09-23 16:01")
    holder.hears("再过120分钟开始")


@on_sqlite
def test_who_has_left_hears_neither_of_a_sensitive_period_nor_of_a_new_roster(roster: Chat) -> None:
    gone = on_duty(roster, "2026-09-23")

    def promised() -> int:
        pushes = all_rows(roster.services.database)["outbox"]
        return sum(row["recipient"] == gone for row in pushes)

    before = promised()
    roster.without(gone)
    [carol] = roster.phones("carol")
    carol.says("重要时段 市两会 9月23日到24日")
    carol.hears("已定重要时段")
    carol.says("撤销")
    carol.hears("已撤销")
    carol.says("排班 9月23日到24日")
    carol.hears("保存并通知他们吗？")
    carol.says("是")
    carol.hears("已保存")
    assert promised() == before


@on_sqlite
def test_what_concerns_duty_is_said_in_ones_own_words(roster: Chat) -> None:
    carol, eve = roster.phones("carol", "eve")
    holder = roster.phone(on_duty(roster, "2026-09-22"))
    holder.says("我哪天值班")
    holder.hears("您的班：9月22日夜班（17:30至次日08:30）")
    eve.says("我的值班")
    eve.hears("还没有排您值班")
    carol.says("国庆期间李强不要排")
    carol.hears("记下了：李强 10月1日至7日不排班")
    carol.says("帮我排一下国庆的班")
    assert "李强" not in carol.hears("10月1日至7日的值班表").text
    carol.says("不是")
    carol.hears("没有办")
    carol.says("设个重要时段，9月25到27号，市两会")
    carol.hears("已定重要时段：市两会，9月25日至27日")
    carol.says("现在有哪些重要时段")
    carol.hears("市两会（9月25日至27日）")
    carol.says("把市两会重要时段取消")
    carol.hears("已取消", "市两会")
    carol.says("重要时段")
    carol.hears("没有定重要时段")


@on_sqlite
def test_nobody_takes_a_shift_who_is_on_then_or_hears_nothing(roster: Chat) -> None:
    giver = on_duty(roster, "2026-09-24")
    me = roster.phone(giver)
    deaf = next(one for one in NAMES if one != giver)
    with roster.services.database.begin() as uow:
        member = uow.members.get(UserId(deaf))
        assert member
        member.reachable = False
    me.says(f"我24号换给{NAMES[deaf]}")
    me.hears(f"{NAMES[deaf]}在企业微信里收不到消息，请换一个人")
    rows = all_rows(roster.services.database)["duty_shifts"]
    leading = [
        str(row["member"])
        for row in rows
        if (str(row["day"]), row["position"]) == ("2026-09-25", "lead_duty")
    ]
    names = {"dan": "刘伟", **LEADERS}
    one, other = (roster.phone(each) for each in leading)
    one.says(f"我25号的带班换给{names[leading[1]]}")
    one.hears(f"{names[leading[1]]}那天已经有班（9月25日带班），不能再接")
    other.hears_all()
    roster.nobody_hears_more()
