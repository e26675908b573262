"""Nothing is said to be up before the web process answers."""

import socket
from collections.abc import Iterator

import pytest
from flask import Flask

from bot.arrival import Arrival
from bot.supervisor import BindError, check_bind
from tests.harness.service import web_server


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a web process that takes connections and has not begun to answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def announced(address: str, patience: float) -> tuple[Arrival, list[str]]:
    said: list[str] = []
    arrival = Arrival(address, lambda: said.append("here"), lambda: said.append("late"), patience)
    return arrival, said


def test_who_answers_is_announced_once() -> None:
    app = Flask("alive")
    app.add_url_rule("/healthz", view_func=lambda: "ok")
    with web_server(app) as port:
        arrival, said = announced(f"http://127.0.0.1:{port}", 60)
        arrival.look()
        arrival.look()
    assert said == ["here"]


def test_who_does_not_answer_yet_is_waited_for(silent: str) -> None:
    arrival, said = announced(silent, 60)
    arrival.look()
    assert said == []


def test_who_takes_too_long_is_told_once_and_still_waited_for(silent: str) -> None:
    arrival, said = announced(silent, 0)
    arrival.look()
    arrival.look()
    assert said == ["late"]


def test_who_answers_with_a_fault_is_not_there() -> None:
    with web_server(Flask("something else")) as port:
        arrival, said = announced(f"http://127.0.0.1:{port}", 60)
        arrival.look()
    assert said == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_a_port_that_is_taken_is_told_and_a_free_one_is_not(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        other = socket.create_server((host.strip("[]"), 0), family=family)
    except OSError:
        pytest.skip("this machine has no such address")
    bind = f"{host}:{other.getsockname()[1]}"
    with other, pytest.raises(BindError, match="Address already in use"):
        check_bind(bind)
    check_bind(bind)
