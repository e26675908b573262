"""An approval is of one text: who is asked again when it changes, and what he is shown."""

import pytest

from handlers.kit.errors import UserError
from handlers.kit.versions import sha256_of
from handlers.reviews.deciding import decide
from handlers.reviews.editing import edit_in_review
from storage.queries.members import Person
from storage.vocabulary import UserId, Verdict
from tests.harness.files import picture
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes

BODY = (
    "9月20日，区住建局组织检查组到城东片区，对辖区餐饮场所的燃气使用情况开展安全检查。"
    "检查组查看了气瓶间、报警装置和连接软管，共检查38家，发现隐患5处，当场整改3处。"
    "下一步，区住建局将继续抓好燃气安全工作，确保群众用气安全。"
)


def edits(bureau: Chat, userid: str, number: int, *changes: tuple[str, str]) -> str:
    """Let a reviewer change the text and approve what he has made of it."""
    with bureau.services.database.begin() as uow:
        member = uow.members.active(UserId(userid))
        assert member
        me = Person(userid=member.userid, name=member.name, unit=member.unit, bureau=member.bureau)
        ctx = bureau.services.context(uow, me=me)
        draft = uow.drafts.latest_numbered(member.bureau, number)
        assert draft
        body = uow.drafts.version(draft.id, draft.version).body
        for old, new in changes:
            assert old in body
            body = body.replace(old, new)
        edit_in_review(ctx, draft, title=draft.title, body=body)
        return decide(ctx, draft, Verdict.APPROVE, reason="")


def passages(bureau: Chat) -> list[tuple[int, int, str]]:
    rows = all_rows(bureau.services.database)["gate_passes"]
    return [(row["version"], row["gate"], row["how"]) for row in rows]


