"""简报 on its pages: order, words, signature and post; 范文: the search and one item."""

import re

from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.service import Chat
from tests.harness.telling import is_signed
from tests.pages.conftest import LogIn


def sends(visitor: Visitor, address: str, do: str, **fields: str) -> str:
    """Send the form of that act as it stands on the page, and return what is shown then."""
    page = visitor.gets(address).text
    assert f'value="{do}"' in page, f"the page offers no {do}"
    number = fields.get("number", "")
    form = next(
        part
        for part in re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
        if f'value="{do}"' in part and (not number or f'name="number" value="{number}"' in part)
    )
    known = {name: hidden(form, name) for name in ("csrf_token", "act")}
    if 'name="seen"' in form:
        known["seen"] = hidden(form, "seen")
    answer = visitor.posts(address, **{**known, "do": do, **fields})
    return visitor.follows(answer).text


@on_sqlite
def test_an_issue_is_compiled_signed_and_posted_on_its_page(  # noqa: PLR0915 - one talk
    bureau: Chat, log_in: LogIn
) -> None:
    alice, carol, eve = bureau.phones("alice", "carol", "eve")
    first, second = (str(is_signed(bureau, title)) for title in ("电梯检查", "燃气检查"))
    carol.says(f"编入第1期 {first}号 {second}号")
    office, leader, officer = log_in("carol"), log_in("eve"), log_in("alice")
    found = re.search(r"/p/bulletins/[0-9a-f]+", office.gets("/p/bulletins").text)
    assert found
    address = found[0]
    assert officer.gets(address).status_code == 404
    assert "《工作简报》" not in officer.gets("/p/bulletins").text

    page = sends(office, address, "order", number=second, place="1")
    assert page.index("1. 燃气检查") < page.index("2. 电梯检查")
    old = hidden(page.partition("改文字")[2], "seen")
    title, body = "燃气安全检查", "9月20日，区住建局检查餐饮单位38家。\r\n另起一段。"
    page = sends(office, address, "edit", number=second, title=title, body=body)
    assert "已改《工作简报》第1期里的" in page
    fields = {"number": second, "title": "迟到的标题", "body": body, "seen": old}
    page = sends(office, address, "edit", **fields)
    assert "刚被别人改过" in page
    assert "迟到的标题" in page, "what was typed is not lost"
    assert "签发" not in page.partition("<main")[2].partition("</header>")[0]

    assert "已把《工作简报》第1期送黄建国签发" in sends(office, address, "offer")
    before = leader.gets(address).text
    sends(office, address, "drop", number=first)
    stale = {name: hidden(before, name) for name in ("csrf_token", "act", "seen")}
    answer = leader.posts(address, **stale, do="sign", words="")
    assert "又改过" in leader.follows(answer).text
    sends(office, address, "offer")
    assert "已退回" in sends(leader, address, "back", words="再核数字")
    sends(office, address, "offer")
    assert "已签发《工作简报》第1期，共1篇" in sends(leader, address, "sign")
    assert office.gets(f"{address}.docx").content.startswith(b"PK")
    assert "印发给各科室" in sends(office, address, "distribute", words="各科室")
    alice.hears("被本局简报", "刊用时改动")

    page = officer.gets("/p/library?q=餐饮&level=own").text
    assert f"{second}号《燃气检查》" in page
    model = re.search(r"/p/library/[0-9a-f]+", page)
    assert model
    assert "检查餐饮单位38家" in officer.gets(model[0]).text
    assert officer.gets("/p/library?q=" + "电" * 60).status_code == 422
    eve.hears_all()


@on_sqlite
def test_what_is_printed_on_each_issue_is_the_offices_to_say(log_in: LogIn) -> None:
    office, officer = log_in("carol"), log_in("alice")
    page = office.gets("/p/bulletins").text
    known = {name: hidden(page, name) for name in ("csrf_token", "act")}
    lines = {"office": "区住建局办公室", "report_to": "区委办", "send_to": "", "copy_to": "各科室"}
    posted = office.posts("/p/bulletins", **known, name="住建专刊", copies="50", **lines)
    assert "已登记《住建专刊》" in office.follows(posted).text
    known = {"csrf_token": hidden(officer.gets("/p/mine").text, "csrf_token"), "act": "0" * 32}
    posted = officer.posts("/p/bulletins", **known, name="我的专刊", copies="1", **lines)
    assert "简报由办公室编" in officer.follows(posted).text
