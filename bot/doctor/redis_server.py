"""Redis: is it there."""

from redis import Redis, RedisError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.config import Storage
from bot.doctor.findings import Finding, fault, ok
from bot.embedded_redis import redis_address

_SECONDS = 3.0


def reach(storage: Storage) -> tuple[Finding, Redis | None]:
    """Return what was found, and a connection where there is one."""
    try:
        redis = Redis.from_url(
            redis_address(storage),
            socket_connect_timeout=_SECONDS,
            socket_timeout=_SECONDS,
            protocol=2,
        )
    except ValueError:
        remedy = 'set [storage] redis_url to "embedded" or an address like redis://host:6379/0'
        return fault("redis", "[storage] redis_url is not understood", remedy), None
    try:
        redis.ping()
    except (RedisError, OSError) as error:
        redis.close()
        return _away(storage, type(error).__name__), None
    return ok("redis", f"{_shown(storage)} answers"), redis


def _away(storage: Storage, error: str) -> Finding:
    if storage.redis_url == "embedded":
        return fault("redis", "the embedded Redis is not running", "start it with `xinshi up`")
    text = f"{_shown(storage)} does not answer ({error}); nothing is lost, but answers come late"
    return fault("redis", text, "start Redis, or correct [storage] redis_url")


def _shown(storage: Storage) -> str:
    """Name the server without its password."""
    if storage.redis_url == "embedded":
        return "the embedded Redis"
    try:
        return f"Redis at {make_url(storage.redis_url).render_as_string(hide_password=True)}"
    except ArgumentError:
        return "Redis"
