import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from bot.demo import ServiceClockwork, settle_all
from bot.simulator import create_simulator_app, serve
from tests.harness.databases import CAST, Sqlite
from tests.harness.service import Chat
from tests.web.visitor import Visitor, chromium

_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A page that is being served, and the bureau behind it."""

    address: str
    bureau: Chat


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def database_url(sqlite_copies: Sqlite, request: pytest.FixtureRequest) -> str:
    """A fresh SQLite: the page does not know which database is behind it."""
    return sqlite_copies.anew(CAST if "bureau" in request.fixturenames else None)


@pytest.fixture
def site(bureau: Chat) -> Iterator[Site]:
    """The page of a bureau, beside which a worker is at work."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(_PAUSE_SECONDS):
            settle_all(bureau.services)

    worker = threading.Thread(target=work)
    clockwork = ServiceClockwork(services=bureau.services)
    hints = [("alice", "投稿 春季消防检查\n检查重点场所12处。"), ("bob", "待审")]
    server = serve(create_simulator_app(bureau.wecom, clockwork=clockwork, hints=hints), port=0)
    worker.start()
    server.start()
    try:
        yield Site(address=f"http://127.0.0.1:{server.port}/", bureau=bureau)
    finally:
        stop.set()
        worker.join()
        server.stop()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open the page at a size; what went wrong on it fails the test at its end."""
    visitors: list[Visitor] = []

    def arrive(size: str = "desk", scheme: str = "light") -> Visitor:
        visitors.append(Visitor(browser, site.address, size, scheme))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.leaves()
