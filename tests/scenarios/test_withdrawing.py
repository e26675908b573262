"""撤稿: who may, and who hears of it."""

from tests.harness.service import Chat
from tests.harness.telling import hands_in, hears_of_each_gate, passes


def test_the_author_withdraws_and_the_reviewer_is_free(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")

    alice.says(f"撤稿 {number}")
    alice.hears("已撤回", "燃气检查")
    bob.hears("王芳已撤回", "不用再审核")
    assert card.greyed == "王芳已撤稿"

    bob.says("待审")
    bob.hears("没有等您审核的稿件")
    bob.says(f"通过 {number}")
    bob.hears("已撤稿，没有等审核")
    alice.says(f"撤稿 {number}")
    alice.hears("现在已撤稿，不用撤回")
    bureau.advance(days=3)
    bureau.nobody_hears_more()


def test_the_section_head_withdraws_what_waits_for_the_office(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    passes(bob, number)
    alice.hears("已由科室负责人李强通过")
    card = carol.hears("待您审核")

    bob.says(f"撤稿 {number}")
    bob.hears("已撤回")
    alice.hears("李强撤回了您的", "燃气检查")
    carol.hears("李强已撤回", "不用再审核")
    assert card.greyed == "李强已撤稿"
    bureau.nobody_hears_more()


def test_what_is_signed_only_the_office_withdraws(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "燃气检查")
    for reviewer in (bob, carol, dan):
        passes(reviewer, number)
    hears_of_each_gate(alice, "科室负责人李强", "办公室周敏", "分管领导刘伟")

    for other in (alice, bob, dan):
        other.says(f"撤稿 {number}")
        other.hears("您不能撤回", "已签发，办公室可以")
    carol.says(f"撤稿 {number}")
    carol.hears("已撤回")
    alice.hears("周敏撤回了您的", "燃气检查")
    alice.says(f"稿件 {number}")
    alice.hears("✓分管领导：刘伟通过", "已撤稿")
    bureau.nobody_hears_more()


def test_who_goes_on_writing_a_draft_that_was_withdrawn_is_told_once(bureau: Chat) -> None:
    """The refusal ends the talk: the next words are not taken for that draft either."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"退回 {number} 缺少数据")
    bob.hears("已退回")
    alice.hears("退回：缺少数据")
    alice.says(f"修改 {number}")
    alice.hears("请发送", "修改后的全文")

    bob.says(f"撤稿 {number}")
    bob.hears("已撤回")
    alice.hears("李强撤回了您的")
    alice.says("9月20日，检查38家。")
    alice.hears("现在已撤稿，不能接着写")
    alice.says("整改隐患9处。")
    alice.hears("没听懂")
    bureau.nobody_hears_more()
