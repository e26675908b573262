"""约稿 on its pages: ordered, answered and steered there; who sees what."""

import re

from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.service import Chat
from tests.pages.conftest import LogIn


def sends(visitor: Visitor, address: str, do: str, **fields: str) -> str:
    """Send the first form that offers *do* as it stands on the page; return what is shown then."""
    page = visitor.gets(address).text
    forms = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
    form = next((one for one in forms if f'value="{do}"' in one), "")
    assert form, f"the page offers no {do}"
    known = {
        name: hidden(form, name)
        for name in ("csrf_token", "act", "part")
        if f'name="{name}"' in form
    }
    return visitor.follows(visitor.posts(address, **{**known, "do": do, **fields})).text


@on_sqlite
def test_a_call_lives_on_its_pages(  # noqa: PLR0915 - one call
    bureau: Chat, log_in: LogIn
) -> None:
    office, officer, other = log_in("carol"), log_in("alice"), log_in("mallory")
    assert officer.gets("/p/calls/new").status_code == 403
    page = office.gets("/p/calls/new").text
    order = {
        "csrf_token": hidden(page, "csrf_token"),
        "act": hidden(page, "act"),
        "topic": "节前燃气检查做法",
        "angle": "突出一户一档",
        "length": "800字以内",
        "source": "市委办",
        "outward": "2026-09-28T17:00",
        "pieces": "1",
        "weight": "2",
    }
    refused = office.posts("/p/calls/new", **order)
    assert refused.status_code == 422
    assert "请选科室" in refused.text
    assert "突出一户一档" in refused.text, "what was typed is not lost"
    page = office.follows(office.posts("/p/calls/new", **order, units="物业科")).text
    assert "已下1号约稿《节前燃气检查做法》：物业科各1篇，9月25日 17:00前交" in page
    found = re.search(r"/p/calls/[0-9a-f]{32}", page)
    assert found
    address = found[0]
    assert "按2篇计" in bureau.phone("alice").hears("1号约稿").text

    assert other.gets(address).status_code == 404
    assert "1号约稿" not in other.gets("/p/calls").text
    assert "待认领" in officer.gets("/p/calls").text
    assert "代物业科答复" in office.gets(address).text
    assert "代物业科答复" not in officer.gets(address).text, "it is her own to answer"
    assert "已认领1号约稿" in sends(officer, address, "claim")
    assert "请写明有什么困难" in sends(officer, address, "decline", words="")
    assert "已告诉办公室" in sends(officer, address, "decline", words="这项工作归燃气科")
    page = sends(office, address, "reassign", to="燃气科", words="职责")
    assert "从物业科改派给燃气科" in page
    assert "王芳 物业科报有困难：这项工作归燃气科" in page
    assert other.gets(address).status_code == 200
    bureau.phone("mallory").hears("1号约稿", "节前燃气检查做法")
    assert "已取消1号约稿" in sends(office, address, "cancel_all", words="上级不要了")
    assert "没有约稿" in office.gets("/p/calls").text
    assert "已取消" in office.gets("/p/calls?state=cancelled").text
    bureau.phone("mallory").hears("周敏取消了1号约稿《节前燃气检查做法》（上级不要了）")
