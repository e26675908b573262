"""Rules by the week: import, points, quota, ledger, and the month that weeks add up to."""

from decimal import Decimal

import pytest

from tests.harness.service import Chat
from tests.harness.telling import hands_in, is_signed, until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

URL = "https://www.example.gov.cn/a/1.html"
RULES = """\
[[rule_set]]
name = "weekly"
period = "week"
base = 1
rollup = "sum"
adoption = [{ level = "city", points = 8 }]

[[rule_set.quota]]
measure = "submitted"
targets = 2
on_short = { mode = "per_missing", points = -0.5 }
"""


def ledger(bureau: Chat, period: str) -> Decimal | None:
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        return uow.scores.totals([unit.id], period).get(unit.id)


def test_a_week_is_counted_and_added_up_to_its_month(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, carol = bureau.phones("alice", "carol")
    number = is_signed(bureau, "电梯维保检查")
    alice.says("配额")
    alice.hears("物业科第39周任务2篇：已报1篇", "还差1篇")
    carol.says(f"{number}号被市政府网站采用 今天 {URL}")
    carol.hears("已登记", "计入9月")
    alice.hears("得分：+8分", "物业科第39周累计8.5分")
    bureau.advance(seconds=10)
    assert ledger(bureau, "2026-W39") == Decimal("8.5")
    assert ledger(bureau, "2026-W38") == Decimal(0)
    alice.says("得分")
    alice.hears("物业科第39周得分8.5分")
    alice.says("得分 第38周")
    alice.hears("物业科第38周得分0分")
    alice.says("得分 9月")
    alice.hears("物业科9月得分8.5分", "2026-W39得分")
    hands_in(alice, "燃气检查")
    until(bureau, "2026-09-30 08:00")
    assert ledger(bureau, "2026-W39") == Decimal(9)
    alice.says("本月任务")
    alice.hears("物业科9月任务8篇：已报2篇")
    carol.says("排名 9月")
    carol.hears("9月得分排名", "物业科 9分")


def test_a_year_adds_up_months_and_the_weeks_that_came_after_them(bureau: Chat) -> None:
    """Three points for each of eight months, one for each week; 1 to 6 September is one of them."""
    monthly = '[[rule_set]]\nname = "monthly"\nperiod = "month"\nbase = 3\n'
    weekly = '[[rule_set]]\nname = "weekly"\nvalid_from = 2026-09-01\nperiod = "week"\nbase = 1\n'
    assert bureau.import_rules(monthly + weekly) == []
    bureau.advance(seconds=10)
    assert ledger(bureau, "2026-08") == Decimal(3)
    assert ledger(bureau, "2026-09") is None
    assert [ledger(bureau, f"2026-W{week}") for week in (35, 36, 39)] == [None, 1, 1]
    alice, carol = bureau.phones("alice", "carol")
    alice.says("得分 今年")
    alice.hears("物业科2026年得分28分", "2026-08得分", "2026-W36得分")
    alice.says("得分 三季度")
    alice.hears("三季度得分10分")
    carol.says("排名 今年")
    carol.hears("2026年得分排名", "物业科 28分")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[rule_set.quota]]\nmeasure = "学习强国"\ntargets = 1', "是按月导入的，不能按周计"),
        ('[[rule_set.quota]]\nmeasure = "adopted"\nperiod = "month"', "按周的任务只能写在按周"),
        ('[[rule_set.notice]]\nwhen = "no_submission >= 2 week"\ntext = "零"', "通报按月出"),
    ],
)
def test_what_is_only_there_by_the_month_is_refused_by_the_week(
    bureau: Chat, more: str, said: str
) -> None:
    faults = bureau.import_rules(RULES + more)
    assert len(faults) == 1
    assert said in faults[0]
