"""Each role of the vocabulary tries each act on incidents near and far."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.app import create_app
from bot.config import Config, Server
from bot.ids import new_id
from handlers.incidents.forms import ACTS
from storage.vocabulary import Role, UserId
from tests.harness.offline import Say, offline, saying
from tests.harness.pages import hidden
from tests.harness.rows import all_rows

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Who may do what is decided before any table is asked: one database is enough."""

PEOPLE = """\
userid,name,unit,roles,aliases
author,作者甲,甲局/一科,officer,
near,作者乙,甲局/二科,officer,
far,作者丙,乙局/一科,officer,
"""
TRIERS = "".join(f"{role},{role},甲局/一科,{role},\n" for role in Role)

SAID = {
    "补充": "补充紧急{number} 2人轻伤", "看": "看紧急{number}",
    "电话": "已电话报告{number} 区委",
    "定级": "紧急定级{number} 重大", "续报": "续报紧急{number} 已疏散80人",
    "签发": "签发紧急{number}",
    "误报": "误报紧急{number} 核实是演练",
}  # fmt: skip
UNSEEN = dict.fromkeys(SAID, "没有找到")
READS = {**dict.fromkeys(SAID, "由报告人、值班、办公室"), "看": "暂按一般", "签发": "签发。"}
HANDLES = {
    "补充": "已记下", "看": "暂按一般", "电话": "电话报告区委", "定级": "要由领导定",
    "续报": "新情况已写进去", "签发": "签发。", "误报": "办结由办公室、带班领导",
}  # fmt: skip
ENDS = {**HANDLES, "误报": "已记为误报"}
LEADS = {**ENDS, "定级": "已定为重大", "签发": "已签发"}
OWN, NEAR = "author", "near"
TABLE = {
    Role.OFFICER: {OWN: UNSEEN, NEAR: UNSEEN},
    Role.SECTION_HEAD: {OWN: HANDLES, NEAR: UNSEEN},
    Role.OFFICE: {OWN: ENDS, NEAR: ENDS},
    Role.SECRECY_REVIEWER: {OWN: UNSEEN, NEAR: UNSEEN},
    Role.LEGAL_REVIEWER: {OWN: UNSEEN, NEAR: UNSEEN},
    Role.DEPUTY: {OWN: LEADS, NEAR: LEADS},
    Role.PRINCIPAL: {OWN: LEADS, NEAR: LEADS},
    Role.DUTY: {OWN: HANDLES, NEAR: HANDLES},
    Role.LEAD_DUTY: {OWN: ENDS, NEAR: ENDS},
    Role.OPINION_LIAISON: {OWN: READS, NEAR: READS},
    Role.ADMIN: {OWN: UNSEEN, NEAR: UNSEEN},
}


@pytest.fixture
def say(config: Config) -> Iterator[Say]:
    with offline(config, PEOPLE + TRIERS) as services:
        yield saying(services)


def test_each_role_may_what_the_table_says_and_nothing_else(say: Say) -> None:
    assert set(TABLE) == set(Role)
    wrong, number = {}, 0
    for role, cells in TABLE.items():
        for reporter, acts in cells.items():
            assert "已登记" in say(reporter, "紧急信息：城南工地围墙倒塌")
            number += 1
            for act, expected in acts.items():
                answer = say(role, SAID[act].format(number=number))
                if expected not in answer:
                    wrong[role, reporter, act] = answer
    assert wrong == {}


def test_an_incident_of_another_bureau_does_not_exist(say: Say) -> None:
    assert "已登记" in say("far", "紧急信息：城南工地围墙倒塌")
    for role in Role:
        for said in SAID.values():
            assert say(role, said.format(number=1)).startswith("没有找到紧急1号"), (role, said)


ON_PAGE = {"phone", "add", "follow", "grade", "elements"}
ENDS_ON_PAGE = ON_PAGE | {"close", "withdraw"}
SHOWN = {
    Role.SECTION_HEAD: ON_PAGE,
    Role.OFFICE: ENDS_ON_PAGE,
    Role.DEPUTY: ENDS_ON_PAGE | {"sign"},
    Role.PRINCIPAL: ENDS_ON_PAGE | {"sign"},
    Role.DUTY: ON_PAGE,
    Role.LEAD_DUTY: ENDS_ON_PAGE,
    Role.OPINION_LIAISON: set[str](),
}
"""What the page of an incident of 一科 offers; to a role that is not here there is none."""


def test_the_page_offers_each_role_its_acts_and_takes_no_other(config: Config) -> None:
    """What is not offered is refused over HTTP as well, and changes nothing."""
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), PEOPLE + TRIERS) as services:
        assert "已登记" in saying(services)("author", "紧急信息：城南工地围墙倒塌")
        app = create_app(services)
        before = all_rows(services.database)
        address, wrong = f"/p/incidents/{before['incidents'][0]['id']}", {}
        every = {*ACTS, "elements", "sign"}
        for role in (*Role, "far"):
            browser = app.test_client()
            with browser.session_transaction(path="/p/") as visit:
                visit["visit"], visit["member"] = f"visit of {role}", UserId(role)
                visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
            token = hidden(browser.get("/p/mine").text, "csrf_token")
            page = browser.get(address)
            offered = {do for do in every if f'value="{do}"' in page.text}
            expected = SHOWN.get(role, set())
            if offered != expected or (page.status_code == HTTPStatus.OK) is not (role in SHOWN):
                wrong[role] = offered
            for do in every - expected - {"explain", "final", "sent", "reopen"}:
                sent = {"csrf_token": token, "act": new_id(), "do": do, "words": "较大"}
                browser.post(address, data={**sent, "place": "别处", "revision": "0"})
        assert wrong == {}
        after = all_rows(services.database)
        for table in ("incidents", "incident_reports", "incident_entries"):
            assert after[table] == before[table], table


def test_a_signature_is_undone_on_the_page_as_in_words(config: Config) -> None:
    """By who signed, until it was sent."""
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), PEOPLE + TRIERS) as services:
        say = saying(services)
        say("author", "紧急信息：城南工地围墙倒塌")
        [incident] = all_rows(services.database)["incidents"]
        app, address = create_app(services), f"/p/incidents/{incident['id']}"

        def does(who: Role, do: str) -> str:
            browser = app.test_client()
            with browser.session_transaction(path="/p/") as visit:
                visit["visit"], visit["member"] = f"visit of {who}", UserId(who)
                visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
            page = browser.get(address).text
            sent = {
                "csrf_token": hidden(page, "csrf_token"),
                "act": new_id(),
                "do": do,
                "words": "",
            }
            sent["revision"] = hidden(page, "revision") if do == "sign" else ""
            return browser.post(address, data=sent, follow_redirects=True).text

        signed = does(Role.DEPUTY, "sign")
        assert "已签发紧急1号" in signed
        assert "撤销刚才的签发" in signed
        assert "撤销刚才的签发" not in does(Role.PRINCIPAL, "undo")
        undone = does(Role.DEPUTY, "undo")
        assert "初报还没签发" in undone
        assert "撤销刚才的签发" not in undone
        does(Role.DEPUTY, "sign")
        say("author", "已书面报告1 区委办")
        assert "已经报出，不能撤销签发" in does(Role.DEPUTY, "undo")
