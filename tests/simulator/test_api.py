"""The server API and its limits, each as one line of a table."""

from typing import Any

import httpx
import pytest

from bot.simulator import Phone, World

from .kit import AGENT_ID, CAST, CORP_ID, PNG, SECRET, Api, Clock, button_card

URL = "https://example.gov.cn/1"


def options(count: int) -> list[dict[str, str]]:
    return [{"id": str(number), "text": "选项"} for number in range(count)]


def buttons(count: int) -> list[dict[str, str]]:
    return [{"text": "按", "key": str(number)} for number in range(count)]


@pytest.mark.parametrize(
    ("query", "errcode"),
    [
        ({"corpid": CORP_ID, "corpsecret": SECRET}, 0),
        ({"corpid": CORP_ID, "corpsecret": "wrong"}, 40001),
        ({"corpid": "wwother", "corpsecret": SECRET}, 40013),
        ({"corpsecret": SECRET}, 41002),
        ({"corpid": CORP_ID}, 41004),
    ],
)
def test_a_token_needs_corp_and_secret(api: Api, query: dict[str, str], errcode: int) -> None:
    assert api.get("gettoken", **query)["errcode"] == errcode


def test_a_token_lives_for_7200_seconds(api: Api, clock: Clock) -> None:
    clock.advance(seconds=7199)
    assert api.text("一")["errcode"] == 0
    clock.advance(seconds=1)
    assert api.text("二")["errcode"] == 42001
    assert api.log_in().text("三")["errcode"] == 0


def test_tokens_may_be_taken_back_early_made_up_or_missing(api: Api, world: World) -> None:
    world.tokens.revoke()
    assert api.text("一")["errcode"] == 40014
    api.token = "made-up"  # noqa: S105 - opens nothing
    assert api.text("一")["errcode"] == 40014
    api.token = ""
    assert api.text("一")["errcode"] == 41001


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"agentid": AGENT_ID + 1}, 301002),
        ({"agentid": str(AGENT_ID)}, 40056),
        ({"agentid": None}, 40056),
        ({"touser": ""}, 82001),
        ({"touser": "ghost|phantom"}, 81013),
        ({"touser": "|".join(["u"] * 1001)}, 40032),
        ({"toparty": "|".join(["1"] * 101)}, 82002),
        ({"totag": "|".join(["1"] * 101)}, 82003),
        ({"duplicate_check_interval": "long"}, 40035),
        ({"msgtype": "sticker"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"text": {}}, 44004),
        ({"text": "not an object"}, 40035),
    ],
)
def test_what_a_send_is_refused_for(api: Api, change: dict[str, Any], errcode: int) -> None:
    body = {
        "touser": "lisi",
        "agentid": AGENT_ID,
        "msgtype": "text",
        "text": {"content": "好"},
    }
    assert api.post("message/send", body | change)["errcode"] == errcode


