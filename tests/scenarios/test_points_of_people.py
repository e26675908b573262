"""Rules about people: each has his own points, tasks and place; his section has their sum."""

from decimal import Decimal

import pytest

from storage.vocabulary import UnitId
from tests.harness.rows import all_rows
from tests.harness.service import Chat, import_rules
from tests.harness.telling import is_signed

URL = "https://www.example.gov.cn/a/1.html"
RULES = """\
[[rule_set]]
name = "people"
title = "个人考核办法"
subject = "person"
period = "month"
base = 1
adoption = [{ level = "city", points = 8 }]
instruction = [{ points = 5 }]
groups = { "业务科室" = ["物业科", "燃气科"] }

[[rule_set.quota]]
measure = "submitted"
targets = { default = 2, "王芳" = 3 }
on_short = { mode = "per_missing", points = -0.5 }
"""


def used_and_remarked(bureau: Chat) -> int:
    """Let a draft of alice's be used and remarked on; each time her points are told with it."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "电梯维保检查")
    carol.says(f"{number}号被市政府网站采用 今天 {URL}")
    for phone in (alice, bob):
        phone.hears("得分：+8分（规则采用第1行：8分），王芳9月累计8分。")
    carol.says(f"登记批示 {number} 王副市长 今天 批示：请推广")
    for phone in (alice, bob):
        phone.hears("得分：+5分", "王芳9月累计13分。")
    bureau.advance(seconds=5)
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        assert uow.scores.totals([UnitId(unit.id)], "2026-09")[unit.id] == Decimal(13)
    return number


def everybody_sees_his_own_points(bureau: Chat, number: int) -> None:
    alice, bob, mallory = bureau.phones("alice", "bob", "mallory")
    alice.says("为什么是13分")
    assert alice.hears("王芳9月得分13分（按《个人考核办法》）").text.splitlines()[1:] == [
        f"+8 稿件{number}：市政府网站采用（单篇），8分",
        f"+5 稿件{number}：市级其他领导批示，5分",
        "+1 基础分",
        "-1 报送1条，任务3条，差2条，每条扣0.5分",
    ]
    alice.says("得分 三季度")
    alice.hears("王芳三季度得分")
    bob.says("得分")
    bob.hears("物业科9月得分13分", f"+8 王芳：稿件{number}")
    mallory.says("得分")
    assert "王芳" not in mallory.hears("陈静9月得分0分").text
    mallory.says("得分 王芳")
    mallory.hears("您看不到王芳的得分")


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_person_has_points_tasks_and_a_place_of_his_own(bureau: Chat) -> None:
    assert import_rules(bureau.services, RULES) == []
    number = used_and_remarked(bureau)
    everybody_sees_his_own_points(bureau, number)
    alice, carol = bureau.phones("alice", "carol")
    alice.says("配额")
    alice.hears("（您本人9月）：1/3篇，还差2篇", "（物业科9月）：1/3篇")
    alice.says("排名")
    alice.hears("王芳9月得分13分，在业务科室2人中排第1名")
    carol.says("排名")
    carol.hears("9月得分排名·业务科室（2人", "第1名 王芳（物业科） 13分\n第2名 陈静（燃气科） 0分")
    carol.says("业务科室组谁垫底")
    carol.hears("第2名 燃气科 0分")
    alice.says("个人排行榜")
    assert "陈静" not in alice.hears_all()[-1]

    before = all_rows(bureau.services.database)["score_lines"]
    bureau.advance(hours=20)
    assert all_rows(bureau.services.database)["score_lines"] == before, "the night finds it so"
