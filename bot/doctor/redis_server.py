"""Redis: is it there."""

import os
import pwd
from pathlib import Path

from redis import Redis, RedisError
from sqlalchemy.exc import ArgumentError

from bot.config import Storage
from bot.doctor.database import without_secrets
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
        return away(storage, type(error).__name__), None
    return ok("redis", f"{_shown(storage)} answers"), redis


def away(storage: Storage, error: str, uid: int | None = None) -> Finding:
    """Say that Redis did not answer the user *uid*, by default who runs this."""
    if storage.redis_url == "embedded":
        owner, asking = _owner(storage.state), os.getuid() if uid is None else uid
        if owner is not None and owner != asking:
            name = _user(owner)
            text = f"the embedded Redis belongs to {name}, and this runs as {_user(asking)}"
            return fault("redis", text, f"run it as its user: sudo -u {name} xinshi doctor")
        return fault("redis", "the embedded Redis is not running", "start it with `xinshi up`")
    text = f"{_shown(storage)} does not answer ({error}); nothing is lost, but answers come late"
    return fault("redis", text, "start Redis, or correct [storage] redis_url")


def _owner(folder: Path) -> int | None:
    try:
        return folder.stat().st_uid
    except OSError:
        return None


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _shown(storage: Storage) -> str:
    """Name the server without its password."""
    if storage.redis_url == "embedded":
        return "the embedded Redis"
    try:
        return f"Redis at {without_secrets(storage.redis_url)}"
    except ArgumentError:
        return "Redis"
