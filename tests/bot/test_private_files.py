"""What is written holds drafts, secrets and a token: no other user of the machine reads it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from bot.config import Config
from bot.embedded_redis import EmbeddedRedis, NoRedisError, socket_of
from bot.media import keep, path_of
from tests.harness.administrator import administrator
from tests.harness.service import settings

THREADS = 8


def is_private(path: Path) -> bool:
    return not path.stat().st_mode & 0o077


@pytest.fixture
def unborn(redis_socket: Path, tmp_path: Path) -> Config:
    """A configuration of which nothing is there yet."""
    return settings(f"sqlite:///{tmp_path}/var/xinshi.db", redis_socket, tmp_path)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(tmp_path / "state")
    yield server
    server.stop()


def test_the_database_is(unborn: Config, tmp_path: Path) -> None:
    assert administrator(unborn, tmp_path).runs("migrate").code == 0
    assert is_private(tmp_path / "var" / "xinshi.db")


def test_the_file_of_the_embedded_redis_is(redis: EmbeddedRedis, tmp_path: Path) -> None:
    redis.start()
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert files
    assert all(map(is_private, files))


def test_a_long_path_has_its_socket_elsewhere_but_in_nobody_elses_folder(tmp_path: Path) -> None:
    """Who listens at a socket that he made first would be given WeCom's token."""
    state = tmp_path / ("x" * 100)
    folder = socket_of(state).parent
    folder.mkdir(mode=0o700)
    try:
        assert socket_of(state).parent == folder
        folder.chmod(0o777)
        with pytest.raises(NoRedisError, match="not this user's own"):
            socket_of(state)
    finally:
        folder.rmdir()


def test_pictures_are(tmp_path: Path) -> None:
    assert is_private(path_of(tmp_path, keep(tmp_path, b"a picture")))


def test_a_picture_that_many_store_at_once_is_whole_and_stored_once(tmp_path: Path) -> None:
    """Two workers fetch the same picture for two drafts."""
    start = Barrier(THREADS)

    def store(content: bytes) -> str:
        start.wait()
        return keep(tmp_path, content)

    with ThreadPoolExecutor(THREADS) as pool:
        for number in range(20):
            content = b"%d" % number * 100_000
            (sha256,) = set(pool.map(store, [content] * THREADS))
            assert path_of(tmp_path, sha256).read_bytes() == content
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 20