@pytest.mark.parametrize(
    ("kind", "content", "errcode"),
    [
        ("markdown", {"content": "字" * 683}, 45002),
        ("textcard", {"description": "d", "url": URL}, 41016),
        ("textcard", {"title": "t", "url": URL}, 41033),
        ("textcard", {"title": "t", "description": "d", "url": "example.gov.cn"}, 40094),
        ("textcard", {"title": "t", "description": "d", "url": URL + "x" * 2048}, 40039),
        ("news", {"articles": []}, 45008),
        ("news", {"articles": [{"title": "t", "url": URL}] * 9}, 45008),
        ("news", {"articles": [{"url": URL}]}, 41016),
        ("image", {}, 41006),
        ("image", {"media_id": "unknown"}, 40007),
    ],
)
def test_what_contents_are_refused_for(
    api: Api, kind: str, content: dict[str, Any], errcode: int
) -> None:
    assert api.send(kind, content)["errcode"] == errcode


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"card_type": "poster"}, 42035),
        ({"main_title": None}, 41016),
        ({"main_title": "nested wrongly"}, 41016),
        ({"task_id": None}, 42036),
        ({"task_id": "has space"}, 42036),
        ({"task_id": "t" * 129}, 42036),
        ({"button_list": None}, 42038),
        ({"button_list": buttons(7)}, 42038),
        ({"button_list": [{"text": "", "key": "k"}]}, 42038),
        ({"button_list": [{"text": "按", "key": "k", "style": 5}]}, 42038),
        ({"button_list": [{"text": "看", "type": 1}]}, 42038),
        ({"button_list": [{"text": "按"}]}, 42039),
        ({"button_list": [{"text": "按", "key": "字" * 342}]}, 42039),
        ({"button_list": buttons(1) * 2}, 42039),
        ({"button_selection": {"question_key": "q", "option_list": options(11)}}, 42040),
        ({"action_menu": {"action_list": buttons(4)}}, 42043),
        ({"horizontal_content_list": [{"keyname": "k"}] * 7}, 42044),
        ({"horizontal_content_list": [{"value": "v"}]}, 42044),
        ({"horizontal_content_list": [{"keyname": "k", "type": 1}]}, 42044),
        ({"jump_list": [{"title": "t"}] * 4}, 42045),
        ({"card_type": "text_notice"}, 42042),
        ({"card_type": "news_notice", "card_action": {"type": 1, "url": URL}}, 42047),
        ({"card_type": "vote_interaction"}, 42040),
        (
            {
                "card_type": "vote_interaction",
                "checkbox": {"question_key": "q", "option_list": options(20)},
            },
            42041,
        ),
        ({"card_type": "multiple_interaction"}, 42040),
        ({"jump_list": [{"title": "t", "type": 1}]}, 42045),
        ({"button_selection": {"question_key": "q", "option_list": [{"id": "1"}]}}, 42040),
        (
            {
                "card_type": "multiple_interaction",
                "select_list": [{"question_key": "q", "option_list": options(10)}],
                "submit_button": {"text": "提交", "key": "s"},
            },
            0,
        ),
        ({"jump_list": "nested wrongly"}, 41016),
        ({"button_list": buttons(6)}, 0),
    ],
)
def test_what_cards_are_refused_for(api: Api, change: dict[str, Any], errcode: int) -> None:
    assert api.send("template_card", button_card(**change))["errcode"] == errcode


def test_a_task_id_is_never_used_again(api: Api) -> None:
    assert api.send("template_card", button_card("once"))["errcode"] == 0
    assert api.send("template_card", button_card("once"))["errcode"] == 42037


def test_a_refused_card_leaves_its_task_id_free(api: Api) -> None:
    api.send("template_card", button_card("once", button_list=None))
    assert api.send("template_card", button_card("once"))["errcode"] == 0


def test_a_text_is_cut_at_2048_bytes_even_inside_a_character(api: Api, zhang: Phone) -> None:
    api.text("字" * 683)
    assert zhang.messages[0].text == "字" * 682


def test_a_text_card_is_cut_in_silence(api: Api, zhang: Phone) -> None:
    card = {"title": "题" * 129, "description": "述" * 513, "url": URL, "btntxt": "查看更多内容"}
    api.send("textcard", card)
    payload = zhang.messages[0].payload
    assert [len(payload[name]) for name in ("title", "description", "btntxt")] == [128, 512, 4]


def test_who_does_not_exist_is_named_and_the_others_are_told(api: Api, zhang: Phone) -> None:
    reply = api.text("好", touser="ZHANGSAN|Ghost", toparty="99", totag="7")
    assert reply["errcode"] == 0
    assert (reply["invaliduser"], reply["invalidparty"]) == ("ghost", "99")
    assert reply["invalidtag"] == "7"
    assert [message.text for message in zhang.messages] == ["好"]


def test_a_department_and_everybody_can_be_told(api: Api, world: World) -> None:
    api.text("全局", touser="", toparty="2")
    api.text("全体", touser="@all")
    told = [[one.text for one in world.phone(account.userid).messages] for account in CAST]
    assert told == [["全局", "全体"], ["全局", "全体"], ["全体"]]


def test_more_than_30_a_minute_are_dropped_in_silence(
    api: Api, world: World, zhang: Phone, clock: Clock
) -> None:
    replies = [api.text(f"第 {number} 条", touser="zhangsan|lisi") for number in range(31)]
    assert {reply["errcode"] for reply in replies} == {0}
    assert len(zhang.messages) == 30
    assert [(one.userid, one.text, one.reason) for one in world.dropped] == [
        ("zhangsan", "第 30 条", "frequency"),
        ("lisi", "第 30 条", "frequency"),
    ]
    clock.advance(minutes=1)
    api.text("又一条")
    assert len(zhang.messages) == 31


