"""撤下 and 更正: what was published is wrong, and is taken down or put right."""

import pytest

from storage.vocabulary import DraftStatus
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, leap, passes, until


@pytest.fixture
def number(bureau: Chat) -> int:
    """A draft that three gates passed and the office has sent out."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "燃气检查", "检查场所12处。")
    for reviewer in (bob, carol, dan):
        passes(reviewer, number)
    with bureau.services.database.begin() as uow:
        [draft] = uow.drafts.of_author("alice", 1)  # type: ignore[arg-type]  # a plain string does
        draft.status = DraftStatus.DISPATCHED
    for phone in (alice, bob, carol, dan):
        phone.hears_all()
    return number


@on_sqlite
def test_it_is_asked_for_in_free_words_and_after_a_yes(bureau: Chat, number: int) -> None:
    alice, dan = bureau.phones("alice", "dan")
    alice.says(f"{number}号里的“12处”改成“21处”")
    alice.hears("1号《燃气检查》已报送，更正要签发人同意。现在申请吗，错在：“12处”应为“21处”？")
    alice.says("不是")
    alice.hears("没有办")
    alice.says(f"撤回{number}号")
    alice.hears(f"要撤下来请发送：撤下 {number} 原因")
    alice.says(f"网站上的{number}号人数写错了，请撤下来")
    alice.hears("撤下要签发人同意。现在申请吗，原因：人数写错了？")
    alice.says("是")
    alice.hears("已申请撤下1号《燃气检查》，原因：人数写错了。已请刘伟批准")
    dan.hears("1号 申请撤下", "人数写错了")


@on_sqlite
def test_in_a_hurry_the_office_takes_it_down_first_and_only_after_a_yes(
    bureau: Chat, number: int
) -> None:
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    alice.says(f"人数写错了，赶紧把{number}号从网站上撤下来")
    alice.hears("撤下要签发人同意。现在申请吗，原因：人数写错了？")
    alice.says("不是")
    alice.hears("没有办")
    carol.says(f"出事了{number}号马上撤")
    carol.hears("记为紧急撤下吗：先撤下来，签发人事后补批；原因：出事了？")
    carol.says("不是")
    carol.hears("没有办")
    dan.hears_nothing()
    carol.says(f"人数写错了，赶紧把{number}号从网站上撤下来")
    carol.hears("记为紧急撤下吗", "原因：人数写错了？")
    carol.says("是")
    carol.hears("1号《燃气检查》已紧急撤下。已请刘伟补批")
    dan.hears("已紧急撤下，请补批")


def test_the_section_asks_the_signer_agrees_the_office_does_it(bureau: Chat, number: int) -> None:
    """How long it took is written down."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    for said in (f"撤稿 {number}", f"撤下 {number}"):
        alice.says(said)
        alice.hears(f"撤下 {number} 原因")
    alice.says(f"撤下 {number} 数据有误，住户来电指出")
    alice.hears("已申请撤下1号《燃气检查》，原因：数据有误，住户来电指出", "已请刘伟批准")
    card = dan.hears("1号 申请撤下", "数据有误")
    carol.hears("王芳", "申请撤下1号《燃气检查》", "等签发人同意")
    bob.says(f"撤下 {number} 同上")
    bob.hears("王芳已于今天 10:00申请撤下", "等签发人同意")
    carol.says(f"已撤下 {number}")
    carol.hears("还没有批准，等刘伟", f"紧急撤下 {number}")

    until(bureau, "2026-09-21 10:20")
    card.clicks("同意")
    assert card.greyed == "已同意"
    alice.hears("刘伟同意撤下1号《燃气检查》")
    carol.hears("刘伟同意撤下", f"已撤下 {number}")
    until(bureau, "2026-09-21 10:45")
    carol.says(f"已撤下 {number}")
    carol.hears("已撤下，从申请到撤下45分钟")
    alice.hears("已由周敏撤下", "用时45分钟")
    dan.hears_all()
    rows = all_rows(bureau.services.database)
    assert [draft["status"] for draft in rows["drafts"]] == ["retracted"]
    [audited] = [row for row in rows["audit_entries"] if row["tag"] == "draft:retract"]
    assert audited["after"]["minutes"] == 45
    bureau.nobody_hears_more()


