"""How the page and a replay move the clock: by whom, by which steps, and what that set off."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

MORNING = "下一个工作日上午"
DUE = "下一个到期"

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_LENGTH = re.compile(r"\+(\d{1,6})([dhms])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is or was due, in words, and when."""

    what: str
    at: datetime


class Clockwork(Protocol):
    """What whoever runs the simulator gives, so that time can be moved; each returns what fired."""

    def advance(self, length: timedelta) -> Sequence[Happening]: ...

    def to_next_morning(self) -> Sequence[Happening]: ...

    def to_next_due(self) -> Sequence[Happening]: ...

    def upcoming(self) -> Happening | None:
        """Return what is due next."""


def choose(clockwork: Clockwork, step: str) -> Callable[[], Sequence[Happening]]:
    """Return the step that the page and a transcript call ``+1h``, or by a name above.

    Raises:
        ValueError: no step is called that.
    """
    if step == MORNING:
        return clockwork.to_next_morning
    if step == DUE:
        return clockwork.to_next_due
    if not (length := _LENGTH.fullmatch(step)):
        raise ValueError(f"no step of the clock is called {step!r}")
    return partial(clockwork.advance, timedelta(**{_UNITS[length[2]]: int(length[1])}))
