"""What stands at the top of each page leads somewhere for whoever sees it."""

import re

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.pages.conftest import LogIn

WATCH = "userid,name,unit,roles,aliases\nwatch,郑凯,区住建局,duty,\n"


@on_sqlite
def test_nobody_is_led_to_a_page_that_is_not_there(bureau: Chat, log_in: LogIn) -> None:
    bureau.enrol(WATCH)
    shown: dict[str, list[str]] = {}
    for userid in ("alice", "bob", "carol", "dan", "eve", "root", "watch"):
        visitor = log_in(userid)
        top = re.search(r"<nav.*?</nav>", visitor.gets("/p/mine").text, re.DOTALL)
        assert top
        shown[userid] = re.findall(r'href="([^"]+)"', top[0])
        answers = {
            address: visitor.follows(visitor.gets(address)).status_code for address in shown[userid]
        }
        assert set(answers.values()) == {200}, (userid, answers)
    assert "/p/bulletins" in shown["carol"]
    assert {"/p/bulletins", "/p/adoptions"}.isdisjoint(shown["alice"])
    assert "/p/adoptions" in shown["bob"]
