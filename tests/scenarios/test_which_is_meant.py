"""A bare 可以 while more waits than one draft: nothing is approved, claimed or taken by it."""

import pytest

from handlers.kit.events import AlertAsked
from storage.vocabulary import Grade
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in


@on_sqlite
def test_beside_a_call_a_bare_yes_is_asked_about(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    carol.says("约稿 节前做法 周五下班前 物业科 1篇")
    carol.hears("已下1号约稿")
    bob.says("可以")
    bob.hears("哪")
    alice.hears("1号约稿")
    alice.hears_nothing()
    bob.says(f"通过 {number}")
    bob.hears("已通过")


@pytest.mark.parametrize("word", ["可以", "同意"])
@on_sqlite
def test_a_verdict_takes_no_alert_and_passes_no_draft(bureau: Chat, word: str) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        bureau.services.context(uow).emit(
            AlertAsked(
                unit=unit.id,
                kind="call",
                key="1",
                grade=Grade.YELLOW,
                source="12345",
                title="电梯困人",
                text="居民来电",
            )
        )
    bob.hears("黄色警报 01")
    bob.says(word)
    bob.hears("哪")
    bob.says("收到")
    bob.hears("已收到黄色警报01")
    bob.says(f"通过 {number}")
    bob.hears("已通过")


@pytest.mark.parametrize("word", ["通过", "同意", "可以"])
@on_sqlite
def test_a_bare_yes_signs_no_incident_and_passes_no_draft_while_both_wait(
    bureau: Chat, word: str
) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "燃气检查")
    bob.says(f"通过 {number}")
    bob.hears("已通过")
    carol.says(f"通过 {number}")
    carol.hears("已通过")
    dan.hears(f"{number}号 待您审核")
    alice.says("紧急信息：金色家园3号楼施工电梯坠落，2人受伤")
    alice.hears("紧急1")
    dan.says(word)
    dan.hears("哪")
    rows = all_rows(bureau.services.database)
    assert [row["signed_at"] for row in rows["incident_reports"]] == [None]
    assert [row["status"] for row in rows["drafts"]] == ["in_review"]
