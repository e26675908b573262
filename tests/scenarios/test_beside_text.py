"""What is not text: pictures, files, voices, places, the menu."""

import hashlib
from datetime import timedelta

import pytest

from bot.media import path_of
from bot.worker import run
from tests.harness.files import picture
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in

PICTURE = picture()


def test_pictures_that_come_with_a_draft_are_fetched_and_kept_by_their_hash(bureau: Chat) -> None:
    """The same picture twice is one file; fetched again it stays the same."""
    alice = bureau.phone("alice")
    alice.says("投稿 燃气检查\n正文")
    alice.hears("已开始")
    for name in ("a.jpg", "b.jpg"):
        alice.simulated.sends_image(PICTURE, name)
        alice.hears("已收到图片，放在1号《燃气检查》")
    alice.simulated.sends_image(picture("PNG"), "c.png")
    alice.hears("已收到图片")
    bureau.settle()

    attachments = all_rows(bureau.services.database)["attachments"]
    hashes = [hashlib.sha256(content).hexdigest() for content in (PICTURE, PICTURE, picture("PNG"))]
    assert sorted(row["sha256"] for row in attachments) == sorted(hashes)
    assert {row["filename"] for row in attachments} >= {"a.jpg", "c.png"}
    store = bureau.services.media_dir
    assert path_of(store, hashes[0]).read_bytes() == PICTURE
    assert len([path for path in store.rglob("*") if path.is_file()]) == 2

    run("fetch", attachments[0]["id"])
    assert all_rows(bureau.services.database)["attachments"] == attachments
    bureau.nobody_hears_more()


def test_a_picture_that_the_channel_no_longer_has_is_marked_as_lost(bureau: Chat) -> None:
    """Three days without a worker; it is not asked for for ever."""
    alice = bureau.phone("alice")
    alice.says("投稿 燃气检查\n正文")
    alice.simulated.sends_image(PICTURE, "a.jpg")
    bureau.clock.advance(timedelta(days=4))
    bureau.settle()
    [attachment] = all_rows(bureau.services.database)["attachments"]
    assert (attachment["sha256"], attachment["lost"]) == ("", True)
    with bureau.services.database.begin() as uow:
        assert uow.drafts.unfetched(10) == []
    alice.hears("已开始")
    alice.hears("已收到图片")
    bureau.nobody_hears_more()


def test_a_picture_alone_belongs_to_no_draft(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.simulated.sends_image(PICTURE, "a.jpg")
    alice.hears("没有正在写的稿件", "先发送 投稿 标题")
    alice.simulated.sends_file(b"%PDF", "a.docx")
    alice.hears("没有正在写的稿件")
    assert all_rows(bureau.services.database)["attachments"] == []
    bureau.nobody_hears_more()


@pytest.mark.parametrize("writing", [False, True])
def test_what_the_bot_cannot_take_is_answered_politely(bureau: Chat, *, writing: bool) -> None:
    """And the draft that is being written stays as it is."""
    alice = bureau.phone("alice")
    if writing:
        alice.says("投稿 燃气检查\n正文")
        alice.hears("已开始")
    alice.simulated.sends_voice(b"#!AMR")
    alice.hears("还听不懂语音，请发文字")
    alice.sends("video", MediaId="m1", ThumbMediaId="m2")
    alice.hears("还收不了视频")
    alice.sends("location", Location_X="31.2", Location_Y="121.4", Scale="15", Label="工地")
    alice.hears("收到位置，但用不上")
    alice.sends("hologram", Depth="3")
    alice.hears("收不了这种消息")
    alice.simulated.sends_file(b"%PDF", "a.pdf", arrives_as="text")
    alice.hears("收到一条空消息")
    alice.says(" ")
    alice.hears("收到一条空消息")
    alice.simulated.sends_link("政务要闻", "摘要", "https://example.gov.cn/1")
    alice.hears("已收到第2段" if writing else "收到链接《政务要闻》，要怎么办？请回复序号。")
    parts = [row["text"] for row in all_rows(bureau.services.database)["draft_parts"]]
    assert parts == (["正文", "政务要闻\nhttps://example.gov.cn/1"] if writing else [])
    bureau.nobody_hears_more()


def test_a_press_on_the_menu_says_what_stands_on_it(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    bob.simulated.opens_menu("say:待审")
    bob.hears("没有等您审核的稿件")
    alice.simulated.opens_menu("say:我的稿件")
    alice.hears("您还没有稿件")
    alice.simulated.opens_menu("say:投稿")
    alice.hears("还没有标题")
    alice.simulated.opens_menu("old-key")
    alice.simulated.enters()
    bureau.nobody_hears_more()


def test_a_command_that_only_asks_is_answered_and_can_be_kept_as_text(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("投稿 燃气检查")
    alice.hears("1号")
    alice.says("帮助")
    alice.hears("一条怎么用", "“帮助”没有写进去", "正文：帮助")
    alice.says("正文：帮助")
    alice.hears("已收到第1段")
    alice.says("帮助企业复工复产12家。")
    alice.hears("已收到第2段")
    bureau.nobody_hears_more()


def test_received_with_several_waiting_asks_which(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    for title in ("燃气检查", "物业整治"):
        hands_in(alice, title)
        bob.hears("待您审核")
    bob.says("收到")
    bob.hears("收到不算审核", "2篇", "燃气检查", "物业整治")
    bob.says("2")
    bob.hears("2号《物业整治》")
    bureau.nobody_hears_more()
