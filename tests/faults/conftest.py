import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.processes import MortalRedis
from tests.harness.service import Chat, chat, settings


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
    with chat(settings(database_url, mortal_redis.socket, tmp_path)) as running:
        yield running
