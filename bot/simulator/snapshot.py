"""What the page is told: phones, menu, faults and raw exchanges as plain JSON values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.simulator import cards
from bot.simulator.clockwork import Happening
from bot.simulator.ledger import Exchange
from bot.simulator.messages import Message
from bot.simulator.world import World

_LATEST_MESSAGES = 200
_LATEST_EXCHANGES = 80
_AT_ONCE = 8


def of_world(world: World, users: Iterable[str]) -> dict[str, Any]:
    """Return everything that the page draws, with the chats of *users*."""
    accounts = world.directory.accounts()
    shown = [user for user in users if world.directory.knows(user)][:_AT_ONCE]
    return {
        "now": _moment(world.now()),
        "accounts": [
            {
                "userid": account.userid,
                "name": account.name,
                "department": account.department,
                "received": _received(world.chats.of(account.userid)),
            }
            for account in accounts
        ],
        "phones": {user: _chat(world.chats.of(user)) for user in shown},
        "menu": world.menu.get("button", []),
        "faults": world.faults.describe(),
        "dropped": len(world.dropped),
    }


def of_exchanges(world: World) -> list[dict[str, Any]]:
    """Return the latest exchanges, the newest first."""
    latest = list(world.exchanges)[-_LATEST_EXCHANGES:]
    return [_exchange(one) for one in reversed(latest)]


def of_happening(happening: Happening) -> dict[str, Any]:
    return {"what": happening.what, "at": _moment(happening.at)}


def pushed(world: World) -> int:
    """Count what the app sent of its own accord."""
    chats = world.chats.everything().values()
    return sum(one.direction == "in" and not one.passive for chat in chats for one in chat)


def _chat(messages: list[Message]) -> list[dict[str, Any]]:
    return [_message(one) for one in messages[-_LATEST_MESSAGES:]]


def _message(message: Message) -> dict[str, Any]:
    payload: Mapping[str, Any] = message.payload
    is_card = message.kind == "template_card"
    return {
        "id": message.id,
        "direction": message.direction,
        "kind": message.kind,
        "text": message.text,
        "payload": payload,
        "at": _moment(message.at),
        "passive": message.passive,
        "recalled": message.recalled,
        "cardState": message.card_state,
        "presses": list(cards.presses(payload)) if is_card else [],
    }


def _exchange(exchange: Exchange) -> dict[str, Any]:
    return {**asdict(exchange), "at": _moment(exchange.at)}


def _received(messages: list[Message]) -> int:
    return sum(message.direction == "in" for message in messages)


def _moment(at: datetime) -> int:
    return int(at.timestamp() * 1000)
