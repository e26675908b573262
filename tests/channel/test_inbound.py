import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.inbound import (
    ActivityAlert,
    ApprovalEvent,
    BatchJobEvent,
    CardEvent,
    ContactEvent,
    Event,
    FileMessage,
    ImageMessage,
    Inbound,
    LinkMessage,
    LocationEvent,
    LocationMessage,
    PicturesEvent,
    PlaceEvent,
    ScanEvent,
    Selection,
    TextMessage,
    UnknownEvent,
    UnknownMessage,
    VideoMessage,
    VoiceMessage,
    WorkbenchEvent,
    parse,
)
from bot.channel.refusals import EnvelopeError, Refusal

from .vectors import event, text_message

NOON = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = {"key", "sender", "agent_id", "created_at", "msg_id", "event", "event_key"}


def message(msg_type: str, body: str) -> bytes:
    plain = text_message().replace("[text]", f"[{msg_type}]")
    return re.sub("<Content>.*</Content>", lambda _: body, plain).encode()


def own_fields(value: Inbound) -> dict[str, object]:
    """What *value* says beyond what every message or event says."""
    names = {field.name for field in fields(value)}
    return {name: getattr(value, name) for name in names - HEAD}


def test_a_text_says_who_when_where_and_what() -> None:
    inbound = parse(text_message("投稿\n春天来了", msg_id="42").encode())
    assert isinstance(inbound, TextMessage)
    assert inbound.sender == "alice"  # WeCom does not tell Alice from alice
    assert inbound.created_at == NOON
    assert inbound.agent_id == 1000002
    assert inbound.msg_id == "42"
    assert inbound.content == "投稿\n春天来了"
    assert inbound.accepts_reply


@given(st.text())
def test_a_text_arrives_as_it_was_typed(content: str) -> None:
    """All but what XML itself cannot carry: control characters go, line ends become one kind."""
    inbound = parse(text_message(content).encode())
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", content)
    assert isinstance(inbound, TextMessage)
    assert inbound.content == kept.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "content", ["  两端空格  ", "\n\n一\n\n二\n", "]]>", "<!DOCTYPE html>", "👍🏽&amp;"]
)
def test_nothing_is_trimmed_or_taken_for_markup(content: str) -> None:
    inbound = parse(text_message(content).encode())
    assert isinstance(inbound, TextMessage)
    assert inbound.content == content


@pytest.mark.parametrize(
    ("msg_type", "body", "kind", "expected"),
    [
        (
            "image",
            "<PicUrl>http://p</PicUrl><MediaId>m</MediaId>",
            ImageMessage,
            {"picture_url": "http://p", "media_id": "m"},
        ),
        (
            "voice",
            "<MediaId>m</MediaId><Format>amr</Format>",
            VoiceMessage,
            {"media_id": "m", "format": "amr"},
        ),
        (
            "video",
            "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>",
            VideoMessage,
            {"media_id": "m", "thumb_media_id": "t"},
        ),
        (
            "location",
            (
                "<Location_X>23.5</Location_X><Location_Y>113.25</Location_Y><Scale>20</Scale>"
                "<Label>广场</Label><AppType>wxwork</AppType>"
            ),
            LocationMessage,
            {
                "latitude": 23.5,
                "longitude": 113.25,
                "scale": 20,
                "label": "广场",
                "app_type": "wxwork",
            },
        ),
        (
            "location",
            "<Location_X>nan</Location_X><Scale/>",
            LocationMessage,
            {"latitude": None, "longitude": None, "scale": None, "label": "", "app_type": ""},
        ),
        (
            "link",
            "<Title>t</Title><Description>d</Description><Url>u</Url><PicUrl>p</PicUrl>",
            LinkMessage,
            {"title": "t", "description": "d", "url": "u", "picture_url": "p"},
        ),
        (
            "file",
            "<MediaId>m</MediaId><FileName>通知.docx</FileName>",
            FileMessage,
            {"media_id": "m", "filename": "通知.docx"},
        ),
        (
            "file",
            "<MediaId>m</MediaId><Title>通知.docx</Title>",
            FileMessage,
            {"media_id": "m", "filename": "通知.docx"},
        ),
    ],
)
def test_every_kind_of_message_keeps_its_fields(
    msg_type: str, body: str, kind: type, expected: dict[str, object]
) -> None:
    inbound = parse(message(msg_type, body))
    assert type(inbound) is kind
    assert own_fields(inbound) == expected


