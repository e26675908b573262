"""The roster as a sheet, a page, a file and a calendar."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document

from bot.config import Config
from bot.sheets.separated import separated_file
from handlers.rules.official_days import OFFICIAL_DAYS
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.sheets import cells, xlsx

PEOPLE = """\
userid,name,unit,roles,aliases,in_charge_of
ivan,秦飞,区住建局/燃气科,duty,,
frank,杨雪,区住建局,deputy|lead_duty,,办公室
"""
HEAD = ("日期", "星期", "性质", "带班领导", "白班", "夜班", "值班电话", "备注")
ROWS = (
    ("2026-09-23", "三", "工作日", "刘伟(副局长)", "正常上班", "王芳", "6666", ""),
    ("2026-09-24", "四", "工作日", "杨雪", "—", "李强", "6666", ""),
    ("9月25日", "五", "中秋", "刘伟", "秦飞", "陈静(燃气科)", "6666", "双带班：杨雪"),
)


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        running.enrol(PEOPLE)
        with running.services.database.begin() as uow:
            uow.timers.fill_calendar(OFFICIAL_DAYS)
        yield running


@on_sqlite
def test_a_sheet_is_checked_entered_shown_and_subscribed_to(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, ivan = bureau.phones("alice", "ivan")
    with Visitor(bureau) as page:
        form = page.logs_in("carol", "/p/duty/import").text
        token = hidden(form, "csrf_token")

        def hands_in(*rows: tuple[str, ...]) -> str:
            file = ("值班表.xlsx", xlsx(("区住建局值班表",), HEAD, *rows))
            return page.follows(page.uploads("/p/duty/import", file, csrf_token=token)).text

        wrong = ("9月26日", "六", "", "刘伟", "没有的人", "王芳、秦飞", "", "")
        refused = hands_in(*ROWS, wrong)
        assert "没有找到没有的人（要写本局人员的全名）" in refused
        refused = hands_in(*ROWS[:1], *ROWS[2:])
        assert "整张表还有空缺：9月24日（周四）缺带班、夜班" in refused
        checked = page.uploads(
            "/p/duty/import", ("值班表.csv", separated_file(HEAD, ROWS)), csrf_token=token
        )
        sheet = checked.headers["Location"]
        shown = page.follows(checked).text
        fields = {name: hidden(shown, name) for name in ("csrf_token", "act")}
        said = page.follows(page.posts(sheet, **fields)).text
        assert "已登记：9月23日至25日，8个班，已通知6人。每人值班1次" in said
        alice.hears("您排了值班：9月23日夜班（17:30至次日08:30）")
        days = {str(row["day"]) for row in all_rows(bureau.services.database)["duty_shifts"]}
        assert days == {"2026-09-23", "2026-09-24", "2026-09-25"}

        month = page.gets("/p/duty/2026-09").text
        assert "杨雪" in month
        assert "双带班：杨雪" in month
        assert "还有空缺：9月21日（周一）缺带班、夜班" in month
        assert "现在没有排人值班" in month
        assert "最近一天没有值班记录" in month
        assert "现在值班" not in page.gets("/p/duty/2026-10").text
        paper = Document(BytesIO(page.gets("/p/duty/2026-09.docx").content))
        assert paper.tables[0].rows[25].cells[5].text == "陈静"
        table = cells(page.gets("/p/duty/2026-09.xlsx").content)
        assert table[1][:4] == ["日期", "星期", "性质", "带班领导"]
        lines = page.gets("/p/duty/2026-09.csv").content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("日期,星期,性质,带班领导")
        assert lines[25].startswith("2026-09-25,五,中秋,刘伟,秦飞,陈静,6666,双带班：杨雪")
        assert page.gets("/p/duty/2026-13").status_code == 404

    alice.says("值班日历")
    address = alice.hears("加到手机或电脑日历的“订阅”里").text.split("\n")[1]
    with Visitor(bureau) as anybody:
        path = "/" + address.split("/", 3)[3]
        feed = anybody.gets(path)
        assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:值班（夜班）" in feed.text
        assert "DTSTART:20260923T093000Z" in feed.text
        assert feed.text.count("BEGIN:VEVENT") == 1
        assert anybody.gets("/p/feeds/" + "0" * 32 + ".ics").status_code == 404
        ivan.says("停用日历")
        ivan.hears("您没有在用的日历订阅")
        alice.says("停用日历")
        alice.hears("已停用")
        assert anybody.gets(path).status_code == 404
