"""代审: for some days somebody else decides, on the reviewer's behalf, and then no more."""

from datetime import timedelta

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, until

LI = "userid,name,unit,roles,aliases\nli,李建,区住建局/质安科,section_head,\n"


@pytest.mark.parametrize("said", ["代审 赵磊 22号到23号", "22号到23号由赵磊代审"])
def test_what_waits_already_is_put_before_the_substitute(bureau: Chat, said: str) -> None:
    """When his days begin, and not before."""
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(said)
    bob.hears("已委托赵磊代审：9月22日至9月23日", "提前结束请发送 结束代审")
    heidi.hears("李强委托您代审：9月22日至9月23日", "记为代李强审核")
    heidi.says(f"通过 {number}")
    heidi.hears("没有找到")
    for phone in (bob, heidi):
        phone.says("代审")
        phone.hears("9月22日至9月23日：赵磊代李强")

    until(bureau, "2026-09-22 08:30")
    card = heidi.hears("待您审核", "（代李强审核）")
    heidi.says(f"通过 {number}")
    heidi.hears("已通过", "办公室周敏")
    alice.hears("已由赵磊（代李强）通过")
    carol.hears("待您审核")
    assert card.greyed == "已通过"
    [decision] = all_rows(bureau.services.database)["review_decisions"]
    assert (decision["decided_by"], decision["on_behalf_of"]) == ("heidi", "bob")


def test_what_the_substitute_leaves_goes_back(bureau: Chat) -> None:
    """After his days neither words nor the old card decide."""
    alice, bob, heidi = bureau.phones("alice", "bob", "heidi")
    bob.says("代审 赵磊 今天")
    bob.hears("已委托赵磊代审：9月21日")
    heidi.hears("李强委托您代审")
    number = hands_in(alice, "物业整治")
    card = heidi.hears("物业整治", "（代李强审核）")
    bob.hears("物业整治")
    bob.says(f"暂放 {number} 25号")
    bob.hears("已暂放到9月25日")
    alice.hears("暂放")

    bureau.clock.advance(timedelta(hours=14))
    card.clicks("通过")
    heidi.hears("代李强审核的时间已经过了，1号《物业整治》现在不由您审核")
    bureau.advance(minutes=1)
    assert card.greyed == "代审已结束"
    until(bureau, "2026-09-22 08:30")
    heidi.hears("代李强审核结束了，期间没有代审稿件")
    bob.hears("赵磊代您审核结束了，期间没有代审稿件")
    heidi.says(f"通过 {number}")
    heidi.hears("没有找到")
    assert all_rows(bureau.services.database)["review_decisions"] == []


def test_it_ends_early_by_a_word(bureau: Chat) -> None:
    alice, bob, heidi = bureau.phones("alice", "bob", "heidi")
    bob.says("这礼拜我学习，稿件全由赵磊代审")
    bob.hears("已委托赵磊代审：9月21日至9月27日")
    heidi.hears("李强委托您代审")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    card = heidi.hears("待您审核", "（代李强审核）")
    bob.says("我回来了，不用代审了")
    bob.hears("代审已结束，已告诉赵磊")
    heidi.hears("代李强审核结束了，期间没有代审稿件")
    assert card.greyed == "代审已结束"
    bob.says("结束代审")
    bob.hears("您没有委托别人代审")
    bob.says(f"通过 {number}")
    bob.hears("已通过")
    assert card.greyed == "代审已结束"


def test_a_substitute_stands_as_high_or_is_allowed_to(bureau: Chat) -> None:
    """And is somebody of the bureau, one only, for days to come that are free."""
    bureau.enrol(LI)
    alice, bob, dan, eve, heidi = bureau.phones("alice", "bob", "dan", "eve", "heidi")
    for phone, said, answer in (
        (dan, "代审 赵磊 明天", "赵磊不能代审：要有分管领导或更高的审核权限"),
        (bob, "代审 王芳 明天", "王芳不能代审：要有科室负责人或更高的审核权限"),
        (bob, "代审 吴三 明天", "本单位没有找到“吴三”"),
        (bob, "代审 赵磊 明年3月1日到明年3月2日", "一次最多委托92天"),
        (bob, "往后稿子都由赵磊审", "代审从哪天到哪天"),
        (alice, "代审 赵磊 明天", "您没有审核权限"),
    ):
        phone.says(said)
        phone.hears(answer)
    eve.says("代审 刘局 明天")
    eve.hears("已委托刘伟代审：9月22日")
    dan.hears("黄建国委托您代审")
    heidi.says("代审 李主任 明天到后天")
    heidi.hears("“李主任”是哪一位", "李强（物业科）", "李建（质安科）")
    heidi.says("2")
    heidi.hears("已委托")
    heidi.says("代审 李强 后天")
    heidi.hears("9月22日至9月23日已委托李", "要换人请先发送 结束代审")


def test_nobody_decides_for_another_what_he_may_not_decide_himself(bureau: Chat) -> None:
    """The substitute has passed an earlier gate: what waits is not put before him."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    bureau.enrol("userid,name,unit,roles,aliases\nbob,李强,区住建局/物业科,section_head|office,\n")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"通过 {number}")
    bob.hears("已通过")
    carol.hears("待您审核")
    carol.says("代审 李强 今天到明天")
    carol.hears("已委托李强")
    bob.hears("周敏委托您代审")
    bob.says(f"通过 {number}")
    bob.hears("您已于今天 10:00通过了")
    assert len(all_rows(bureau.services.database)["review_decisions"]) == 1
