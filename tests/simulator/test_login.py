"""The log-in: who may be chosen, and where the code may go."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .kit import CORP_ID, Api

PATH = "/connect/oauth2/authorize"
BACK = "http://127.0.0.1:8000/login?next=1"


def query(**changes: str) -> dict[str, Any]:
    return {"appid": CORP_ID, "redirect_uri": BACK, "response_type": "code", "state": "s"} | changes


def test_the_chosen_member_comes_back_with_a_code(api: Api) -> None:
    chosen = api.client.get(PATH, query_string=query(**{"as": "ZhangSan"}))
    assert chosen.status_code == 302
    back = urlsplit(chosen.location)
    came = parse_qs(back.query)
    assert (back.path, came["next"], came["state"]) == ("/login", ["1"], ["s"])
    assert api.get("auth/getuserinfo", code=came["code"][0])["userid"] == "zhangsan"


def test_everybody_can_be_chosen(api: Api) -> None:
    page = api.client.get(PATH, query_string=query()).text
    assert all(name in page for name in ("张三", "李四", "王五"))
    assert "as=ZhangSan" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"appid": "wwother"},
        {"response_type": "token"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": ""},
    ],
)
def test_what_would_leak_a_code_is_refused(api: Api, changes: dict[str, str]) -> None:
    assert api.client.get(PATH, query_string=query(**changes)).status_code == 400


def test_a_stranger_cannot_be_chosen(api: Api) -> None:
    assert api.client.get(PATH, query_string=query(**{"as": "ghost"})).status_code == 404
