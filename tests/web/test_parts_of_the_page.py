"""Each part of the page by itself, in front of a webhook that only listens."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.simulator import Happening, World, create_simulator_app
from tests.simulator.kit import (
    AGENT_ID,
    PNG,
    Api,
    Clock,
    Service,
    Webhook,
    button_card,
    create_world,
    running,
    text_reply,
)
from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]
LINK = "https://example.gov.cn/"
OPTIONS = [{"id": "a", "text": "老旧小区"}, {"id": "b", "text": "燃气安全"}]
MENU = {"desc": "更多", "action_list": [{"text": "转办", "key": "forward"}]}
CARDS: dict[str, dict[str, Any]] = {
    "text_notice": {
        "main_title": {"title": "本月用稿通报", "desc": "截至今天"},
        "emphasis_content": {"title": "23", "desc": "已采用"},
        "quote_area": {"title": "摘自", "quote_text": "信息工作办法第三条", "url": LINK},
        "sub_title_text": "比上月多4篇",
        "horizontal_content_list": [
            {"keyname": "网页", "value": "看全部", "type": 1, "url": LINK},
            {"keyname": "科室", "value": "物业科"},
        ],
        "jump_list": [{"type": 1, "title": "去看看", "url": LINK}],
        "card_action": {"type": 1, "url": LINK},
        "task_id": "text-notice",
        "action_menu": MENU,
    },
    "news_notice": {
        "main_title": {"title": "舆情快报"},
        "card_image": {"url": f"{LINK}picture.png"},
        "image_text_area": {"title": "图文", "desc": "两句话", "image_url": f"{LINK}small.png"},
        "vertical_content_list": [{"title": "来源", "desc": "本地论坛"}],
        "card_action": {"type": 1, "url": LINK},
    },
    "button_interaction": {
        "main_title": {"title": "12号 待您审核"},
        "button_selection": {
            "question_key": "level",
            "title": "等级",
            "selected_id": "b",
            "option_list": OPTIONS,
        },
        "task_id": "buttons",
        "button_list": [
            {"text": "通过", "style": 1, "key": "approve"},
            {"text": "退回", "style": 3, "key": "return"},
            {"text": "看全文", "type": 1, "url": LINK},
        ],
    },
    "vote_interaction": {
        "main_title": {"title": "下月选题"},
        "checkbox": {"question_key": "topic", "mode": 1, "option_list": OPTIONS},
        "submit_button": {"text": "投票", "key": "vote"},
        "task_id": "vote",
    },
    "multiple_interaction": {
        "main_title": {"title": "登记约稿"},
        "select_list": [
            {"question_key": "unit", "title": "科室", "option_list": OPTIONS},
            {"question_key": "form", "title": "体裁", "option_list": OPTIONS},
        ],
        "submit_button": {"text": "登记", "key": "register"},
        "task_id": "multiple",
    },
}


class Gate:
    """A clockwork that moves when it is let."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.open = threading.Event()

    def advance(self, length: timedelta) -> Sequence[Happening]:
        assert self.open.wait(20)
        self.clock.moment += length
        return [Happening(what="催办审核", at=self.clock())] * 3

    to_next_morning = to_next_due = lambda self: self.advance(timedelta(hours=20))

    def upcoming(self) -> Happening:
        return Happening(what="催办审核", at=self.clock() + timedelta(hours=1))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    with running(service.create_app()) as server:
        service.url = f"http://127.0.0.1:{server.port}/wecom/callback"
        yield service


@pytest.fixture
def webhook(service: Service) -> Webhook:
    return service.webhook


@pytest.fixture
def world(service: Service, clock: Clock) -> World:
    return create_world(service.url, clock)


@pytest.fixture
def api(world: World) -> Api:
    return Api(client=create_simulator_app(world).test_client()).log_in()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(clock)


@pytest.fixture
def visit(world: World, gate: Gate, browser: Browser) -> Iterator[Visit]:
    with running(create_simulator_app(world, clockwork=gate)) as server:
        visitors: list[Visitor] = []

        def arrive(size: str = "desk", scheme: str = "light") -> Visitor:
            visitors.append(Visitor(browser, f"http://127.0.0.1:{server.port}/", size, scheme))
            return visitors[-1]

        yield arrive
        for visitor in visitors:
            visitor.leaves()


def send_cards(api: Api) -> None:
    for kind, card in CARDS.items():
        reply = api.send("template_card", {"card_type": kind, **card})
        assert reply["errcode"] == 0, (kind, reply)


