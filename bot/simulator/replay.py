"""Plays a transcript again, and says what is heard otherwise than it was."""

import difflib
import json
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulator import cards
from bot.simulator import clockwork as clockworks
from bot.simulator.clockwork import Clockwork
from bot.simulator.diary import PASSIVE, Entry, Way, title
from bot.simulator.messages import Message
from bot.simulator.phones import Phone
from bot.simulator.placeholders import Placeholders
from bot.simulator.transcript import SHANGHAI, Transcript, entry_lines
from bot.simulator.world import World

_TOLERANCE = timedelta(minutes=5)
_PRESS = re.compile(r"点 (?P<label>.+?) @ (?P<title>.*?)(?: (?P<chosen>\{.*\}))?")
_SENT = re.compile(r"发(图片|语音|文件) (.*)")
_PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class _CannotError(Exception):
    """What was done then cannot be done now."""


@dataclass(slots=True)
class _Open:
    """An entry that waits for its counterpart; *after* is counted as the transcript counts."""

    entry: Entry
    place: int
    after: timedelta


@dataclass(slots=True)
class Replay:
    """Plays one transcript on *world*; *settle* sends what is to be sent.

    It should begin at the time of day and of the week at which the transcript began: it keeps to
    the transcript's times, and moves the clock through whatever falls due between two acts.
    """

    world: World
    clockwork: Clockwork
    settle: Callable[[], object]
    transcript: Transcript
    _started: datetime = field(init=False)
    _holders: Placeholders = field(init=False)
    _read: int = 0
    _ahead: timedelta = timedelta(0)
    _missing: list[_Open] = field(default_factory=list)
    _extra: list[_Open] = field(default_factory=list)
    _failed: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        then = self.transcript.started_at.astimezone(SHANGHAI).date()
        self.settle()
        self.world.diary.restart()
        self._started = self.world.diary.started_at
        now = self._started.astimezone(SHANGHAI).date()
        self._holders = Placeholders(then, (now - then).days)

    def run(self) -> list[str]:
        """Return the lines of a unified diff: nothing if everything was heard again."""
        for place, entry in enumerate(self.transcript.entries):
            if entry.way in PASSIVE:
                self._missing.append(_Open(entry=entry, place=place, after=entry.after))
                continue
            self._compare(place - 1)
            try:
                self._reach(entry.after)
                self._compare(place - 1)
                self._do(entry)
            except (_CannotError, LookupError, ValueError) as error:
                self._failed[place] = str(error)
        self.settle()
        self._compare(len(self.transcript.entries) - 1)
        return self._differences()

    def _reach(self, after: timedelta) -> None:
        """Let as much time pass as had passed; a clock that was moved farther stays ahead."""
        left = self._started + after - self.world.now()
        self._ahead = max(-left, timedelta(0))
        if left > timedelta(seconds=1):
            self.clockwork.advance(left)

    def _do(self, entry: Entry) -> None:
        if entry.way is Way.CLOCK:
            clockworks.choose(self.clockwork, entry.words)()
            return
        phone = self.world.phone(entry.userid)
        if entry.way is Way.SAYS:
            phone.says(self._holders.said(entry.words))
        else:
            self._act(phone, entry.words)
        self.settle()

    def _act(self, phone: Phone, words: str) -> None:
        first, *more = words.split("\n")
        if press := _PRESS.fullmatch(first):
            card = self._card(phone, press["label"], press["title"])
            phone.clicks(card, press["label"], json.loads(press["chosen"] or "{}"))
        elif attached := _SENT.fullmatch(first):
            _send(phone, attached[1], attached[2])
        elif first.startswith("菜单 "):
            phone.opens_menu(first.removeprefix("菜单 "))
        elif first == "进入":
            phone.enters()
        elif first == "发链接":
            phone.sends_link(more[0], "", more[-1])
        else:
            raise _CannotError(f"不认识的动作：{first}")

    def _card(self, phone: Phone, label: str, then: str) -> Message:
        """Find the newest card of that title on which *label* can still be pressed."""
        shown = [one for one in phone.messages if one.kind == "template_card"]
        live = [one for one in shown if one.card_state is None and not one.recalled]
        for card in reversed(live):
            if label in cards.presses(card.payload) and self._holders.match(
                then, title(card.payload)
            ):
                return card
        raise _CannotError(f"没有可以点“{label}”的卡片“{self._holders.shown(then)}”")

    def _compare(self, place: int) -> None:
        """Pair what was heard then with what has been heard by now, the surest pairs first."""
        _, entries = self.world.diary.read()
        for entry in entries[self._read :]:
            if entry.way in PASSIVE:
                after = entry.after - self._ahead
                self._extra.append(_Open(entry=entry, place=place, after=after))
        self._read = len(entries)
        for settled in (True, False):
            for then in list(self._missing):
                if settled and not self._holders.is_settled(then.entry.words):
                    continue
                if now := next((one for one in self._extra if self._same(then, one)), None):
                    self._missing.remove(then)
                    self._extra.remove(now)

    def _same(self, then: _Open, now: _Open) -> bool:
        return (
            then.entry.userid == now.entry.userid
            and then.entry.way is now.entry.way
            and abs(then.after - now.after) <= _TOLERANCE
            and self._holders.match(_trimmed(then.entry.words), _trimmed(now.entry.words))
        )

    def _differences(self) -> list[str]:
        then: list[str] = []
        now = self._heard_beside(-1)
        missing = {one.place for one in self._missing}
        for place, entry in enumerate(self.transcript.entries):
            lines = self._lines(entry)
            then += lines
            if place in self._failed:
                now += [f"{lines[0]}  ✗ {self._failed[place]}", *lines[1:]]
            elif place not in missing:
                now += lines
            now += self._heard_beside(place)
        return list(difflib.unified_diff(then, now, "记录", "重放", lineterm=""))

    def _heard_beside(self, place: int) -> list[str]:
        """Return what was heard now after that entry, or with -1 before the first, and not then."""
        heard = [extra.entry for extra in self._extra if extra.place == place]
        return [line for entry in heard for line in self._lines(entry)]

    def _lines(self, entry: Entry) -> list[str]:
        return entry_lines(entry, self.world.name_of)


def _send(phone: Phone, kind: str, filename: str) -> None:
    """Send a stand-in: a transcript keeps the name of what was sent, and not what was in it."""
    content = filename.encode()
    if kind == "图片":
        phone.sends_image(_PICTURE + content, filename)
    elif kind == "语音":
        phone.sends_voice(b"#!AMR" + content, filename)
    else:
        phone.sends_file(content, filename)


def _trimmed(words: str) -> str:
    return "\n".join(line.rstrip() for line in words.rstrip().split("\n"))
