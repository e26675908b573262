"""/p/sources and `xinshi sources`: the same sources, kept on the page and on the server."""

from http import HTTPStatus
from pathlib import Path

from bot.config import Config
from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import chat


@on_sqlite
def test_a_source_is_kept_on_the_page_and_on_the_server(  # noqa: PLR0915 - one source
    config: Config, tmp_path: Path
) -> None:
    with chat(config, pages=True) as bureau:
        server = bureau.config.server
        admin = administrator(bureau.config, tmp_path).sets(
            server={"public_url": server.public_url, "secret_key": server.secret_key}
        )
        refused = admin.runs("sources", "add", "监测服务", "--as", "alice")
        assert (refused.code, refused.out) == (1, "")
        assert "来源由办公室、舆情联络员和管理员管理" in refused.err
        told = admin.runs("sources", "add", "监测服务", "--platform", "抖音").out
        address, secret = (line.split()[-1] for line in told.splitlines()[-2:])
        assert address.startswith(f"{server.public_url}/push/")
        assert secret.startswith("xs_")
        assert secret not in str(all_rows(bureau.services.database))
        listed = admin.runs("sources", "list").out
        assert "1\t推送\t监测服务\t还没收到过\t-\t" in listed
        assert secret not in listed

        with Visitor(bureau) as visitor:
            assert visitor.logs_in("alice", "/p/sources").status_code == HTTPStatus.NOT_FOUND
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("alice", "/p/compose").text
            known = {name: hidden(page, name) for name in ("csrf_token", "act")}
            sent = visitor.posts("/p/sources", **known, number="1", do="stop")
            assert sent.status_code == HTTPStatus.SEE_OTHER
            assert "还没收到过" in admin.runs("sources", "list").out  # and not: 已停用
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("root", "/p/sources").text
            assert 'href="/p/sources"' in visitor.gets("/p/cases").text
            for words in ("1. 监测服务", "推送", "还没收到过", "今天 0条", "7天 0条", address):
                assert words in page, words

            def does(page: str, address: str = "/p/sources", **fields: str) -> str:
                known = {name: hidden(page, name) for name in ("csrf_token", "act")}
                return visitor.follows(visitor.posts(address, **known, **fields)).text

            page = does(page, number="1", do="weigh", weight="90")
            assert "1号来源《监测服务》的权重已改为90" in page
            assert 'value="90"' in page
            page = does(page, number="1", do="weigh", weight="101")
            assert "权重是0到100的整数" in page
            page = does(page, number="1", do="try")
            assert "不是我们去读的" in page
            page = does(page, number="1", do="stop")
            assert "已停用" in page
            added = does(page, "/p/sources/new", name="市政府网站", url="http://127.0.0.1:9/rss")
            assert "2号来源《市政府网站》已添加" in added
            missing = visitor.posts("/p/sources", number="1", do="burn")
            assert missing.status_code == HTTPStatus.BAD_REQUEST

        assert "已启用" in admin.runs("sources", "resume", "1").out
        turned = admin.runs("sources", "rotate", "1").out
        assert "the secret before is good until" in turned
        assert secret not in turned
        failed = admin.runs("sources", "try", "2")
        assert (failed.code, "地址不能用" in failed.err) == (1, True)
        assert "已停用" in admin.runs("sources", "pause", "2").out
        assert "已删除" in admin.runs("sources", "remove", "2").out
        assert "没有9号来源" in admin.runs("sources", "weigh", "9", "5").err
        tags = [row["tag"] for row in all_rows(bureau.services.database)["audit_entries"]]
        assert tags.count("source:rotate") == 1
