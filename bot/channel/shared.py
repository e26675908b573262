"""What all processes of one app know together: in Redis, or each its own while Redis is away."""

import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

_PAUSE_S = 5.0
_DELETE_IF_EQUAL = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0
"""

Monotonic = Callable[[], float]

_T = TypeVar("_T")


class SharedMemory:
    """Short-lived values under *prefix*.

    Every write also goes to this process's memory, so that the loss of Redis costs coordination
    between processes and nothing else. After a failure Redis is left alone for five seconds: a dead
    one must not slow every call.
    """

    def __init__(
        self, redis: Redis | None, prefix: str, *, monotonic: Monotonic = time.monotonic
    ) -> None:
        self._redis = redis
        self._prefix = prefix
        self._monotonic = monotonic
        self._own: dict[str, tuple[str, float]] = {}
        self._lock = Lock()
        self._away_until = float("-inf")

    def get(self, name: str) -> str | None:
        """Return what the processes share, or what this one knows while Redis is away."""
        return self._ask(lambda redis: _text(redis.get(self._key(name))), lambda: self.own(name))

    def own(self, name: str) -> str | None:
        """Return what this process wrote itself, whatever became of it in Redis."""
        with self._lock:
            return self._live(name)

    def put(self, name: str, value: str, seconds: float) -> None:
        with self._lock:
            self._own[name] = (value, self._monotonic() + seconds)
        self._ask(
            lambda redis: redis.set(self._key(name), value, px=_milliseconds(seconds)),
            lambda: None,
        )

    def claim(self, name: str, value: str, seconds: float) -> bool:
        """Put *value* unless there is one already; say whether it was put."""
        return self._ask(
            lambda redis: bool(
                redis.set(self._key(name), value, nx=True, px=_milliseconds(seconds))
            ),
            lambda: self._claim_own(name, value, seconds),
        )

    def remove(self, name: str, value: str) -> None:
        """Remove *name* where it still holds *value*: another process may have renewed it."""
        with self._lock:
            if self._live(name) == value:
                del self._own[name]
        self._ask(
            lambda redis: redis.eval(_DELETE_IF_EQUAL, 1, self._key(name), value), lambda: None
        )

    def count(self, name: str, seconds: float) -> int:
        """Count one more in a window that begins with its first and lasts *seconds*."""
        return self._ask(
            lambda redis: self._count_shared(redis, name, seconds),
            lambda: self._count_own(name, seconds),
        )

    def _ask(self, shared: Callable[[Redis], _T], alone: Callable[[], _T]) -> _T:
        if self._redis is None or self._monotonic() < self._away_until:
            return alone()
        try:
            return shared(self._redis)
        except RedisError as error:
            self._away_until = self._monotonic() + _PAUSE_S
            log.warning("redis_away", error=type(error).__name__)
            return alone()

    def _count_shared(self, redis: Redis, name: str, seconds: float) -> int:
        key = self._key(name)
        with redis.pipeline(transaction=True) as pipe:
            pipe.set(key, 0, nx=True, px=_milliseconds(seconds))
            pipe.incr(key)
            return int(pipe.execute()[-1])

    def _count_own(self, name: str, seconds: float) -> int:
        with self._lock:
            number = int(self._live(name) or 0) + 1
            since = self._own[name][1] if number > 1 else self._monotonic() + seconds
            self._own[name] = (str(number), since)
            return number

    def _claim_own(self, name: str, value: str, seconds: float) -> bool:
        with self._lock:
            if self._live(name) is not None:
                return False
            self._own[name] = (value, self._monotonic() + seconds)
            return True

    def _live(self, name: str) -> str | None:
        value, until = self._own.get(name, (None, 0.0))
        return value if self._monotonic() < until else None

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{name}"


def _text(value: bytes | str | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))
