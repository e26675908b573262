"""警报: taken, silent, climbing, declined, ended; and 紧急通知, which each has to answer."""

from handlers.kit.events import AlertAsked
from handlers.kit.messages import Text
from handlers.members.capability import import_roster, read_roster
from storage.vocabulary import Grade, UserId
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until

HOUSE = "金色家园电梯困人"


def raised(
    bureau: Chat,
    grade: Grade = Grade.YELLOW,
    key: str = "1",
    *,
    source: str = "12345",
    title: str = HOUSE,
) -> str:
    """Let something happen that 物业科 has to take; return what the alert is called."""
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        asked = AlertAsked(
            unit=unit.id,
            kind="call",
            key=key,
            grade=grade,
            source=source,
            title=title,
            text=f"{title}，居民来电",
        )
        return "".join(bureau.services.context(uow).emit(asked))


OTHER_WAY = """\
[[alert_policy]]
step = [{ tell = ["admin"], wait = "1m" }]
"""


def test_silence_climbs_a_lease_runs_out_and_the_end_is_told_once(bureau: Chat) -> None:
    """Section head, office and deputy are silent; the principal takes it and falls silent."""
    bob, carol, dan, eve, root = bureau.phones("bob", "carol", "dan", "eve", "root")
    raised(bureau)
    for phone in (bob, carol, dan):
        phone.hears("黄色警报 01", HOUSE, "12345")
    bureau.nobody_hears_more()
    # It keeps the policy that it began with, whatever the bureau brings meanwhile.
    assert bureau.import_rules(OTHER_WAY) == []

    # Nobody is on duty: the second step is passed at once, and the administrator hears of it.
    until(bureau, "2026-09-21 11:00")
    root.hears("警报01第2步没有人可以告知：值班员、带班领导、舆情联络员没有人")
    eve.hears("黄色警报 01", "李强、周敏、刘伟没有回复")
    eve.says("收到")
    eve.hears("已收到黄色警报01《金色家园电梯困人》，由您处理", "明天 11:00会问您进展")
    bob.says("收到 01")
    bob.hears("黄建国已于今天 11:00接手黄色警报01", "不用再处理")
    bob.says("告警")
    bob.hears("现在有1个警报", "黄建国今天 11:00起处理，明天 11:00问进展")

    until(bureau, "2026-09-22 11:00")
    eve.hears("还在处理吗", "今天 11:30前没有回复就转给下一级")
    eve.says("还要2小时")
    eve.hears("到今天 13:00前由您处理")
    until(bureau, "2026-09-22 13:30")
    eve.hears("还在处理吗")
    eve.hears("黄色警报 01", "黄建国接手后没有再回复").clicks("收到")
    assert "由您处理" in eve.hears_all()[-1]
    root.hears("到了最后一步还没有人回应")
    eve.says("处理完了，人已救出")
    eve.hears("已办结黄色警报01", "已告诉3人")
    for phone in (bob, carol, dan):
        phone.hears("已由黄建国办结：人已救出")
    bob.says("收到 01")
    bob.hears("已由黄建国于今天 13:30办结：人已救出")
    bureau.advance(hours=5)


@on_sqlite
def test_what_cannot_be_dealt_with_goes_on_at_once_and_a_colleague_may_get_it(
    bureau: Chat,
) -> None:
    bob, carol, dan, eve, heidi, root = bureau.phones("bob", "carol", "dan", "eve", "heidi", "root")
    raised(bureau)
    bob.hears("黄色警报 01").clicks("处理不了")
    bob.hears("转黄建国")
    eve.hears("李强处理不了")
    root.hears("第2步没有人")
    eve.says("转给赵磊")
    eve.hears("已把黄色警报01", "转给赵磊，等他回复收到")
    card = heidi.hears("黄色警报 01", "黄建国转来")
    card.clicks("已办结")
    heidi.hears("还没有人接", "请先发送 收到 01")
    card.clicks("收到")
    heidi.hears("由您处理")
    assert carol.hears("黄色警报 01").greyed == "赵磊已收到"
    carol.says("处理不了 01")
    carol.hears("赵磊已于今天 10:00接手")
    heidi.says("解除 1")
    heidi.hears("怎么办结的")
    heidi.says("解除 01 已修好")
    heidi.hears("已办结黄色警报01")
    for phone in (bob, dan, eve):
        phone.hears_all()
    carol.hears("已由赵磊办结：已修好")
    alice = bureau.phone("alice")
    alice.says("告警 01")
    alice.hears("没有找到警报01")
    bob.says("告警 01")
    bob.hears("金色家园电梯困人，居民来电", "李强处理不了", "黄建国转给赵磊", "赵磊办结：已修好")
    rows = all_rows(bureau.services.database)
    assert {row["status"] for row in rows["timers"] if "alert" in row["kind"]} <= {
        "fired",
        "cancelled",
    }


