"""Access tokens: one at a time, valid for 7,200 seconds of the world's clock (page 91039)."""

import secrets
import threading
from datetime import datetime, timedelta
from enum import IntEnum, unique

from bot.clock import Now

LIFE = timedelta(seconds=7200)


@unique
class TokenState(IntEnum):
    """The errcode that a token earns."""

    VALID = 0
    INVALID = 40014
    EXPIRED = 42001


class AccessTokens:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._until: dict[str, datetime] = {}
        self._current = ""

    def get(self) -> tuple[str, int]:
        """Return the token in force, or a new one, and the seconds it has left."""
        with self._lock:
            now = self._now()
            if self._until.get(self._current, now) <= now:
                self._current = secrets.token_urlsafe(48)
                self._until[self._current] = now + LIFE
            return self._current, int((self._until[self._current] - now).total_seconds())

    def state(self, token: str) -> TokenState:
        with self._lock:
            until = self._until.get(token)
            if until is None:
                return TokenState.INVALID
            return TokenState.VALID if self._now() < until else TokenState.EXPIRED

    def revoke(self) -> None:
        """Take every token back early, as WeCom may."""
        with self._lock:
            self._until.clear()
