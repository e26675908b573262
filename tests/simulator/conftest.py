from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.simulator import Phone, World, create_simulator_app

from .kit import Api, Clock, Service, Webhook, create_world, running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    service = Service()
    with running(service.create_app()) as server:
        service.url = f"http://127.0.0.1:{server.port}/wecom/callback"
        yield service


@pytest.fixture
def webhook(service: Service) -> Webhook:
    service.webhook = Webhook()
    return service.webhook


@pytest.fixture
def world(service: Service, webhook: Webhook, clock: Clock) -> World:  # noqa: ARG001 - a fresh one
    return create_world(service.url, clock, reply_limit=timedelta(seconds=3))


@pytest.fixture
def zhang(world: World) -> Phone:
    return world.phone("zhangsan")


@pytest.fixture
def api(world: World) -> Api:
    return Api(client=create_simulator_app(world).test_client()).log_in()
