"""紧急信息 on pages: the ledger, one incident, its reports and the year as files."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until
from tests.pages.conftest import LogIn

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_one_incident_stands_on_a_page_with_its_files(bureau: Chat, log_in: LogIn) -> None:
    alice, dan = bureau.phones("alice", "dan")
    alice.says("紧急信息：今早9点城南工地围墙倒塌，3人死亡")
    alice.hears("暂按较大计时（死亡3人（3人以上））")
    dan.says("签发紧急1")
    dan.hears("已签发")
    carol, mallory = log_in("carol"), log_in("mallory")
    ledger = carol.gets("/p/incidents").text
    assert "紧急1号《城南工地围墙倒塌》" in ledger
    assert "暂按较大" in ledger
    address = ledger.split('href="/p/incidents/')[2].split('"')[0]
    page = carol.gets(f"/p/incidents/{address}").text
    for said in ("电话报告：10:30前", "3人死亡", "还缺：", "刘伟今天 10:00签发", "刘伟签发初报"):
        assert said in page, said
    file = carol.gets(f"/p/incidents/{address}/0.docx")
    words = [one.text for one in Document(BytesIO(file.content)).paragraphs]
    assert "紧急信息〔2026〕第1号　　　　签发人：刘伟" in words
    assert "关于城南工地围墙倒塌的初报" in words
    assert any(one.startswith("9月21日9时0分许，城南工地围墙倒塌") for one in words)
    sheet = load_workbook(BytesIO(carol.gets("/p/incidents/2026.xlsx").content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]][:6] == [
        1, "2026-09-21 10:00", "城南工地围墙倒塌", None, "较大", "王芳",
    ]  # fmt: skip
    assert mallory.gets(f"/p/incidents/{address}").status_code == 404
    assert mallory.gets("/p/incidents/2026.xlsx").status_code == 404
    nothing = mallory.gets("/p/incidents").text
    assert "城南工地" not in nothing
    assert "/p/contingencies" in ledger
    assert "/p/contingencies" not in nothing, "a link to what he may not see"


def test_a_case_and_its_incident_lead_to_each_other(bureau: Chat, log_in: LogIn) -> None:
    alice = bureau.phone("alice")
    alice.says("3号楼电梯困人，有人拍了视频")
    alice.says("3")
    alice.hears("已登记紧急1号", "已登记1号舆情")
    carol = log_in("carol")
    listed = carol.gets("/p/incidents").text
    address = "/p/incidents/" + listed.split('href="/p/incidents/')[2].split('"')[0]
    case = carol.gets(address).text.split('关联：<a href="')[1].split('"')[0]
    page = carol.gets(case).text
    assert "紧急1号《3号楼电梯困人》</a>" in page
    assert f'href="{address}"' in page


def does(visitor: Visitor, address: str, do: str, words: str = "", **fields: str) -> str:
    """Hand in an act as its page shows it; return what is answered."""
    page = visitor.gets(address).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "act": hidden(page, "act")}
    answer = visitor.posts(address, do=do, words=words, **sent, **fields)
    return visitor.follows(answer).text.split('role="status">')[1].split("</p>")[0]


def test_an_incident_is_handled_to_its_end_on_its_page(  # noqa: PLR0915 - one incident
    bureau: Chat, log_in: LogIn
) -> None:
    alice, dan = bureau.phones("alice", "dan")
    alice.says("紧急信息：城南工地围墙倒塌，2人受伤")
    alice.hears("已登记紧急1号")
    [row] = all_rows(bureau.services.database)["incidents"]
    address = f"/p/incidents/{row['id']}"
    reporter, leader, office = log_in("alice"), log_in("dan"), log_in("carol")
    page = reporter.gets(address).text
    assert "电话报告（10:30前）" in page.split("时限</h2>")[0]
    assert "报给了谁" in does(reporter, address, "phone")
    assert "电话报告区委值班室" in does(reporter, address, "phone", "区委值班室")

    seen = hidden(leader.gets(address).text, "revision")
    kept = {name: field(page, name) for name in ("event", "place", "casualties")}
    said = does(
        reporter, address, "elements", **{**kept, "casualties": "3人死亡", "loss": "50万元"}
    )
    assert "伤亡情况：3人死亡；财产损失：50万元" in said
    assert "建议定为较大" in said
    dan.hears("紧急1号 初报待签发", "3人死亡")
    assert "请看现在这一稿再签" in does(leader, address, "sign", revision=seen)
    assert "签发初报</button>" not in reporter.gets(address).text
    now = hidden(leader.gets(address).text, "revision")
    assert "已签发紧急1号" in does(leader, address, "sign", revision=now)
    alice.hears("初报已由刘伟签发，请马上报送")
    assert "书面报告区委办" in does(reporter, address, "sent", "区委办")

    assert "续报一已拟好" in does(reporter, address, "follow", "现场已封控")
    assert "终报已拟好" in does(office, address, "final", "清理完毕，原因调查中")
    now = hidden(leader.gets(address).text, "revision")
    does(leader, address, "sign", revision=now)
    assert "办结" in does(reporter, address, "sent", "区委办")
    assert "重开" in office.gets(address).text
    assert "已重开" in does(office, address, "reopen")
    assert "已定为重大" in does(leader, address, "grade", "重大")
    until(bureau, "2026-09-21 11:00")
    assert "已记为误报" in does(office, address, "withdraw", "核实为演练")
    assert "下一步" not in office.gets(address).text


def field(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]
