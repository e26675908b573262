"""What reaches the webhook, and what comes back in the same breath."""

from datetime import timedelta

import pytest

from bot.simulator import Account, Phone, World
from bot.simulator.corp import UnknownAccountError
from bot.simulator.wire import Fields, to_xml

from .kit import CORP_ID, PNG, Clock, Heard, Service, Webhook, create_world, text_reply


def test_what_a_member_says_arrives_and_the_passive_reply_is_heard(
    zhang: Phone, webhook: Webhook, clock: Clock
) -> None:
    webhook.answer = lambda heard: text_reply(f"收到：{heard['Content']}")
    zhang.says("投稿 老旧小区改造")

    [heard] = webhook.heard
    assert heard["FromUserName"] == "ZhangSan"
    assert heard["ToUserName"] == CORP_ID
    assert heard["AgentID"] == "1000002"
    assert heard["CreateTime"] == heard.query["timestamp"] == str(int(clock().timestamp()))
    said, answer = zhang.messages
    assert (said.direction, said.text) == ("out", "投稿 老旧小区改造")
    assert (answer.direction, answer.text, answer.passive) == (
        "in",
        "收到：投稿 老旧小区改造",
        True,
    )


@pytest.mark.parametrize("text", ["]]>", "a]]></Content><MsgType>x", "😀 & <b>粗</b>", "一\n二"])
def test_any_text_survives_both_ways(zhang: Phone, webhook: Webhook, text: str) -> None:
    webhook.answer = lambda heard: text_reply(heard["Content"])
    zhang.says(text)
    assert webhook.texts == [text]
    assert zhang.messages[-1].text == text


def test_message_ids_grow(zhang: Phone, world: World, webhook: Webhook) -> None:
    zhang.says("一")
    world.phone("lisi").says("二")
    first, second = (int(heard["MsgId"]) for heard in webhook.heard)
    assert first < second < 2**63


def test_an_empty_answer_says_nothing(zhang: Phone) -> None:
    zhang.says("在吗")
    assert [message.text for message in zhang.messages] == ["在吗"]


def test_errors_are_retried_with_the_same_message_id(zhang: Phone, webhook: Webhook) -> None:
    webhook.statuses = [500, 503, 502]
    webhook.answer = lambda _heard: text_reply("好的")
    zhang.says("在吗")
    assert len(webhook.heard) == 4
    assert len({heard["MsgId"] for heard in webhook.heard}) == 1
    assert zhang.messages[-1].text == "好的"


def test_after_three_retries_the_callback_is_dropped(
    zhang: Phone, webhook: Webhook, world: World
) -> None:
    webhook.statuses = [500] * 9
    zhang.says("在吗")
    assert len(webhook.heard) == 4
    assert "given up" in world.exchanges[-1].note


def test_an_answer_that_comes_too_late_is_not_heard(
    service: Service, webhook: Webhook, clock: Clock
) -> None:
    hasty = create_world(service.url, clock, reply_limit=timedelta(seconds=0.2))
    zhang = hasty.phone("zhangsan")
    webhook.naps = [0.4]
    webhook.answer = lambda _heard: text_reply(f"第 {len(webhook.heard)} 次")
    zhang.says("在吗")
    assert webhook.texts == ["在吗", "在吗"]
    assert zhang.messages[-1].text == "第 2 次"


def test_a_webhook_that_is_down_is_recorded(clock: Clock) -> None:
    world = create_world("http://127.0.0.1:9/wecom/callback", clock)
    world.phone("lisi").says("在吗")
    assert [one.attempt for one in world.exchanges] == [1, 2, 3, 4]
    assert "no answer" in world.exchanges[0].note


def test_a_long_passive_reply_is_cut_in_silence(zhang: Phone, webhook: Webhook) -> None:
    webhook.answer = lambda _heard: text_reply("字" * 1000)
    zhang.says("在吗")
    assert zhang.messages[-1].text == "字" * 682


def test_an_answer_that_cannot_be_read_is_not_heard(
    zhang: Phone, webhook: Webhook, world: World
) -> None:
    webhook.answer = lambda _heard: "not xml at all"
    zhang.says("在吗")
    assert len(zhang.messages) == 1
    assert "unreadable" in world.exchanges[-1].note


