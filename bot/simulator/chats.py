"""The chat between the app and each member, as it stands on the member's phone."""

import threading
from collections.abc import Callable
from dataclasses import replace

from bot.simulator.ledger import Pulse
from bot.simulator.messages import Message


class Chats:
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._lock = threading.Lock()
        self._messages: dict[str, list[Message]] = {}

    def add(self, userid: str, message: Message) -> None:
        with self._lock:
            self._messages.setdefault(userid.lower(), []).append(message)
        self._pulse.beat()

    def of(self, userid: str) -> list[Message]:
        with self._lock:
            return list(self._messages.get(userid.lower(), []))

    def amend(self, userid: str, message_id: str, change: Callable[[Message], Message]) -> None:
        """Replace a message on one phone, if it is there."""
        with self._lock:
            chat = self._messages.get(userid.lower(), [])
            chat[:] = [change(one) if one.id == message_id else one for one in chat]
        self._pulse.beat()

    def recall(self, message_id: str) -> None:
        with self._lock:
            members = list(self._messages)
        for userid in members:
            self.amend(userid, message_id, lambda one: replace(one, recalled=True))
