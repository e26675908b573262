"""The pages of cases: who sees them, acts as in words, the ledger; pictures, merging, ends."""

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from operator import itemgetter

import openpyxl
from flask.testing import FlaskClient

from bot.app import create_app
from bot.config import Config, Server
from bot.services import Services
from tests.harness.databases import on_sqlite
from tests.harness.files import picture
from tests.harness.finding import found, in_ledger
from tests.harness.offline import offline, saying
from tests.harness.pages import hidden
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER, Chat


def browser_of(services: Services, client: FlaskClient, userid: str) -> FlaskClient:
    with client.session_transaction(path="/p/") as visit:
        visit["visit"], visit["member"] = f"visit of {userid}", userid
        visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
    return client


@on_sqlite
def test_a_case_is_seen_and_handled_on_its_page(  # noqa: PLR0915 - one case
    config: Config,
) -> None:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say = saying(services)
        say("alice", "抖音有人发视频说金色家园烂尾 点赞2万")
        [case] = all_rows(services.database)["cases"]
        app = create_app(services)
        carol, bob, mallory = (
            browser_of(services, app.test_client(), one) for one in ("carol", "bob", "mallory")
        )
        listed = carol.get("/p/cases").text
        assert "金色家园烂尾" in listed
        assert "grade yellow" in listed
        assert "台账 Excel" in listed
        assert "没有舆情" in mallory.get("/p/cases").text
        address = f"/p/cases/{case['id']}"
        assert mallory.get(address).status_code == HTTPStatus.NOT_FOUND
        page = carol.get(address).text
        for words in ("时限", "公开回应", "定级（写颜色）", "条目1", "登记"):
            assert words in page, words

        def does(browser: FlaskClient, do: str, words: str) -> str:
            page = browser.get(address).text
            token, act = hidden(page, "csrf_token"), hidden(page, "act")
            sent = {"csrf_token": token, "act": act, "do": do, "words": words}
            return browser.post(address, data=sent, follow_redirects=True).text

        assert "已定为黄色（较大）" in does(carol, "grade", "黄色")
        assert "已交办物业科" in does(carol, "assign", "物业科")
        assert "撤销刚才的交办" in carol.get(address).text
        assert "撤销刚才的" not in bob.get(address).text
        assert "两分钟内没有您能撤销的" in does(bob, "undo", "")
        assert "已撤销：1号舆情" in does(carol, "undo", "")
        assert "已交办物业科" in does(carol, "assign", "物业科")
        assert "删帖、屏蔽、压热度的事不能办" in does(bob, "progress", "联系平台把帖子删了")
        assert "核实结果：属实" in does(bob, "facts", "经核实属实，停工两个月")
        assert "您不能" in does(bob, "false", "看错了")
        assert "已记下" in does(bob, "progress", "业主已认可。复盘：停工前先公示")
        assert bob.get("/p/cases/ledger.xlsx").status_code == HTTPStatus.NOT_FOUND
        say("alice", "微博有人说翠湖小区停水三天没人管")
        say("alice", "紧急信息：金色家园售楼处被砸")
        assert "您不能合并" in does(bob, "merge", "2号")
        assert "已和紧急1号" in does(carol, "link", "1").replace(
            "已把1号舆情《金色家园烂尾》", "已"
        )
        other = next(
            row["id"] for row in all_rows(services.database)["cases"] if row["number"] == 2
        )
        address = f"/p/cases/{other}"
        assert "并到哪一起" in does(carol, "merge", "那一起")
        assert "已并入1号舆情" in does(carol, "merge", "1号")
        address = f"/p/cases/{case['id']}"
        assert "条目2已从1号舆情《金色家园烂尾》拆出" in does(carol, "split", "条目2")
        assert carol.get("/p/cases/ledger/2026-08.xlsx").status_code == HTTPStatus.OK
        assert carol.get("/p/cases/ledger/2026-13.xlsx").status_code == HTTPStatus.BAD_REQUEST
        sheet = carol.get("/p/cases/ledger/2026-09.xlsx").data
        assert carol.get("/p/cases/ledger.xlsx?year=2026").status_code == HTTPStatus.OK
        heads, line, *_ = openpyxl.load_workbook(BytesIO(sheet)).active.values  # type: ignore[union-attr]  # there is one
        row = dict(zip(heads, line, strict=True))
        assert row["编号"] == 1
        assert row["承办科室"] == "物业科"
        assert row["是否属实"] == "属实"
        assert (row["发布者类型"], row["复盘"]) == ("网民", "停工前先公示")
        assert (
            row["各步用时（分钟/时限）"]
            == "定级0/60（工作时间）；核实0/240（工作时间）；续报0/420（工作时间）"
        )


