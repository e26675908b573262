"""The page of troubles as people see it: at a desk and in the hand, with nothing cut off."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import scheduler, watch
from bot.app import create_app
from bot.config import Config
from tests.faults.telling import ALERT, tell
from tests.harness.service import Chat, web_server
from tests.web.visitor import SIZES


@pytest.fixture
def config(config: Config) -> Config:
    server = config.server.model_copy(
        update={"public_url": "https://xinshi.example.gov.cn", "secret_key": "k" * 32}
    )
    return config.model_copy(update={"server": server})


@pytest.fixture
def opened(
    bureau: Chat, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[tuple[Chat, Page]]:
    """A bureau in which something is wrong, and its page at the size that the test asks for."""
    bureau.advance(minutes=1)
    for _ in range(12):
        bureau.clock.advance(timedelta(minutes=1))
        scheduler.tick(bureau.services)
    for _ in range(8):
        bureau.advance(minutes=1)
    bureau.wecom.faults.distrust_ip()
    for _ in range(8):
        bureau.advance(minutes=1)
    tell(bureau, ALERT, ["一件事", "又一件"], "bob")
    for _ in range(8):
        bureau.clock.advance(timedelta(minutes=1))
        watch.look(bureau.services)
        bureau.settle()
    width, height = SIZES[request.param]
    with web_server(create_app(bureau.services)) as port:
        page = browser.new_page(viewport={"width": width, "height": height})
        root = bureau.phone("root")
        root.says("系统状态")
        found = re.search(r"gov\.cn(/status\S+)", root.received()[-1].text)
        assert found
        page.goto(f"http://127.0.0.1:{port}{found[1]}")
        yield bureau, page
        page.close()


@pytest.mark.parametrize("opened", SIZES, indirect=True)
def test_what_is_wrong_stands_first_and_all_of_it_is_seen(
    opened: tuple[Chat, Page], tmp_path: Path
) -> None:
    _, page = opened
    expect(page.get_by_role("heading", level=1)).to_have_text("2个故障")
    expect(page.get_by_role("heading", name="企业微信不信任本机的IP地址")).to_be_in_viewport()
    expect(page.get_by_text("处理：在企业微信管理后台")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="定时进程没有在工作")).to_be_visible()
    expect(page.get_by_text("发送进程没有在工作")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    colour = "getComputedStyle(document.querySelector('.trouble')).borderTopColor"
    assert page.evaluate(colour) == "rgb(179, 38, 30)"  # its own style is let through
    page.screenshot(path=tmp_path / "status.png", full_page=True)


@pytest.mark.parametrize("opened", ["hand"], indirect=True)
def test_a_link_that_is_too_old_says_what_to_send(opened: tuple[Chat, Page]) -> None:
    bureau, page = opened
    bureau.clock.advance(timedelta(minutes=11))
    page.reload()
    expect(page.get_by_role("heading")).to_have_text("链接已过期")
    expect(page.get_by_text("请在企业微信里重新发送：系统状态")).to_be_visible()
