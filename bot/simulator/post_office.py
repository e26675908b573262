"""Brings what the app sends to the phones: the silent limits, duplicates, recalls, card codes."""

import json
import secrets
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import Now
from bot.simulator.cards import CardRef
from bot.simulator.chats import Chats
from bot.simulator.codes import OneTimeCodes
from bot.simulator.ledger import Dropped, Ledger
from bot.simulator.limits import PER_MEMBER, Window
from bot.simulator.messages import Message, Payload, readable

RECALL_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A checked message for one or more members; *fingerprint* is empty without duplicate check."""

    recipients: Sequence[str]
    kind: str
    payload: Payload
    fingerprint: str = ""
    check_for: timedelta = timedelta(0)


class PostOffice:
    def __init__(
        self, now: Now, chats: Chats, card_codes: OneTimeCodes[CardRef], ledger: Ledger
    ) -> None:
        self._now = now
        self._chats = chats
        self._card_codes = card_codes
        self._ledger = ledger
        self._lock = threading.Lock()
        self._windows: dict[str, Window] = {}
        self._seen: dict[str, datetime] = {}
        self._sent: dict[str, datetime] = {}
        self._task_ids: set[str] = set()

    def send(self, letter: Letter) -> tuple[str, str]:
        """Deliver, and return the msgid with the response code that a card has."""
        now = self._now()
        msgid = secrets.token_urlsafe(36)
        with self._lock:
            self._sent[msgid] = now
            if self._seen.get(letter.fingerprint, now) > now:
                self._drop(letter.recipients, msgid, letter, "duplicate")
                return msgid, ""
            if letter.fingerprint:
                self._seen[letter.fingerprint] = now + letter.check_for
            if task_id := letter.payload.get("task_id"):
                self._task_ids.add(task_id)
            reached = [one for one in letter.recipients if self._window(one).admit(now)]
        self._drop([one for one in letter.recipients if one not in reached], msgid, letter)
        for userid in reached:
            self._chats.add(userid, _message(msgid, letter, now))
        if letter.kind != "template_card":
            return msgid, ""
        card = CardRef(message_id=msgid, card_type=letter.payload["card_type"])
        return msgid, self._card_codes.issue(card)

    def is_duplicate(self, fingerprint: str) -> bool:
        with self._lock:
            now = self._now()
            return self._seen.get(fingerprint, now) > now

    def has_used(self, task_id: str) -> bool:
        with self._lock:
            return task_id in self._task_ids

    def recall(self, msgid: str) -> bool:
        """Take a message back from every phone, unless it is unknown or older than 24 hours."""
        with self._lock:
            sent = self._sent.get(msgid)
        if sent is None or self._now() - sent >= RECALL_WITHIN:
            return False
        self._chats.recall(msgid)
        return True

    def everything(self) -> tuple[dict[str, datetime], set[str]]:
        """Return what may still be recalled, by msgid, and which task ids were used."""
        now = self._now()
        with self._lock:
            sent = {msgid: at for msgid, at in self._sent.items() if now - at < RECALL_WITHIN}
            return sent, set(self._task_ids)

    def restore(self, sent: Mapping[str, datetime], task_ids: Iterable[str]) -> None:
        """Put back what ``everything`` returned."""
        with self._lock:
            self._sent, self._task_ids = dict(sent), set(task_ids)

    def _window(self, userid: str) -> Window:
        return self._windows.setdefault(userid, Window(PER_MEMBER))

    def _drop(
        self,
        userids: Sequence[str],
        msgid: str,
        letter: Letter,
        reason: Literal["frequency", "duplicate"] = "frequency",
    ) -> None:
        text = readable(letter.kind, letter.payload)
        for userid in userids:
            self._ledger.drop(
                Dropped(userid=userid, msgid=msgid, text=text, at=self._now(), reason=reason)
            )


def fingerprint(body: Payload) -> str:
    """Return what makes two requests the same JSON."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False)


def _message(msgid: str, letter: Letter, now: datetime) -> Message:
    return Message(
        id=msgid,
        direction="in",
        kind=letter.kind,
        text=readable(letter.kind, letter.payload),
        payload=letter.payload,
        at=now,
    )
