"""Every switch that makes something go wrong."""

import time

import httpx
import pytest

from bot.simulator import Phone, World
from bot.simulator.faults import ApiFault

from .kit import AGENT_ID, Api, Webhook, running_world, text_reply


def test_an_errcode_strikes_the_next_calls_of_one_method(api: Api, world: World) -> None:
    world.faults.refuse("message/send", 45009, times=2)
    assert api.get("getcallbackip")["errcode"] == 0
    assert [api.text("好")["errcode"] for _ in range(3)] == [45009, 45009, 0]


def test_an_untrusted_ip_is_refused_until_cleared(api: Api, world: World) -> None:
    world.faults.distrust_ip()
    assert [api.text("好")["errcode"] for _ in range(3)] == [60020] * 3
    world.faults.clear()
    assert api.text("好")["errcode"] == 0


def test_the_server_may_break_down(api: Api, world: World, zhang: Phone) -> None:
    world.faults.break_down("message/send", status=502)
    body = {"touser": "zhangsan", "agentid": AGENT_ID, "msgtype": "text", "text": {"content": "好"}}
    url = f"/cgi-bin/message/send?access_token={api.token}"
    assert api.client.post(url, json=body).status_code == 502
    assert zhang.messages == []


def test_the_server_may_be_slow(api: Api, world: World) -> None:
    world.faults.delay("*", 0.05, times=1)
    started = time.monotonic()
    api.text("好")
    assert time.monotonic() - started >= 0.05


def test_an_answer_may_be_lost_after_the_message_was_sent(
    api: Api, world: World, zhang: Phone
) -> None:
    world.faults.lose_answer("message/send")
    body = {"touser": "zhangsan", "agentid": AGENT_ID, "msgtype": "text", "text": {"content": "好"}}
    url = f"/cgi-bin/message/send?access_token={api.token}"
    with running_world(world) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(url, json=body)
        assert [message.text for message in zhang.messages] == ["好"]
        assert client.post(url, json=body).json()["errcode"] == 0


def test_callbacks_may_come_twice(zhang: Phone, world: World, webhook: Webhook) -> None:
    webhook.answer = lambda _heard: text_reply("好的")
    world.faults.duplicate_callbacks(2)
    zhang.says("在吗")
    assert len(webhook.heard) == 3
    assert len({heard["MsgId"] for heard in webhook.heard}) == 1
    assert len(zhang.messages) == 2


def test_callbacks_may_overtake_each_other(zhang: Phone, world: World, webhook: Webhook) -> None:
    webhook.answer = lambda heard: text_reply(f"答 {heard['Content']}")
    world.faults.reorder_next_callback()
    zhang.says("一")
    zhang.says("二")
    assert webhook.texts == ["二", "一"]
    assert [one.text for one in zhang.messages] == ["一", "二", "答 二", "答 一"]


def test_a_held_callback_can_be_released(zhang: Phone, world: World, webhook: Webhook) -> None:
    world.faults.reorder_next_callback()
    zhang.says("一")
    assert webhook.heard == []
    world.courier.release()
    assert webhook.texts == ["一"]


def test_wecom_may_hang_up_before_the_passive_reply(
    zhang: Phone, world: World, webhook: Webhook
) -> None:
    webhook.naps = [0.05]
    webhook.answer = lambda _heard: text_reply("好的")
    world.faults.close_early()
    zhang.says("在吗")
    assert [one.note for one in world.exchanges] == ["closed early", ""]
    assert [message.text for message in zhang.messages] == ["在吗", "好的"]


def test_switches_say_what_they_do(world: World) -> None:
    world.faults.add(ApiFault(method="*", errcode=60020, latency=1.5, times=None))
    world.faults.duplicate_callbacks(1)
    world.faults.reorder_next_callback()
    world.faults.close_early(2)
    assert world.faults.describe() == [
        "*：错误码 60020、延迟 1.5 秒（一直）",
        "回调：每条重复 1 次",
        "回调：下一条延后到再下一条之后",
        "回调：不等应答就断开（还有 2 次）",
    ]
