"""How many messages a member may get: below WeCom's own limit, which drops the rest in silence.

Each member has a sorted set of what was sent to him in the last hour. Redis may be wiped at any
time: the sets are then built again from the outbox.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from redis import Redis, RedisError

from storage.vocabulary import OutboxId, Urgency, UserId

_PREFIX = "xinshi:budget:"
_KNOWN = _PREFIX + "known"
_HOUR = timedelta(hours=1)
_SHARE_OF_CALM = 0.5
"""What lighter alerts may use of what others may, so that grave ones find room behind them."""

# KEYS[1]: the member's set. ARGV: now, limit a minute, limit an hour, a name for each message.
# Returns 0 when the messages may go (and are counted), else the moment when they may. What was
# counted under these names and did not go counts no more. More messages than a limit has room for
# go when nothing else went.
_RESERVE = """
local now, cost = tonumber(ARGV[1]), #ARGV - 3
local function wait(window, limit)
  local since = string.format('(%.6f', now - window)
  local over = redis.call('ZCOUNT', KEYS[1], since, '+inf') + math.min(cost, limit) - limit
  if over <= 0 then return nil end
  local last = redis.call('ZRANGE', KEYS[1], since, '+inf', 'BYSCORE', 'LIMIT', over - 1, 1,
                          'WITHSCORES')
  return string.format('%.6f', last[2] + window)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 3600)
for n = 4, #ARGV do redis.call('ZREM', KEYS[1], ARGV[n]) end
local later = wait(60, tonumber(ARGV[2])) or wait(3600, tonumber(ARGV[3]))
if later then return later end
for n = 4, #ARGV do redis.call('ZADD', KEYS[1], now, ARGV[n]) end
redis.call('EXPIRE', KEYS[1], 7200)
return '0'
"""


class BudgetPolicy(BaseModel):
    """WeCom drops what goes beyond 30 a minute or 1,000 an hour to one member, without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_minute: int = Field(default=25, ge=1, le=30, description="messages a minute to one member")
    per_hour: int = Field(default=900, ge=1, le=1000, description="messages an hour to one member")
    alert_share: float = Field(
        default=0.2,
        ge=0,
        lt=1,
        description="the part of both that only alerts may use; calm messages, as of lighter cases, may use half of the rest",  # noqa: E501 - one line of the table of settings
    )

    routine_per_day: int = Field(
        default=6,
        ge=0,
        le=100,
        description="routine messages a day to one member; more wait for the next morning's digest; 0 for no end",  # noqa: E501 - one line of the table of settings
    )

    alerts_per_hour: int = Field(
        default=20,
        ge=0,
        le=900,
        description="alerts of public opinion an hour to one member; more come in one message every five minutes, the gravest first; 0 for no end",  # noqa: E501 - one line of the table of settings
    )

    def limits(self, urgency: Urgency) -> tuple[int, int]:
        """Return how many a minute and an hour messages of that urgency may fill."""
        share = 1.0 if urgency is Urgency.ALERT else 1 - self.alert_share
        share *= _SHARE_OF_CALM if urgency is Urgency.CALM else 1
        return max(1, int(self.per_minute * share)), max(1, int(self.per_hour * share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one row wants to send to one member: a long text is several messages.

    *first* is the number of those that went before.
    """

    id: OutboxId
    member: UserId
    urgency: Urgency
    messages: int = 1
    first: int = 0

    @property
    def names(self) -> list[str]:
        return [f"{self.id}:{number}" for number in range(self.first, self.first + self.messages)]


SentSince = Callable[[datetime], Sequence[tuple[OutboxId, UserId, datetime, int]]]


class Budget:
    """Counts what each member gets."""

    def __init__(self, redis: Redis, policy: BudgetPolicy) -> None:
        self._redis = redis
        self._policy = policy
        self._reserve = redis.register_script(_RESERVE)

    def reserve(
        self, requests: Sequence[Request], now: datetime, sent_since: SentSince
    ) -> dict[OutboxId, datetime]:
        """Count the messages that may go; return for the others when they may.

        *sent_since* is asked for the outbox's truth when Redis has forgotten.
        """
        if not requests:
            return {}
        known, answers = self._asked(requests, now)
        if not known:
            self._rebuild(sent_since(now - _HOUR))
            _, answers = self._asked(requests, now)
        return {
            request.id: datetime.fromtimestamp(answer, UTC)
            for request, answer in zip(requests, answers, strict=True)
            if answer
        }

    def _asked(self, requests: Sequence[Request], now: datetime) -> tuple[bool, list[float]]:
        """Tell whether anything is remembered, and what is answered to each; asked again, anew."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.exists(_KNOWN)
            for request in requests:
                self._reserve(
                    keys=[_PREFIX + request.member],
                    args=[
                        now.timestamp(),
                        *self._policy.limits(request.urgency),
                        *request.names,
                    ],
                    client=pipe,
                )
            known, *answers = pipe.execute()
        return bool(known), [float(answer) for answer in answers]

    def stamp(self, requests: Sequence[Request], now: datetime) -> None:
        """Let messages that were counted when their batch was taken count from when they leave."""
        self._count(requests, "", now, only_known=True)

    def keep(self, requests: Sequence[Request], now: datetime) -> None:
        """Count messages that may have arrived for good, whatever comes of another try."""
        self._count(requests, f":{now.timestamp()}", now, only_known=False)

    def _count(
        self, requests: Sequence[Request], suffix: str, now: datetime, *, only_known: bool
    ) -> None:
        with suppress(RedisError), self._redis.pipeline(transaction=False) as pipe:
            for request in requests:
                moments = {f"{name}{suffix}": now.timestamp() for name in request.names}
                pipe.zadd(_PREFIX + request.member, moments, xx=only_known)
            pipe.execute()

    def _rebuild(self, sent: Sequence[tuple[OutboxId, UserId, datetime, int]]) -> None:
        with self._redis.pipeline(transaction=True) as pipe:
            for row, member, sent_at, messages in sent:
                names = (f"{row}:{number}" for number in range(messages))
                pipe.zadd(_PREFIX + member, dict.fromkeys(names, sent_at.timestamp()))
                pipe.expire(_PREFIX + member, 2 * _HOUR)
            pipe.set(_KNOWN, "1")
            pipe.execute()
