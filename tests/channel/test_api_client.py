import json
import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.channel import errors
from bot.channel.client import ApiSettings, WeComClient
from bot.channel.errors import REMEDIES, error_for
from bot.channel.port import ChannelError, Contact, Media, Remedy
from bot.channel.transport import Transport
from storage.vocabulary import UserId

from .scripted import Answer, ScriptedWeCom, refuses, says

QUICK = httpx.Timeout(0.2)
ALICE = UserId("alice")


def settings_for(url: str) -> ApiSettings:
    return ApiSettings(corp_id="corp", agent_id=7, secret="s", api_base_url=url)  # noqa: S106


@pytest.fixture
def client(wecom: ScriptedWeCom) -> Iterator[WeComClient]:
    settings = settings_for(wecom.url)
    transport = Transport(wecom.url, QUICK)
    with closing(WeComClient(settings, None, transport)) as client:
        yield client


@pytest.mark.parametrize("end", ["", "/", "/cgi-bin", "/cgi-bin/"])
def test_the_base_address_is_taken_in_every_spelling(wecom: ScriptedWeCom, end: str) -> None:
    with closing(WeComClient(settings_for(wecom.url + end), None)) as client:
        client.recall("m1")
    assert [call.path for call in wecom.received] == ["gettoken", "message/recall"]
    assert wecom.received[0].params == {"corpid": "corp", "corpsecret": "s"}
    assert wecom.received[1].params == {"access_token": "token-1"}
    assert wecom.received[1].json == {"msgid": "m1"}


def test_a_message_goes_out_as_readable_json(client: WeComClient, wecom: ScriptedWeCom) -> None:
    wecom.script("message/send", says(msgid="m1"))
    assert client.send_message({"text": {"content": "春天\ud83d"}})["msgid"] == "m1"
    (call,) = wecom.calls("message/send")
    assert call.body.decode() == '{"text": {"content": "春天?"}}'


@pytest.mark.parametrize(
    ("answer", "sending", "asking"),
    [
        (says(errcode=45009), Remedy.WAIT, Remedy.WAIT),
        (says(errcode="60020"), Remedy.RECONFIGURE, Remedy.RECONFIGURE),
        (says(errcode=987_654), Remedy.RETRY, Remedy.RETRY),
        (says(errcode="?"), Remedy.RETRY, Remedy.RETRY),
        (Answer(b"", 500), Remedy.AMBIGUOUS, Remedy.RETRY),
        (Answer(b'{"errcode":0}', 502), Remedy.AMBIGUOUS, Remedy.RETRY),
        (Answer(b"<html>", 200), Remedy.RETRY, Remedy.RETRY),
        (Answer(b"[]", 200), Remedy.RETRY, Remedy.RETRY),
        (Answer(b"\xff", 404), Remedy.RETRY, Remedy.RETRY),
        (Answer(b"{}", delay_s=0.4), Remedy.AMBIGUOUS, Remedy.RETRY),
    ],
)
def test_each_failure_says_what_can_be_done(
    client: WeComClient, wecom: ScriptedWeCom, answer: Answer, sending: Remedy, asking: Remedy
) -> None:
    wecom.script("message/send", answer)
    wecom.script("user/get", answer)
    with pytest.raises(ChannelError) as sent:
        client.send_message({})
    with pytest.raises(ChannelError) as asked:
        client.user_get(ALICE)
    assert (sent.value.remedy, asked.value.remedy) == (sending, asking)
    assert len(wecom.calls("message/send")) == 1


def test_a_message_that_never_left_can_be_tried_again() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with closing(WeComClient(settings_for(url), None)) as client:
        with pytest.raises(ChannelError) as caught:
            client.send_message({})
        assert caught.value.remedy is Remedy.RETRY


def test_a_message_cut_off_after_sending_may_have_arrived(wecom: ScriptedWeCom) -> None:
    wecom.script("message/send", Answer(b"{}", headers={"Content-Length": "10"}))
    with closing(WeComClient(settings_for(wecom.url), None, Transport(wecom.url, QUICK))) as client:
        with pytest.raises(ChannelError) as caught:
            client.send_message({})
        assert caught.value.remedy is Remedy.AMBIGUOUS


def test_an_upload_carries_its_chinese_name_as_plain_utf8(
    client: WeComClient, wecom: ScriptedWeCom
) -> None:
    wecom.script("media/upload", says(type="file", media_id="m1", created_at="1"))
    assert client.upload_media("file", '第"12"期.docx', b"content") == "m1"
    (call,) = wecom.calls("media/upload")
    assert call.params["type"] == "file"
    expected = 'Content-Disposition: form-data; name="media"; filename="第%2212%22期.docx"\r\n'
    assert expected.encode() in call.body
    assert b"filename*" not in call.body
    assert b"\r\n\r\ncontent\r\n" in call.body


