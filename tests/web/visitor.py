"""Somebody in front of the page, in a real Chromium: looks for names and labels, types, clicks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

SIZES = {"desk": (1280, 900), "hand": (390, 844)}
WAIT = 15_000
expect.set_options(timeout=WAIT)  # two testers and their servers share two cores

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium; a machine without it has to get it, since this page is a product."""
    program = shutil.which("chromium")
    assert program, "the page's tests need Chromium: apt-get install chromium fonts-wqy-microhei"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class OnPhone:
    """One phone on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.root = page.get_by_role("region", name=f"{name}的手机")

    @property
    def chat(self) -> Locator:
        return self.root.get_by_role("log")

    @property
    def last(self) -> Locator:
        return self.chat.locator("article").last

    def says(self, text: str) -> None:
        """Type and press Enter, as people do."""
        box = self.root.get_by_role("textbox", name="消息")
        box.fill(text)
        box.press("Enter")
        expect(box).to_have_value("")

    def hears(self, *fragments: str) -> Locator:
        """Wait for the newest bubble that has all *fragments*."""
        bubble = self.chat.locator("article.theirs")
        for fragment in fragments:
            bubble = bubble.filter(has_text=fragment)
        expect(bubble.last).to_be_attached(timeout=WAIT)
        return bubble.last

    def presses(self, label: str, *on: str) -> None:
        """Press a button of the newest card that says all of *on*."""
        self.hears(*on).get_by_role("button", name=label, exact=True).click()


class Visitor:
    def __init__(self, browser: Browser, address: str, size: str, scheme: str = "light") -> None:
        width, height = SIZES[size]
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=size == "hand",
            color_scheme="dark" if scheme == "dark" else "light",
            accept_downloads=True,
        )
        self.page = self._context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type == "error" else None,
        )
        self.page.goto(address)
        expect(self.page.get_by_role("status").filter(has_text="已连接")).to_be_visible()

    def phone(self, name: str) -> OnPhone:
        return OnPhone(self.page, name)

    def moves_clock(self, step: str) -> str:
        """Press a button of the clock panel; return what the page says about it."""
        self.page.get_by_role("button", name=step, exact=True).click()
        told = self.page.get_by_label("时钟推进时发生的事")
        expect(told.get_by_role("heading")).to_have_text(f"时钟：{step}")
        return told.inner_text()

    def saves_conversation(self, folder: Path) -> Path:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="保存对话").first.click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def shoots(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def leaves(self) -> None:
        """Close the page; nothing on it may have gone wrong."""
        self._context.close()
        assert self.faults == []
