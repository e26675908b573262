"""No message reads a table from end to end: what it costs would grow with the years."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.config import Config
from tests.harness.offline import hand_in, offline, saying

PEOPLE = """\
userid,name,unit,roles,aliases
author,作者甲,甲局/一科,officer,
head,负责人,甲局/一科,section_head,
office,周敏,甲局/办公室,office,
deputy,分管,甲局,deputy,
"""
SAID = (
    ("head", "待审"), ("head", "通过 1"), ("office", "通过 1"), ("deputy", "通过 1"),
    ("head", "退回 2 缺数据"), ("author", "修改 2\n新的正文"), ("office", "稿件 1"),
    ("author", "我的稿件"), ("head", "会签 2 deputy"), ("head", "暂放 2 明天"),
    ("head", "恢复 2"), ("office", "报送 1 区政府网站"), ("office", "登记采用 1 市日报 今天 第3期"),
    ("office", "采用"), ("office", "撤销"), ("office", "得分"), ("author", "配额"),
    ("author", "历史 2"), ("author", "审批单 2"), ("head", "都过"),
    ("author", "范文 标题"), ("author", "范文 标题 市日报 省级 批示"), ("author", "范文 1号"),
    ("office", "编入第1期 1号"), ("office", "第1期 1号 提到最前"), ("office", "简报"),
    ("office", "送签第1期"), ("deputy", "签发第1期"), ("office", "印发第1期 给 各科室"),
    ("office", "紧急撤下 1 有误"),
)  # fmt: skip
FEW_ROWS = {"calendar_days", "troubles"}
"""A bureau's days off, and what is wrong with the service now."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_message_reads_a_whole_table(config: Config) -> None:
    """SQLite says how it goes about each statement; it does so alike with few rows and many."""
    read: dict[str, str] = {}

    def explain(connection: Any, _cursor: Any, statement: str, values: Any, *more: Any) -> None:
        if more[-1] or not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        driver = connection.connection.driver_connection
        for *_, step in driver.execute(f"EXPLAIN QUERY PLAN {statement}", values):
            if step.startswith("SCAN ") and "VIRTUAL TABLE INDEX" not in step:
                read[step.split()[1]] = statement

    with offline(config, PEOPLE) as services:
        say = saying(services)
        event.listen(services.database.engine, "before_cursor_execute", explain)
        for _ in range(3):
            hand_in(say, "author")  # from the second on it is like an older one
        for who, text in SAID:
            assert "没看懂" not in say(who, text), text
    tables = {name for name in read if name.isidentifier() and name.islower()}
    assert {name: read[name] for name in tables - FEW_ROWS} == {}
