"""Real processes of the service, and a Redis that can die; each is ended by its own id."""

import json
import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from redis import Redis, RedisError

from bot.cli import app
from bot.config import Config
from bot.embedded_redis import server_binary

BUSY = 6
"""How many times as long a busy machine may take."""
_GRACE_SECONDS = 15


def write_config(config: Config, path: Path) -> Path:
    """Write *config* as the TOML that the commands read."""
    sections = config.model_dump(mode="json")
    path.write_text("".join(f"{name} = {_toml(value)}\n" for name, value in sections.items()))
    return path


def _toml(value: Any) -> str:
    match value:
        case Mapping():
            pairs = [
                f"{json.dumps(key, ensure_ascii=False)} = {_toml(one)}"
                for key, one in value.items()
                if one is not None
            ]
            return "{ " + ", ".join(pairs) + " }"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


@cache
def _ready() -> ForkServerContext:
    """Return what forks processes from one that has imported us: to do that takes two seconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.cli.running", "bot.programs", "bot.feeds.polling"])
    return context


def start(main: Callable[..., object], *given: object) -> ForkServerProcess:
    """Let a process of its own do *main*, which its module has by name."""
    process = _ready().Process(target=_quietly, args=(main, given))
    process.start()
    return process


def start_program(name: str, config: Path) -> ForkServerProcess:
    """Start a program of the service, as its command does."""
    return start(app, [name, "--config", str(config)])


def pipe() -> tuple[Connection, Connection]:
    """Return two ends, one of which is for a process to come."""
    return _ready().Pipe()


def _quietly(main: Callable[..., object], given: Sequence[object]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    main(*given)


def end(*processes: ForkServerProcess) -> None:
    """Ask each to end, and wait; whoever does not is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(_GRACE_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()


def until(true: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until *true*, which is what a test then goes on from.

    *seconds* is what that takes at most where nothing else runs; a busy machine gets more.

    Raises:
        TimeoutError: it did not become so.
    """
    deadline = time.monotonic() + seconds * BUSY
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)


class MortalRedis:
    """A redis-server on a socket: it can be killed, hung, and started anew, with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "r.sock"
        self.client = Redis.from_url(f"unix://{self.socket}")  # one that tries once
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [server_binary(), "--port", "0", "--unixsocket", str(self.socket), "--save", ""],
            cwd=self.socket.parent,
            stdout=subprocess.DEVNULL,
        )
        until(self._answers, 10, "redis-server did not start")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Let it accept connections and answer nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except (RedisError, OSError):
            return False
