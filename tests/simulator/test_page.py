"""The page's endpoints, and who may reach them."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.simulator import (
    Happening,
    NotLoopbackError,
    Phone,
    World,
    create_simulator_app,
    serve,
)

from .kit import PNG, Api, Clock, Webhook, button_card, running_world, text_reply


class Hands:
    """A clockwork with one thing due, an hour on."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.due = clock() + timedelta(hours=1)

    def advance(self, length: timedelta) -> list[Happening]:
        self.clock.moment += length
        return [Happening(what="提醒", at=self.due)] if self.clock() >= self.due else []

    def to_next_morning(self) -> list[Happening]:
        return self.advance(timedelta(hours=20))

    def to_next_due(self) -> list[Happening]:
        return self.advance(self.due - self.clock())

    def upcoming(self) -> Happening | None:
        return Happening(what="提醒", at=self.due) if self.clock() < self.due else None


@pytest.fixture
def page(world: World, clock: Clock) -> FlaskClient:
    hints = [("zhangsan", "帮助")]
    return create_simulator_app(world, clockwork=Hands(clock), hints=hints).test_client()


def state(page: FlaskClient, since: int = -1) -> Any:
    return page.get(f"/sim/state?since={since}&users=zhangsan,lisi,ghost").get_json()


def test_the_page_loads_under_a_strict_policy(page: FlaskClient) -> None:
    for path in ("/", "/static/app.js", "/static/draw.js", "/static/style.css"):
        response = page.get(path)
        assert response.status_code == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        response.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8700", 200),
        ("127.0.0.1", 200),
        ("[::1]:8700", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example:8700", 403),
    ],
)
def test_only_this_machines_names_are_answered(page: FlaskClient, host: str, status: int) -> None:
    for path in ("/sim/about", "/cgi-bin/gettoken"):
        assert page.get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.gov.cn"])  # noqa: S104
def test_the_simulator_listens_on_loopback_only(world: World, host: str) -> None:
    with pytest.raises(NotLoopbackError, match=r"127\.0\.0\.1"):
        serve(create_simulator_app(world), host, 0)


def test_the_page_speaks_and_sees_the_answer(page: FlaskClient, webhook: Webhook) -> None:
    webhook.answer = lambda heard: text_reply(f"收到 {heard['Content']}")
    before = state(page)
    assert page.post("/sim/say", json={"userid": "zhangsan", "text": "在吗"}).status_code == 200
    after = state(page, before["version"])
    assert [one["text"] for one in after["phones"]["zhangsan"]] == ["在吗", "收到 在吗"]
    assert after["accounts"][0]["received"] == 1
    assert set(after["phones"]) == {"zhangsan", "lisi"}


def test_the_page_presses_a_card_and_a_menu(page: FlaskClient, api: Api, webhook: Webhook) -> None:
    api.send("template_card", button_card())
    [card] = state(page)["phones"]["zhangsan"]
    assert card["presses"] == ["通过", "退回"]
    press = {"userid": "zhangsan", "message": card["id"], "label": "通过", "selected": {}}
    assert page.post("/sim/click", json=press).status_code == 200
    page.post("/sim/menu", json={"userid": "zhangsan", "key": "help"})
    page.post("/sim/enter", json={"userid": "zhangsan"})
    assert [heard["Event"] for heard in webhook.heard] == [
        "template_card_event",
        "click",
        "enter_agent",
    ]


def test_the_page_sends_pictures_and_files(
    page: FlaskClient, webhook: Webhook, zhang: Phone
) -> None:
    for content, name in ((PNG, "现场.png"), (b"%PDF-1.7", "通知.pdf")):
        encoded = base64.b64encode(content).decode()
        body = {"userid": "zhangsan", "filename": name, "content": encoded}
        assert page.post("/sim/attach", json=body).status_code == 200
    assert [heard["MsgType"] for heard in webhook.heard] == ["image", "file"]
    shown = [
        page.get(f"/sim/media/{message.payload['media_id']}").headers["Content-Disposition"]
        for message in zhang.messages
    ]
    assert [one.split(";")[0] for one in shown] == ["inline", "attachment"]
    assert page.get("/sim/media/unknown").status_code == 404


def test_the_page_moves_the_clock_and_shows_what_fired(page: FlaskClient, clock: Clock) -> None:
    before = clock()
    due = {"what": "提醒", "at": int((before + timedelta(hours=1)).timestamp() * 1000)}
    assert state(page)["upcoming"] == due
    assert page.post("/sim/clock", json={"step": "+5m"}).get_json() == {"fired": [], "pushed": 0}
    assert page.post("/sim/clock", json={"step": "下一个到期"}).get_json()["fired"] == [due]
    assert clock() - before == timedelta(hours=1)
    assert state(page)["upcoming"] is None
    page.post("/sim/clock", json={"step": "下一个工作日上午"})
    assert clock() - before == timedelta(hours=21)
    assert page.get("/sim/about").get_json()["canAdvance"]


