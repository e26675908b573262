"""Real servers, shared by all tests; a fresh database for each test."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from redis import Redis

from bot.config import Config
from bot.logs import configure_logs
from tests.harness.databases import CAST, Postgres, Sqlite
from tests.harness.servers import PostgreSQL, postgresql_server, redis_server
from tests.harness.service import Chat, chat, settings

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

EVERY_EXAMPLE_ON_BOTH = ("tests/faults", "tests/storage", "tests/handlers/test_twice.py")
LONGEST = (
    "tests/faults/test_fault_gate.py",
    "tests/faults/test_killed_at_night.py",
    "tests/faults/test_two_deciders.py",
    "tests/scenarios/test_any_course.py",
    "tests/scenarios/test_some_weeks.py",
    "tests/bot/test_up.py",
    "tests/web/test_demo_page.py",
    "tests/web/test_replays.py",
)
"""What begins first, so that nobody waits for one of them at the end."""
ASKED_ELSEWHERE = {*Path(__file__).with_name("asked_elsewhere.txt").read_text("utf-8").splitlines()}
"""Tests and examples that give PostgreSQL nothing of their own: tests/harness/statements.py."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the first example of a test on both databases, and its other examples on SQLite.

    Where the database itself is what a test is about, each of its examples runs on both; what asks
    nothing that others do not ask runs on SQLite alone.
    """
    seen: set[str] = set()
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        function, _, example = item.nodeid.partition("[")
        again = "postgresql-" in example and not item.nodeid.startswith(EVERY_EXAMPLE_ON_BOTH)
        named = not ASKED_ELSEWHERE.isdisjoint({function, item.nodeid})
        asked = named and "postgresql" in example
        (left_out if asked or (again and function in seen) else kept).append(item)
        seen |= {function} if again else set()
    items[:] = sorted(kept, key=lambda item: not item.nodeid.startswith(LONGEST))
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what stays: a twentieth of what tests cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Log as the service does: structlog's own way of showing an error reads every variable.

    A command configures the logs of its process, and here that is ours: it is set right again.
    """
    configure_logs("info", as_json=True)
    yield
    configure_logs("info", as_json=True)


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[Path]:
    with redis_server() as socket:
        yield socket


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all testers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def postgresql(shared: Path) -> Iterator[PostgreSQL]:
    with postgresql_server(shared) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_copies(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(shared, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_copies(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Postgres:
    return Postgres(postgresql, tmp_path_factory.mktemp("postgres"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database, of each kind in turn."""
    copies: Sqlite | Postgres = request.getfixturevalue(f"{request.param}_copies")
    return copies.anew(CAST if "bureau" in request.fixturenames else None)


@pytest.fixture
def config(database_url: str, redis_socket: Path, tmp_path: Path) -> Iterator[Config]:
    yield settings(database_url, redis_socket, tmp_path)
    redis = Redis(unix_socket_path=str(redis_socket))
    redis.flushall()
    redis.close()


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    """The service with the usual cast and a simulated WeCom around it."""
    with chat(config) as running:
        yield running