def test_an_unknown_message_is_kept_whole() -> None:
    xml = message("chatrecord", "<Item>x</Item>")
    inbound = parse(xml)
    assert isinstance(inbound, UnknownMessage)
    assert (inbound.msg_type, inbound.raw) == ("chatrecord", xml.decode())


@pytest.mark.parametrize(
    ("xml", "kind", "expected"),
    [
        (event("subscribe", "<EventKey/>"), Event, {}),
        (event("switch_workbench_mode", "<Mode>1</Mode>"), WorkbenchEvent, {"mode": "1"}),
        (
            event(
                "LOCATION",
                "<Latitude>23.5</Latitude><Longitude>113.25</Longitude>"
                "<Precision>65.0</Precision><AppType>wxwork</AppType>",
            ),
            LocationEvent,
            {"latitude": 23.5, "longitude": 113.25, "precision": 65.0, "app_type": "wxwork"},
        ),
        (
            event(
                "scancode_waitmsg",
                "<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></ScanCodeInfo>",
            ),
            ScanEvent,
            {"scan_type": "qrcode", "scan_result": "1"},
        ),
        (event("scancode_push"), ScanEvent, {"scan_type": "", "scan_result": ""}),
        (
            event(
                "pic_weixin",
                "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
                "<item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>",
            ),
            PicturesEvent,
            {"count": 2, "md5s": ("a", "b")},
        ),
        (
            event(
                "location_select",
                "<SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y>"
                "<Scale>15</Scale><Label>路</Label><Poiname>局</Poiname></SendLocationInfo>"
                "<AppType>wxwork</AppType>",
            ),
            PlaceEvent,
            {
                "latitude": 23.0,
                "longitude": 113.0,
                "scale": 15,
                "label": "路",
                "place": "局",
                "app_type": "wxwork",
            },
        ),
        (
            event(
                "batch_job_result",
                "<BatchJob><JobId>j</JobId><JobType>sync_user</JobType><ErrCode>0</ErrCode>"
                "<ErrMsg>ok</ErrMsg></BatchJob>",
            ),
            BatchJobEvent,
            {"job_id": "j", "job_type": "sync_user", "error_code": 0, "error_message": "ok"},
        ),
        (
            event("inactive_alert", "<EffectTime>1767225600</EffectTime>"),
            ActivityAlert,
            {"effective_at": NOON},
        ),
    ],
)
def test_every_kind_of_event_keeps_its_fields(
    xml: bytes, kind: type, expected: dict[str, object]
) -> None:
    inbound = parse(xml)
    assert type(inbound) is kind
    assert own_fields(inbound) == expected


@pytest.mark.parametrize(("ids", "one"), [("OptionIds", "OptionId"), ("OpitonIds", "OpitonId")])
@pytest.mark.parametrize("options", [("a",), ("a", "b"), ()])
def test_a_card_press_is_read_in_both_spellings_with_one_or_many_choices(
    ids: str, one: str, options: tuple[str, ...]
) -> None:
    chosen = "".join(f"<{one}>{option}</{one}>" for option in options)
    item = f"<SelectedItem><QuestionKey>q</QuestionKey><{ids}>{chosen}</{ids}></SelectedItem>"
    for count in (1, 2):
        pressed = parse(
            event(
                "template_card_event",
                "<EventKey>approve:7</EventKey><TaskId>t</TaskId><CardType>vote</CardType>"
                f"<ResponseCode>c</ResponseCode><SelectedItems>{item * count}</SelectedItems>",
            )
        )
        assert isinstance(pressed, CardEvent)
        assert pressed.event_key == "approve:7"
        assert (pressed.task_id, pressed.card_type, pressed.response_code) == ("t", "vote", "c")
        assert pressed.selections == (Selection(question_key="q", option_ids=options),) * count
        assert not pressed.accepts_reply


