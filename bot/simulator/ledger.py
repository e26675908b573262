"""What was exchanged and what was dropped in silence, kept for the raw view and for tests."""

import secrets
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP request and its answer; the *sealed* are the XML as it went over the wire."""

    kind: Literal["callback", "api"]
    title: str
    at: datetime
    request: str
    sealed: str = ""
    response: str = ""
    sealed_response: str = ""
    status: int | None = None
    errcode: int | None = None
    attempt: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A message that was accepted with errcode 0 and never shown."""

    userid: str
    msgid: str
    text: str
    at: datetime
    reason: Literal["frequency", "duplicate"]


class Pulse:
    """A counter that moves whenever something changed, and lets others wait for that."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = secrets.randbelow(1 << 40)  # a page of an earlier start must not know it

    def beat(self) -> None:
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def wait_beyond(self, version: int, seconds: float) -> int:
        """Return the counter as soon as it is not *version*, or after *seconds*."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version, seconds)
            return self._version


class Ledger:
    def __init__(self, pulse: Pulse, size: int = 500) -> None:
        self._pulse = pulse
        self.exchanges: deque[Exchange] = deque(maxlen=size)
        self.dropped: deque[Dropped] = deque(maxlen=10 * size)

    def record(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self._pulse.beat()

    def drop(self, dropped: Dropped) -> None:
        self.dropped.append(dropped)
        self._pulse.beat()
