"""All checks in order: this machine first, then its servers, then WeCom, then the people."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from bot import parking
from bot.app import clock_of
from bot.clock import Now, system_now
from bot.config import Config, ConfigError, load_config
from bot.doctor import (
    callback,
    database,
    disk,
    embedding,
    people,
    prepared,
    redis_server,
    settings,
    wecom,
    work,
)
from bot.doctor.findings import Finding, fault, ok
from storage.unit_of_work import UnitOfWork


def examine(
    path: Path, *, now: Now | None = None, machine_now: Now = system_now
) -> Iterator[Finding]:
    """Yield one finding for each check as soon as it is made; nothing is changed or sent.

    *now* is the service's clock, by default the one that *path* configures; *machine_now* is this
    machine's, which a simulation does not move.
    """
    try:
        config = load_config(path)
    except ConfigError as error:
        said = " ".join(line.strip() for line in str(error).splitlines())
        remedy = "correct it (config.example.toml explains every key), or write it by `xinshi init`"
        yield fault("configuration", said, remedy)
        return
    yield ok("configuration", f"{path} can be read")
    yield from settings.examine(config, path)
    yield from disk.examine(_folders(config))
    yield from _examine_servers(config, now or clock_of(config), machine_now)


def _folders(config: Config) -> Mapping[str, Path]:
    """Return the folders that are written to, by their settings."""
    storage = config.storage
    keeps_state = storage.redis_url == "embedded" or config.environment == "simulation"
    state = {"state_dir": storage.state} if keeps_state else {}
    return {"media_dir": storage.media_dir, **state}


def _examine_servers(config: Config, now: Now, machine_now: Now) -> Iterator[Finding]:
    found, redis = redis_server.reach(config.storage)
    yield found
    if redis is None:
        resting = False
        yield from wecom.examine(config.wecom, None, machine_now)
    else:
        with closing(redis):
            resting = parking.parked(redis, now())
            yield from wecom.examine(config.wecom, redis, machine_now)
    yield callback.examine(config, machine_now)

    def inside(uow: UnitOfWork) -> Iterator[Finding]:
        yield from people.examine(uow)
        yield from prepared.examine(uow)
        yield from embedding.examine(uow, config.opinion, now())
        yield from work.examine(uow, config, now(), resting=resting)

    yield from database.examine(config.storage.database_url, now(), inside)
