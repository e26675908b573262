"""A mark of secrecy stops a message before anything keeps it (rule 4)."""

from storage.vocabulary import InboundStatus
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in


def test_a_marked_text_is_stored_nowhere_and_the_event_is_audited(bureau: Chat) -> None:
    """Wherever it comes: as a draft, in the middle of one, as a reason, as a name of a file."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "物业整治")
    bob.hears("待您审核").clicks("退回")
    bob.hears("理由是什么")
    bob.says("机密★不能发，涉及灯塔计划")
    bob.hears("含有“机密”字样，已拦截，内容没有保存")
    bob.says("取消")
    bob.hears("好的，不做了")

    alice.says("投稿 秘密 5年\n灯塔计划的进展")
    alice.hears("含有“秘密”字样，已拦截", "请改走保密渠道")
    alice.says("投稿 燃气检查\n正文。")
    alice.hears("已开始")
    alice.says("灯塔计划，内部资料，注意保存")
    alice.hears("含有“内部资料”字样")
    alice.simulated.sends_file(b"%PDF", "绝密灯塔计划.pdf")
    alice.hears("含有“绝密”字样")
    alice.says("再写一段。")
    alice.hears("已收到第2段")

    rows = all_rows(bureau.services.database)
    assert "灯塔计划" not in str(rows)
    assert "正文。" in str(rows)
    stops = [row for row in rows["audit_entries"] if row["tag"] == "secrecy:stop"]
    assert [(row["actor"], row["after"]["mark"]) for row in stops] == [
        ("bob", "机密"),
        ("alice", "秘密"),
        ("alice", "内部资料"),
        ("alice", "绝密"),
    ]
    inbound = {row["id"]: row["payload"] for row in rows["inbound"]}
    assert [inbound[row["inbound"]] for row in stops] == [
        {"withheld": row["after"]["mark"]} for row in stops
    ]
    assert rows["attachments"] == []
    bob.says(f"稿件 {number}")
    bob.hears("审核")
    bureau.nobody_hears_more()


def test_a_marked_message_that_failed_is_not_taken_up_again(bureau: Chat) -> None:
    """Its text was never kept: the sender is told so, and the event is in the audit."""
    with bureau.services.database.begin() as uow:
        row, _ = uow.inbox.receive(
            {
                "id": "marked",
                "key": "msg:marked",
                "sender": "alice",
                "kind": "TextMessage",
                "payload": {"withheld": "绝密"},
                "received_at": bureau.clock(),
                "answer": "",
                "incident": "8F3A2B",
                "attempts": 0,
            }
        )
        row.status = InboundStatus.FAILED
        ctx = bureau.services.context(uow)
        ctx.set_timer("inbound_retry", row.id, bureau.clock())
    bureau.advance(seconds=1)
    bureau.phone("alice").hears("8F3A2B", "绝密", "没有保存")
    with bureau.services.database.begin() as uow:
        assert [entry.tag for entry in uow.ledger.entries("marked")] == ["secrecy:stop"]
    bureau.nobody_hears_more()
