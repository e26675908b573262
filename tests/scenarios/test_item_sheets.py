"""舆情 as a sheet: checked on the page, entered whole or not at all, judged like any other post."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import httpx
from sqlalchemy import select

from bot.config import Config
from handlers.feeds.looking import ranked
from handlers.feeds.sheet import BOOK
from handlers.kit.sheets import Line, Seen, give_up
from storage.models import FoundItem
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import FoundStatus, SheetId, UserId
from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.sheets import xlsx

ADDRESS = "/p/items/import"
HEAD = ("编号", "标题*", "内容", "平台", "账号", "原文链接", "发布时间", "点赞量")
GOOD = (
    (1, "金色家园业主反映延期交房", "", "抖音", "阳光", "https://a.cn/1", "9月20日 8:30", "2万"),
    (2, "", "物业费上涨，多名业主聚集", "", "", "", datetime(2026, 9, 21, 9, 5), 300),  # noqa: DTZ001 - as Excel has it
    (2, "同一条", "", "", "", "", "", ""),
    (3, "去年的旧闻", "", "", "", "", "2025-09-20", ""),
)
BAD = (
    (4, "", "", "抖音", "", "", "", ""),
    (5, "标题", "", "", "", "javascript:1", "", ""),
    (6, "标题", "", "", "", "", "2026-09-20 25:61", ""),
    (7, "标题", "", "", "", "", "前天傍晚", "很多"),
)


def hands_in(browser: Visitor, name: str, content: bytes) -> httpx.Response:
    token = hidden(browser.gets(ADDRESS).text, "csrf_token")
    return browser.follows(browser.uploads(ADDRESS, (name, content), csrf_token=token))


def says_yes(browser: Visitor, shown: httpx.Response) -> str:
    fields = {name: hidden(shown.text, name) for name in ("csrf_token", "act")}
    return browser.follows(browser.posts(shown.url.path, **fields)).text


def found(bureau: Chat) -> list[dict[str, object]]:
    bureau.settle()
    rows = all_rows(bureau.services.database)["opinion_items"]
    return sorted(rows, key=lambda row: row["number"])


def _staged(uow: UnitOfWork) -> Sequence[FoundItem]:
    staged = select(FoundItem).where(FoundItem.status == FoundStatus.STAGED)
    return uow._session.scalars(staged).all()


def test_a_sheet_is_entered_whole_and_once(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        alice, carol = bureau.phones("alice", "carol")
        alice.says("导入舆情")
        alice.hears("这张表由办公室登记")
        carol.says("导入舆情")
        address = link_in(carol.hears("舆情表在网页上导入").text)
        with Visitor(bureau) as browser:
            assert "导入舆情条目" in browser.logs_in("carol", address).text
            faulty = hands_in(browser, "表.xlsx", xlsx(HEAD, *GOOD, *BAD))
            for words in (
                "标题和内容都没有，至少填一个",
                "链接“javascript:1”不是网址",
                "发布时间“2026-09-20 25:61”看不懂，写成 2026-11-23 10:30",
                "发布时间“前天傍晚”看不懂",
                "点赞“很多”不是数，写成 20000 或 2万",
                "和第3行是同一条",
                "30天以前的，不收",
            ):
                assert words in faulty.text, words
            assert found(bureau) == []
            shown = hands_in(browser, "表.xlsx", xlsx(HEAD, *GOOD))
            assert "《表.xlsx》导入了2条舆情，跳过2条" in says_yes(browser, shown)
            first, second = sorted(found(bureau), key=lambda row: str(row["posted_at"]))
            assert (first["title"], first["platform"], first["source"], first["heat"]) == (
                "金色家园业主反映延期交房",
                "抖音",
                "阳光",
                {"likes": 20000},
            )
            assert str(first["posted_at"]).startswith("2026-09-20 00:30")
            assert str(second["posted_at"]).startswith("2026-09-21 01:05")
            text = "\r\n".join(",".join(str(cell) for cell in row) for row in (HEAD, *GOOD[:1]))
            again = hands_in(browser, "表.csv", text.encode("gb18030"))
            assert "登记过" in again.text
            assert 'name="act"' not in again.text  # nothing is new: there is nothing to say yes to
            assert len(found(bureau)) == 2
        carol.says("来源")
        carol.hears("1. 导入的表（导入）正常，7天2条")


@on_sqlite
def test_a_long_sheet_is_out_of_sight_until_its_end(config: Config, tmp_path: Path) -> None:
    with chat(config) as bureau:
        admin = administrator(bureau.config, tmp_path)
        file = tmp_path / "舆情.csv"
        rows = [f"第{one}条物业费上涨;http://a.cn/{one}" for one in range(599)]
        rows.append("区住建局旁工地塔吊倒塌，砸死1人;http://a.cn/600")
        file.write_text("\n".join(["标题;链接", *rows]), encoding="utf-8-sig")
        checked = admin.runs("sources", "import", str(file), "--as", "carol", "--check")
        assert "600 rows: 新增 600" in checked.err, checked.err
        assert "found_items" not in {
            name for name, rows in all_rows(bureau.services.database).items() if rows
        }
        told = admin.runs("sources", "import", str(file), "--as", "carol")
        assert "《舆情.csv》导入了600条舆情，跳过0条" in told.err
        waiting = all_rows(bureau.services.database)["found_items"]
        assert {row["status"] for row in waiting} == {"waiting"}
        first = min(waiting, key=lambda row: (row["rank"], row["id"]))
        assert first["item"]["url"] == "http://a.cn/600"  # the gravest, though it stands last
        with bureau.services.database.begin() as uow:
            ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
            sheet = uow.sheets.lock(SheetId(first["sheet"] or ""))
            assert sheet
            judged = BOOK.judge(ctx, [Line(number=2, cells={"title": "物业费涨了"})], Seen())
            BOOK.enter(ctx, sheet, judged, Seen())
            [staged] = _staged(uow)
            [pushed] = ranked(ctx, ctx.sender.bureau, [judged[0].what])
            assert staged.rank == pushed.rank + 1  # of two that seem alike what was pushed is first
            give_up(ctx, BOOK, sheet)
            assert _staged(uow) == []