def test_more_than_1000_an_hour_are_dropped_in_silence(
    api: Api, zhang: Phone, clock: Clock
) -> None:
    for _ in range(34):
        for number in range(30):
            api.text(str(number))
        clock.advance(minutes=1)
    assert len(zhang.messages) == 1000


def test_a_duplicate_is_accepted_and_not_shown(api: Api, zhang: Phone, clock: Clock) -> None:
    def remind() -> Any:
        return api.text("催办", enable_duplicate_check=1, duplicate_check_interval=600)

    remind()
    assert remind()["errcode"] == 0
    assert len(zhang.messages) == 1
    clock.advance(minutes=10)
    remind()
    assert len(zhang.messages) == 2


def test_a_repeated_card_with_duplicate_check_is_not_a_used_task_id(api: Api, zhang: Phone) -> None:
    for _ in range(2):
        assert api.send("template_card", button_card(), enable_duplicate_check=1)["errcode"] == 0
    assert len(zhang.messages) == 1


def test_without_the_check_the_same_text_comes_twice(api: Api, zhang: Phone) -> None:
    api.text("好的")
    api.text("好的")
    assert len(zhang.messages) == 2


@pytest.mark.parametrize(("hours", "errcode"), [(23, 0), (24, 40058)])
def test_a_message_can_be_recalled_for_a_day(
    api: Api, zhang: Phone, clock: Clock, hours: int, errcode: int
) -> None:
    msgid = api.text("发错了")["msgid"]
    clock.advance(hours=hours)
    assert api.log_in().post("message/recall", {"msgid": msgid})["errcode"] == errcode
    assert zhang.messages[0].recalled == (errcode == 0)


def upload(api: Api, kind: str, content: bytes, filename: str = "现场.png") -> Any:
    form = httpx.Request("POST", "http://localhost", files={"media": (filename, content)})
    return api.client.post(
        "/cgi-bin/media/upload",
        query_string={"access_token": api.token, "type": kind},
        data=form.read(),
        content_type=form.headers["content-type"],
    ).get_json()


@pytest.mark.parametrize(
    ("kind", "content", "errcode"),
    [
        ("image", PNG, 0),
        ("image", b"GIF89a..", 40004),
        ("image", PNG + b"\0" * (10 << 20), 45001),
        ("voice", b"#!AMR\n\0\0\0", 0),
        ("voice", b"RIFF....WAVE", 40004),
        ("video", b"\0\0\0\x18ftypmp42", 0),
        ("file", b"12345", 40006),
        ("file", b"123456", 0),
        ("poster", PNG, 40005),
    ],
)
def test_what_uploads_are_refused_for(api: Api, kind: str, content: bytes, errcode: int) -> None:
    assert upload(api, kind, content).get("errcode", 0) == errcode


def test_a_file_is_kept_for_three_days(api: Api, zhang: Phone, clock: Clock) -> None:
    media_id = upload(api, "image", PNG)["media_id"]
    assert api.send("image", {"media_id": media_id})["errcode"] == 0
    assert api.send("file", {"media_id": media_id})["errcode"] == 40007
    assert zhang.messages[0].text == "[图片] 现场.png"
    got = api.client.get(
        "/cgi-bin/media/get", query_string={"access_token": api.token, "media_id": media_id}
    )
    assert got.data == PNG
    disposition = got.headers["Content-Disposition"].encode("latin-1").decode()
    assert disposition == 'attachment; filename="现场.png"'
    clock.advance(days=3)
    assert api.log_in().get("media/get", media_id=media_id)["errcode"] == 40007
    assert api.send("image", {"media_id": media_id})["errcode"] == 40007


