"""Posts that a service sends: kept once, judged the gravest first, told of where refused."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.app import create_app
from bot.config import Config, Server
from bot.services import Services
from handlers.feeds.capability import keeping
from storage.models import Source
from storage.vocabulary import SourceId, UserId
from tests.harness.databases import on_sqlite
from tests.harness.pushing import Service, item
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import leap

SERVER = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    feeds = config.feeds.model_copy(update={"push_items_per_minute": 100})
    with chat(config.model_copy(update={"server": SERVER, "feeds": feeds})) as running:
        yield running


@pytest.fixture
def service(bureau: Chat) -> Service:
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        source = keeping.add_push(ctx, "监测服务", "抖音")
    return Service(bureau.services, create_app(bureau.services).test_client(), source)


def turn(services: Services, source: Source, *, at_once: bool = False) -> None:
    with services.database.begin() as uow:
        ctx = services.context(uow, me=uow.members.person(UserId("carol")))
        keeping.turn_secret(ctx, keeping.numbered(ctx, source.number), at_once=at_once)


def source_of(services: Services) -> Source:
    with services.database.reading() as uow:
        [row] = all_rows(services.database)["sources"]
        source = uow.sources.get(SourceId(row["id"]))
        assert source
        return source


def source_shares(bureau: Chat) -> list[float]:
    """Return what the source was worth in each risk, the first found first."""
    rows = all_rows(bureau.services.database)["opinion_items"]
    return [row["parts"]["来源"] for row in sorted(rows, key=lambda row: row["number"])]


def titles(bureau: Chat) -> list[str]:
    """Return what was judged, in the order in which it was."""
    rows = all_rows(bureau.services.database)["opinion_items"]
    return [row["title"] for row in sorted(rows, key=lambda row: row["number"])]


def test_what_is_sent_is_kept_once_and_judged_the_gravest_first(
    bureau: Chat, service: Service
) -> None:
    plain, grave = item(1, title="公园花展开幕", content="市民赏花"), item(2)
    grave |= {"title": "金色家园在建楼坍塌 3人死亡", "heat": {"likes": 20000, "shares": 1}}
    nothing = {"id": "post-3", "title": "", "content": "<p> </p>"}
    sent = service.sends(plain, nothing, grave, {**plain, "title": "同一条"})
    assert sent.status_code == HTTPStatus.OK
    assert sent.json == {
        "accepted": [0, 2],
        "duplicates": [3],
        "refused": [
            {
                "index": 1,
                "field": "items[1].content",
                "said": "nothing is left of title and content without their markup",
            }
        ],
        "adjusted": [],
        "ignored": ["heat.shares"],
    }
    bureau.settle()
    assert titles(bureau) == ["金色家园在建楼坍塌 3人死亡", "公园花展开幕"]
    assert source_shares(bureau) == [0.5, 0.5]  # 抖音's
    bureau.clock.advance(timedelta(minutes=3))
    again = service.sends(plain, grave)
    assert (again.status_code, again.json["accepted"]) == (HTTPStatus.OK, [])  # type: ignore[index]
    assert again.json["duplicates"] == [0, 1]  # type: ignore[index]
    bureau.settle()
    assert len(titles(bureau)) == 2
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        keeping.weigh(ctx, keeping.numbered(ctx, 1), "90")
    assert service.sends(item(4)).status_code == HTTPStatus.OK
    bureau.settle()
    assert source_shares(bureau)[2:] == [0.9]
    carol = bureau.phone("carol")
    carol.says("来源")
    carol.hears("1. 监测服务（推送）正常，7天3条")


@on_sqlite
def test_two_secrets_are_good_while_one_takes_the_others_place(
    bureau: Chat, service: Service
) -> None:
    def status() -> int:
        return service.sends(item(1)).status_code

    assert status() == HTTPStatus.OK
    turn(bureau.services, source_of(bureau.services))
    new = Service(bureau.services, service.client, source_of(bureau.services))
    assert new.secret != service.secret
    assert (status(), new.sends(item(1)).status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    bureau.clock.advance(timedelta(hours=73))
    assert (status(), new.sends(item(1)).status_code) == (HTTPStatus.UNAUTHORIZED, HTTPStatus.OK)
    turn(bureau.services, source_of(bureau.services), at_once=True)
    assert new.sends(item(1)).status_code == HTTPStatus.UNAUTHORIZED
    newest = Service(bureau.services, service.client, source_of(bureau.services))
    assert newest.sends(item(1)).status_code == HTTPStatus.OK


@on_sqlite
def test_who_keeps_them_is_told_once_that_nothing_can_be_taken_and_once_that_it_can(
    bureau: Chat, service: Service
) -> None:
    carol = bureau.phone("carol")
    right = service.secret
    service.secret = right[::-1]
    for _ in range(4):
        assert service.sends(item(1)).status_code == HTTPStatus.UNAUTHORIZED
        assert service.sends(item(1)).status_code == HTTPStatus.UNAUTHORIZED  # noted once a minute
        bureau.clock.advance(timedelta(minutes=1))
    bureau.settle()
    assert all_rows(bureau.services.database)["sources"][0]["failures"] == 4
    carol.hears("1号来源《监测服务》推送来的收不下：签名不对", "停用来源 1")
    service.secret = right
    late = service.sends_body(b"{}", late=301)
    assert late.status_code == HTTPStatus.UNAUTHORIZED
    assert "X-Xinshi-Timestamp: more than 300 s from our clock" in late.text
    carol.says("来源")
    carol.hears("收不下：对方时钟不准")
    assert service.sends(item(1)).status_code == HTTPStatus.OK
    bureau.settle()
    carol.hears("1号来源《监测服务》的推送又正常了")
    bureau.nobody_hears_more()


@on_sqlite
def test_a_service_has_its_share_of_a_minute_and_nothing_once_it_is_stopped(
    bureau: Chat, service: Service
) -> None:
    assert service.sends(*map(item, range(80))).status_code == HTTPStatus.OK
    full = service.sends(*map(item, range(80, 100)))
    assert full.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert full.headers["Retry-After"] == "12"  # the call itself was counted as ten
    bureau.clock.advance(timedelta(seconds=30))
    assert service.sends(*map(item, range(80, 100))).status_code == HTTPStatus.OK
    carol = bureau.phone("carol")
    carol.says("删除来源 1")
    carol.hears("先停用再删除：停用来源 1")
    carol.says("停用来源 1")
    carol.hears("已停用")
    bureau.clock.advance(timedelta(minutes=1))
    assert service.sends(item(101)).status_code == HTTPStatus.FORBIDDEN
    assert service.sends_body(b"{").status_code == HTTPStatus.FORBIDDEN  # not even read
    carol.says("删除来源 1")
    carol.hears("已删除")
    assert service.sends(item(101)).status_code == HTTPStatus.UNAUTHORIZED
    carol.says("来源")
    carol.hears("还没有来源")


@on_sqlite
def test_a_service_that_is_silent_is_an_alert(bureau: Chat, service: Service) -> None:
    carol = bureau.phone("carol")
    assert service.sends(item(1)).status_code == HTTPStatus.OK
    leap(bureau, "2026-09-24 14:20")
    card = carol.hears("来源没有新内容：监测服务", "已75小时没有新内容")
    assert service.sends(item(2)).status_code == HTTPStatus.OK
    bureau.settle()
    assert card.greyed == "已办结"


def test_what_has_served_is_forgotten_and_too_old_to_come_again(
    bureau: Chat, service: Service
) -> None:
    old = item(1, posted_at=(bureau.clock() - timedelta(days=1)).isoformat())
    assert service.sends(old, item(2), item(3, content="坍塌")).status_code == HTTPStatus.OK
    bureau.settle()
    assert all_rows(bureau.services.database)["opinion_hours"]
    moments = ((89, 3), (91, 2), (401, 2), (732, 0))
    start = bureau.clock()
    for days, left in moments:
        bureau.clock.advance(start + timedelta(days=days) - bureau.clock())
        with bureau.services.database.begin() as uow:
            for job in ("forget_old_posts", "forget_old_hours"):
                bureau.services.registry.cron[job].run(bureau.services.context(uow))
        rows = all_rows(bureau.services.database)
        assert len(rows["found_items"]) == left, days
        assert bool(rows["opinion_hours"]) is (days < 400), days
    again = service.sends(old)
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "older than 30 days" in again.text
