"""审批单, 导出, 历史: what was decided, as a file and in a few lines."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.config import Config
from storage.vocabulary import UserId
from tests.harness.drafting import address_of
from tests.harness.pages import Visitor
from tests.harness.service import Chat, chat

BODY = "9月20日，物业科到幸福里小区检查消防通道，劝离车辆12辆。"


def words_of(file: bytes) -> str:
    body = Document(BytesIO(file)).element.body
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


def file_on(bureau: Chat, userid: str, name: str) -> bytes:
    """The file of that name which a member's phone got."""
    message = bureau.phone(userid).hears(name).message
    stored = bureau.wecom.media.get(message.payload["media_id"])
    assert stored
    return stored.content


def signed_draft(bureau: Chat) -> None:
    """Number 1: returned once, then approved by all, once on behalf of the absent deputy."""
    bureau.delegate("dan", "eve")
    alice, bob, carol, eve = bureau.phones("alice", "bob", "carol", "eve")
    alice.says(f"投稿 消防通道检查\n{BODY}")
    alice.says("完成")
    bob.says("退回 1 车辆数请核对")
    alice.says(f"修改 1\n{BODY.replace('12辆', '15辆')}")
    for one in (bob, carol, eve):
        one.says("通过 1")
    for one in (alice, bob, carol, eve, bureau.phone("dan")):
        one.hears_all()


def test_the_form_has_every_opinion_with_name_time_and_text(bureau: Chat) -> None:
    signed_draft(bureau)
    alice = bureau.phone("alice")
    alice.says("审批单 1")
    alice.hears("正在生成1号《消防通道检查》的审批单")
    said = words_of(file_on(bureau, "alice", "2026年1号审批单.docx"))
    for part in (
        "区住建局信息发布审批单",
        "2026年第1号",
        "劝离车辆15辆",
        "退回修改。车辆数请核对",
        "对第1稿（已被后稿取代）",
        "李强　2026年9月21日 10:00",
        "黄建国（代刘伟）　2026年9月21日 10:00",
        "□主动公开　□依申请公开　□不公开",
        "已签发",
    ):
        assert part in said, part
    with bureau.services.database.begin() as uow:
        sha256 = uow.drafts.version(uow.drafts.of_author(UserId("alice"), 1)[0].id, 2).sha256
    assert f"对第2稿　{sha256[:16]}" in said
    assert sha256 in said
    bureau.nobody_hears_more()


def test_a_draft_that_is_not_signed_says_so_wherever_it_goes(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says(f"投稿 消防通道检查\n{BODY}")
    alice.says("完成")
    alice.hears_all()
    alice.says("导出 1")
    alice.hears("的Word 稿")
    said = words_of(file_on(bureau, "alice", "2026年1号稿件.docx"))
    assert said.startswith("【未签发：审核中，不得对外使用】\n消防通道检查\n9月20日")
    assert "（区住建局/物业科　王芳）" in said


def test_the_history_tells_what_was_changed_and_why(bureau: Chat) -> None:
    signed_draft(bureau)
    bob = bureau.phone("bob")
    for words in ("历史 1", "1号改了几稿"):
        bob.says(words)
        told = bob.hears("1号《消防通道检查》共2稿").text
        assert told.index("第2稿") < told.index("第1稿")
        assert "[删：12][增：15]" in told
        assert "李强：退回修改。车辆数请核对" in told
        assert "首次报送" in told


@pytest.mark.parametrize("words", ["审批单 1", "导出 1", "历史 1"])
def test_papers_are_for_those_who_may_see_the_draft(bureau: Chat, words: str) -> None:
    alice, mallory, bob = bureau.phones("alice", "mallory", "bob")
    alice.says(f"投稿 消防通道检查\n{BODY}")
    alice.says(words)
    alice.hears("1号《消防通道检查》还没有提交过")
    alice.says("完成")
    mallory.says(words)
    mallory.hears("没有找到1号稿件")
    mallory.hears_nothing()
    bob.says(words)
    bob.hears("1号《消防通道检查》")


@pytest.fixture
def with_pages(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


def test_the_same_on_pages(with_pages: Chat) -> None:
    bureau = with_pages
    signed_draft(bureau)
    address = address_of(bureau, 1)
    with Visitor(bureau) as bob:
        page = bob.logs_in("bob", f"{address}/form")
        for part in (
            "信息发布审批单",
            "退回修改。车辆数请核对",
            "黄建国（代刘伟）",
            "劝离车辆15辆",
        ):
            assert part in page.text
        older = bob.gets(f"{address}/history")
        assert "[删：12][增：15]" in older.text
        file = bob.gets(f"{address}/approval_form.docx")
        assert "黄建国（代刘伟）" in words_of(file.content)
        assert "attachment" in file.headers["Content-Disposition"]
        assert bob.gets(f"{address}/anything.docx").status_code == 404
    with Visitor(bureau) as mallory:
        assert mallory.logs_in("mallory", f"{address}/form").status_code == 404
        for name in ("history", "approval_form.docx", "article.docx"):
            assert mallory.gets(f"{address}/{name}").status_code == 404
    bureau.phone("alice").says("审批单 1")
    assert "/form?t=" in bureau.phone("alice").hears("正在生成").text