def test_a_card_menu_press_and_an_old_task_card_are_card_presses() -> None:
    for name in ("template_card_menu_event", "taskcard_click"):
        pressed = parse(event(name, "<TaskId>t</TaskId>").replace(b"AgentID", b"AgentId"))
        assert isinstance(pressed, CardEvent)
        assert (pressed.task_id, pressed.selections, pressed.agent_id) == ("t", (), 1000002)


def test_a_change_in_the_address_book_keeps_every_plain_field() -> None:
    change = parse(
        event(
            "change_contact",
            "<ChangeType>update_user</ChangeType><UserID>a</UserID><NewUserID>b</NewUserID>"
            "<Department>1,2</Department><Position>科长</Position><ExtAttr><Item/></ExtAttr>",
            sender="sys",
        )
    )
    assert isinstance(change, ContactEvent)
    assert (change.change_type, change.userid, change.new_userid) == ("update_user", "a", "b")
    assert change.departments == "1,2"
    assert dict(change.details)["Position"] == "科长"


@pytest.mark.parametrize(
    ("step", "userid"), [("approverstep", "ItemUserId"), ("ApproverStep", "ItemUserid")]
)
def test_an_approval_of_the_app_is_read_in_both_spellings(step: str, userid: str) -> None:
    change = parse(
        event(
            "open_approval_change",
            "<ApprovalInfo><ThirdNo>2018</ThirdNo><OpenSpName>付款</OpenSpName>"
            "<OpenTemplateId>9</OpenTemplateId><OpenSpStatus>1</OpenSpStatus>"
            "<ApplyTime>1767225600</ApplyTime><ApplyUserName>小明</ApplyUserName>"
            "<ApplyUserId>m</ApplyUserId><ApplyUserParty>部</ApplyUserParty><ApplyUserImage>i"
            "</ApplyUserImage><ApprovalNodes><ApprovalNode><NodeStatus>1</NodeStatus><NodeAttr>2"
            f"</NodeAttr><NodeType>3</NodeType><Items><Item><ItemName>红</ItemName><{userid}>h"
            f"</{userid}><ItemStatus>2</ItemStatus><ItemSpeech>同意</ItemSpeech><ItemOpTime>0"
            "</ItemOpTime></Item></Items></ApprovalNode></ApprovalNodes><NotifyNodes><NotifyNode>"
            f"<{userid}>g</{userid}></NotifyNode></NotifyNodes><{step}>0</{step}></ApprovalInfo>",
            sender="sys",
        )
    )
    assert isinstance(change, ApprovalEvent)
    approval = change.approval
    assert (approval.number, approval.name, approval.status) == ("2018", "付款", 1)
    assert (approval.applied_at, approval.applicant.userid, approval.step) == (NOON, "m", 0)
    (node,) = approval.nodes
    assert (node.status, node.attribute, node.kind) == (1, 2, 3)
    assert [(who.userid, who.speech, who.acted_at) for who in node.people] == [("h", "同意", None)]
    assert [who.userid for who in approval.notified] == ["g"]