@on_sqlite
def test_one_more_of_the_same_joins_and_a_graver_one_speaks_for_it(bureau: Chat) -> None:
    bob, carol, dan, eve = bureau.phones("bob", "carol", "dan", "eve")
    raised(bureau)
    for _ in range(3):
        assert raised(bureau, Grade.BLUE) == "黄色警报01《金色家园电梯困人》"
    bob.hears("黄色警报 01")
    bureau.advance(minutes=10)
    bob.hears("黄色警报01《金色家园电梯困人》又有3条（共4条）")
    raised(bureau, Grade.BLUE)
    bureau.advance(minutes=10)
    bob.hears("黄色警报01《金色家园电梯困人》又有1条（共5条）")
    for phone in (carol, dan):
        phone.hears_all()
    raised(bureau, Grade.RED)
    card = eve.hears("红色警报 02")
    for phone in (bob, carol, dan):
        phone.hears("红色警报 02")
    card.clicks("收到")
    eve.hears("由您处理")
    bureau.advance(hours=1)  # the lighter one climbs no more
    eve.says("解除 02 已处置")
    eve.hears("已告诉3人")
    for phone in (bob, carol, dan):
        phone.hears("红色警报02《金色家园电梯困人》已由黄建国办结")
    bureau.nobody_hears_more()
    assert raised(bureau).startswith("黄色警报03"), "a code rests for a day"


@on_sqlite
def test_several_are_asked_about_and_who_left_is_passed_over(bureau: Chat) -> None:
    bob, carol, dan, root = bureau.phones("bob", "carol", "dan", "root")
    raised(bureau, Grade.BLUE, "1")
    raised(bureau, Grade.BLUE, "2", title="翠湖小区停水")
    bob.hears_all()
    bob.says("[强]")
    bob.hears("有2个，是哪一个", "1. 蓝色警报01", "2. 蓝色警报02《翠湖小区停水》")
    bob.says("2")
    bob.hears("已收到蓝色警报02《翠湖小区停水》")
    bureau.without("bob")
    carol.hears_all()
    carol.says("收到")
    carol.hears("已收到蓝色警报01")
    bureau.advance(days=1)
    dan.hears("蓝色警报 02", "李强接手后没有再回复")
    carol.hears_all()
    dan.says("解除 02 已恢复")
    dan.hears("请先发送 收到 02")
    root.hears_all()


@on_sqlite
def test_each_has_to_answer_an_urgent_notice_and_only_its_sender_sees_who_did_not(
    bureau: Chat,
) -> None:
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    alice.says("紧急通知 各科室负责人 今晚停水应急，请回复收到")
    alice.hears("您不能发紧急通知")
    carol.says("紧急通知 各科室负责人")
    carol.hears("例如：紧急通知 各科室负责人 今晚停水应急")
    for said in ("紧急通知各科室负责人 ", "给各科室发个紧急通知："):
        carol.says(said + "今晚停水应急，请回复收到")
        carol.hears("紧急通知发给2人（李强、赵磊）", "内容：今晚停水应急", "现在发吗")
    bureau.nobody_hears_more()
    carol.says("是")
    carol.hears("已发出紧急通知01《今晚停水应急》，共2人")
    heidi.hears("紧急通知 01", "今晚停水应急，请回复收到")
    bob.hears("紧急通知 01").clicks("收到")
    bob.hears("已记下：您已收到紧急通知01")
    bob.says("告警 01")
    assert "赵磊" not in bob.hears("今晚停水应急", "已收到1/2人").text
    carol.says("告警 01")
    carol.hears("已收到1/2人", "还没回复：赵磊")
    bureau.advance(minutes=10)
    heidi.hears("紧急通知 01")
    carol.hears("2人里1人收到，还没回复的：赵磊。已再催")
    bureau.advance(minutes=30)
    carol.hears_all()
    assert len(heidi.hears_all()) == 2
    bureau.advance(hours=3)
    heidi.says("收到")
    heidi.hears("已记下：您已收到紧急通知01")
    carol.hears("紧急通知01《今晚停水应急》：2人全部收到，用时220分钟")
    bureau.advance(days=2)
    bureau.nobody_hears_more()


@on_sqlite
def test_whom_a_card_does_not_reach_is_passed_over_at_once(bureau: Chat) -> None:
    bureau.import_rules(
        '[[alert_policy]]\nstep = [{ tell = "opinion_liaison", wait = "1h" },'
        ' { tell = "office", wait = "1h" }]'
    )
    gone = "userid,name,unit,roles,aliases\ngone,韩冰,区住建局,opinion_liaison,\n"
    rows, bad = read_roster(gone.encode())
    with bureau.services.database.begin() as uow:
        import_roster(bureau.services.context(uow), rows, bad)
    raised(bureau)
    bureau.phone("carol").hears("黄色警报 01", "韩冰收不到消息")
    bureau.phone("root").hears("警报01没有送到韩冰")
    bureau.nobody_hears_more()


