"""The service alone, without a WeCom or the web around it: what is promised stays in the outbox."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from itertools import count

from flask.testing import FlaskClient

from bot import dispatch
from bot.app import build_services, create_app
from bot.channel.inbound import TextMessage
from bot.clock import SimulatedClock
from bot.config import Config
from bot.forms import form_key
from bot.ids import new_id
from bot.services import Services
from handlers.members.capability import import_roster, read_roster
from storage.models import Draft
from storage.vocabulary import UserId
from tests.harness.pages import hidden
from tests.harness.servers import kept_open
from tests.harness.service import MONDAY_TEN

Say = Callable[[str, str], str]
FillIn = Callable[[str, str, int, Mapping[str, str]], str]
NO_PAGE = "(no such page)"


@contextmanager
def offline(config: Config, roster: str) -> Iterator[Services]:
    """Build the service with the members of *roster*."""
    with resumed(config) as services:
        rows, bad = read_roster(roster.encode())
        assert not bad
        with services.database.begin() as uow:
            import_roster(services.context(uow), rows, bad)
        yield services


@contextmanager
def resumed(config: Config) -> Iterator[Services]:
    """Build the service with what its database has."""
    clock = SimulatedClock(config.storage.state / "clock", base=lambda: MONDAY_TEN)
    database = kept_open(config.storage.database_url)
    services = replace(build_services(config), now=clock, database=database)
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


def filling_in(services: Services) -> FillIn:
    """Return what posts a form of a draft's page, by HTTP, and returns the answer.

    The draft is named by somebody of its bureau and its number; the form is filled in with what
    its page would have shown to who may decide.
    """
    app, browsers = create_app(services), dict[str, tuple[FlaskClient, str]]()

    def fill_in(userid: str, near: str, number: int, fields: Mapping[str, str]) -> str:
        if userid not in browsers:
            browser = app.test_client()
            with browser.session_transaction(path="/p/") as visit:
                visit["visit"], visit["member"] = f"visit of {userid}", userid
                visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
            browsers[userid] = browser, hidden(browser.get("/p/mine").text, "csrf_token")
        browser, token = browsers[userid]
        draft, hidden_fields = _shown(services, near, number)
        act = new_id()
        address = f"/p/drafts/{draft.id}{'/moves' if 'move' in fields else ''}"
        sent = {"csrf_token": token, "act": act, **hidden_fields, **fields}
        answer = browser.post(address, data=sent)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return NO_PAGE
        assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
        with services.database.reading() as uow:
            return uow.pages.answer(form_key(UserId(userid), act), UserId(userid))

    return fill_in


def _shown(services: Services, near: str, number: int) -> tuple[Draft, dict[str, str]]:
    with services.database.reading() as uow:
        person = uow.members.person(UserId(near))
        assert person
        draft = uow.drafts.latest_numbered(person.bureau, number)
        assert draft
        recall = uow.moves.unsettled(draft.id)
        tasks = uow.reviews.open_tasks(draft.id)
    task = {"task": tasks[0].id} if tasks else {}
    return draft, task | ({"recall": recall.id} if recall else {})
