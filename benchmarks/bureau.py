"""What the benchmarks share: servers, a bureau of many members, a WeCom that answers at once."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bot.config import Config
from handlers.members.capability import import_roster, read_roster
from storage.migrations import upgrade
from storage.unit_of_work import open_database
from tests.harness.servers import TEMPLATE, postgresql_server, redis_server
from tests.harness.service import settings

MEMBERS = 1000
ROOT = Path(__file__).parents[1]


def report(benchmark: str, **figures: Any) -> None:
    """Print one JSON line."""
    rounded = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in figures.items()
    }
    print(json.dumps({"benchmark": benchmark, **rounded}, ensure_ascii=False), flush=True)


def roster(members: int = MEMBERS) -> bytes:
    """Return a bureau of fifty sections; every member is an officer, the first of each its head."""
    lines = ["userid,name,unit,roles,aliases"]
    for number in range(members):
        roles = "officer|section_head" if number < 50 else "officer"
        lines.append(f"u{number},成员{number},区住建局/科{number % 50},{roles},")
    lines += ["office,办公室,区住建局/办公室,office,", "deputy,分管,区住建局,deputy,"]
    return "\n".join(lines).encode()


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Yield the address of an empty, migrated database that really waits for its disk."""
    with tempfile.TemporaryDirectory(prefix="xsbench") as folder:
        if kind == "sqlite":
            url = f"sqlite:///{folder}/xinshi.db"
            _migrate(url)
            yield url
            return
        with postgresql_server(durable=True) as server, server.fresh() as url:
            yield url


def _migrate(url: str) -> None:
    opened = open_database(url)
    upgrade(opened.engine)
    opened.close()


@contextmanager
def filled(kind: str, name: str, fill: Callable[[str], None], folder: Path) -> Iterator[str]:
    """Yield the address of a copy of the database *name*, which is filled once and kept.

    It is kept in *folder*, as it was when it was filled; the copy is migrated.
    """
    with tempfile.TemporaryDirectory(prefix="xsbench") as place:
        if kind == "sqlite":
            kept = folder / f"{name}.db"
            if not kept.exists():
                unfinished = Path(place) / "unfinished.db"
                _migrate(f"sqlite:///{unfinished}")
                fill(f"sqlite:///{unfinished}")
                shutil.move(unfinished, kept)
            shutil.copy(kept, Path(place) / "xinshi.db")
            url = f"sqlite:///{place}/xinshi.db"
            _migrate(url)
            yield url
            return
        with postgresql_server(durable=True, kept=folder / "postgresql") as server:
            server.make_once(name, TEMPLATE, fill)
            url = server.copy(name, "xinshi_run")
            _migrate(url)
            yield url


@contextmanager
def bureau(kind: str, api: str = "http://127.0.0.1:9") -> Iterator[Config]:
    """Yield the configuration of a bureau with its members in the database."""
    with database(kind) as url, bureau_at(url, api) as config:
        yield config


@contextmanager
def bureau_at(url: str, api: str = "http://127.0.0.1:9") -> Iterator[Config]:
    """Yield the configuration of a bureau with its members in the database of that address."""
    from bot.app import build_services  # noqa: PLC0415 - slow, and not for every benchmark

    folder = Path(tempfile.mkdtemp(prefix="xsbench"))
    with redis_server() as socket:
        # Not of a simulation, whose clock is in a file.
        config = settings(url, socket, folder, environment="production")
        wecom = config.wecom.model_copy(update={"api_base_url": api})
        config = config.model_copy(update={"wecom": wecom})
        services = build_services(config)
        with services.database.begin() as uow:
            rows, bad = read_roster(roster())
            import_roster(services.context(uow), rows, bad)
        services.close()
        yield config
    shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Served:
    """A program under gunicorn."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return the CPU time of all its processes: on a busy machine the better judge."""
        ticks = 0
        for pid in family(self.pid):
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(after_name[11]) + int(after_name[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return the process and everything below it."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += family(int(child))
    return found


@contextmanager
def web(program: str, config: Config) -> Iterator[Served]:
    """Run one of benchmarks/serve.py's applications under gunicorn."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(config.model_dump_json())
        file.flush()
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks.serve", program, file.name],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        try:
            if process.stdout is None:
                raise RuntimeError("no pipe")
            yield Served(int(process.stdout.readline()), process.pid)
        finally:
            process.terminate()
            process.wait()


class _Accepting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    calls = 0

    def do_GET(self) -> None:
        self._answer({"errcode": 0, "access_token": "t", "expires_in": 7200})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        _Accepting.calls += 1
        self._answer({"errcode": 0, "msgid": "m", "response_code": "r"})

    def _answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\n\r\n"
        self.wfile.write(head.encode() + content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def accepting_wecom() -> Iterator[tuple[str, type[_Accepting]]]:
    """Run a server API that takes everything; yield its address and its counter."""
    _Accepting.calls = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Accepting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", _Accepting
    finally:
        server.shutdown()
        server.server_close()


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._start
