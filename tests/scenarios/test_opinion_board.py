"""舆情看板: what stands, how hot it is, what is late; everybody sees what is his."""

from datetime import timedelta
from http import HTTPStatus

from bot.app import create_app
from bot.config import Config, Server
from bot.ids import new_id
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline, saying
from tests.harness.pages import hidden
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER
from tests.scenarios.test_case_pages import browser_of


@on_sqlite
def test_the_board_shows_what_is_owed_where_and_to_each_only_his_own(config: Config) -> None:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say, app = saying(services), create_app(services)
        empty = browser_of(services, app.test_client(), "carol").get("/p/opinion")
        assert empty.status_code == HTTPStatus.OK
        assert "没有在办的舆情" in empty.text
        assert "<svg" not in empty.text
        assert "没有在办的舆情" in say("dan", "舆情看板")
        say("alice", "抖音有人发视频说金色家园烂尾 点赞2万")
        say("alice", "抖音又有人发视频说金色家园烂尾 还没复工")
        say("carol", "交办 1 物业科")
        services.now.advance(timedelta(hours=3))  # type: ignore[attr-defined]  # a test's clock
        carol, bob, heidi = (
            browser_of(services, app.test_client(), one) for one in ("carol", "bob", "heidi")
        )
        page = carol.get("/p/opinion").text
        for words in (
            "金色家园", "已超时：", "<strong>物业科</strong>在办1，", "超时1",
            "<polyline", "近30天主题", "抖音100%", 'content="60"',
        ):  # fmt: skip
            assert words in page, words
        assert "燃气科" in page.partition("没有在办的")[2].partition("</p>")[0]
        assert "http-equiv" not in carol.get("/p/opinion?still=1").text
        assert "1号舆情" in bob.get("/p/opinion").text
        others = heidi.get("/p/opinion").text
        assert "1号舆情" not in others
        assert "物业科" not in others
        assert "<svg" not in others
        assert "在办舆情1起，超时1起" in say("dan", "看板")
        assert "没有在办的舆情" in say("heidi", "舆情看板")
        say("alice", "微博热搜说翠湖小区塔吊倒塌，5人死亡，上百人聚集")
        page = browser_of(services, app.test_client(), "carol").get("/p/opinion").text
        assert page.index("1号舆情《") < page.index("2号舆情《")  # late before grave
        assert "转入观察" in say("carol", "观察舆情 1 3天")
        assert "下一步：观察到9月24日" in carol.get("/p/opinion").text
        for near in ("/p/cases", "/p/bureau/2026-09"):
            assert 'href="/p/opinion"' in carol.get(near).text


@on_sqlite
def test_a_special_report_is_drafted_changed_and_released_on_its_page(config: Config) -> None:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say, app = saying(services), create_app(services)
        carol, bob, dan = (
            browser_of(services, app.test_client(), one) for one in ("carol", "bob", "dan")
        )
        say("alice", "抖音有人发视频说金色家园烂尾 点赞2万")
        [case] = all_rows(services.database)["cases"]
        on_case = carol.get(f"/p/cases/{case['id']}").text
        assert "起草专报" in on_case
        assert "起草专报" not in bob.get(f"/p/cases/{case['id']}").text
        given = {"csrf_token": hidden(on_case, "csrf_token"), "act": new_id()}
        begun = carol.post(f"/p/opinion/special/{case['id']}", data=given)
        address = begun.headers["Location"].partition("?")[0]
        page = carol.get(begun.headers["Location"]).text
        for words in ("专报已起草", "六、工作建议（拟，请审改）", "<polyline", "审定并发给领导"):
            assert words in page, words
        for other in (bob, dan):
            assert other.get(address).status_code == HTTPStatus.NOT_FOUND
        assert bob.get("/p/opinion/reports").status_code == HTTPStatus.NOT_FOUND
        fields = {"csrf_token": hidden(page, "csrf_token"), "act": hidden(page, "act")}
        fields |= {
            "what": "release",
            "risk": "升温，按黄色处置。",
            "advice": "一、核实。\n二、回应。",
        }
        assert "2分钟后发给" in carol.post(address, data=fields, follow_redirects=True).text
        page = carol.get(address).text
        assert "<p>升温，按黄色处置。</p>" in page
        assert "<p>二、回应。</p>" in page
        assert "审定并发给领导" not in page
        assert "舆情专报" in carol.get("/p/opinion/reports").text
        assert carol.get(f"{address}.docx").data.startswith(b"PK")