@pytest.mark.parametrize("step", ["-1h", "+1y", "明天", None])
def test_a_step_that_there_is_not_is_refused(page: FlaskClient, step: Any) -> None:
    reply = page.post("/sim/clock", json={"step": step})
    assert reply.status_code == 400
    assert "no step" in reply.get_json()["error"]
    assert not state(page)["moving"]


def test_one_step_at_a_time(world: World, clock: Clock) -> None:
    """While the clock is being moved, the page is told so, and nobody else can move it."""

    class Slow(Hands):
        def advance(self, length: timedelta) -> list[Happening]:
            assert state(shown)["moving"]
            assert shown.post("/sim/clock", json={"step": "+1h"}).status_code == 409
            return super().advance(length)

    shown = create_simulator_app(world, clockwork=Slow(clock)).test_client()
    assert shown.post("/sim/clock", json={"step": "+5m"}).status_code == 200


def test_the_conversation_is_saved_as_a_file_and_begun_anew(page: FlaskClient) -> None:
    page.post("/sim/say", json={"userid": "zhangsan", "text": "在吗"})
    page.post("/sim/clock", json={"step": "+5m"})
    saved = page.get("/sim/transcript")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "张三(zhangsan): 在吗" in saved.text
    assert "[时钟 +5m]" in saved.text
    page.post("/sim/restart_diary", json={})
    assert "在吗" not in page.get("/sim/transcript").text


def test_without_a_clock_to_move_the_page_has_no_buttons_for_it(world: World) -> None:
    page = create_simulator_app(world).test_client()
    assert not page.get("/sim/about").get_json()["canAdvance"]
    assert page.post("/sim/clock", json={"step": "+1h"}).status_code == 404


def test_the_services_own_page_is_linked_to_where_there_is_one(
    world: World, page: FlaskClient
) -> None:
    """The link is made when it is followed: it is good for some minutes only."""
    assert not page.get("/sim/about").get_json()["hasStatus"]
    assert page.get("/sim/status").status_code == 404
    links = iter(["http://127.0.0.1:8710/status?key=1", "http://127.0.0.1:8710/status?key=2"])
    linking = create_simulator_app(world, status=lambda: next(links)).test_client()
    assert linking.get("/sim/about").get_json()["hasStatus"]
    for key in ("1", "2"):
        followed = linking.get("/sim/status")
        assert (followed.status_code, followed.location[-1]) == (303, key)


def test_the_page_sets_and_clears_faults(page: FlaskClient, world: World, webhook: Webhook) -> None:
    page.post("/sim/api_fault", json={"method": "message/send", "errcode": 45009, "times": None})
    for what in ("duplicate", "reorder", "close_early"):
        page.post("/sim/callback_fault", json={"what": what})
    assert len(state(page)["faults"]) == 4
    world.phone("lisi").says("在吗")
    assert webhook.heard == []
    page.post("/sim/clear_faults", json={})
    assert state(page)["faults"] == []
    assert webhook.texts == ["在吗"]


def test_the_page_shows_the_raw_exchanges_newest_first(page: FlaskClient, zhang: Phone) -> None:
    zhang.says("一")
    zhang.says("二")
    latest, earlier = page.get("/sim/exchanges").get_json()
    assert "二" in latest["request"]
    assert "一" in earlier["request"]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("say", {"userid": "ghost", "text": "在吗"}),
        ("say", {"userid": "zhangsan"}),
        ("click", {"userid": "zhangsan", "message": "unknown", "label": "通过"}),
        ("callback_fault", {"what": "dance"}),
        ("attach", {"userid": "zhangsan", "filename": "x", "content": "不是"}),
    ],
)
def test_what_makes_no_sense_is_refused(page: FlaskClient, act: str, body: Any) -> None:
    response = page.post(f"/sim/{act}", json=body)
    assert response.status_code == 400
    assert response.get_json()["error"]


def test_a_form_of_another_site_is_refused(page: FlaskClient) -> None:
    text = '{"userid": "zhangsan", "text": "在吗"}'
    assert page.post("/sim/say", data=text, content_type="text/plain").status_code == 415
    assert page.post("/sim/dance", json={}).status_code == 404


def test_the_real_server_serves_the_page_and_media_by_its_port(world: World, zhang: Phone) -> None:
    with running_world(world) as client:
        assert "信使" in client.get("/").text
        zhang.sends_image(PNG, "现场.png")
        media = world.media.get(zhang.messages[0].payload["media_id"])
        assert media is not None
        assert client.get(world.media.url(media)).content == PNG
