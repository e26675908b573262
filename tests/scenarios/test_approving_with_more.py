"""可以发，但把A改成B; 原则同意，请再核; 拟同意，请王局审定: done, and never by half."""

import pytest

from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes

BODY = "9月20日，区住建局组织检查。\n涉及三十二户居民。\n下一步将加强巡查。"


def verdicts(bureau: Chat) -> list[tuple[str, int, int]]:
    rows = all_rows(bureau.services.database)["review_decisions"]
    rows = [row for row in rows if row["undone_at"] is None]
    return sorted((row["decided_by"], row["gate"], row["version"]) for row in rows)


def statuses(bureau: Chat) -> list[str]:
    return [draft["status"] for draft in all_rows(bureau.services.database)["drafts"]]


def at_the_deputy(bureau: Chat) -> int:
    """Hand in a draft and let it pass the first two gates."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    passes(carol, number)
    for phone in (alice, bob, carol):
        phone.hears_all()
    return number


def test_an_approval_with_edits_approves_the_edited_text(bureau: Chat) -> None:
    """A number was changed: who approved the old text is asked again, and shown the change."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = at_the_deputy(bureau)
    dan.hears("待您审核")
    dan.says("可以发，但把三十二户改成二十三户")
    dan.hears("已按您的意见改好", "[删：三十二]", "[增：二十三]", "已通过1号", "再看改动")
    alice.hears("刘伟", "[增：二十三]")
    alice.hears("已由分管领导刘伟通过（意见：修改后通过）")
    bob.hears("待您审核", "[增：二十三]").says(f"通过 {number}")
    bob.hears("已通过")
    carol.hears("待您审核", "[增：二十三]").says(f"通过 {number}")
    carol.hears("已签发")
    assert statuses(bureau) == ["signed"]
    assert verdicts(bureau) == [
        ("bob", 0, 1), ("bob", 0, 2), ("carol", 1, 1), ("carol", 1, 2), ("dan", 2, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title", "body"),
    [
        ("可以发，但标题改成《燃气安全检查见实效》", "燃气安全检查见实效", BODY),
        ("可以发，第三段删掉", "燃气检查", BODY.rpartition("\n")[0]),
    ],
)
def test_a_title_and_a_paragraph_can_be_edited(
    bureau: Chat, said: str, title: str, body: str
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查", BODY)
    bob.hears("待您审核").says(said)
    bob.hears("已按您的意见改好", "下一步：办公室周敏审核")
    [*_, version] = all_rows(bureau.services.database)["draft_versions"]
    assert (version["title"], version["body"], version["created_by"]) == (title, body, "bob")


def test_what_cannot_be_done_is_not_approved_either(bureau: Chat) -> None:
    bureau.enrol("userid,name,unit,roles,aliases\nhuang,黄磊,区住建局/质安科,deputy,\n")
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查", BODY)
    bob.hears("待您审核")
    for said, answer in (
        ("可以发，但把四十户改成五十户", "没有“四十户”，没有改"),
        ("可以发，第九段删掉", "没有第9段"),
        ("拟同意，请吴局审定", "没有找到“吴局”，没有通过"),
        ("拟同意，请赵磊审定", "赵磊不能审定"),
        ("拟同意，请黄局审定", "“黄局”不止一位"),
    ):
        bob.says(said)
        text = bob.hears(answer).text
        assert "已通过" not in text
    bob.says(f"{number}号")
    assert verdicts(bureau) == []
    assert len(all_rows(bureau.services.database)["draft_versions"]) == 1


def test_a_condition_keeps_the_gate_open_until_the_office_confirms(bureau: Chat) -> None:
    """Even where the office's only member has passed her own gate: to confirm is no review."""
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    number = at_the_deputy(bureau)
    dan.hears("待您审核").says("原则同意，请办公室再核一下户数")
    dan.hears("已通过1号", "（意见：原则同意，请办公室再核一下户数）", "等周敏核实确认后才算通过")
    alice.hears("分管领导刘伟通过（意见：原则同意，请办公室再核一下户数）", "等周敏核实确认")
    assert statuses(bureau) == ["in_review"]
    alice.says(f"{number}号卡在谁那里")
    alice.hears("周敏")
    carol.hears("待您审核", "有条件通过，请您核实确认", "条件：原则同意，请办公室再核一下户数")
    carol.says(f"通过 {number}")
    carol.hears("已签发")
    alice.hears("周敏（核实确认）签发")
    assert statuses(bureau) == ["signed"]
    [handover] = all_rows(bureau.services.database)["review_handovers"]
    assert (handover["kind"], handover["handed_to"]) == ("confirm", "carol")
    assert handover["reason"] == "原则同意，请办公室再核一下户数"


def test_a_condition_that_is_not_met_sends_the_draft_back(bureau: Chat) -> None:
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    number = at_the_deputy(bureau)
    dan.hears("待您审核").says("原则同意，请办公室再核")
    dan.hears("核实确认")
    carol.hears("核实确认").says(f"退回 {number} 户数不对")
    carol.hears("已退回")
    alice.hears("核实确认")
    alice.hears("退回：户数不对")
    assert statuses(bureau) == ["returned"]


def test_whoever_undoes_his_condition_is_asked_alone_again(bureau: Chat) -> None:
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    number = at_the_deputy(bureau)
    dan.hears("待您审核").says("原则同意，请办公室再核")
    dan.hears("核实确认")
    card = carol.hears("核实确认")
    dan.says("撤销")
    dan.hears("已撤销")
    assert card.greyed == "刘伟上一审级已撤销"
    carol.says(f"通过 {number}")
    carol.hears("您已于")
    dan.says(f"通过 {number}")
    dan.hears("已签发")
    assert statuses(bureau) == ["signed"]
    alice.hears_all()


def test_somebody_above_has_the_last_word(bureau: Chat) -> None:
    """After the last gate of the route: it is not signed before he has agreed."""
    alice, dan, eve = bureau.phones("alice", "dan", "eve")
    number = at_the_deputy(bureau)
    dan.hears("待您审核").says("拟同意，请黄局审定")
    dan.hears("已通过1号", "（意见：请黄建国审定）", "下一步：请黄建国审定")
    alice.hears("已由分管领导刘伟通过", "请黄建国审定")
    assert statuses(bureau) == ["in_review"]
    eve.hears("待您审核").says(f"通过 {number}")
    eve.hears("已签发")
    alice.hears("黄建国", "签发")
    assert verdicts(bureau)[-1] == ("eve", 2, 1)


def test_where_a_gate_comes_between_it_is_said_whose(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    hands_in(alice, "燃气检查", BODY)
    bob.hears("待您审核").says("拟同意，请刘局审定")
    bob.hears("下一步：办公室周敏审核", "刘伟在“分管领导”一级审定")
    carol.hears("待您审核")
    dan.hears_nothing()


def test_each_of_several_can_have_a_condition_but_not_edits(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查", BODY)
    hands_in(alice, "物业整治", BODY)
    bob.hears("待您审核")
    bob.hears("待您审核")
    bob.says("1号2号可以发，但把三十二户改成二十三户")
    bob.hears("要改内容请一篇一篇说")
    assert verdicts(bureau) == []


@on_sqlite
def test_what_is_said_beside_an_approval_is_not_lost(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查", BODY)
    bob.says("同意，下次注意时效")
    bob.hears("已通过1号", "（意见：下次注意时效）")
    alice.hears("（意见：下次注意时效）")
    hands_in(alice, "消防检查", BODY)
    bob.hears("待您审核").says("可以，图片挺清楚，辛苦了")
    bob.hears("已通过2号", "（意见：图片挺清楚）")


@on_sqlite
@pytest.mark.parametrize(
    ("choice", "answer"),
    [
        ("1", "已通过1号《燃气检查》（意见：人脸要打码）"),
        ("2", "已退回1号《燃气检查》，理由：人脸要打码"),
    ],
)
def test_an_approval_with_a_but_is_asked_about(bureau: Chat, choice: str, answer: str) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查", BODY)
    alice.hears_all()
    bob.hears("待您审核").says("可以发，但人脸要打码")
    bob.hears("1号《燃气检查》：您同意，又说“人脸要打码”", "1. 通过", "2. 退回")
    alice.hears_nothing()
    assert verdicts(bureau) == []
    bob.says(choice)
    bob.hears(answer)
    alice.hears("人脸要打码")


@on_sqlite
def test_both_verdicts_in_a_line_are_neither(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    hands_in(alice, "燃气检查", BODY)
    bob.hears("待您审核").says("全部同意，全部退回")
    bob.hears("您既说同意又说退回，没有处理")
    assert verdicts(bureau) == []
