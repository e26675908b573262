"""Waits for the web process's first answer: until then nothing is up."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from bot.channel.transport import trusted

_ASK_SECONDS = 1.0


@dataclass(slots=True)
class Arrival:
    """Says once that the web process at *address* answers, and once that it takes too long.

    It is asked each time that somebody looks, for a second at most.
    """

    address: str
    here: Callable[[], object]
    late: Callable[[], object]
    patience_seconds: float = 60.0
    _since: float = field(default_factory=time.monotonic)
    _is_here: bool = False
    _is_late: bool = False

    def look(self) -> None:
        if self._is_here:
            return
        if answers(self.address):
            self._is_here = True
            self.here()
        elif not self._is_late and time.monotonic() - self._since > self.patience_seconds:
            self._is_late = True
            self.late()


def answers(address: str) -> bool:
    """Ask the web process whether it is alive; it is on this machine, so behind no proxy."""
    try:
        with httpx.Client(timeout=_ASK_SECONDS, trust_env=False, verify=trusted()) as client:
            return client.get(f"{address}/healthz").is_success
    except httpx.HTTPError:
        return False
