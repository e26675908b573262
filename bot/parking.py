"""While WeCom limits the whole app, or refuses its secret or address, nothing is sent at all.

The rest grows from a minute over five to an hour, and is over when a call succeeds after it.
Redis keeps it, by the service's own clock; a wiped or dead Redis only means one try too many.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from redis import Redis, RedisError

_UNTIL = "xinshi:parked:until"
_TIMES = "xinshi:parked:times"
KEPT = (_UNTIL, _TIMES)
"""What is gone when a call went through: the next rest is a short one again."""
_RESTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1))
_FORGET = timedelta(hours=3)


def park(redis: Redis, now: datetime) -> datetime:
    """Let the channel rest; return until when."""
    times = 1
    with suppress(RedisError):
        times = int(redis.incr(_TIMES))
        redis.expire(_TIMES, _FORGET)
    until = now + _RESTS[min(times, len(_RESTS)) - 1]
    with suppress(RedisError):
        redis.set(_UNTIL, until.timestamp(), ex=_FORGET)
    return until


def parked(redis: Redis, now: datetime) -> bool:
    """Tell whether the channel still has to rest."""
    until = None
    with suppress(RedisError):
        until = redis.get(_UNTIL)
    return until is not None and now < datetime.fromtimestamp(float(until), UTC)
