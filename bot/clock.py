"""The only place that reads the time; in a simulation it can be moved forward."""

import fcntl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Now = Callable[[], datetime]


def system_now() -> datetime:
    """Return the machine's time as an aware UTC datetime."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def how_far(moment: datetime, now: Now) -> timedelta:
    """Return how far a moment that somebody else's clock says is from the nearer of two clocks.

    A simulation moves *now* forward while a request may bear the machine's own time.
    """
    return min(abs(moment - now()), abs(moment - system_now()))


class SimulatedClock:
    """The time of *base* plus an offset that every process of a simulation shares.

    The offset is a number of seconds in a small file, so that web, worker, scheduler and simulator
    see the same moment. A missing file means no offset.
    """

    def __init__(self, path: Path, base: Now = system_now) -> None:
        self._path = path
        self._base = base

    def __call__(self) -> datetime:
        return self._base() + self._offset()

    def advance(self, step: timedelta) -> datetime:
        """Move every process's clock forward by *step* and return the new moment.

        Raises:
            ValueError: the step is negative; timers that fired cannot be taken back.
        """
        if step < timedelta(0):
            raise ValueError("a simulated clock only moves forward")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            seconds = (self._offset() + step).total_seconds()
            fresh = self._path.with_suffix(".new")
            fresh.write_text(f"{seconds}\n")
            fresh.replace(self._path)
        return self()

    def _offset(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._path.read_text()))
        except FileNotFoundError:
            return timedelta(0)
