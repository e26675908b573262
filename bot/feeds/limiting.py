"""How much one source may send: a bucket of posts that fills again, in this process's memory."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

_A_MINUTE = 60.0


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: datetime


class Limiter:
    """Lets each key have *a_minute* of something a minute, as much of that at once as is saved."""

    def __init__(self, a_minute: int, now: Callable[[], datetime]) -> None:
        self._a_minute = a_minute
        self._now = now
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def wait(self, key: str, wanted: int) -> int:
        """Take *wanted* and return 0, or return in how many seconds there is enough of it."""
        now = self._now()
        with self._lock:
            bucket = self._buckets.setdefault(key, _Bucket(float(self._a_minute), now))
            passed = max(now - bucket.seen, timedelta(0)).total_seconds()
            bucket.left = min(self._a_minute, bucket.left + passed * self._a_minute / _A_MINUTE)
            bucket.seen = now
            missing = wanted - bucket.left
            if missing <= 0:
                bucket.left -= wanted
                return 0
        return ceil(missing * _A_MINUTE / self._a_minute)


class Seldom:
    """Tells for each key whether *pause* has passed since it last said so."""

    def __init__(self, pause: timedelta, now: Callable[[], datetime]) -> None:
        self._pause = pause
        self._now = now
        self._last: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def is_time(self, key: str) -> bool:
        now = self._now()
        with self._lock:
            last = self._last.get(key)
            if last is not None and now - last < self._pause:
                return False
            self._last[key] = now
        return True