def test_pictures_merging_splitting_and_beginning_again(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("微博有人说翠湖小区停水三天没人管")
    alice.hears("已登记1号舆情《翠湖小区停水三天没人管》")
    alice.simulated.sends_image(picture(), "现场.jpg")
    alice.hears("图片已放进1号舆情")
    bureau.settle()
    [file] = all_rows(bureau.services.database)["sent_pictures"]
    assert file["sha256"]
    assert in_ledger(bureau)[0]["截图哈希"] == file["sha256"]
    alice.says("抖音有人发视频说金色家园电梯抖动没人修")
    alice.hears("已登记2号舆情")
    for phone in (bob, carol):
        phone.hears_all()

    carol.says("转燃气科处理")
    carol.hears("有2起，是哪一起", "1. 1号舆情", "2. 2号舆情")
    carol.says("2")
    carol.hears("2号舆情", "已交办燃气科")
    carol.says("撤销")
    carol.hears("已撤销：2号舆情", "回到“已登记，待定级”")
    bureau.phone("heidi").hears_all()
    bob.says("合并舆情 2 1")
    bob.hears("您不能合并2号舆情", "办公室")
    carol.says("合并舆情 2 1")
    carol.hears("2号舆情", "已并入1号舆情", "1条来源一起转过去")
    for words, act in (
        ("重开舆情 2", "重新打开"),
        ("重开舆情 2 又有新视频", "重新打开"),
        ("定级 2 黄色", "定级"),
        ("合并舆情 1 2", "合并"),
    ):
        carol.says(words)
        carol.hears("2号舆情", f"已并入1号舆情，现在不能{act}", "要办请说1号")
    carol.says("撤销")
    carol.hears("已撤销：2号舆情", "回到“已登记，待定级”")
    carol.says("误报 2")
    carol.hears("误报要写依据")
    carol.says("误报 2 经核实是去年的旧视频")
    carol.hears("已按误报办结")
    carol.says("重开舆情 2 又有新视频")
    carol.hears("2号舆情", "已重新打开，今天 12:00告知李强、周敏")
    carol.says("转出舆情 2 邻区住建局 事发地不在本区")
    carol.hears("已转出")
    for phone in (alice, bob):
        phone.hears_all()
    states = {row["number"]: row["state"] for row in all_rows(bureau.services.database)["cases"]}
    assert states == {1: "registered", 2: "not_ours"}
    found(bureau, "邻市物业服务经验交流会召开")
    bob.says("立案 3")
    bob.hears("由办公室", "立案")
    carol.says("立案 3")
    carol.hears("条目3已立案：已登记3号舆情《邻市物业服务经验交流会召开》")
    carol.says("立案 3")
    carol.hears("条目3已在3号舆情")
    alice.says("舆情列表")
    assert "2号" not in alice.hears("1号【", "翠湖小区").text


@on_sqlite
def test_the_pages_of_two_that_may_be_one_show_each_other(config: Config) -> None:
    """Whoever may says there whether they are."""
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say, app = saying(services), create_app(services)
        for words in ("物业收费涨价业主不满", "业主质疑公共收益去向"):
            say("alice", f"报舆情 翠湖小区{words}")
        rows = sorted(all_rows(services.database)["cases"], key=itemgetter("number"))
        first, second = (row["id"] for row in rows)
        carol, bob = (browser_of(services, app.test_client(), one) for one in ("carol", "bob"))
        heading, refusal = '<h2 id="doubts">疑似同一事件</h2>', 'value="differ"'
        seen = bob.get(f"/p/cases/{second}").text
        assert heading in seen
        assert f'<a href="/p/cases/{first}">1号舆情' in seen
        assert refusal not in seen

        def does(address: str, do: str, words: str) -> str:
            page = carol.get(address).text
            token, act = hidden(page, "csrf_token"), hidden(page, "act")
            sent = {"csrf_token": token, "act": act, "do": do, "words": words}
            return carol.post(address, data=sent, follow_redirects=True).text

        assert "并到哪一起" in does(f"/p/cases/{first}", "differ", "？")
        assert "不再问" in does(f"/p/cases/{first}", "differ", "2")
        assert heading not in carol.get(f"/p/cases/{second}").text
        assert "已并入1号舆情" in does(f"/p/cases/{first}", "same", "2")
        merged = next(row for row in all_rows(services.database)["cases"] if row["id"] == second)
        assert (merged["state"], merged["merged_into"]) == ("merged", first)
