"""Codes that work once and not for ever: of cards (72 h), of log-ins (5 min)."""

import secrets
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Generic, TypeVar

from bot.clock import Now

T = TypeVar("T")


@unique
class Fault(StrEnum):
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


class CodeError(Exception):
    """A code that does not work, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"code {fault}")
        self.fault = fault


class OneTimeCodes(Generic[T]):
    """Each code stands for one value, once, within *life* of its issue."""

    def __init__(self, now: Now, life: timedelta) -> None:
        self._now = now
        self._life = life
        self._lock = threading.Lock()
        self._open: dict[str, tuple[T, datetime]] = {}
        self._used: set[str] = set()

    def issue(self, value: T) -> str:
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._open[code] = (value, self._now() + self._life)
        return code

    def everything(self) -> tuple[dict[str, tuple[T, datetime]], set[str]]:
        """Return what is open, with its end, and which codes were used."""
        with self._lock:
            return dict(self._open), set(self._used)

    def restore(self, still_open: Mapping[str, tuple[T, datetime]], used: Iterable[str]) -> None:
        """Put back what ``everything`` returned."""
        with self._lock:
            self._open, self._used = dict(still_open), set(used)

    def look(self, code: str) -> T:
        """Return what the code stands for, without using it up.

        Raises:
            CodeError: it was never issued, was used before, or is too old.
        """
        with self._lock:
            return self._find(code)

    def redeem(self, code: str) -> T:
        """Use the code up and return what it stands for; raise as ``look`` does."""
        with self._lock:
            value = self._find(code)
            del self._open[code]
            self._used.add(code)
            return value

    def _find(self, code: str) -> T:
        if code in self._used:
            raise CodeError(Fault.USED)
        if code not in self._open:
            raise CodeError(Fault.UNKNOWN)
        value, until = self._open[code]
        if self._now() >= until:
            raise CodeError(Fault.EXPIRED)
        return value
