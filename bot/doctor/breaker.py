"""Whether the service holds back from WeCom after a refusal, and until when."""

from datetime import timedelta

from redis import Redis, RedisError

from bot.channel.client import ApiSettings, namespace
from bot.channel.errors import error_for
from bot.clock import Now
from bot.doctor.findings import Finding, fault
from bot.doctor.refusals import explain
from handlers.rules.calendar import local


def examine(settings: ApiSettings, redis: Redis, machine_now: Now) -> Finding | None:
    """Return a fault while the breaker is open: to ask again could get this address banned."""
    key = f"{namespace(settings)}:breaker"
    try:
        code, milliseconds = redis.get(key), redis.pttl(key)
    except RedisError:
        return None
    if code is None or milliseconds <= 0:
        return None
    until = local(machine_now() + timedelta(milliseconds=milliseconds))
    reason = explain(error_for(int(code), ""))
    text = f"{reason.text}; it is asked again at {until:%H:%M:%S} Shanghai time"
    return fault(reason.check, text, reason.remedy)
