"""The pages as people use them: on the phone and at the desk, by keyboard, in the dark."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page, expect

from bot.config import Config
from tests.harness.drafting import REVISED, address_of, handed_in, revised
from tests.harness.files import noise, word
from tests.harness.pages import link_in
from tests.harness.service import Chat, chat
from tests.web.visitor import SIZES

UPLOAD_MS = 30_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SERIOUS = {"serious", "critical"}
Open = Callable[..., Page]


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


@pytest.fixture
def enter(bureau: Chat, browser: Browser) -> Iterator[Open]:
    """Return what opens an address for a member, who logs in on the way; no page may complain."""
    faults: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if _is_fault(said):
            faults.append(said.text)

    with ExitStack() as visits:

        def enter(
            userid: str,
            address: str,
            size: str = "desk",
            *,
            dark: bool = False,
            script: bool = True,
        ) -> Page:
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                has_touch=size == "hand",
                color_scheme="dark" if dark else "light",
                java_script_enabled=script,
            )
            visits.callback(context.close)
            page = context.new_page()
            page.on("console", note)
            pages = f"{bureau.config.server.public_url}/p/"
            page.goto(bureau.config.server.public_url + address)
            page.get_by_role("link", name=_name(bureau, userid)).click()
            page.wait_for_url(lambda url: url.startswith(pages))
            return page

        yield enter
    assert faults == []


def _is_fault(said: ConsoleMessage) -> bool:
    """Tell whether the browser complains; that a page was refused is part of some tests."""
    return said.type == "error" and "responded with a status of 4" not in said.text


def _name(bureau: Chat, userid: str) -> str:
    accounts = bureau.wecom.directory.accounts()
    return next(one.name for one in accounts if one.userid == userid)


def troubles_of(page: Page) -> list[str]:
    """Return what axe finds that keeps people from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_a_reviewer_comes_from_the_chat_reads_returns_and_later_approves(
    bureau: Chat, enter: Open, size: str
) -> None:
    number = handed_in(bureau)
    bob = bureau.phone("bob")
    bob.says("待审")
    page = enter("bob", link_in(bob.hears("等您审核的有1篇").text), size)
    expect(page.get_by_role("heading", level=1)).to_have_text("等您审核的有1篇")
    page.get_by_role("link", name="春季消防检查").click()
    expect(page.get_by_text("检查重点场所12处").first).to_be_visible()

    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("alert")).to_contain_text("退回请写明理由")
    page.get_by_label("意见（退回").fill("请补充复查情况")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("status")).to_contain_text("已退回1号")
    expect(page.get_by_role("heading", name="您的审核")).to_have_count(0)
    bureau.phone("alice").hears("被科室负责人李强退回：请补充复查情况")

    bureau.phone("alice").says(f"修改 {number}\n{REVISED}")
    page.goto(bureau.config.server.public_url + "/p/pending")
    page.get_by_role("link", name="春季消防检查").click()
    page.get_by_role("link", name="比第1稿改了什么").click()
    expect(page.locator("ins", has_text="15")).to_be_visible()
    expect(page.locator("del", has_text="12")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="回到稿件").click()
    page.get_by_role("button", name="通过").click()
    expect(page.get_by_role("status")).to_contain_text("已通过1号")
    expect(page.get_by_text("等办公室周敏审核")).to_be_visible()
    bureau.phone("carol").hears("待您审核")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_published_is_taken_down_without_a_script(
    bureau: Chat, enter: Open, size: str
) -> None:
    number = handed_in(bureau)
    address = address_of(bureau, number)
    for reviewer in ("bob", "carol", "dan"):
        bureau.phone(reviewer).says(f"通过 {number}")
    bureau.phone("carol").says(f"报送 {number} 区政府网站")
    alice = enter("alice", address, size)
    alice.get_by_text("撤下、更正已报送的稿件").click()
    alice.get_by_label("原因").fill("数据有误")
    assert troubles_of(alice) == []
    assert fits(alice)
    alice.get_by_role("button", name="申请撤下").click()
    expect(alice.get_by_role("status")).to_contain_text("已申请撤下1号")
    dan = enter("dan", address, size)
    assert troubles_of(dan) == []
    assert fits(dan)
    dan.get_by_role("button", name="同意撤下").click()
    expect(dan.get_by_role("status")).to_contain_text("已同意撤下1号")
    carol = enter("carol", address, size, script=False)
    carol.get_by_role("button", name="已经撤下").click()
    expect(carol.get_by_role("status")).to_contain_text("已撤下")


