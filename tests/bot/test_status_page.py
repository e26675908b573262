"""/status: opens to a fresh link of an administrator only, and shows what is wrong."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from werkzeug.test import TestResponse

from bot import scheduler
from bot.app import create_app
from bot.config import Config
from storage.unit_of_work import open_database
from tests.faults.telling import ALERT, tell
from tests.harness.service import Chat, chat

PUBLIC = "https://xinshi.example.gov.cn/"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def config(config: Config) -> Config:
    server = config.server.model_copy(update={"public_url": PUBLIC, "secret_key": KEY})
    return config.model_copy(update={"server": server})


@pytest.fixture
def client(bureau: Chat) -> FlaskClient:
    return create_app(bureau.services).test_client()


def link(bureau: Chat) -> str:
    """Ask for the state of the service as an administrator does; return the link's path."""
    root = bureau.phone("root")
    root.says("系统状态")
    found = re.search(r"详情（10分钟内有效）：(\S+)", root.received()[-1].text)
    assert found
    assert found[1].startswith(f"{PUBLIC}status?key=")
    return "/" + found[1].removeprefix(PUBLIC)


def without_workers(bureau: Chat, minutes: int = 12) -> None:
    for _ in range(minutes):
        bureau.clock.advance(timedelta(minutes=1))
        scheduler.tick(bureau.services)


def test_a_link_from_the_chat_shows_that_all_is_well(bureau: Chat, client: FlaskClient) -> None:
    bureau.advance(minutes=1)
    page = client.get(link(bureau))
    assert page.status_code == 200
    assert '<h1 class="good">系统正常</h1>' in page.text
    assert "最近运行：今天 10:01" in page.text
    assert "企业微信每日上限约1600条" in page.text
    assert 'http-equiv="refresh"' in page.text


def test_it_shows_what_is_wrong_with_the_remedy_and_what_was(
    bureau: Chat, client: FlaskClient
) -> None:
    bureau.advance(minutes=1)
    tell(bureau, ALERT, ["一件事"], "bob")
    without_workers(bureau)
    page = client.get(link(bureau)).text
    assert "1个故障" in page
    assert "发送进程没有在工作" in page
    assert "xinshi work" in page
    assert re.search(r"等待发送的消息</dt><dd>1条", page)
    assert re.search(r"其中最早的已等</dt><dd>12分钟", page)

    for _ in range(8):
        bureau.advance(minutes=1)
    page = client.get(link(bureau)).text
    assert "系统正常" in page
    _, past = page.split("最近30天的故障")
    assert "发送进程没有在工作" in past
    bureau.clock.advance(timedelta(days=31))
    _, past = client.get(link(bureau)).text.split("最近30天的故障")
    assert "没有。" in past


def test_after_ten_minutes_the_link_opens_nothing(bureau: Chat, client: FlaskClient) -> None:
    address = link(bureau)
    bureau.clock.advance(timedelta(minutes=10))
    assert client.get(address).status_code == 200
    bureau.clock.advance(timedelta(seconds=1))
    refused = client.get(address)
    assert refused.status_code == 403
    assert "链接已过期" in refused.text
    assert "系统状态" in refused.text
    assert "发送进程" not in refused.text
    assert "refresh" not in refused.text


def forged(bureau: Chat, key: str, salt: str) -> str:
    until = int((bureau.clock() + timedelta(days=1)).timestamp())
    return str(URLSafeSerializer(key, salt=salt).dumps(["root", until]))


def test_a_forged_link_opens_nothing(bureau: Chat, client: FlaskClient) -> None:
    address = link(bureau)
    keys = [
        "",
        "x",
        address.partition("key=")[2][:-1] + "!",
        forged(bureau, "another key", "status"),
        forged(bureau, KEY, "another page"),
        forged(bureau, KEY, "status"),  # of another digest
    ]
    for key in keys:
        refused = client.get("/status", query_string={"key": key})
        assert refused.status_code == 403
        assert "链接无效" in refused.text
    assert client.get("/status").status_code == 403
    assert client.post(address).status_code == 405


def test_without_a_key_there_is_no_link_and_no_page(bureau: Chat) -> None:
    bare = bureau.config.model_copy(
        update={"server": bureau.config.server.model_copy(update={"secret_key": ""})}
    )
    client = create_app(replace(bureau.services, config=bare)).test_client()
    key = forged(bureau, "", "status")
    assert client.get("/status", query_string={"key": key}).status_code == 403


def test_without_a_public_address_the_answer_has_no_link(config: Config) -> None:
    server = config.server.model_copy(update={"public_url": ""})
    with chat(config.model_copy(update={"server": server})) as bureau:
        root = bureau.phone("root")
        root.says("系统状态")
        assert "http" not in root.hears("系统正常").text


@pytest.fixture
def answers(bureau: Chat, client: FlaskClient) -> list[TestResponse]:
    return [client.get(link(bureau)), client.get("/status?key=x")]


def test_the_page_loads_nothing_and_is_kept_nowhere(answers: list[TestResponse]) -> None:
    for page in answers:
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r"(src|href)=", page.text)


def test_without_its_tables_the_page_says_so(bureau: Chat, tmp_path: Path) -> None:
    address = link(bureau)
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    page = create_app(replace(bureau.services, database=empty)).test_client().get(address)
    empty.close()
    assert page.status_code == 503
    assert "数据库没有应答" in page.text
