"""Cards on the phones: pressed, greyed, replaced, and their one-time codes."""

from typing import Any

import pytest

from bot.simulator import GreyedCardError, NoSuchButtonError, Phone, World

from .kit import AGENT_ID, Api, Clock, Webhook, button_card


def grey(api: Api, code: str, label: str = "已通过", **more: Any) -> Any:
    body = {"userids": ["ZhangSan"], "agentid": AGENT_ID, "response_code": code}
    return api.post(
        "message/update_template_card", body | {"button": {"replace_name": label}} | more
    )


def test_a_press_is_an_event_with_a_fresh_code_that_greys_the_card(
    api: Api, zhang: Phone, webhook: Webhook
) -> None:
    api.send("template_card", button_card())
    [card] = zhang.messages
    assert "[通过] [退回]" in card.text
    zhang.clicks(card, "通过")

    [event] = webhook.heard
    assert event["Event"] == "template_card_event"
    assert (event["EventKey"], event["TaskId"]) == ("approve", "task-1")
    assert event["CardType"] == "button_interaction"
    assert grey(api, event["ResponseCode"])["errcode"] == 0
    assert zhang.messages[0].card_state == "已通过"
    with pytest.raises(GreyedCardError):
        zhang.clicks(card, "退回")


def test_each_press_brings_another_code_and_each_code_works_once(
    api: Api, zhang: Phone, webhook: Webhook
) -> None:
    sent = api.send("template_card", button_card())
    zhang.clicks(zhang.messages[0], "通过")
    zhang.clicks(zhang.messages[0], "通过")
    codes = [sent["response_code"], *(heard["ResponseCode"] for heard in webhook.heard)]
    assert len(set(codes)) == 3
    assert [grey(api, code)["errcode"] for code in codes] == [0, 0, 0]
    assert [grey(api, code)["errcode"] for code in codes] == [60140, 60140, 60140]


@pytest.mark.parametrize(("hours", "errcode"), [(71.9, 0), (72, 60140)])
def test_a_code_lives_for_72_hours(api: Api, clock: Clock, hours: float, errcode: int) -> None:
    code = api.send("template_card", button_card())["response_code"]
    clock.advance(hours=hours)
    assert grey(api.log_in(), code)["errcode"] == errcode


def test_a_card_that_several_hold_is_greyed_for_those_named(api: Api, world: World) -> None:
    code = api.send("template_card", button_card(), touser="zhangsan|lisi")["response_code"]
    reply = grey(api, code, userids=["lisi", "Ghost"])
    assert reply["invaliduser"] == ["ghost"]
    assert world.phone("zhangsan").messages[0].card_state is None
    assert world.phone("lisi").messages[0].card_state == "已通过"


def test_a_card_can_be_replaced(api: Api, zhang: Phone) -> None:
    code = api.send("template_card", button_card())["response_code"]
    fresh = button_card(main_title={"title": "12号稿件已签发"}, replace_text="已签发")
    assert grey(api, code, template_card=fresh)["errcode"] == 0
    assert zhang.messages[0].card_state == "已签发"
    assert "12号稿件已签发" in zhang.messages[0].text


def test_an_update_that_is_refused_does_not_use_the_code_up(api: Api) -> None:
    code = api.send("template_card", button_card())["response_code"]
    assert grey(api, code, label="")["errcode"] == 40035
    assert grey(api, code)["errcode"] == 0


def test_a_notice_has_no_buttons_to_grey(api: Api) -> None:
    notice = button_card(
        card_type="text_notice",
        button_list=None,
        card_action={"type": 1, "url": "https://example.gov.cn"},
    )
    code = api.send("template_card", notice)["response_code"]
    assert grey(api, code)["errcode"] == 42046


def test_the_action_menu_is_another_event(api: Api, zhang: Phone, webhook: Webhook) -> None:
    menu = {"desc": "更多", "action_list": [{"text": "转办", "key": "forward"}]}
    api.send("template_card", button_card(action_menu=menu))
    zhang.clicks(zhang.messages[0], "转办")
    assert webhook.heard[0]["Event"] == "template_card_menu_event"
    assert webhook.heard[0]["EventKey"] == "forward"


def vote(mode: int) -> dict[str, Any]:
    return button_card(
        card_type="vote_interaction",
        button_list=None,
        checkbox={
            "question_key": "topic",
            "mode": mode,
            "option_list": [
                {"id": "a", "text": "一", "is_checked": True},
                {"id": "b", "text": "二"},
            ],
        },
        submit_button={"text": "提交", "key": "submit"},
    )


@pytest.mark.parametrize(
    ("selected", "chosen"), [(None, ["a"]), ({"topic": ["b"]}, ["b"]), ({"topic": ["a", "b"]}, 2)]
)
def test_what_was_chosen_comes_with_the_press(
    api: Api, zhang: Phone, webhook: Webhook, selected: Any, chosen: Any
) -> None:
    api.send("template_card", vote(1))
    zhang.clicks(zhang.messages[0], "提交", selected)
    xml = webhook.heard[0].xml
    assert webhook.heard[0]["SelectedItems/SelectedItem/QuestionKey"] == "topic"
    if chosen == 2:
        assert xml.count("<OptionId>") == 2
    else:
        assert webhook.heard[0]["SelectedItems/SelectedItem/OptionIds/OptionId"] == chosen[0]


def test_drop_downs_bring_their_preset_choice(api: Api, zhang: Phone, webhook: Webhook) -> None:
    selection = {
        "question_key": "level",
        "title": "等级",
        "selected_id": "2",
        "option_list": [{"id": "1", "text": "一般"}, {"id": "2", "text": "较大"}],
    }
    api.send("template_card", button_card(button_selection=selection))
    zhang.clicks(zhang.messages[0], "通过")
    assert webhook.heard[0]["SelectedItems/SelectedItem/OptionIds/OptionId"] == "2"


def test_what_a_card_does_not_offer_cannot_be_pressed_or_chosen(api: Api, zhang: Phone) -> None:
    api.send("template_card", vote(0))
    [card] = zhang.messages
    with pytest.raises(NoSuchButtonError):
        zhang.clicks(card, "通过")
    with pytest.raises(ValueError, match="no option"):
        zhang.clicks(card, "提交", {"topic": ["z"]})
    with pytest.raises(ValueError, match="does not ask"):
        zhang.clicks(card, "提交", {"other": ["a"]})


def test_a_passive_reply_to_a_press_is_ignored(
    api: Api, zhang: Phone, webhook: Webhook, world: World
) -> None:
    webhook.answer = lambda _heard: "<xml><MsgType>update_button</MsgType></xml>"
    api.send("template_card", button_card())
    zhang.clicks(zhang.messages[0], "通过")
    assert zhang.messages[0].card_state is None
    assert "ignored" in world.exchanges[-1].note
