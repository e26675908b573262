"""通过 and 退回: in words or by a button, once, and never by a question."""

from datetime import timedelta

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes

TWO_IN_THE_OFFICE = "userid,name,unit,roles,aliases\nchris,何静,区住建局/办公室,office,"


def decisions(bureau: Chat) -> list[tuple[str, str, int]]:
    rows = all_rows(bureau.services.database)["review_decisions"]
    return [(row["decided_by"], row["verdict"], row["version"]) for row in rows]


def test_several_are_approved_at_once_and_one_refusal_stops_none(bureau: Chat) -> None:
    alice, bob, carol, mallory = bureau.phones("alice", "bob", "carol", "mallory")
    first, second = hands_in(alice, "燃气检查"), hands_in(alice, "物业整治")
    third = hands_in(mallory, "管道巡检")
    bob.hears_all()
    bureau.phone("heidi").hears("待您审核")

    bob.says(f"通过 {first} {third} {second} 9")
    answer = bob.hears("已通过1号", "已通过2号", "没有找到9号稿件", f"没有找到{third}号稿件").text
    assert answer.count("\n") == 3
    alice.hears("《燃气检查》", "已由科室负责人李强通过")
    alice.hears("《物业整治》", "已由科室负责人李强通过")
    carol.hears("燃气检查")
    carol.hears("物业整治")
    assert len(decisions(bureau)) == 2
    bureau.nobody_hears_more()


def test_the_second_of_two_is_told_who_was_first_and_when(bureau: Chat) -> None:
    """In words and by a button that was pressed before it turned grey."""
    bureau.enrol(TWO_IN_THE_OFFICE)
    alice, bob, carol, chris, dan = bureau.phones("alice", "bob", "carol", "chris", "dan")
    number = hands_in(alice, "燃气检查")
    passes(bob, number)
    alice.hears("下一步：办公室周敏、何静审核")
    carol.hears("待您审核")
    card = chris.hears("待您审核")
    bureau.clock.advance(timedelta(minutes=5))

    carol.says(f"通过 {number}")
    card.clicks("退回")
    chris.hears("周敏已于今天 10:05通过了1号《燃气检查》，不用再处理")
    assert card.greyed == "周敏已通过"
    chris.says(f"退回 {number} 缺数据")
    chris.hears("周敏已于今天 10:05通过了")
    carol.hears("已通过")
    alice.hears("已由办公室周敏通过")
    dan.hears("待您审核")
    assert sorted(who for who, *_ in decisions(bureau)) == ["bob", "carol"]
    bureau.nobody_hears_more()


def test_the_card_of_an_overtaken_version_decides_nothing(bureau: Chat) -> None:
    """Returned in words and revised at once: a late press on the old card is no verdict."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查", "第一稿")
    card = bob.hears("待您审核")
    bob.says(f"退回 {number} 缺数据")
    alice.says(f"修改 {number}\n第二稿")

    card.clicks("通过")
    bob.hears("您已于今天 10:00退回了", "不用再处理")
    assert card.greyed == "已退回"
    assert decisions(bureau) == [("bob", "return", 1)]
    bob.hears("已退回")
    alice.hears("被科室负责人李强退回：缺数据")
    alice.hears("第2稿")
    bob.hears("待您审核", "第二稿")
    bureau.nobody_hears_more()


def test_a_return_without_a_reason_asks_for_it(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")
    for opening in (f"退回 {number}", f"退回{number}号了吗？", f"退回　{number}号稿件"):
        bob.says(opening)
        bob.hears("退回1号《燃气检查》的理由是什么", "不退了发送 取消")
        bob.says("取消")
        bob.hears("好的，不做了")
    assert decisions(bureau) == []

    card.clicks("退回")
    bob.hears("理由是什么").says("标题太长；缺数据？")
    bob.hears("已退回1号《燃气检查》，理由：标题太长；缺数据？。已通知王芳")
    alice.hears("退回：标题太长；缺数据？", f"修改 {number}")
    assert card.greyed == "已退回"
    bureau.nobody_hears_more()


def test_a_reason_that_comes_too_late_returns_nothing(bureau: Chat) -> None:
    """After half an hour, or after the draft was taken back: told once, then the talk is over."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核").clicks("退回")
    bob.hears("理由是什么")
    bureau.advance(minutes=30)
    bob.says("标题太长")
    bob.hears("过了30分钟，稿件没有退回", "退回 编号 理由")
    bob.says("标题太长")
    bob.hears("退回1号，理由：标题太长。对吗？")
    bob.says("不是")
    bob.hears("好的，没有办")

    bob.says(f"退回 {number}")
    bob.hears("理由是什么")
    alice.says(f"撤稿 {number}")
    alice.hears("已撤回")
    bob.hears("王芳已撤回")
    bob.says("标题太长")
    bob.hears("已撤稿，不用再处理")
    bob.says("标题太长")
    bob.hears("没听懂")
    assert decisions(bureau) == []
    bureau.nobody_hears_more()


@pytest.mark.parametrize("one_of_several", [False, True])
def test_talk_is_never_an_approval(bureau: Chat, *, one_of_several: bool) -> None:
    """Questions, denials, 阅 and 收到: nothing is decided by any of them."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    if one_of_several:
        hands_in(alice, "物业整治")
        bob.hears("待您审核")
    for said in (
        f"{number}号通过了吗？", f"通过{number}号了吗", f"通过 {number}？", f"不通过 {number}",
        "通过率太低", "收到", "阅", "[强]", f"{number}号", f"撤稿 {number}吗", "局长说可以发吗",
    ):  # fmt: skip
        bob.says(said)
        assert not bob.hears("").text.startswith("已"), said
        bob.says("算了")
        bob.hears_all()
    assert decisions(bureau) == []
    rows = all_rows(bureau.services.database)
    assert {draft["status"] for draft in rows["drafts"]} == {"in_review"}
    bureau.nobody_hears_more()


def test_the_number_of_a_draft_is_no_answer_to_whether_it_passes(bureau: Chat) -> None:
    """通过 is the first of three choices: 1号 names the draft, 1 takes the choice."""
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says("[强]")
    bob.hears("是通过还是退回", "1. 通过")
    bob.says("1号")
    bob.hears("1号《燃气检查》")
    bob.says("[强]")
    bob.hears("是通过还是退回")
    bob.says("都不要")
    bob.hears("还等您审核")
    assert decisions(bureau) == []
    bob.says("[强]")
    bob.hears("是通过还是退回")
    bob.says("1")
    bob.hears("已通过1号")


def test_an_approval_is_understood_however_it_is_typed(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    for number, said in enumerate(["通过　１号", "通过2号。", "通过：3", " 通过 04 "], 1):
        assert hands_in(alice, f"检查{number}") == number
        bob.hears("待您审核").says(said)
        bob.hears(f"已通过{number}号")
        alice.hears(f"{number}号", "通过")
        carol.hears(f"{number}号 待您审核")
    bureau.nobody_hears_more()


def test_a_reason_may_follow_the_number_in_many_ways(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    for number, (said, reason) in enumerate(
        {
            "退回1号，理由": "理由",
            "退回２号：标题太长": "标题太长",
            "退回 3\n一、缺数据\n二、标题太长": "一、缺数据\n二、标题太长",
            "退回4号稿件，数据不对": "数据不对",
        }.items(),
        1,
    ):
        assert hands_in(alice, f"检查{number}") == number
        bob.hears("待您审核").says(said)
        bob.hears(f"已退回{number}号", f"理由：{reason}。")
        alice.hears(f"退回：{reason}。")
    bureau.nobody_hears_more()
