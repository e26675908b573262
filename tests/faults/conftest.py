import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Config
from tests.faults.processes import MortalRedis
from tests.harness.service import Chat, chat, settings


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    """The service with the usual cast, and real sockets between it and WeCom."""
    with chat(config, sockets=True) as running:
        yield running


@pytest.fixture
def mortal_redis() -> Iterator[MortalRedis]:
    """A Redis of this test's own: it may be killed."""
    with tempfile.TemporaryDirectory(prefix="xs") as folder:  # a socket's path must be short
        redis = MortalRedis(Path(folder))
        redis.start()
        yield redis
        redis.client.close()
        redis.kill()


@pytest.fixture
def frail_bureau(database_url: str, mortal_redis: MortalRedis, tmp_path: Path) -> Iterator[Chat]:
    """The service on a Redis that may be killed."""
    config = settings(database_url, mortal_redis.socket, tmp_path)
    with chat(config, sockets=True) as running:
        yield running