def test_media_links_and_voice_arrive(zhang: Phone, webhook: Webhook, world: World) -> None:
    zhang.sends_image(PNG, "现场.png")
    zhang.sends_voice(b"#!AMR\n\0\0\0")
    zhang.sends_link("标题", "摘要", "https://example.gov.cn/1")
    zhang.sends_file(b"%PDF-1.7", "通知.pdf")
    image, voice, link, file = webhook.heard
    stored = world.media.get(image["MediaId"])
    assert stored is not None
    assert stored.content == PNG
    assert image["PicUrl"].endswith(stored.media_id)
    assert (voice["MsgType"], voice["Format"]) == ("voice", "amr")
    assert (link["Title"], link["Url"]) == ("标题", "https://example.gov.cn/1")
    assert (file["MsgType"], file["FileName"]) == ("file", "通知.pdf")
    assert [one.text.split("\n")[0] for one in zhang.messages] == [
        "[图片] 现场.png",
        "[语音] voice.amr",
        "标题",
        "[文件] 通知.pdf",
    ]


def test_a_file_may_also_arrive_as_an_empty_text(zhang: Phone, webhook: Webhook) -> None:
    zhang.sends_file(b"%PDF-1.7", "通知.pdf", arrives_as="text")
    assert (webhook.heard[0]["MsgType"], webhook.heard[0]["Content"]) == ("text", "")


def test_menu_and_entering_are_events_that_can_be_answered(zhang: Phone, webhook: Webhook) -> None:
    webhook.answer = lambda heard: text_reply(heard["Event"])
    zhang.opens_menu("help")
    zhang.enters()
    click, enter = webhook.heard
    assert (click["MsgType"], click["EventKey"], click["MsgId"]) == ("event", "help", "")
    assert enter["EventKey"] == ""
    assert [message.text for message in zhang.messages] == ["click", "enter_agent"]


def test_userids_have_no_case_and_unknown_ones_are_named(world: World, zhang: Phone) -> None:
    zhang.says("在吗")
    assert len(world.phone("ZHANGSAN").messages) == 1
    with pytest.raises(UnknownAccountError, match="nobody"):
        world.phone("nobody")


def test_the_raw_view_shows_both_sides_of_the_encryption(
    zhang: Phone, webhook: Webhook, world: World
) -> None:
    webhook.answer = lambda _heard: text_reply("好的")
    zhang.says("在吗")
    [exchange] = world.exchanges
    assert "在吗" in exchange.request
    assert "<Encrypt>" in exchange.sealed
    assert "在吗" not in exchange.sealed
    assert "好的" in exchange.response
    assert exchange.status == 200


def test_an_injected_reply_cannot_forge_a_kind(zhang: Phone, webhook: Webhook) -> None:
    def answer(_heard: Heard) -> str:
        return text_reply("x]]></Content><MsgType><![CDATA[image")

    webhook.answer = answer
    zhang.says("在吗")
    assert zhang.messages[-1].kind == "text"


def test_pictures_and_articles_may_be_passive_replies(
    zhang: Phone, webhook: Webhook, world: World
) -> None:
    picture = world.media.put("image", "现场.png", PNG)
    article: Fields = [
        ("Title", "标题"),
        ("Description", "摘要"),
        ("Url", "https://example.gov.cn"),
    ]
    replies: list[Fields] = [
        [("MsgType", "image"), ("Image", [("MediaId", picture.media_id)])],
        [("MsgType", "news"), ("ArticleCount", 1), ("Articles", [("item", article)])],
        [("MsgType", "image"), ("Image", [("MediaId", "unknown")])],
        [("MsgType", "markdown"), ("Content", "**no**")],
    ]
    webhook.answer = lambda _heard: to_xml(replies.pop(0))
    for _ in range(4):
        zhang.enters()
    assert [message.text for message in zhang.messages] == [
        "[图片] 现场.png",
        "标题\n摘要\nhttps://example.gov.cn",
    ]


def test_a_new_account_has_a_phone(world: World, webhook: Webhook) -> None:
    world.add_account(Account(userid="zhaoliu", name="赵六"))
    world.phone("zhaoliu").says("在吗")
    assert webhook.texts == ["在吗"]
