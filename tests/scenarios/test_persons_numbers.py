"""A text with somebody's numbers in it is asked about before it is handed in."""

from tests.harness.rows import all_rows
from tests.harness.service import Chat

TEXT = "9月20日，物业科走访张某（身份证号11010519491231002X，手机13812345678）。"


def begins(bureau: Chat, text: str = TEXT) -> None:
    alice = bureau.phone("alice")
    alice.says(f"投稿 走访居民\n{text}")
    alice.hears("已开始")
    alice.says("完成")


def test_a_yes_hands_it_in_as_it_is(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    begins(bureau)
    question = alice.hears("身份证号110*************2X、手机号138****5678", "还没有提交", "回复 是")
    assert "13812345678" not in question.text
    bob.hears_nothing()
    alice.says("是")
    alice.hears("已提交1号《走访居民》")
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_a_no_goes_on_writing_and_the_mended_text_is_asked_about_no_more(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    begins(bureau)
    alice.hears("还没有提交")
    alice.says("不是")
    alice.hears("接着写1号《走访居民》")
    for number in ("13812345678", "11010519491231002X"):
        alice.says(f"把{number}改成略")
        alice.hears("已改好")
    alice.says("完成")
    alice.hears("已提交")
    bob.hears("待您审核", "身份证号略，手机略")
    bureau.nobody_hears_more()


def test_an_edit_in_place_of_an_answer_is_made(bureau: Chat) -> None:
    """The yes that comes after it would be for another text, so it is asked again."""
    alice, bob = bureau.phones("alice", "bob")
    begins(bureau)
    alice.hears("还没有提交")
    alice.says("完成")
    alice.hears("还没有提交")
    alice.says("把13812345678改成13912345678")
    alice.hears("已改好")
    alice.says("完成")
    alice.hears("139****5678", "还没有提交")
    alice.says("取消")
    alice.hears("接着写1号")
    alice.says("取消")
    alice.hears("已取消1号")
    assert all_rows(bureau.services.database)["draft_versions"] == []
    bob.hears_nothing()
    bureau.nobody_hears_more()


def test_a_returned_draft_is_asked_about_as_well(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    begins(bureau, "正文。")
    alice.hears("已提交")
    bob.hears("待您审核").says("退回 1 写上联系人")
    bob.hears("已退回")
    alice.hears("写上联系人")
    alice.says("修改 1\n联系人手机13812345678。")
    alice.hears("138****5678", "还没有提交")
    alice.says("是的")
    alice.hears("已提交1号《走访居民》（第2稿")
    bob.hears("待您审核")
    bureau.nobody_hears_more()
