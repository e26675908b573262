"""A bureau with pages, and browsers of its members without a window."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.config import Config
from tests.harness.pages import Visitor
from tests.harness.service import Chat, chat

LogIn = Callable[[str], Visitor]


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


@pytest.fixture
def log_in(bureau: Chat) -> Iterator[LogIn]:
    """Return what logs a member in, in a browser of his own."""
    with ExitStack() as browsers:

        def log_in(userid: str) -> Visitor:
            visitor = browsers.enter_context(Visitor(bureau))
            visitor.logs_in(userid)
            return visitor

        yield log_in
