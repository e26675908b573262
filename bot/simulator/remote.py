"""What the page can do: each act takes the world and the JSON that the page sent."""

import base64
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.simulator.faults import ApiFault
from bot.simulator.world import World

Body = Mapping[str, Any]


def _say(world: World, body: Body) -> None:
    world.phone(body["userid"]).says(body["text"])


def _click(world: World, body: Body) -> None:
    phone = world.phone(body["userid"])
    card = {one.id: one for one in phone.messages}[body["message"]]
    phone.clicks(card, body["label"], body.get("selected"))


def _menu(world: World, body: Body) -> None:
    world.phone(body["userid"]).opens_menu(body["key"])


def _enter(world: World, body: Body) -> None:
    world.phone(body["userid"]).enters()


def _attach(world: World, body: Body) -> None:
    phone = world.phone(body["userid"])
    content = base64.b64decode(body["content"], validate=True)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        phone.sends_image(content, body["filename"])
    else:
        phone.sends_file(content, body["filename"])


def _api_fault(world: World, body: Body) -> None:
    times = body.get("times")
    errcode, status = body.get("errcode"), body.get("status")
    world.faults.add(
        ApiFault(
            method=body["method"],
            errcode=None if errcode is None else int(errcode),
            status=None if status is None else int(status),
            latency=float(body.get("latency", 0)),
            lose_answer=bool(body.get("loseAnswer")),
            times=None if times is None else int(times),
        )
    )


def _callback_fault(world: World, body: Body) -> None:
    if body["what"] == "duplicate":
        world.faults.duplicate_callbacks(1)
    elif body["what"] == "reorder":
        world.faults.reorder_next_callback()
    elif body["what"] == "close_early":
        world.faults.close_early()
    else:
        raise ValueError(f"no such fault: {body['what']}")


def _clear_faults(world: World, _body: Body) -> None:
    world.faults.clear()
    world.courier.release()


def _restart_diary(world: World, _body: Body) -> None:
    world.diary.restart()


ACTS: Mapping[str, Callable[[World, Body], None]] = MappingProxyType(
    {
        "say": _say,
        "click": _click,
        "menu": _menu,
        "enter": _enter,
        "attach": _attach,
        "api_fault": _api_fault,
        "callback_fault": _callback_fault,
        "clear_faults": _clear_faults,
        "restart_diary": _restart_diary,
    }
)
