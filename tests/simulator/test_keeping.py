"""What the phones showed is there again after another start."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.simulator import Phone, World
from bot.simulator.keeper import FILE, MEDIA, Keeper, kept

from .kit import AGENT_ID, PNG, Api, Clock, Service, Webhook, button_card, create_world, text_reply

Start = Callable[[], tuple[World, list[str]]]


@pytest.fixture
def start(service: Service, clock: Clock, tmp_path: Path) -> Start:
    """Start the simulator anew over the same folder."""

    def begin() -> tuple[World, list[str]]:
        world, told = create_world(service.url, clock), list[str]()
        Keeper(world, tmp_path, told.append).load()
        return world, told

    return begin


def save(world: World, folder: Path) -> None:
    Keeper(world, folder, print).save()


def test_chats_menu_media_and_codes_come_back(
    world: World, api: Api, zhang: Phone, webhook: Webhook, start: Start, tmp_path: Path
) -> None:
    webhook.answer = lambda heard: text_reply("收到") if heard["MsgType"] == "text" else ""
    zhang.says("在吗")
    zhang.sends_image(PNG, "现场.png")
    code = api.send("template_card", button_card())["response_code"]
    msgid = api.text("打扰了")["msgid"]
    api.post(
        "menu/create",
        {"button": [{"type": "click", "name": "帮助", "key": "help"}]},
        agentid=AGENT_ID,
    )
    save(world, tmp_path)

    fresh, told = start()
    assert told == []
    assert fresh.phone("zhangsan").messages == zhang.messages
    assert fresh.menu == world.menu
    media = fresh.media.get(zhang.messages[2].payload["media_id"])
    assert media
    assert media.content == PNG
    assert fresh.post_office.has_used("task-1")
    assert fresh.card_codes.look(code) == world.card_codes.look(code)
    assert fresh.post_office.recall(msgid)
    assert fresh.chats.of("zhangsan")[-1].recalled


def test_a_code_that_was_used_stays_used(
    world: World, api: Api, start: Start, tmp_path: Path
) -> None:
    code = api.send("template_card", button_card())["response_code"]
    world.card_codes.redeem(code)
    save(world, tmp_path)
    fresh, _ = start()
    assert fresh.card_codes.everything() == ({}, {code})


def test_files_too_old_to_fetch_are_deleted(
    world: World, zhang: Phone, clock: Clock, webhook: Webhook, tmp_path: Path
) -> None:
    assert webhook.heard == []
    zhang.sends_image(PNG, "现场.png")
    save(world, tmp_path)
    assert len(list((tmp_path / MEDIA).iterdir())) == 1
    clock.moment += timedelta(days=3)
    save(world, tmp_path)
    assert not list((tmp_path / MEDIA).iterdir())


@pytest.mark.parametrize("content", ["", "{", '{"version": 2}', '{"version": 1, "chats": []}'])
def test_a_file_that_cannot_be_read_is_set_aside(
    start: Start, tmp_path: Path, content: str
) -> None:
    (tmp_path / FILE).write_text(content)
    world, [told] = start()
    assert "从头开始" in told
    assert world.chats.everything() == {}
    assert (tmp_path / "simulator.json.broken").read_text() == content
    assert start()[1] == []


def test_a_picture_that_is_gone_does_not_take_the_chat_along(
    world: World, zhang: Phone, webhook: Webhook, start: Start, tmp_path: Path
) -> None:
    assert webhook.heard == []
    zhang.sends_image(PNG, "现场.png")
    save(world, tmp_path)
    for path in (tmp_path / MEDIA).iterdir():
        path.unlink()
    fresh, told = start()
    assert told == []
    assert len(fresh.phone("zhangsan").messages) == 1


def test_what_happens_is_saved_by_itself_and_at_the_end(
    world: World, api: Api, start: Start, tmp_path: Path
) -> None:
    with kept(world, tmp_path, print):
        api.text("早上好")
    assert [one.text for one in start()[0].phone("zhangsan").messages] == ["早上好"]


def test_a_folder_that_cannot_be_written_is_told_and_stops_nothing(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    told: list[str] = []
    with kept(world, tmp_path / "file" / "state", told.append):
        pass
    assert "没能存到" in told[-1]