@pytest.mark.parametrize(
    ("size", "script"), [("hand", True), ("desk", False)], ids=["hand", "desk without script"]
)
def test_an_officer_uploads_five_megabytes_reads_what_was_taken_and_hands_in(
    bureau: Chat, enter: Open, tmp_path: Path, size: str, *, script: bool
) -> None:
    """A file that is refused first costs nothing of what was typed."""
    content = word("春季消防检查", REVISED, pictures=(noise(1300),))
    assert len(content) > 5_000_000
    page = enter("alice", "/p/compose", size, script=script)
    page.get_by_role("textbox", name="正文").fill("开头一段。")
    broken = FilePayload(name="坏的.docx", mimeType=DOCX, buffer=content[:9000])
    page.get_by_label("Word 文档").set_input_files(broken)
    page.get_by_role("button", name="保存并预览").click()
    expect(page.get_by_role("alert")).to_contain_text("《坏的.docx》已损坏", timeout=UPLOAD_MS)
    expect(page.get_by_role("textbox", name="正文")).to_have_value("开头一段。")

    whole = FilePayload(name="检查.docx", mimeType=DOCX, buffer=content)
    page.get_by_label("Word 文档").set_input_files(whole)
    page.get_by_role("button", name="保存并预览").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "1号《春季消防检查》", timeout=UPLOAD_MS
    )
    expect(page.get_by_role("textbox", name="正文")).to_have_value(f"开头一段。\n{REVISED}")
    expect(page.get_by_role("img", name="图1.png")).to_be_visible()
    expect(page.get_by_role("heading", name="校对提示")).to_be_visible()
    page.screenshot(path=tmp_path / f"compose-{size}.png", full_page=True)
    if script:  # what looks at the page is a script itself
        assert fits(page)
        assert not troubles_of(page)

    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status")).to_contain_text("已提交1号《春季消防检查》")
    bureau.phone("bob").hears("1号 待您审核")


def pages_of(bureau: Chat) -> list[tuple[str, str]]:
    address = address_of(bureau, revised(bureau))
    return [
        ("mine", "/p/mine"),
        ("pending", "/p/pending"),
        ("quotas", "/p/quotas"),
        ("compose", "/p/compose"),
        ("draft", address),
        ("changes", f"{address}/changes"),
        ("told", "/p/nothing"),
    ]


@pytest.mark.parametrize(
    ("size", "dark"), [("hand", True), ("desk", False)], ids=["hand in the dark", "desk"]
)
def test_nothing_keeps_anybody_from_using_the_pages(
    bureau: Chat, enter: Open, tmp_path: Path, size: str, *, dark: bool
) -> None:
    pages = pages_of(bureau)
    page = enter("bob", "/p/pending", size, dark=dark)
    for name, address in pages:
        page.goto(bureau.config.server.public_url + address)
        for folded in page.locator("summary").all():
            folded.click()
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        assert troubles_of(page) == []
        assert fits(page), name
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_page_asks_nobody_else_for_anything(bureau: Chat, enter: Open) -> None:
    address = address_of(bureau, revised(bureau))
    page = enter("bob", address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert len(asked) >= 2
    assert all(url.startswith(bureau.config.server.public_url) for url in asked)
    assert not page.locator("script, [style], style").count()


def test_the_keyboard_is_enough(bureau: Chat, enter: Open) -> None:
    page = enter("bob", address_of(bureau, handed_in(bureau)))
    _press_the_first_key(page, "Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "reason":
            break
    page.keyboard.type("请补充参加单位")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已退回1号")


def _press_the_first_key(page: Page, key: str) -> None:
    """Press until something has the focus: Chromium drops keys that come before the first paint."""
    for _ in range(20):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement !== document.body"):
            return
        page.wait_for_function("performance.getEntriesByType('paint').length > 0")


def test_without_scripts_everything_works(bureau: Chat, enter: Open) -> None:
    page = enter("bob", address_of(bureau, handed_in(bureau)), script=False)
    page.get_by_role("button", name="通过").click()
    expect(page.get_by_role("status")).to_contain_text("已通过1号")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已退出")


def test_from_the_phone_of_the_simulator_to_the_draft_and_back(
    bureau: Chat, browser: Browser
) -> None:
    """What somebody does who tries the demo: press the link in the chat."""
    handed_in(bureau)
    bureau.phone("bob").says("待审")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(bureau.config.wecom.api_base_url)
    phone = page.get_by_role("region", name="李强的手机")
    with context.expect_page() as opened:
        phone.get_by_role("link", name="/p/go/pending").click()
    there = opened.value
    there.get_by_role("link", name="李强").click()
    there.get_by_role("link", name="春季消防检查").click()
    there.get_by_role("button", name="通过").click()
    expect(there.get_by_role("status")).to_contain_text("已通过1号")
    bureau.settle()
    expect(phone.get_by_role("button", name="已通过")).to_be_visible(timeout=15_000)
    context.close()
