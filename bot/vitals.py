"""Signs of life that the processes leave for one another in Redis, by the service's own clock.

A wiped Redis only means that they have to be left anew; while it is away there are none.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis import Redis, RedisError

from bot import parking
from bot.channel.port import ChannelError, Remedy

_KEY = "xinshi:vitals"
_MESSAGE_LENGTH = 300
_FORGOTTEN = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a call to the channel failed of, and when."""

    error: ChannelError
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Who was last seen when; None for never.

    *asked_at* is since when a worker has owed an answer. *probe* is why the last probe failed,
    *sending* why the last message did; None when it did not.
    """

    scheduler_at: datetime | None = None
    worker_at: datetime | None = None
    asked_at: datetime | None = None
    looked_at: datetime | None = None
    probed_at: datetime | None = None
    probe: Refusal | None = None
    sending: Refusal | None = None

    def refusal(self, now: datetime) -> Refusal | None:
        """Return what the channel has against us; what was long ago may be true no more."""
        lately = self.sending is not None and now - self.sending.at < _FORGOTTEN
        return self.probe or (self.sending if lately else None)


def read(redis: Redis) -> Vitals:
    """Return the signs that are there.

    Raises:
        RedisError: Redis is away.
    """
    found = {_text(name): _text(value) for name, value in redis.hgetall(_KEY).items()}
    return Vitals(
        scheduler_at=_moment(found.get("scheduler")),
        worker_at=_moment(found.get("worker")),
        asked_at=_moment(found.get("asked")),
        looked_at=_moment(found.get("looked")),
        probed_at=_moment(found.get("probed")),
        probe=_refusal(found.get("probe")),
        sending=_refusal(found.get("sending")),
    )


def scheduler_works(redis: Redis, now: datetime) -> None:
    _write(redis, {"scheduler": _number(now)})


def worker_works(redis: Redis, now: datetime) -> None:
    """Note that a worker is at work: so it owes no answer."""
    _write(redis, {"worker": _number(now)}, "asked")


def looked(redis: Redis, now: datetime) -> None:
    _write(redis, {"looked": _number(now)})


def asked(redis: Redis, now: datetime) -> None:
    """Note that a worker was rung for, unless it owes an answer from before."""
    with suppress(RedisError):
        redis.hsetnx(_KEY, "asked", _number(now))


def probed(redis: Redis, now: datetime, error: ChannelError | None) -> None:
    """Note what came of a probe."""
    moment = {"probed": _number(now)}
    if error is None:
        _write(redis, moment, "probe")
    else:
        _write(redis, {**moment, "probe": _kept(error, now)})


def refused(redis: Redis, now: datetime, error: ChannelError) -> None:
    """Note that the channel takes no messages."""
    _write(redis, {"sending": _kept(error, now)})


def accepted(redis: Redis) -> None:
    """Note that the channel takes messages: it need not rest either."""
    with suppress(RedisError), redis.pipeline(transaction=False) as pipe:
        pipe.delete(*parking.KEPT)
        pipe.hdel(_KEY, "sending")
        pipe.execute()


def _write(redis: Redis, values: Mapping[str, str], *gone: str) -> None:
    items = [part for pair in values.items() for part in pair]
    with suppress(RedisError):
        if not gone:
            redis.hset(_KEY, items=items)
            return
        with redis.pipeline(transaction=True) as pipe:
            pipe.hset(_KEY, items=items)
            pipe.hdel(_KEY, *gone)
            pipe.execute()


def _kept(error: ChannelError, now: datetime) -> str:
    values = {
        "remedy": error.remedy,
        "code": error.code,
        "message": error.message[:_MESSAGE_LENGTH],
        "at": now.timestamp(),
    }
    return json.dumps(values, ensure_ascii=False)


def _refusal(text: str | None) -> Refusal | None:
    if text is None:
        return None
    values = json.loads(text)
    error = ChannelError(Remedy(values["remedy"]), values["code"], values["message"])
    return Refusal(error=error, at=datetime.fromtimestamp(values["at"], UTC))


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _number(moment: datetime) -> str:
    return str(moment.timestamp())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromtimestamp(float(text), UTC)
