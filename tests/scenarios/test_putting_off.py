"""先放一放: a draft is put off, nobody's clock runs meanwhile, and it comes back."""

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, until


def test_a_draft_is_put_off_and_comes_back_by_itself(bureau: Chat) -> None:
    """Three of the four hours to the first reminder are left when it is put off, and after it."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")
    until(bureau, "2026-09-21 11:00")
    bob.says(f"{number}号先放一放，周三再说")
    bob.hears("已暂放到9月23日 09:00", f"恢复 {number}")
    alice.hears("李强把您的1号《燃气检查》暂放到9月23日 09:00再审")
    alice.says(f"{number}号到哪了")
    alice.hears("暂放到9月23日 09:00")

    until(bureau, "2026-09-23 08:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-23 09:00")
    alice.hears("暂放的时间到了，恢复审核", "现在等李强审核")
    bob.hears("1号《燃气检查》暂放的时间到了", f"通过 {number}")
    until(bureau, "2026-09-23 11:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-23 14:00")
    bob.hears("已等您审核4小时")
    card.clicks("通过")
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核")
    bureau.nobody_hears_more()


def test_what_shall_not_be_decided_yet_is_put_off_after_a_yes(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核").says(f"先别批{number}号")
    bob.hears("1号《燃气检查》还等您审核，没有批，也没有退。要先放一放")
    bob.says("不是")
    bob.hears("没有办")
    bob.says("这个先别发，我再问问")
    bob.hears("要先放一放").says("是")
    bob.hears("1号《燃气检查》已暂放到")
    alice.hears("李强把您的1号《燃气检查》暂放到")
    assert not all_rows(bureau.services.database)["review_decisions"]


def test_it_is_taken_up_before_its_time_by_a_word(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"暂放 {number} 明天下午三点 等数据核实")
    bob.hears("已暂放到明天 15:00")
    alice.hears("暂放到明天 15:00再审（等数据核实）")
    bob.says(f"暂放 {number} 后天")
    bob.hears("已暂放到9月23日")
    alice.hears("暂放到9月23日")
    bob.says(f"{number}号可以继续审了")
    bob.hears("又等您审核了")
    alice.hears("李强恢复了1号《燃气检查》的审核", "现在等李强审核")
    bob.says(f"恢复 {number}")
    bob.hears("没有暂放")
    rows = all_rows(bureau.services.database)
    assert [draft["status"] for draft in rows["drafts"]] == ["in_review"]
    assert rows["review_decisions"] == []
    assert [hold["ended_by"] for hold in rows["review_holds"]] == ["bob", "bob"]
    bureau.nobody_hears_more()


@pytest.mark.parametrize("end", ["通过", "撤稿"])
def test_a_draft_that_is_put_off_can_still_be_decided_and_withdrawn(bureau: Chat, end: str) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"暂放 {number}")
    bob.hears("已暂放到9月24日")
    alice.hears("暂放到")
    (bob if end == "通过" else alice).says(f"{end} {number}")
    bob.hears_all()
    alice.hears_all()
    bureau.phone("carol").hears_all()
    bureau.advance(days=2)
    bureau.phone("carol").hears_all()
    bureau.advance(days=2)
    assert not [text for text in [*bob.hears_all(), *alice.hears_all()] if "暂放" in text]
    rows = all_rows(bureau.services.database)
    assert [hold["ended_at"] is None for hold in rows["review_holds"]] == [False]


def test_only_who_may_decide_puts_off_and_not_for_ever(bureau: Chat) -> None:
    alice, bob, carol, mallory = bureau.phones("alice", "bob", "carol", "mallory")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    for phone, said, answer in (
        (carol, f"暂放 {number} 周三", "您不能审核"),
        (alice, f"暂放 {number} 周三", "您不能审核自己的"),
        (mallory, f"暂放 {number} 周三", "没有找到"),
        (bob, f"暂放 {number} 12月31日", "最多只能暂放31天"),
    ):
        phone.says(said)
        phone.hears(answer)
    assert all_rows(bureau.services.database)["review_holds"] == []
    bureau.nobody_hears_more()


def test_a_reminder_of_ones_own_is_still_one(bureau: Chat) -> None:
    """An author, to whom nothing is put: he only wants to be reminded."""
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    alice.says("提醒我 周三9点 看1号")
    alice.hears("好的")
    assert all_rows(bureau.services.database)["review_holds"] == []
    bureau.nobody_hears_more()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_several_must_agree_one_puts_it_off_for_all_and_another_ends_that(
    bureau: Chat,
) -> None:
    """No clock of the gate runs meanwhile; whoever decides all the same starts them again."""
    alice, bob, heidi = bureau.phones("alice", "bob", "heidi")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"会签 {number} 燃气科")
    bob.hears("已请赵磊会签")
    heidi.hears("待您审核")
    alice.hears("已请赵磊会签")
    bob.says(f"暂放 {number} 周三")
    bob.hears("已暂放到9月23日 09:00")
    alice.hears("暂放到9月23日")
    until(bureau, "2026-09-23 08:59")
    bureau.nobody_hears_more()  # neither of them is reminded
    until(bureau, "2026-09-23 09:00")
    for phone in (bob, heidi):
        phone.hears("暂放的时间到了，恢复审核", f"通过 {number}")
    alice.hears("现在等李强、赵磊审核")

    bob.says(f"暂放 {number} 周五")
    bob.hears("已暂放")
    alice.hears("暂放到9月25日")
    heidi.says(f"通过 {number}")
    heidi.hears("已通过", "还等李强")
    bob.hears("赵磊已审1号《燃气检查》，暂放结束，又等您审核了")
    alice.hears("赵磊（会签）通过")
    until(bureau, "2026-09-23 15:00")
    bob.hears("已等您审核4小时")
    bob.says(f"通过 {number}")
    bob.hears("已通过")
    alice.hears("已由科室负责人李强通过")
    bureau.phone("carol").hears("待您审核")
    bureau.nobody_hears_more()
