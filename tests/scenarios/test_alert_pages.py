"""The pages of alerts: who sees what and does what; a notice names nobody but to its sender."""

import re
from datetime import timedelta
from http import HTTPStatus

from bot.app import create_app
from bot.config import Config, Server
from handlers.kit.events import AlertAsked
from storage.vocabulary import Grade
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline, saying
from tests.harness.pages import hidden
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER


@on_sqlite
def test_the_page_of_an_alert_and_of_a_notice(  # noqa: PLR0915 - one alert, from end to end
    config: Config,
) -> None:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say = saying(services)
        with services.database.begin() as uow:
            unit = uow.members.unit_at("区住建局/物业科")
            assert unit
            services.context(uow).emit(
                AlertAsked(
                    unit=unit.id,
                    kind="call",
                    key="1",
                    grade=Grade.ORANGE,
                    source="12345",
                    title="电梯困人",
                    text="三号楼电梯困人",
                )
            )
        say("bob", "收到")
        say("carol", "紧急通知 各科室负责人 今晚停水应急")
        say("carol", "是")
        app = create_app(services)

        def seen(userid: str, path: str) -> str:
            browser = app.test_client()
            with browser.session_transaction(path="/p/") as visit:
                visit["visit"], visit["member"] = f"visit of {userid}", userid
                visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
            answer = browser.get(f"/p/{path}")
            return answer.text if answer.status_code == HTTPStatus.OK else answer.status

        def does(userid: str, alert: str, do: str, **fields: str) -> str:
            """Send the form of the page that offers it; return what is answered."""
            browser = app.test_client()
            with browser.session_transaction(path="/p/") as visit:
                visit["visit"], visit["member"] = f"visit of {userid}", userid
                visit["until"] = (services.now() + timedelta(hours=1)).timestamp()
            page = browser.get(f"/p/{alert}").text
            if f'value="{do}"' not in page:
                return "not offered"
            known = {name: hidden(page, name) for name in ("csrf_token", "act")}
            sent = browser.post(f"/p/{alert}", data={**known, "do": do, **fields})
            assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
            answer = re.search(r'role="status">([^<]*)', browser.get(sent.location).text)
            assert answer
            return answer[1]

        rows = sorted(all_rows(services.database)["alerts"], key=lambda row: row["code"])
        alert, notice = (f"alerts/{row['id']}" for row in rows)
        assert "现在有2个警报" in seen("bob", "alerts")
        assert "李强今天 10:00起处理" in seen("eve", "alerts")
        assert "电梯困人" not in seen("mallory", "alerts")
        assert seen("mallory", alert).startswith("404")
        page = seen("dan", alert)
        for words in ("三号楼电梯困人", "告知李强", "李强收到", "发出前已不需要"):
            assert words in page, words
        assert "赵磊" in seen("carol", notice)
        for other in ("bob", "heidi", "eve"):
            page = seen(other, notice)
            assert "今晚停水应急" in page
            assert "赵磊" not in page.split("<h1>")[1]

        forged = app.test_client().post(f"/p/{alert}", data={"do": "take"})
        assert forged.status_code == HTTPStatus.BAD_REQUEST
        assert does("dan", alert, "take") == "not offered", "bob has it"
        assert "到今天 14:00前由您处理" in does("bob", alert, "extend", hours="4")
        assert "没有找到“王五”" in does("bob", alert, "hand", to="王五")
        assert "已把橙色警报01《电梯困人》转给刘伟" in does("bob", alert, "hand", to="刘伟")
        assert "已收到" in does("dan", alert, "take")
        assert "已经没有上一级" in does("dan", alert, "cannot")
        assert "已收到" in does("eve", alert, "take")
        assert "已办结橙色警报01" in does("eve", alert, "done", words="人已救出")
        assert does("eve", alert, "take") == "not offered"
        assert "人已救出" in seen("dan", alert)
        assert does("bob", notice, "cannot") == "not offered"
        assert "您已收到紧急通知" in does("bob", notice, "take")
        assert does("bob", notice, "take") == "not offered"
