import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from bot.channel.cards import button_card
from bot.channel.client import ApiSettings, WeComClient
from bot.channel.port import Channel, ChannelError, Remedy, Sent
from bot.channel.uploads import Uploads
from bot.channel.wecom import WeComChannel, split_content
from handlers.kit.messages import (
    Button,
    ButtonCard,
    CardUpdate,
    Content,
    Document,
    Image,
    LinkCard,
    Markdown,
    Text,
)
from storage.vocabulary import UserId

from .scripted import ScriptedWeCom, refuses, says

ALICE, BOB = UserId("alice"), UserId("bob")
IMAGE = Image(sha256="ab12", filename="图.png")
DOCUMENT = Document(sha256="cd34", filename="通知.docx")
CARD = ButtonCard(
    card_id="task-1@7_x",
    source="信使",
    title="待审:12号",
    description="春天来了",
    facts=(("作者", "爱丽丝"), ("截止", "明天 12:00")),
    summary="摘要",
    buttons=(
        Button(label="同意", key="approve:7", style="primary"),
        Button(label="退回", key="return:7", style="danger"),
        Button(label="看全文", key="read:7"),
    ),
)


@pytest.fixture
def client(wecom: ScriptedWeCom) -> Iterator[WeComClient]:
    settings = ApiSettings(corp_id="c", agent_id=7, secret="s", api_base_url=wecom.url)  # noqa: S106
    with closing(WeComClient(settings, None)) as client:
        yield client


@pytest.fixture
def channel(client: WeComClient) -> WeComChannel:
    return WeComChannel(client, 7, lambda sha256: f"bytes of {sha256}".encode())


def sent_by(wecom: ScriptedWeCom) -> Any:
    return wecom.calls("message/send")[-1].json


def test_it_is_a_channel(channel: WeComChannel) -> None:
    promised: Channel = channel  # for mypy to judge
    assert promised is channel


@pytest.mark.parametrize(
    ("content", "msgtype", "payload"),
    [
        (Text(text="你好"), "text", {"content": "你好"}),
        (Markdown(text="**你好**"), "markdown", {"content": "**你好**"}),
        (
            LinkCard(
                title="题" * 130, description="文" * 600, url="https://x/y", button="查看详情吧"
            ),
            "textcard",
            {
                "title": "题" * 127 + "…",
                "description": "文" * 511 + "…",
                "url": "https://x/y",
                "btntxt": "查看详…",
            },
        ),
        (IMAGE, "image", {"media_id": "m1"}),
        (DOCUMENT, "file", {"media_id": "m1"}),
    ],
)
def test_each_content_becomes_its_message(
    channel: WeComChannel, wecom: ScriptedWeCom, content: Content, msgtype: str, payload: object
) -> None:
    wecom.script("media/upload", says(media_id="m1"))
    wecom.script("message/send", says(msgid="9", response_code="r"))
    answer = channel.send([ALICE, BOB], content, duplicate_check=False)
    assert answer == Sent(message_id="9", response_code="r")
    assert sent_by(wecom) == {
        "touser": "alice|bob",
        "agentid": 7,
        "msgtype": msgtype,
        msgtype: payload,
    }


def test_a_duplicate_check_is_asked_for_only_when_wanted(
    channel: WeComChannel, wecom: ScriptedWeCom
) -> None:
    channel.send([ALICE], Text(text="催办 12号"), duplicate_check=True)
    assert sent_by(wecom)["enable_duplicate_check"] == 1
    assert sent_by(wecom)["duplicate_check_interval"] == 1800


@pytest.mark.parametrize(
    ("fields", "unreached"),
    [
        ({}, set()),
        ({"invaliduser": "", "unlicenseduser": None}, set()),
        ({"invaliduser": "Alice|bob", "unlicenseduser": "Carol"}, {"alice", "bob", "carol"}),
        ({"invaliduser": ["Alice"], "invalidparty": "1"}, {"alice"}),
    ],
)
def test_those_who_were_not_reached_are_told_although_the_message_was_accepted(
    channel: WeComChannel, wecom: ScriptedWeCom, fields: dict[str, Any], unreached: set[str]
) -> None:
    wecom.script("message/send", says(**fields))
    answer = channel.send([ALICE, BOB], Text(text="x"), duplicate_check=False)
    assert answer.unreached == unreached


