"""Long texts arrive whole and come back whole."""

from storage.vocabulary import DraftId
from tests.harness.rows import all_rows
from tests.harness.service import Chat

PIECES = [f"第{number}段：" + f"检查{number}号点位。" * 107 + "完毕" for number in range(1, 5)]


def test_a_draft_of_3000_characters_sent_in_four_messages(bureau: Chat) -> None:
    """It is stored as it was said, in order, and 稿件 brings all of it back in parts."""
    alice, bob = bureau.phones("alice", "bob")
    body = "\n".join(PIECES)
    assert len(body) >= 3000

    alice.says("投稿 全区燃气安全大检查纪实")
    alice.hears("已开始")
    for count, piece in enumerate(PIECES, 1):
        alice.says(piece)
        alice.hears(f"已收到第{count}段", f"共{sum(map(len, PIECES[:count]))}字")
    alice.says("完成")
    number = alice.hears("已提交", f"{len(body)}字").draft_no
    bob.hears("待您审核", f"{len(body)}")

    [draft] = all_rows(bureau.services.database)["drafts"]
    with bureau.services.database.begin() as uow:
        assert uow.drafts.version(DraftId(draft["id"]), 1).body == body

    for reader in (alice, bob):
        reader.says(f"稿件 {number}")
        parts = reader.hears_all()
        assert len(parts) > 1
        assert all(len(part.encode()) <= 2048 for part in parts)
        assert "".join(parts).replace("\n", "").endswith(body.replace("\n", ""))
    bureau.nobody_hears_more()


def test_a_list_longer_than_a_message_goes_on_in_the_next(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    titles = [f"{number:02}" + "检" * 90 for number in range(9)]
    for title in titles:
        alice.says(f"投稿 {title}\n正文")
        alice.says("完成")
    alice.hears_all()
    bob.hears_all()

    bob.says("待审")
    parts = bob.hears_all()
    while "下一页" in parts[-1]:
        bob.says("下一页")
        parts += bob.hears_all()
    assert len(parts) > 1
    assert all(len(part.encode()) <= 2048 for part in parts)
    assert all(part.startswith("等您审核的有9篇") for part in parts)
    whole = "".join(parts).replace("\n", "")
    assert [whole.count(title) for title in titles] == [1] * 9
    bureau.nobody_hears_more()