def test_after_a_return_new_wording_starts_where_it_was_returned(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核").says(f"退回 {number} 最后一句改一下")
    carol.hears("已退回")
    alice.hears("被办公室周敏退回").says(f"修改 {number}\n{BODY.replace('确保群众', '保障群众')}")
    alice.hears("第2稿", "下一步：办公室周敏审核")

    alice.says(f"稿件 {number}")
    alice.hears("✓科室负责人：李强通过", "（只改了文字，沿用对第1稿的意见）", "…办公室：等周敏审核")
    passes(carol, number)
    passes(dan, number)
    alice.hears("办公室周敏通过")
    alice.hears("签发")
    assert passages(bureau) == [
        (1, 0, "decided"), (2, 0, "carried"), (2, 1, "decided"), (2, 2, "decided"),
    ]  # fmt: skip
    bureau.nobody_hears_more()


def is_bound_to_its_picture(bureau: Chat) -> str:
    """See that the second version's hash is of its picture, too; return the attachment's id."""
    rows = all_rows(bureau.services.database)
    first, second = sorted(rows["draft_versions"], key=lambda row: int(row["number"]))
    [shown] = rows["attachments"]
    assert (first["pictures"], second["pictures"]) == ([], [shown["sha256"]])
    assert second["sha256"] == sha256_of("燃气检查", second["body"], [shown["sha256"]])
    assert second["sha256"] != sha256_of("燃气检查", second["body"])
    [kept] = [row for row in rows["audit_entries"] if row["tag"] == "picture:keep"]
    assert kept["after"] == {"media_id": shown["media_id"], "sha256": shown["sha256"]}
    return str(shown["id"])


def test_after_a_return_a_new_picture_starts_at_the_first_gate(bureau: Chat) -> None:
    """The wording alone would carry the first gate's approval, but it never saw the picture."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核").says(f"退回 {number} 最后一句改一下，配张图")
    carol.hears("已退回")
    bureau.advance(minutes=10)
    alice.hears("被办公室周敏退回").says(f"修改 {number}")
    alice.says(BODY.replace("确保群众", "保障群众"))
    alice.simulated.sends_image(picture("PNG"), "a.png")
    bureau.settle()
    alice.says("完成")
    alice.hears("第2稿", "科室负责人李强")
    assert passages(bureau) == [(1, 0, "decided")]
    shown = is_bound_to_its_picture(bureau)

    passes(bob, number)  # with the picture; then it is taken out on the page, and a word changed
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核").says(f"退回 {number} 图不清楚")
    with bureau.services.database.begin() as uow:
        attachment = uow.drafts.lock_attachment(shown)
        assert attachment
        uow.drafts.detach(attachment)
    alice.hears("图不清楚").says(f"修改 {number}\n{BODY.replace('确保群众', '护航群众')}")
    alice.hears("第3稿", "科室负责人李强")
    assert passages(bureau)[-1] == (2, 0, "decided")
    alice.says(f"历史 {number}")
    alice.hears("图片由1张变为0张", "图片由0张变为1张")


def test_after_a_return_new_facts_start_at_the_first_gate_which_sees_what_changed(
    bureau: Chat,
) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears("通过")
    carol.hears("待您审核").says(f"退回 {number} 数字不对")
    carol.hears("已退回")
    alice.hears("被办公室周敏退回").says(f"修改 {number}\n{BODY.replace('38家', '83家')}")
    alice.hears("第2稿", "第1稿后有改动，下一步：科室负责人李强再看改动")
    card = bob.hears(f"{number}号 待您审核", "第1稿您处已通过，请看改动", "[删：38][增：83]")
    card.clicks("通过")
    alice.hears("第2稿已由科室负责人李强通过", "下一步：办公室周敏审核")
    carol.hears("待您审核")
    bureau.nobody_hears_more()


def test_what_a_reviewer_changes_goes_back_to_the_gates_before_him(bureau: Chat) -> None:
    """The office corrects a number: its approval counts, the section head sees the number."""
    bureau.enrol("userid,name,unit,roles,aliases\nchris,何静,区住建局/办公室,office,")
    alice, bob, carol, chris, dan = bureau.phones("alice", "bob", "carol", "chris", "dan")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears("通过")
    cards = [carol.hears("待您审核"), chris.hears("待您审核")]

    said = edits(bureau, "carol", number, ("隐患5处", "隐患15处"))
    assert "第1稿后有改动，下一步：科室负责人李强再看改动" in said
    bureau.settle()
    assert [card.greyed for card in cards] == ["稿件已改", "周敏稿件已改"]
    alice.hears("周敏修改了您的1号《燃气检查》", "[删：5][增：15]")
    alice.hears("第2稿已由办公室周敏通过", "科室负责人李强再看改动")
    bob.hears("待您审核", "[删：5][增：15]").says("通过 1")
    bob.hears("已通过", "下一步：分管领导刘伟审核")
    alice.hears("已由科室负责人李强通过")
    dan.hears("待您审核").says("通过 1")
    dan.hears("已签发")
    alice.hears("签发")
    assert passages(bureau) == [
        (1, 0, "decided"), (2, 0, "decided"), (2, 1, "decided"), (2, 2, "decided"),
    ]  # fmt: skip
    bureau.nobody_hears_more()


def test_a_reviewers_wording_goes_straight_on(bureau: Chat) -> None:
    alice, bob, dan = bureau.phones("alice", "bob", "dan")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears("通过")
    bureau.phone("carol").hears("待您审核")
    assert "下一步：分管领导刘伟审核" in edits(bureau, "carol", number, ("确保", "保障"))
    bureau.phone("carol").hears_all()
    alice.hears("周敏修改了您的")
    alice.hears("已由办公室周敏通过")
    dan.hears("待您审核")
    decided = all_rows(bureau.services.database)["review_decisions"]
    assert [(row["decided_by"], row["version"]) for row in decided] != []
    assert passages(bureau) == [(1, 0, "decided"), (2, 0, "carried"), (2, 1, "decided")]
    bureau.nobody_hears_more()


def test_wording_that_drifts_step_by_step_is_measured_from_what_was_read(bureau: Chat) -> None:
    """Each change is small, all together are not: the first approval does not carry for ever."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查", BODY)
    passes(bob, number)
    alice.hears_all()
    first = BODY.replace("确保群众用气安全", "保障群众安全用气")
    second = first.replace("组织检查组到城东片区", "派出检查组赴城东片区")
    for text, comes_to in ((first, "办公室周敏审核"), (second, "科室负责人李强再看改动")):
        carol.hears("待您审核").says(f"退回 {number} 再改")
        carol.hears_all()
        alice.hears_all()
        alice.says(f"修改 {number}\n{text}")
        alice.hears("已提交", comes_to)
    bob.hears("第1稿您处已通过，请看改动")
    bureau.nobody_hears_more()


def test_an_edit_with_a_mark_of_secrecy_or_without_a_change_is_refused(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查", BODY)
    bob.hears("待您审核")
    with pytest.raises(UserError, match="1号《燃气检查》没有改动"):
        edits(bureau, "bob", number, ("确保", "确保"))
    with pytest.raises(UserError, match="改后的文字含有“机密”字样"):
        edits(bureau, "bob", number, ("确保", "机密★确保"))
    assert len(all_rows(bureau.services.database)["draft_versions"]) == 1
    bureau.nobody_hears_more()
