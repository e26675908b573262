"""What people said and did, what their phones showed, and how the clock was moved: in order."""

import json
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from bot.clock import Now
from bot.simulator import cards
from bot.simulator.messages import Message

_MOST = 20_000


@unique
class Way(StrEnum):
    """Said or done by a member; heard by a member, or seen as a change of what he has."""

    SAYS = "says"
    DOES = "does"
    HEARS = "hears"
    SEES = "sees"
    CLOCK = "clock"


PASSIVE = frozenset({Way.HEARS, Way.SEES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the diary, *after* its start; the clock is moved by nobody."""

    after: timedelta
    way: Way
    words: str
    userid: str = ""


class Diary:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._entries: deque[Entry] = deque(maxlen=_MOST)
        self.started_at = now()

    def restart(self) -> None:
        """Forget everything; what comes is counted from this moment."""
        with self._lock:
            self._entries.clear()
            self.started_at = self._now()

    def note(self, way: Way, words: str, userid: str = "") -> None:
        with self._lock:
            after = max(self._now() - self.started_at, timedelta(0))
            self._entries.append(Entry(after=after, way=way, words=words, userid=userid.lower()))

    def read(self) -> tuple[datetime, Sequence[Entry]]:
        """Return the start and everything since."""
        with self._lock:
            return self.started_at, list(self._entries)

    def note_message(self, userid: str, message: Message) -> None:
        """Note a message that came to a phone or left it."""
        if message.direction == "in":
            self.note(Way.HEARS, message.text, userid)
        elif message.kind == "text":
            self.note(Way.SAYS, message.text, userid)
        else:
            self.note(Way.DOES, sent(message), userid)

    def note_change(self, userid: str, before: Message, now: Message) -> None:
        """Note what became of a message on a phone."""
        if now.recalled and not before.recalled:
            self.note(Way.SEES, f"撤回 {first_line(before.text)}", userid)
        elif now != before:
            became = now.card_state or "换成"
            body = f"\n{now.text}" if now.text != before.text else ""
            self.note(Way.SEES, f"卡片 {title(before.payload)} → {became}{body}", userid)


def sent(message: Message) -> str:
    """Say what a member sent that is no text."""
    if message.kind == "link":
        return "\n".join(["发链接", *(message.payload[part] for part in ("title", "url"))])
    name = {"image": "图片", "voice": "语音", "file": "文件"}[message.kind]
    return f"发{name} {message.payload['filename']}"


def pressed(card: cards.Card, label: str, chosen: cards.Selected) -> str:
    """Say which button of which card was pressed, and with which options."""
    options = f" {json.dumps(chosen, ensure_ascii=False)}" if chosen else ""
    return f"点 {label} @ {title(card)}{options}"


def title(card: cards.Card) -> str:
    """Return what a card is called: its title in one line."""
    whole = card.get("main_title", {}).get("title") or card.get("sub_title_text", "")
    return " ".join(whole.split())


def first_line(text: str) -> str:
    return text.partition("\n")[0]
