"""Real servers, shared by all tests of a process; a fresh database for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.config import Config
from bot.logs import configure_logs
from storage.migrations import upgrade
from storage.unit_of_work import open_database
from tests.harness.databases import CAST, Postgres, Sqlite
from tests.harness.servers import PostgreSQL, postgresql_server, redis_server
from tests.harness.service import Chat, chat, settings

EVERY_EXAMPLE_ON_BOTH = ("tests/faults", "tests/storage", "tests/handlers/test_twice.py")
LONGEST = (
    "tests/faults/test_fault_gate.py",
    "tests/faults/test_two_deciders.py",
    "tests/scenarios/test_any_course.py",
    "tests/bot/test_up.py",
    "tests/web/test_demo_page.py",
)
"""What begins first, so that nobody waits for one of them at the end."""
ASKS_WHAT_OTHERS_ASK = tuple(
    f"tests/scenarios/test_{name}.py"
    for name in (
        "approving_with_more",
        "days_off",
        "deciding",
        "finishing",
        "free_words",
        "help_and_quotas",
        "kind_and_channel",
        "machine_proof",
        "persons_numbers",
        "points_of_people",
        "who_reviews",
        "withdrawing",
        "writing",
    )
)
"""Each statement that these gave PostgreSQL, by a record of all, others gave it as well."""


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
        asked = "postgresql" in example and item.nodeid.startswith(ASKS_WHAT_OTHERS_ASK)
        (left_out if asked or (again and function in seen) else kept).append(item)
        seen |= {function} if again else set()
    items[:] = sorted(kept, key=lambda item: not item.nodeid.startswith(LONGEST))
    config.hook.pytest_deselected(items=left_out)


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
def postgresql() -> Iterator[PostgreSQL]:
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def sqlite_copies(sqlite_template: Path) -> Sqlite:
    return Sqlite(sqlite_template)


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