def test_an_upload_is_made_again_whole_when_its_token_was_refused(
    client: WeComClient, wecom: ScriptedWeCom
) -> None:
    wecom.script("media/upload", refuses(42001), says(media_id="m1"))
    client.upload_media("image", "a.png", b"x" * 100_000)
    sizes = [len(call.body) for call in wecom.calls("media/upload")]
    assert len(sizes) == 2
    assert sizes[0] == sizes[1] > 100_000


@pytest.mark.parametrize(
    ("disposition", "filename"),
    [
        ('attachment; filename="通知.docx"', "通知.docx"),
        ("attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5.docx", "通知.docx"),
        ("attachment; filename=a.json", "a.json"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\a.txt"', "a.txt"),
        ("attachment", ""),
    ],
)
def test_a_file_is_fetched_with_its_bare_name(
    client: WeComClient, wecom: ScriptedWeCom, disposition: str, filename: str
) -> None:
    content = b'{"errcode": 40007}'  # a member may well send a file of JSON
    headers = {"Content-Type": "text/x", "Content-Disposition": disposition}
    wecom.script("media/get", Answer(content, headers=headers))
    fetched = client.get_media("m1")
    assert fetched == Media(filename=filename, content_type="text/x", content=content)
    assert wecom.calls("media/get")[0].params["media_id"] == "m1"


def test_an_error_instead_of_a_file_is_an_error_although_its_status_is_200(
    client: WeComClient, wecom: ScriptedWeCom
) -> None:
    wecom.script("media/get", refuses(42001), refuses(40007))
    with pytest.raises(ChannelError) as caught:
        client.get_media("m1")
    assert (caught.value.code, caught.value.remedy) == (40007, Remedy.MEDIA)
    assert len(wecom.calls("gettoken")) == 2


def test_members_and_departments_are_listed(client: WeComClient, wecom: ScriptedWeCom) -> None:
    wecom.script("department/simplelist", says(department_id=[{"id": 1}, {"id": 2}]))
    user = {"userid": "Alice", "name": "爱丽丝", "department": [1, 2]}
    wecom.script("user/simplelist", says(userlist=[user]))
    assert client.department_simplelist() == [1, 2]
    contact = Contact(userid=ALICE, name="爱丽丝", departments=(1, 2))
    assert client.user_simplelist(1) == [contact]
    assert wecom.calls("user/simplelist")[0].params["department_id"] == "1"


@pytest.mark.parametrize("name", ["userid", "UserId"])
def test_a_member_who_logged_in_is_known(
    client: WeComClient, wecom: ScriptedWeCom, name: str
) -> None:
    wecom.script("auth/getuserinfo", says(**{name: "Alice"}))
    assert client.getuserinfo("code") == ALICE


def test_a_stranger_who_logged_in_is_refused(client: WeComClient, wecom: ScriptedWeCom) -> None:
    wecom.script("auth/getuserinfo", says(openid="o"))
    with pytest.raises(ChannelError) as caught:
        client.getuserinfo("code")
    assert caught.value.remedy is Remedy.RECIPIENT


def test_the_log_in_address_is_what_wecom_asks_for(client: WeComClient) -> None:
    url = urlsplit(client.oauth_url("https://bot.example.cn/login?next=/a b", "aB1"))
    assert (url.netloc, url.path) == ("open.weixin.qq.com", "/connect/oauth2/authorize")
    assert url.fragment == "wechat_redirect"
    assert parse_qs(url.query) == {
        "appid": ["corp"],
        "redirect_uri": ["https://bot.example.cn/login?next=/a b"],
        "response_type": ["code"],
        "scope": ["snsapi_base"],
        "state": ["aB1"],
        "agentid": ["7"],
    }


@pytest.mark.parametrize("state", ["", "a-b", "a" * 129, "状态", "a\n"])
def test_a_state_that_would_not_come_back_is_refused(client: WeComClient, state: str) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        client.oauth_url("https://bot.example.cn", state)


def test_the_secret_and_the_token_stay_out_of_the_logs(
    client: WeComClient, wecom: ScriptedWeCom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wecom.script("user/get", refuses(60111))
    with pytest.raises(ChannelError) as caught:
        client.user_get(ALICE)
    assert "corpsecret" not in caplog.text
    assert "token-1" not in caplog.text + str(caught.value)


def test_each_code_has_one_remedy_and_an_unknown_one_can_be_tried_again() -> None:
    listed = [code for codes in errors._CODES.values() for code in codes]
    assert len(listed) == len(set(listed)) == len(REMEDIES)
    assert error_for(60140, "used").remedy is Remedy.CARD_CODE
    assert error_for(40007, "gone").remedy is Remedy.MEDIA
    assert error_for(81013, "nobody").remedy is Remedy.RECIPIENT
    assert error_for(42035, "card").remedy is Remedy.PAYLOAD
    assert error_for(1, "new").remedy is Remedy.RETRY
    assert json.dumps(sorted(REMEDIES))
