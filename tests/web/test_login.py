"""Logging in by WeCom, logging out, and links from the chat that open for one member only."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app import build_services, create_app
from bot.config import Config, Server
from bot.web.visitors import VISIT
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.service import Chat, chat


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


@pytest.fixture
def visitor(bureau: Chat) -> Iterator[Visitor]:
    with Visitor(bureau) as browser:
        yield browser


def own_link(bureau: Chat, userid: str = "alice") -> str:
    phone = bureau.phone(userid)
    phone.says("投稿 春季消防检查\n检查重点场所12处。")
    phone.says("完成")
    phone.says("我的稿件")
    return link_in(phone.hears("您最近的稿件").text)


def test_a_link_leads_through_the_log_in_to_its_page(bureau: Chat, visitor: Visitor) -> None:
    page = visitor.logs_in("alice", own_link(bureau))
    assert page.status_code == 200
    assert page.url.path == "/p/mine"
    assert "1号《春季消防检查》" in page.text
    assert "王芳" in page.text


def test_wecom_is_asked_as_its_page_says(bureau: Chat, visitor: Visitor) -> None:
    address = visitor.sent_to_wecom("/p/mine")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query.pop("state").isalnum()
    assert query == {
        "appid": "wwsimulated",
        "redirect_uri": f"{bureau.config.server.public_url}/p/login/back",
        "response_type": "code",
        "scope": "snsapi_base",
        "agentid": "1000002",
    }
    assert address.endswith("#wechat_redirect")


def test_a_code_and_a_state_work_once(visitor: Visitor) -> None:
    back = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "alice")
    assert visitor.gets(back).status_code == 302
    again = visitor.gets(back)
    assert again.status_code == 403
    assert "登录没有成功" in again.text


def test_a_state_is_used_up_by_a_wrong_code_too(visitor: Visitor) -> None:
    back = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "alice")
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert visitor.gets(f"/p/login/back?code=guessed&state={state}").status_code == 403
    assert visitor.gets(back).status_code == 403


def test_a_used_code_lets_nobody_in(visitor: Visitor) -> None:
    used = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "alice")
    visitor.gets(used)
    visitor.cookies.clear()
    fresh = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "bob")
    code = parse_qs(urlsplit(used).query)["code"][0]
    state = parse_qs(urlsplit(fresh).query)["state"][0]
    answer = visitor.gets(f"/p/login/back?code={code}&state={state}")
    assert answer.status_code == 403
    assert visitor.gets("/p/mine").status_code == 302


def test_a_state_of_another_browser_lets_nobody_in(bureau: Chat, visitor: Visitor) -> None:
    """Somebody sends a victim his own way back: the victim would act in his name."""
    with Visitor(bureau) as attacker:
        back = attacker.chosen(attacker.sent_to_wecom("/p/mine"), "mallory")
    assert visitor.gets(back).status_code == 403
    visitor.sent_to_wecom("/p/mine")
    assert visitor.gets(back).status_code == 403
    assert visitor.gets("/p/mine").status_code == 302


@pytest.mark.parametrize("query", ["", "code=x", "state=x", "code=&state=", "state=é&code=x"])
def test_a_way_back_that_nobody_gave_is_refused(visitor: Visitor, query: str) -> None:
    visitor.sent_to_wecom("/p/mine")
    assert visitor.gets(f"/p/login/back?{query}").status_code == 403


def test_a_log_in_that_took_too_long_is_asked_anew(bureau: Chat, visitor: Visitor) -> None:
    back = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "alice")
    bureau.clock.advance(timedelta(minutes=11))
    assert visitor.gets(back).status_code == 403


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/p/", "//evil.example/p/", "/status", "/p\\evil", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere_after_it(visitor: Visitor, elsewhere: str) -> None:
    start = visitor.gets(f"/p/login?next={elsewhere}")
    back = visitor.chosen(start.headers["Location"], "alice")
    assert visitor.gets(back).headers["Location"] == "/p/mine"


def test_who_is_no_member_is_told_whom_to_ask(bureau: Chat, visitor: Visitor) -> None:
    bureau.without("mallory")
    page = visitor.logs_in("mallory")
    assert page.status_code == 403
    assert "请把企业微信账号 mallory 告诉本单位管理员" in page.text
    assert visitor.gets("/p/mine").status_code == 302


def test_who_leaves_the_bureau_is_out_at_once(bureau: Chat, visitor: Visitor) -> None:
    assert visitor.logs_in("alice").status_code == 200
    bureau.without("alice")
    assert visitor.gets("/p/mine").status_code == 403
    assert visitor.gets("/p/mine").status_code == 302


def test_without_wecom_the_page_says_so(bureau: Chat, visitor: Visitor) -> None:
    back = visitor.chosen(visitor.sent_to_wecom("/p/mine"), "alice")
    bureau.wecom.faults.distrust_ip()
    page = visitor.gets(back)
    assert page.status_code == 503
    assert "企业微信暂时没有应答" in page.text


def test_a_visit_ends_after_a_working_day(bureau: Chat, visitor: Visitor) -> None:
    visitor.logs_in("alice")
    bureau.clock.advance(VISIT - timedelta(minutes=1))
    assert visitor.gets("/p/mine").status_code == 200
    bureau.clock.advance(timedelta(minutes=2))
    assert visitor.gets("/p/mine").status_code == 302


def test_who_logs_out_is_out(visitor: Visitor) -> None:
    page = visitor.logs_in("alice")
    token = hidden(page.text, "csrf_token")
    copied = dict(visitor.cookies)
    assert visitor.posts("/p/logout", csrf_token=token).status_code == 200
    assert visitor.gets("/p/mine").status_code == 302
    visitor.cookies.update(copied)
    assert visitor.gets("/p/mine").status_code == 302
    assert visitor.logs_in("alice").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "ImZvcmdlZCI.aaaa.bbbb"])
def test_a_form_without_its_token_does_nothing(visitor: Visitor, token: str) -> None:
    visitor.logs_in("alice")
    refused = visitor.posts("/p/logout", csrf_token=token)
    assert refused.status_code == 400
    assert "刚才提交的没有办" in refused.text
    assert visitor.gets("/p/mine").status_code == 200


def test_the_token_of_another_member_does_nothing(bureau: Chat, visitor: Visitor) -> None:
    with Visitor(bureau) as mallory:
        token = hidden(mallory.logs_in("mallory").text, "csrf_token")
    visitor.logs_in("alice")
    assert visitor.posts("/p/logout", csrf_token=token).status_code == 400


def test_a_link_opens_for_its_member_only(bureau: Chat, visitor: Visitor) -> None:
    link = own_link(bureau)
    visitor.logs_in("bob")
    refused = visitor.gets(link)
    assert refused.status_code == 403
    assert "链接无效" in refused.text


def test_a_link_expires_after_three_days(bureau: Chat, visitor: Visitor) -> None:
    link = own_link(bureau)
    bureau.clock.advance(timedelta(days=3, minutes=1))
    page = visitor.logs_in("alice", link)
    assert page.status_code == 403
    assert "链接已过期" in page.text
    assert "请在企业微信里重新发送" in page.text


@pytest.mark.parametrize("change", ["?t=", "?t=ffffffff.", "?t=zz.AAAA", "?t=é", ""])
def test_a_forged_link_opens_nothing(bureau: Chat, visitor: Visitor, change: str) -> None:
    link = own_link(bureau)
    visitor.logs_in("alice")
    assert visitor.gets(link.partition("?")[0] + change).status_code == 403
    other = link.replace("/go/mine", "/go/drafts/x")
    assert visitor.gets(other).status_code == 403


def test_the_cookie_is_for_the_pages_and_for_no_script(bureau: Chat) -> None:
    with Visitor(bureau) as browser:
        asked = browser.gets("/p/mine")
        cookie = browser.gets(asked.headers["Location"]).headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/p/"))


def test_every_page_has_its_guards(visitor: Visitor) -> None:
    pages = [visitor.logs_in("alice"), visitor.gets("/p/nothing"), visitor.gets("/p/login/back")]
    for page in pages:
        headers = page.headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "script-src" not in policy
        assert policy["frame-ancestors"] == "'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "<script" not in page.text
        assert "style=" not in page.text


def test_what_is_not_there_is_said_in_chinese(visitor: Visitor) -> None:
    page = visitor.gets("/p/nothing")
    assert page.status_code == 404
    assert "没有找到这一页" in page.text


def test_a_form_that_is_too_large_is_not_read(visitor: Visitor) -> None:
    token = hidden(visitor.logs_in("alice").text, "csrf_token")
    refused = visitor.posts("/p/logout", csrf_token=token, more="x" * 100_000)
    assert refused.status_code == 413
    assert "提交的内容太大了" in refused.text
    assert visitor.gets("/p/mine").status_code == 200


def test_over_tls_the_cookie_is_sent_over_tls_only(config: Config) -> None:
    server = Server(public_url="https://xinshi.example.gov.cn", secret_key="k3y" * 12)
    services = build_services(config.model_copy(update={"server": server}))
    answer = create_app(services).test_client().get("/p/login")
    services.close()
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_without_an_address_there_are_no_pages_and_no_links(config: Config) -> None:
    with chat(config) as bureau:
        phone = bureau.phone("alice")
        phone.says("投稿 春季消防检查\n检查重点场所12处。")
        phone.says("完成")
        phone.says("我的稿件")
        assert "http" not in phone.hears("您最近的稿件").text
