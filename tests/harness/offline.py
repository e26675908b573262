"""The service alone, without a WeCom or the web around it: what is promised stays in the outbox."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from bot import dispatch
from bot.app import build_services
from bot.channel.inbound import TextMessage
from bot.clock import SimulatedClock
from bot.config import Config
from bot.services import Services
from handlers.members.capability import import_roster, read_roster
from storage.vocabulary import UserId
from tests.harness.service import MONDAY_TEN

Say = Callable[[str, str], str]


@contextmanager
def offline(config: Config, roster: str) -> Iterator[Services]:
    """Build the service with the members of *roster*."""
    clock = SimulatedClock(config.storage.state / "clock", base=lambda: MONDAY_TEN)
    services = replace(build_services(config), now=clock)
    rows, bad = read_roster(roster.encode())
    assert not bad
    with services.database.begin() as uow:
        import_roster(services.context(uow), rows, bad)
    yield services
    services.database.close()
    services.redis.close()


def saying(services: Services) -> Say:
    """Return what lets a member say something, and returns the answer."""
    numbers = count(1)

    def say(userid: str, text: str) -> str:
        number = next(numbers)
        message = TextMessage(
            key=f"msg:{number}",
            sender=UserId(userid),
            agent_id=None,
            created_at=MONDAY_TEN,
            msg_id=str(number),
            content=text,
        )
        return dispatch.handle(services, message)

    return say


def hand_in(say: Say, author: str) -> int:
    """Write a draft and hand it in; return its number."""
    say(author, "投稿 标题\n正文")
    answer = say(author, "完成")
    assert answer.startswith("已提交"), answer
    return int(answer.removeprefix("已提交").split("号")[0])