def test_that_nobody_can_be_reached_is_no_error(
    channel: WeComChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script("message/send", refuses(81013))
    answer = channel.send([UserId("Alice"), BOB], Text(text="x"), duplicate_check=False)
    assert answer == Sent(unreached=frozenset({ALICE, BOB}))


@pytest.mark.parametrize(
    "recipients", [[], ["u"] * 1001, ["@all"], ["@ALL"], ["alice|bob"], [""]], ids=repr
)
def test_recipients_are_one_to_a_thousand_members_and_never_all(
    channel: WeComChannel, wecom: ScriptedWeCom, recipients: list[str]
) -> None:
    with pytest.raises(ValueError, match="recipient"):
        channel.send(list(map(UserId, recipients)), Text(text="x"), duplicate_check=False)
    assert wecom.received == []


@pytest.mark.parametrize(
    "content",
    [
        Text(text=""),
        Text(text="汉" * 683),
        Markdown(text="x" * 2049),
        LinkCard(title="", description="d", url="https://x"),
        LinkCard(title="t", description="d", url="x.cn"),
        LinkCard(title="t", description="d", url="https://x/" + "y" * 2048),
        CardUpdate(label="已通过", card="row"),
        CardUpdate(label="", response_code="r"),
    ],
    ids=lambda content: f"{content.type} {len(repr(content))}",
)
def test_what_wecom_would_cut_or_refuse_is_not_sent(
    channel: WeComChannel, wecom: ScriptedWeCom, content: Content
) -> None:
    with pytest.raises(ValueError, match=r"text|link card|card is"):
        channel.send([ALICE], content, duplicate_check=False)
    assert wecom.received == []


def test_a_long_text_is_sent_in_parts(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    content = Text(text="一行字\n" * 500)
    parts = split_content(content)
    for part in parts:
        channel.send([ALICE], part, duplicate_check=False)
    said = [call.json["text"]["content"] for call in wecom.calls("message/send")]
    assert "".join(said) == content.text
    assert len(said) == 3
    assert split_content(Markdown(text="a")) == [Markdown(text="a")]
    assert split_content(CARD) == [CARD]


def test_a_file_is_uploaded_once(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    wecom.script("media/upload", says(media_id="m1"))
    for _ in range(2):
        channel.send([ALICE], DOCUMENT, duplicate_check=False)
    (upload,) = wecom.calls("media/upload")
    assert b"bytes of cd34" in upload.body
    assert upload.params["type"] == "file"


def test_a_forgotten_media_id_is_replaced_once(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    wecom.script("media/upload", says(media_id="m1"), says(media_id="m2"))
    wecom.script("message/send", refuses(40007), says(msgid="9"))
    assert channel.send([ALICE], IMAGE, duplicate_check=False).message_id == "9"
    assert sent_by(wecom)["image"] == {"media_id": "m2"}


def test_a_media_id_that_is_never_good_costs_two_attempts(
    channel: WeComChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script("media/upload", says(media_id="m1"))
    wecom.script("message/send", refuses(40007))
    with pytest.raises(ChannelError) as caught:
        channel.send([ALICE], IMAGE, duplicate_check=False)
    assert caught.value.remedy is Remedy.MEDIA
    assert len(wecom.calls("message/send")) == len(wecom.calls("media/upload")) == 2


def test_a_media_id_is_used_for_less_than_three_days(
    client: WeComClient, wecom: ScriptedWeCom
) -> None:
    wecom.script("media/upload", says(media_id="m1"), says(media_id="m2"))
    seconds = 0.0
    uploads = Uploads(client, lambda _: b"123456", monotonic=lambda: seconds)
    assert uploads.media_id(IMAGE) == "m1"
    seconds += 2 * 86_400
    assert uploads.media_id(IMAGE) == "m1"
    seconds += 86_400
    assert uploads.media_id(IMAGE) == "m2"


def test_a_card_shows_what_it_asks(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    channel.send([ALICE], CARD, duplicate_check=False)
    assert sent_by(wecom)["template_card"] == {
        "card_type": "button_interaction",
        "source": {"desc": "信使"},
        "main_title": {"title": "待审:12号", "desc": "春天来了"},
        "sub_title_text": "摘要",
        "task_id": "task-1@7_x",
        "horizontal_content_list": [
            {"keyname": "作者", "value": "爱丽丝"},
            {"keyname": "截止", "value": "明天 12:00"},
        ],
        "button_list": [
            {"text": "同意", "style": 1, "key": "approve:7"},
            {"text": "退回", "style": 2, "key": "return:7"},
            {"text": "看全文", "style": 3, "key": "read:7"},
        ],
    }


def test_a_card_clips_what_would_not_be_shown() -> None:
    wordy = CARD.model_copy(
        update={
            "title": "题" * 50,
            "description": "述" * 50,
            "facts": (("六个字的名字", "值" * 31),),
        }
    )
    card = button_card(wordy)
    assert card["main_title"] == {"title": "题" * 35 + "…", "desc": "述" * 43 + "…"}
    assert card["horizontal_content_list"] == [{"keyname": "六个字的…", "value": "值" * 29 + "…"}]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"title": ""}, "title"),
        ({"card_id": "任务"}, "card id"),
        ({"card_id": "x" * 129}, "card id"),
        ({"card_id": "x\n"}, "card id"),
        ({"facts": (("a", "b"),) * 7}, "6 facts"),
        ({"facts": (("", "b"),)}, "has a name"),
        ({"buttons": ()}, "6 buttons"),
        ({"buttons": tuple(Button(label="x", key=str(n)) for n in range(7))}, "6 buttons"),
        ({"buttons": (Button(label="", key="a"),)}, "label"),
        ({"buttons": (Button(label="x", key="汉" * 342),)}, "1,024"),
        ({"buttons": (Button(label="x", key="a"),) * 2}, "share a key"),
    ],
    ids=repr,
)
def test_a_card_that_wecom_would_refuse_is_refused_here(change: dict[str, Any], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        button_card(CARD.model_copy(update=change))


def test_a_card_is_updated_by_its_code(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    update = CardUpdate(label="已通过", response_code="r")
    assert channel.send([ALICE, BOB], update, duplicate_check=False) == Sent()
    assert [call.json for call in wecom.calls("message/update_template_card")] == [
        {
            "userids": ["alice", "bob"],
            "agentid": 7,
            "response_code": "r",
            "button": {"replace_name": "已通过"},
        }
    ]


def test_a_used_card_code_says_so(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    wecom.script("message/update_template_card", refuses(60140))
    with pytest.raises(ChannelError) as caught:
        channel.update_card([ALICE], "r", "已通过")
    assert caught.value.remedy is Remedy.CARD_CODE


def test_the_contacts_of_all_departments_are_listed_once(
    channel: WeComChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script("department/simplelist", says(department_id=[{"id": 1}, {"id": 2}]))
    alice, bob = ({"userid": name, "name": name, "department": [1]} for name in ("Alice", "bob"))
    wecom.script("user/simplelist", says(userlist=[alice]), says(userlist=[alice, bob]))
    assert [contact.userid for contact in channel.contacts()] == [ALICE, BOB]


def test_a_menu_is_published(channel: WeComChannel, wecom: ScriptedWeCom) -> None:
    channel.publish_menu([("写稿", (("投稿", "submit"), ("我的稿件", "mine")))])
    (call,) = wecom.calls("menu/create")
    assert call.params["agentid"] == "7"
    assert json.loads(call.body) == {
        "button": [
            {
                "name": "写稿",
                "sub_button": [
                    {"type": "click", "name": "投稿", "key": "submit"},
                    {"type": "click", "name": "我的稿件", "key": "mine"},
                ],
            }
        ]
    }


ENTRY = ("投稿", "submit")


@pytest.mark.parametrize(
    ("menu", "fault"),
    [
        ([], "columns"),
        ([("写稿", (ENTRY,))] * 4, "columns"),
        ([("写稿", ())], "entries under 写稿"),
        ([("写稿", (ENTRY,) * 6)], "entries under 写稿"),
        ([("六个汉字太长", (ENTRY,))], "'六个汉字太长' .* 18 bytes"),
        ([("写稿", (("汉" * 14, "k"),))], "42 bytes"),
        ([("写稿", (("投稿", "k" * 129),))], "129 bytes"),
        ([("写稿", (("投稿", ""),))], "0 bytes"),
    ],
    ids=["none", "four", "empty", "six", "column name", "entry name", "key", "no key"],
)
def test_a_menu_beyond_the_limits_names_its_fault(
    channel: WeComChannel, wecom: ScriptedWeCom, menu: list[Any], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        channel.publish_menu(menu)
    assert wecom.received == []