def test_contacts_can_be_read(api: Api) -> None:
    assert api.get("user/get", userid="ZHANGSAN")["userid"] == "zhangsan"
    assert api.get("user/get", userid="ghost")["errcode"] == 60111
    tree = api.get("department/simplelist")["department_id"]
    assert [(row["id"], row["parentid"]) for row in tree] == [(1, 0), (2, 1), (3, 2), (4, 2)]
    assert [row["id"] for row in api.get("department/simplelist", id=3)["department_id"]] == [3]
    [member] = api.get("user/simplelist", department_id=3)["userlist"]
    assert member == {"userid": "zhangsan", "name": "张三", "department": [3]}
    assert api.get("user/simplelist", department_id=99)["errcode"] == 60003


def test_a_login_code_works_once_for_five_minutes(api: Api, world: World, clock: Clock) -> None:
    code = world.login_code("ZhangSan")
    assert api.get("auth/getuserinfo", code=code)["userid"] == "zhangsan"
    assert api.get("auth/getuserinfo", code=code)["errcode"] == 42022
    late = world.login_code("lisi")
    clock.advance(minutes=5)
    assert api.get("auth/getuserinfo", code=late)["errcode"] == 42003
    assert api.get("auth/getuserinfo", code="made-up")["errcode"] == 40029


def click(name: str = "帮助", key: str = "help", **more: Any) -> dict[str, Any]:
    return {"type": "click", "name": name, "key": key, **more}


@pytest.mark.parametrize(
    ("menu", "errcode"),
    [
        ([click()], 0),
        ([], 40016),
        ([click()] * 4, 40016),
        ([click(type="dance")], 40017),
        ([click("信息宣传报送")], 40018),
        ([click(key="k" * 129)], 40019),
        ([{"type": "view", "name": "网页", "url": "u" * 1025}], 40020),
        ([{"name": "更多", "sub_button": [click(sub_button=[click()])]}], 40022),
        ([{"name": "更多", "sub_button": [click()] * 6}], 40023),
        ([{"name": "更多", "sub_button": [click(type="dance")]}], 40024),
        ([{"name": "更多", "sub_button": [click("字" * 14)]}], 40025),
        ([{"name": "更多", "sub_button": [click("字" * 13)]}], 0),
        ([{"name": "更多", "sub_button": [click(key="")]}], 40026),
        ([{"name": "更多", "sub_button": [{"type": "view", "name": "网页"}]}], 40027),
    ],
)
def test_what_menus_are_refused_for(api: Api, menu: Any, errcode: int) -> None:
    assert api.post("menu/create", {"button": menu}, agentid=AGENT_ID)["errcode"] == errcode


def test_a_menu_can_be_read_and_deleted(api: Api) -> None:
    api.post("menu/create", {"button": [click()]}, agentid=AGENT_ID)
    assert api.get("menu/get", agentid=AGENT_ID)["button"] == [click()]
    assert api.get("menu/get", agentid=1)["errcode"] == 301002
    assert api.get("menu/get")["errcode"] == 40056
    assert api.get("menu/delete", agentid=AGENT_ID)["errcode"] == 0
    assert api.get("menu/get", agentid=AGENT_ID)["errcode"] == 46003


def test_broken_json_and_the_wrong_verb_are_told_with_status_200(api: Api) -> None:
    broken = api.post("message/send", b"{broken", agentid=AGENT_ID)
    assert broken["errcode"] == 82001
    assert "wrong json format" in broken["errmsg"]
    assert api.get("message/send")["errcode"] == 43002
    assert api.post("getcallbackip", {})["errcode"] == 43001
    odd = api.send("news", {"articles": ["not an object"]})
    assert odd["errcode"] == 40035


def test_secrets_stay_out_of_the_record(api: Api, world: World) -> None:
    api.text("好")
    shown = " ".join(exchange.request + exchange.response for exchange in world.exchanges)
    assert SECRET not in shown
    assert api.token not in shown


def test_callback_addresses_can_be_asked_for(api: Api) -> None:
    assert api.get("getcallbackip")["ip_list"] == ["127.0.0.1"]


def test_a_call_that_is_made_too_often_is_refused(api: Api, world: World) -> None:
    for _ in range(10_000):
        assert world.admit_call("getcallbackip")
    assert api.get("getcallbackip")["errcode"] == 45009


def test_news_are_cut_in_silence(api: Api, zhang: Phone) -> None:
    api.send("news", {"articles": [{"title": "题" * 50, "url": URL}]})
    assert zhang.messages[0].text.split("\n")[0] == "题" * 42