def test_an_approval_of_the_approval_app_is_the_same_kind_of_thing() -> None:
    change = parse(
        event(
            "sys_approval_change",
            "<ApprovalInfo><SpNo>1</SpNo><SpName>请假</SpName><SpStatus>1</SpStatus>"
            "<Applyer><UserId>m</UserId><Party>2</Party></Applyer><SpRecord><SpStatus>1</SpStatus>"
            "<ApproverAttr>1</ApproverAttr><Details><Approver><UserId>h</UserId></Approver>"
            "<Speech>行</Speech><SpStatus>2</SpStatus><SpTime>1767225600</SpTime></Details>"
            "</SpRecord><Notifyer><UserId>g</UserId></Notifyer>"
            "<StatuChangeEvent>2</StatuChangeEvent></ApprovalInfo>",
        )
    )
    assert isinstance(change, ApprovalEvent)
    approval = change.approval
    assert (approval.number, approval.applicant.party, approval.change) == ("1", "2", 2)
    assert approval.nodes[0].people[0].acted_at == NOON
    assert approval.notified[0].userid == "g"


def test_an_unknown_event_is_kept_whole() -> None:
    xml = event("doc_change", "<DocId>1</DocId>")
    inbound = parse(xml)
    assert isinstance(inbound, UnknownEvent)
    assert (inbound.event, inbound.raw) == ("doc_change", xml.decode())


@pytest.mark.parametrize(
    ("name", "answered"),
    [
        *(("subscribe", True), ("enter_agent", True), ("LOCATION", True), ("click", True)),
        *(("view", True), ("view_miniprogram", True), ("scancode_waitmsg", True)),
        *(("template_card_menu_event", True), ("template_card_event", False)),
        *(("unsubscribe", False), ("scancode_push", False), ("pic_weixin", False)),
        *(("change_contact", False), ("no_such_event", False)),
    ],
)
def test_only_some_events_accept_a_reply(name: str, answered: bool) -> None:  # noqa: FBT001 - a table
    assert parse(event(name)).accepts_reply is answered


def test_a_retry_has_the_same_key_and_another_message_does_not() -> None:
    first = parse(text_message(msg_id="1").encode())
    assert first.key == parse(text_message(msg_id="1").encode()).key
    assert first.key != parse(text_message(msg_id="2").encode()).key
    assert re.fullmatch("msg:[0-9a-f]{40}", first.key)


def test_two_events_of_one_second_have_two_keys_and_a_retry_has_the_same() -> None:
    events = [
        event("enter_agent"),
        event("LOCATION", "<Latitude>1</Latitude>"),
        event("LOCATION", "<Latitude>2</Latitude>"),
        event("click", "<EventKey>a</EventKey>"),
        event("click", "<EventKey>b</EventKey>"),
        event("template_card_event", "<TaskId>t</TaskId><ResponseCode>1</ResponseCode>"),
        event("template_card_event", "<TaskId>t</TaskId><ResponseCode>2</ResponseCode>"),
        event("enter_agent", sender="bob"),
    ]
    keys = [parse(xml).key for xml in events]
    assert len(set(keys)) == len(events)
    assert keys == [parse(xml).key for xml in events]
    assert all(re.fullmatch("evt:[0-9a-f]{40}", key) for key in keys)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"", Refusal.NOT_XML),
        (b"<xml/>", Refusal.MISSING_ELEMENT),
        (text_message().replace("FromUserName", "Nobody").encode(), Refusal.MISSING_ELEMENT),
        (text_message().replace("1767225600", "").encode(), Refusal.MISSING_ELEMENT),
        (text_message().replace("1767225600", "noon").encode(), Refusal.BAD_VALUE),
        (text_message().replace("1767225600", "9" * 30).encode(), Refusal.BAD_VALUE),
        (
            text_message().replace("<MsgId>", "<Content>b</Content><MsgId>").encode(),
            Refusal.DOUBLED_ELEMENT,
        ),
        (b"<!DOCTYPE a>" + text_message().encode(), Refusal.DOCTYPE),
        (text_message().encode("gbk"), Refusal.NOT_UTF8),
    ],
)
def test_what_is_no_message_is_refused(xml: bytes, reason: Refusal) -> None:
    with pytest.raises(EnvelopeError) as caught:
        parse(xml)
    assert caught.value.reason is reason