@pytest.mark.parametrize("verdict", ["同意撤下", "不同意撤下"])
def test_what_is_urgent_is_taken_down_first_and_approved_after(
    bureau: Chat, number: int, verdict: str
) -> None:
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    alice.says(f"紧急撤下 {number} 泄露住户电话")
    alice.hears("只有办公室能办")
    carol.says(f"紧急撤下 {number} 泄露住户电话")
    carol.hears("已紧急撤下。已请刘伟补批")
    alice.hears("已由周敏紧急撤下（原因：泄露住户电话）")
    dan.hears("1号 已紧急撤下，请补批")
    carol.says(f"同意撤下 {number}")
    carol.hears("这是您自己申请的，要由刘伟批准")
    dan.says(f"{verdict} {number} 已与网信办核实")
    answer, status = {
        "同意撤下": ("没看懂", "down"),
        "不同意撤下": ("已回复：不同意撤下", "refused"),
    }[verdict]
    dan.hears(answer)
    if verdict == "同意撤下":
        dan.says(f"同意撤下 {number}")
        dan.hears("已补批")
        alice.hears("刘伟已补批")
        carol.hears("刘伟已补批")
        status = "done"
    else:
        alice.hears("不同意1号", "已与网信办核实")
        carol.hears("稿件已经撤下，请与刘伟商量")
    rows = all_rows(bureau.services.database)
    assert [(one["status"], one["urgent"]) for one in rows["recalls"]] == [(status, True)]
    assert [draft["status"] for draft in rows["drafts"]] == ["retracted"]
    bureau.nobody_hears_more()


def test_a_correction_is_a_version_with_what_was_changed(bureau: Chat, number: int) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    bob.says(f"更正 {number} 应为15处")
    bob.hears("已申请更正1号《燃气检查》", "已请刘伟批准")
    dan.hears("1号 申请更正").says(f"同意更正 {number}")
    dan.hears("已同意更正")
    carol.hears("申请更正")
    carol.hears("刘伟同意更正", f"已更正 {number}")
    bob.hears("刘伟同意更正")
    alice.hears("刘伟同意更正")
    carol.says(f"已更正 {number}")
    carol.hears("更正后的全文是什么")
    carol.says(f"已更正 {number}\n检查场所12处。")
    carol.hears("和原文一样")
    carol.says(f"已更正 {number}\n检查场所15处。")
    carol.hears("已更正（第2稿）")
    alice.hears("已由周敏更正（原因：应为15处）", "[删：12][增：15]处")
    bob.hears("已由周敏更正")
    rows = all_rows(bureau.services.database)
    assert [draft["status"] for draft in rows["drafts"]] == ["corrected"]
    bureau.nobody_hears_more()


def test_only_what_is_out_is_taken_down_and_only_by_whom_it_concerns(
    bureau: Chat, number: int
) -> None:
    alice, bob, mallory = bureau.phones("alice", "bob", "mallory")
    mallory.says(f"撤下 {number} 不好看")
    mallory.hears("没有找到")
    second = hands_in(alice, "物业整治")
    bob.hears("待您审核")
    alice.says(f"撤下 {second} 数据有误")
    alice.hears("还没有报送，不用撤下", f"撤稿 {second}")
    bob.says(f"同意撤下 {number}")
    bob.hears("没有等您批准的撤下或更正")
    assert all_rows(bureau.services.database)["recalls"] == []
    bureau.nobody_hears_more()


def test_what_has_ended_goes_to_the_archive_in_time(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    alice.says(f"撤稿 {number}")
    alice.hears("已撤回")
    bob.hears("已撤回")
    kept = hands_in(alice, "物业整治")
    leap(bureau, "2027-11-01 03:00")
    rows = all_rows(bureau.services.database)
    assert {one["number"]: one["status"] for one in rows["drafts"]} == {
        number: "archived",
        kept: "in_review",
    }
    assert len(rows["draft_versions"]) == 2