@on_sqlite
def test_one_who_can_still_hear_of_it_is_waited_for(bureau: Chat) -> None:
    """Of a step's two people one cannot be reached: the other has his time before it climbs."""
    bureau.import_rules(
        '[[alert_policy]]\nstep = [{ tell = ["opinion_liaison", "section_head"], wait = "1h" },'
        ' { tell = "office", wait = "1h" }]'
    )
    gone = "userid,name,unit,roles,aliases\ngone,韩冰,区住建局,opinion_liaison,\n"
    rows, bad = read_roster(gone.encode())
    with bureau.services.database.begin() as uow:
        import_roster(bureau.services.context(uow), rows, bad)
    raised(bureau)
    bob, carol = bureau.phones("bob", "carol")
    bob.hears("黄色警报 01")
    bureau.phone("root").hears("警报01没有送到韩冰")
    bureau.nobody_hears_more()
    bureau.advance(hours=1)
    carol.hears("黄色警报 01", "李强没有回复")


@on_sqlite
def test_who_had_it_and_fell_silent_has_answered_for_himself_no_more(bureau: Chat) -> None:
    """Each is to answer: whose lease ran out is asked again like those who never did."""
    bureau.import_rules(
        '[[alert_policy]]\neach = true\nlease = "1h"\npatience = "10m"\nrepeat = "10m"\n'
        'step = [{ tell = "section_head", wait = "10m" }]'
    )
    raised(bureau)
    bob = bureau.phone("bob")
    bob.hears("黄色警报 01").clicks("收到")
    bureau.advance(hours=1)
    bob.hears("还在处理吗")
    bureau.advance(minutes=10)
    bob.hears("黄色警报 01", "李强接手后没有再回复")


@on_sqlite
def test_who_was_told_of_the_lighter_one_alone_hears_of_the_end_as_well(bureau: Chat) -> None:
    bob, eve, heidi = bureau.phones("bob", "eve", "heidi")
    raised(bureau)
    bob.hears("黄色警报 01")
    bob.says("转给赵磊")
    heidi.hears("黄色警报 01", "李强转来")
    raised(bureau, Grade.RED)
    heidi.hears_nothing()
    eve.hears("红色警报 02").clicks("收到")
    eve.says("解除 02 已处置")
    heidi.hears("红色警报02《金色家园电梯困人》已由黄建国办结")


@on_sqlite
def test_steps_that_find_nobody_stand_in_the_log_and_an_administrator_hears_of_it(
    bureau: Chat,
) -> None:
    bureau.import_rules('[[alert_policy]]\nstep = [{ tell = "opinion_liaison", wait = "1h" }]')
    raised(bureau)
    root, eve = bureau.phones("root", "eve")
    root.hears("警报01第1步没有人可以告知")
    root.hears("警报01没有任何人可以告知，请马上处理")
    eve.says("告警 01")
    eve.hears("第1步跳过：舆情联络员没有人")


@on_sqlite
def test_three_hundred_alerts_of_one_source_do_not_keep_the_only_one_of_another(
    bureau: Chat,
) -> None:
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        bob = [UserId("bob")]
        for n in range(300):
            ctx.tell("alert", bob, Text(text=f"12345第{n}件"), subject=f"a{n}", source="12345")
        ctx.tell("alert", bob, Text(text="网信办转来"), subject="b", source="网信办")
    heard = bureau.phone("bob").hears_all()
    assert "网信办转来" in heard[:2]
    assert len(heard) == 25, "what WeCom takes in a minute"


@on_sqlite
def test_a_silence_holds_back_lighter_alerts_of_a_source_and_no_graver_one(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("静默 12345 4小时 演练")
    alice.hears("您不能静默警报")
    carol.says("静默 12345 4小时")
    carol.hears("静默要写原因")
    carol.says("静默 12345 4小时 系统演练")
    carol.hears("已静默1：来源含“12345”", "橙色、红色和紧急事项照发")
    raised(bureau)
    bob.hears_nothing()
    raised(bureau, Grade.RED, "2", title="坍塌")
    bob.hears("红色警报 02", "坍塌")
    carol.says("告警")
    carol.hears("黄色警报01《金色家园电梯困人》，静默中", "静默1：来源“12345”", "周敏，系统演练")
    carol.says("取消静默 1")
    carol.hears("已取消静默1，发出1个警报")
    bob.hears("黄色警报 01")


@on_sqlite
def test_a_silence_ends_by_itself_and_of_two_the_longer_holds(bureau: Chat) -> None:
    bob, carol = bureau.phones("bob", "carol")
    carol.says("静默 12345 4天 系统演练")
    carol.hears("3天")
    for length in ("2小时", "4小时"):
        carol.says(f"静默 12345 {length} 系统演练")
        carol.hears("已静默")
    raised(bureau)
    bureau.advance(hours=2)
    bob.hears_nothing()
    bureau.advance(hours=2)
    bob.hears("黄色警报 01")


@on_sqlite
def test_an_alert_is_kept_for_three_days_at_most_and_goes_to_nobody_who_hears_nothing(
    bureau: Chat,
) -> None:
    bob = bureau.phone("bob")
    raised(bureau)
    bob.hears("黄色警报 01").clicks("收到")
    bob.hears("由您处理")
    bob.says("还要5天")
    bob.hears("3天")
    with bureau.services.database.begin() as uow:
        heidi = uow.members.get(UserId("heidi"))
        assert heidi
        heidi.reachable = False
    bob.says("转给赵磊")
    bob.hears("赵磊", "收不到")
