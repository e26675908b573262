"""The chat between the app and each member, as it stands on the member's phone."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.simulator.diary import Diary
from bot.simulator.ledger import Pulse
from bot.simulator.messages import Message


class Chats:
    def __init__(self, pulse: Pulse, diary: Diary) -> None:
        self._pulse = pulse
        self._diary = diary
        self._lock = threading.Lock()
        self._messages: dict[str, list[Message]] = {}

    def add(self, userid: str, message: Message) -> None:
        with self._lock:
            self._messages.setdefault(userid.lower(), []).append(message)
            self._diary.note_message(userid, message)
        self._pulse.beat()

    def of(self, userid: str) -> list[Message]:
        with self._lock:
            return list(self._messages.get(userid.lower(), []))

    def amend(self, userid: str, message_id: str, change: Callable[[Message], Message]) -> None:
        """Replace a message on one phone, if it is there."""
        with self._lock:
            chat = self._messages.get(userid.lower(), [])
            for at, before in enumerate(chat):
                if before.id == message_id:
                    chat[at] = change(before)
                    self._diary.note_change(userid, before, chat[at])
        self._pulse.beat()

    def everything(self) -> Mapping[str, Sequence[Message]]:
        """Return every chat by userid."""
        with self._lock:
            return {userid: list(chat) for userid, chat in self._messages.items()}

    def restore(self, chats: Mapping[str, Sequence[Message]]) -> None:
        """Put back what ``everything`` returned, as what was there all along."""
        with self._lock:
            self._messages = {userid: list(chat) for userid, chat in chats.items()}
        self._pulse.beat()

    def recall(self, message_id: str) -> None:
        with self._lock:
            members = list(self._messages)
        for userid in members:
            self.amend(userid, message_id, lambda one: replace(one, recalled=True))
