"""Before whom a draft is put: routes, two persons, substitutes, and what to do without anybody."""

from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat
from tests.harness.telling import hands_in, hears_of_each_gate, passes


def test_a_major_draft_goes_on_to_the_principal(bureau: Chat) -> None:
    """【重大】 before the title adds a gate; only its last approval is the signature."""
    alice, bob, carol, dan, eve = bureau.phones("alice", "bob", "carol", "dan", "eve")
    alice.says("投稿 【重大】防汛应急响应启动\n区防指启动Ⅲ级响应。")
    alice.hears("《防汛应急响应启动》【重大】已开始")
    alice.says("完成")
    number = alice.hears("已提交").draft_no
    for reviewer in (bob, carol, dan):
        passes(reviewer, number)
    alice.says(f"稿件 {number}")
    alice.hears("【重大】", "✓分管领导", "…主要领导：等黄建国审核")
    passes(eve, number)
    hears_of_each_gate(alice, "科室负责人李强", "办公室周敏", "分管领导刘伟", "主要领导黄建国")
    bureau.nobody_hears_more()


def test_a_section_head_who_writes_is_reviewed_by_the_next_role(bureau: Chat) -> None:
    """And so on up: nobody acts at two gates of one draft, and nobody reviews his own."""
    bob, carol, dan, eve = bureau.phones("bob", "carol", "dan", "eve")
    bob.says("投稿 物业整治\n正文。")
    bob.hears("已开始")
    bob.says("完成")
    number = bob.hears("科室负责人没有可审核的人，下一步：办公室周敏审核").draft_no
    bob.says(f"通过 {number}")
    bob.hears("您不能审核自己的", "办公室周敏")

    passes(carol, number)
    passes(dan, number)
    passes(eve, number)
    bob.hears("已由周敏（科室负责人未能审核）通过", "办公室没有可审核的人，下一步：分管领导刘伟")
    bob.hears("已由刘伟（办公室未能审核）通过", "分管领导没有可审核的人，下一步：主要领导黄建国")
    bob.hears("签发")
    deciders = [row["decided_by"] for row in all_rows(bureau.services.database)["review_decisions"]]
    assert sorted(deciders) == ["carol", "dan", "eve"]
    bureau.nobody_hears_more()


def test_an_office_of_two_lets_each_act_at_one_gate(bureau: Chat) -> None:
    """Whoever decided for the section head leaves the office's own gate to his colleague."""
    bureau.enrol("userid,name,unit,roles,aliases\nchris,何静,区住建局/办公室,office,")
    bureau.without("bob")
    alice, carol, chris, dan = bureau.phones("alice", "carol", "chris", "dan")
    alice.says("投稿 燃气检查\n正文")
    alice.hears("已开始")
    alice.says("完成")
    number = alice.hears("科室负责人没有可审核的人，下一步：办公室周敏、何静审核").draft_no
    passes(carol, number)
    alice.hears("下一步：办公室何静审核")
    greyed = chris.hears("待您审核", "科室负责人未能审核")
    assert greyed.greyed == "周敏已通过"
    carol.says(f"通过 {number}")
    carol.hears("您已于今天 10:00通过了")
    passes(chris, number)
    alice.hears("已由办公室何静通过")
    dan.hears("待您审核")
    bureau.nobody_hears_more()


def test_with_nobody_at_all_the_administrator_is_told_at_once(bureau: Chat) -> None:
    """Of another bureau, where this one has none; nothing passes by itself."""
    bureau.enrol(OTHER_BUREAU)
    olga, otto, root = bureau.phones("olga", "otto", "root")
    bureau.without("oscar", "otto")
    olga.says("投稿 管网改造\n正文")
    olga.hears("已开始")
    olga.says("完成")
    number = olga.hears("科室负责人没有可审核的人，已通知管理员").draft_no
    root.hears("管网改造", "没有人能审")
    olga.says(f"稿件 {number}")
    olga.hears("等有权限的人审核")
    otto.says("待审")
    otto.hears("还没有登记")
    bureau.nobody_hears_more()


def test_a_substitute_decides_on_behalf_of_the_absent(bureau: Chat) -> None:
    """Both are asked from the start; inside the delegation only, and the author never."""
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    bureau.delegate("bob", "heidi", days=1)
    bureau.delegate("bob", "alice", days=9)
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")
    heidi.hears("待您审核", "（代李强审核）").clicks("退回")
    heidi.hears("理由是什么").says("缺数据")
    heidi.hears("已退回", "缺数据")
    assert card.greyed == "赵磊已退回"
    alice.hears("被赵磊（代李强）退回：缺数据")

    bureau.advance(days=1)
    alice.says(f"修改 {number}\n检查38家。")
    alice.hears("第2稿", "下一步：科室负责人李强审核")
    passes(bob, number)
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核")
    bureau.nobody_hears_more()


def test_two_bureaus_have_numbers_and_reviewers_of_their_own(bureau: Chat) -> None:
    """1号 of the one is not 1号 of the other, whoever asks for it."""
    bureau.enrol(OTHER_BUREAU)
    alice, bob, olga, oscar = bureau.phones("alice", "bob", "olga", "oscar")
    assert hands_in(alice, "燃气检查") == 1
    assert hands_in(olga, "管网改造") == 1
    bob.hears("1号 待您审核", "燃气检查")
    oscar.hears("1号 待您审核", "管网改造").says("通过 1")
    oscar.hears("已通过1号《管网改造》")
    olga.hears("已由科室负责人郑凯通过")
    bureau.phone("otto").hears("待您审核")
    bob.says("待审")
    bob.hears("燃气检查")
    bureau.nobody_hears_more()