def chosen(webhook: Webhook) -> list[str]:
    """Return the ids of the options that came with the last press."""
    xml = webhook.heard[-1].xml
    return [part.split("]]>")[0] for part in xml.split("<OptionId><![CDATA[")[1:]]


@pytest.mark.parametrize("size", ["desk", "hand"])
def test_cards_of_all_five_kinds_are_drawn_and_pressed(
    visit: Visit, api: Api, webhook: Webhook, size: str
) -> None:
    send_cards(api)
    zhang = visit(size).phone("张三")

    notice = zhang.hears("本月用稿通报")
    for words in ("23", "信息工作办法第三条", "比上月多4篇", "看全部", "去看看 ›", "查看详情 ›"):
        expect(notice).to_contain_text(words)
    notice.get_by_label("更多", exact=True).click()
    notice.get_by_role("button", name="转办").click()
    expect_event(zhang, webhook, "template_card_menu_event", "forward")

    news = zhang.hears("舆情快报")
    expect(news.get_by_role("link", name="图片 ↗").first).to_have_attribute(
        "href", f"{LINK}picture.png"
    )
    expect(news).to_contain_text("本地论坛")

    buttons = zhang.hears("12号 待您审核")
    expect(buttons.get_by_role("link", name="看全文")).to_have_attribute("href", LINK)
    buttons.get_by_label("等级").select_option("老旧小区")
    buttons.get_by_role("button", name="退回").click()
    expect_event(zhang, webhook, "template_card_event", "return")
    assert chosen(webhook) == ["a"]

    vote = zhang.hears("下月选题")
    for name in ("老旧小区", "燃气安全"):
        vote.get_by_role("checkbox", name=name).check()
    vote.get_by_role("button", name="投票").click()
    expect_event(zhang, webhook, "template_card_event", "vote")
    assert chosen(webhook) == ["a", "b"]

    multiple = zhang.hears("登记约稿")
    multiple.get_by_label("体裁").select_option("燃气安全")
    multiple.get_by_role("button", name="登记").click()
    expect_event(zhang, webhook, "template_card_event", "register")
    assert chosen(webhook) == ["a", "b"]


def expect_event(zhang: Any, webhook: Webhook, event: str, key: str) -> None:
    """Wait until the press has reached the webhook."""
    for _ in range(100):
        if webhook.heard and webhook.heard[-1]["EventKey"] == key:
            break
        zhang.root.page.wait_for_timeout(50)
    assert (webhook.heard[-1]["Event"], webhook.heard[-1]["EventKey"]) == (event, key)


def test_a_card_that_was_greyed_cannot_be_pressed(visit: Visit, api: Api) -> None:
    code = api.send("template_card", button_card(action_menu=MENU))["response_code"]
    zhang = visit().phone("张三")
    expect(zhang.last.get_by_role("button", name="通过")).to_be_enabled()
    grey = {"userids": ["zhangsan"], "agentid": AGENT_ID, "response_code": code}
    api.post("message/update_template_card", grey | {"button": {"replace_name": "已通过"}})
    expect(zhang.last.get_by_role("button", name="已通过")).to_be_disabled()
    expect(zhang.last.get_by_role("button")).to_have_count(1)


