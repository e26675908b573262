"""How many messages a member may get: below WeCom's own limit, which drops the rest in silence.

Each member has a sorted set of what was sent to him in the last hour. Redis may be wiped at any
time: the sets are then built again from the outbox.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from redis import Redis

from storage.vocabulary import OutboxId, Urgency, UserId

_PREFIX = "xinshi:budget:"
_KNOWN = _PREFIX + "known"
_HOUR = timedelta(hours=1)

# KEYS[1]: the member's set. ARGV: now, id, per minute, per hour.
# Returns 0 when the message may go (and is counted), else the moment when one more may.
_RESERVE = """
local now, hour = tonumber(ARGV[1]), 3600
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - hour)
if redis.call('ZSCORE', KEYS[1], ARGV[2]) then return '0' end
local minute_count = redis.call('ZCOUNT', KEYS[1], '(' .. (now - 60), '+inf')
local hour_count = redis.call('ZCARD', KEYS[1])
if minute_count >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGE', KEYS[1], '(' .. (now - 60), '+inf', 'BYSCORE',
                            'LIMIT', minute_count - tonumber(ARGV[3]), 1, 'WITHSCORES')
  return tostring(tonumber(oldest[2]) + 60)
end
if hour_count >= tonumber(ARGV[4]) then
  local oldest = redis.call('ZRANGE', KEYS[1], hour_count - tonumber(ARGV[4]),
                            hour_count - tonumber(ARGV[4]), 'WITHSCORES')
  return tostring(tonumber(oldest[2]) + hour)
end
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('EXPIRE', KEYS[1], 2 * hour)
return '0'
"""


class BudgetPolicy(BaseModel):
    """WeCom drops what goes beyond 30 a minute or 1,000 an hour to one member, without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_minute: int = Field(default=25, ge=1, le=30, description="messages a minute to one member")
    per_hour: int = Field(default=900, ge=1, le=1000, description="messages an hour to one member")
    alert_share: float = Field(
        default=0.2, ge=0, lt=1, description="the part of both that only alerts may use"
    )

    def limits(self, urgency: Urgency) -> tuple[int, int]:
        """Return how many a minute and an hour messages of that urgency may fill."""
        share = 1.0 if urgency is Urgency.ALERT else 1 - self.alert_share
        return max(1, int(self.per_minute * share)), max(1, int(self.per_hour * share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One message to one member."""

    id: OutboxId
    member: UserId
    urgency: Urgency


SentSince = Callable[[datetime], Sequence[tuple[OutboxId, UserId, datetime]]]


class Budget:
    """Counts what each member gets."""

    def __init__(self, redis: Redis, policy: BudgetPolicy) -> None:
        self._redis = redis
        self._policy = policy
        self._reserve = redis.register_script(_RESERVE)

    def reserve(
        self, requests: Sequence[Request], now: datetime, sent_since: SentSince
    ) -> dict[OutboxId, datetime]:
        """Count the messages that may go; return for the others when one more may.

        *sent_since* is asked for the outbox's truth when Redis has forgotten.
        """
        if not requests:
            return {}
        if not self._redis.exists(_KNOWN):
            self._rebuild(sent_since(now - _HOUR))
        with self._redis.pipeline(transaction=False) as pipe:
            for request in requests:
                minute, hour = self._policy.limits(request.urgency)
                self._reserve(
                    keys=[_PREFIX + request.member],
                    args=[now.timestamp(), request.id, minute, hour],
                    client=pipe,
                )
            answers = [float(answer) for answer in pipe.execute()]
        return {
            request.id: datetime.fromtimestamp(answer, UTC)
            for request, answer in zip(requests, answers, strict=True)
            if answer
        }

    def _rebuild(self, sent: Sequence[tuple[OutboxId, UserId, datetime]]) -> None:
        with self._redis.pipeline(transaction=True) as pipe:
            for message, member, sent_at in sent:
                pipe.zadd(_PREFIX + member, {message: sent_at.timestamp()})
                pipe.expire(_PREFIX + member, 2 * _HOUR)
            pipe.set(_KNOWN, "1")
            pipe.execute()