def test_pictures_files_links_and_text_cards(visit: Visit, api: Api, world: World) -> None:
    visitor = visit()
    zhang = visitor.phone("张三")
    picker = zhang.root.get_by_label("发送图片或文件").last
    picker.set_input_files({"name": "现场.png", "mimeType": "image/png", "buffer": PNG})
    expect(zhang.last.get_by_role("img")).to_have_attribute("alt", "现场.png")
    picker.set_input_files({"name": "通知.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    with visitor.page.expect_download() as coming:
        zhang.last.get_by_role("link", name="通知.pdf").click()
    assert coming.value.suggested_filename == "通知.pdf"
    world.phone("zhangsan").sends_link("新闻", "一段话", LINK)
    expect(zhang.last.get_by_role("link", name="阅读")).to_have_attribute("href", LINK)
    card = {"title": "通报", "description": '<div class="gray">今天</div>三篇', "url": LINK}
    api.send("textcard", card)
    expect(zhang.last).to_contain_text("今天三篇")
    api.send("markdown", {"content": "**重要** [看](https://example.gov.cn/)\n> 引用"})
    expect(zhang.last.locator("strong")).to_have_text("重要")
    api.text('<script>alert(1)</script> <a href="javascript:alert(1)">点</a>')
    expect(zhang.last).to_contain_text("<script>alert(1)</script>")
    expect(zhang.last.get_by_role("link")).to_have_count(0)


def test_the_keyboard_is_enough(visit: Visit, webhook: Webhook, world: World) -> None:
    webhook.answer = lambda heard: text_reply(f"收到{heard['Content']}")
    world.menu = {
        "button": [
            {"name": "稿件", "sub_button": [{"type": "click", "name": "我的稿件", "key": "mine"}]}
        ]
    }
    visitor = visit()
    page = visitor.page
    box = visitor.phone("张三").root.get_by_role("textbox")
    box.focus()
    page.keyboard.type("在吗")
    page.keyboard.press("Enter")
    visitor.phone("张三").hears("收到在吗")
    page.keyboard.press("Alt+ArrowRight")
    expect(visitor.phone("李四").root.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    menu = visitor.phone("张三").root.get_by_role("navigation").locator("summary")
    expect(menu).to_be_focused()
    assert menu.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="我的稿件").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="我的稿件").first).to_be_hidden()
    expect(menu).to_be_focused()


def test_while_the_clock_moves_the_page_says_so(visit: Visit, gate: Gate) -> None:
    visitor = visit()
    page = visitor.page
    expect(page.locator("#upcoming")).to_contain_text("10:00 催办审核")
    page.get_by_role("button", name="+1小时").click()
    expect(page.get_by_role("status").filter(has_text="正在推进…")).to_be_visible()
    for button in page.get_by_role("group", name="模拟时钟").get_by_role("button").all():
        expect(button).to_be_disabled()
    gate.open.set()
    expect(page.get_by_role("button", name="+1小时")).to_be_enabled()
    expect(page.get_by_label("时钟推进时发生的事")).to_contain_text("催办审核 ×3")
    page.keyboard.press("Escape")
    expect(page.get_by_label("时钟推进时发生的事")).to_be_hidden()


def test_faults_are_set_seen_and_cleared(visit: Visit, api: Api, webhook: Webhook) -> None:
    visitor = visit()
    page = visitor.page
    page.locator("#faults > summary").click()
    page.get_by_label("接口").select_option("message/send")
    page.get_by_label("值").fill("45009")
    page.get_by_role("button", name="设置").click()
    expect(page.locator("#fault-list")).to_have_text("message/send：错误码 45009（还有 1 次）")
    assert api.text("早上好")["errcode"] == 45009
    assert api.text("早上好")["errcode"] == 0
    page.get_by_role("button", name="每条重复一次").click()
    expect(page.locator("#alarm")).to_have_text("⚠ 1 项故障")
    visitor.phone("张三").says("在吗")
    assert webhook.has_heard(2)
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator("#alarm")).to_be_hidden()
    assert webhook.texts == ["在吗", "在吗"]


def test_the_raw_view_is_filtered_and_copied(visit: Visit, api: Api, world: World) -> None:
    api.text("早上好")
    api.text("晚上好", touser="lisi")
    world.phone("lisi").says("在吗")
    visitor = visit()
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#raw > summary").click()
    count = page.locator("#raw-count")
    expect(count).to_have_text("4 / 4 条")
    page.locator("#raw-method").select_option("message/send")
    expect(count).to_have_text("2 / 4 条")
    page.locator("#raw-phone").select_option("李四")
    expect(count).to_have_text("1 / 4 条")
    page.locator("#raw-method").select_option("回调")
    callback = page.locator("#exchanges summary", has_text="李四 text")
    expect(callback).to_have_count(1)
    callback.click()
    for label in ("请求", "请求密文"):
        expect(page.get_by_role("heading", name=label, exact=True)).to_be_visible()
    page.get_by_role("button", name="复制").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "<![CDATA[在吗]]>" in copied
    assert "<Encrypt>" in copied


@pytest.mark.parametrize("size", ["desk", "hand"])
def test_nothing_comes_from_outside_and_nothing_sticks_out(
    visit: Visit, api: Api, size: str
) -> None:
    send_cards(api)
    visitor = visit(size)
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    visitor.phone("张三").hears("登记约稿")
    own = page.url
    assert [url for url in asked if not url.startswith((own, "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_has_a_dark_side(visit: Visit) -> None:
    grounds = [
        visit("desk", scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(238, 240, 244)", "rgb(20, 23, 28)"]
