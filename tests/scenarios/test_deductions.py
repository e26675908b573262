"""扣分: the office takes points off with a reason; it is told, undone, taken back, and counted."""

from decimal import Decimal

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import is_signed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

RULES = """\
[[rule_set]]
name = "bureau"
period = "month"
base = 6
adoption = [{ level = "city", points = 8 }]
penalty = { late_submit = -1, false_content = { points = -5, effect = "zero_item" } }
zero_year = ["urgent_concealed"]
"""
CALLS = "base = 6\ncall = { done = 2, missed = -5 }"


def points(bureau: Chat, period: str = "2026-09") -> Decimal | None:
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局/物业科")
        assert unit
        return uow.scores.totals([unit.id], period).get(unit.id)


def test_a_breach_costs_points_with_its_reason_until_it_is_taken_back(bureau: Chat) -> None:
    bureau.import_rules(RULES)
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "电梯维保检查")

    alice.says(f"扣分 物业科 迟报 {number}号 晚了两天")
    alice.hears("扣分由办公室登记和作废")
    carol.says("扣分 物业科 漏报 没报")
    carol.hears("现行规则没有漏报这一项", "内容失实（扣5分）、迟报（扣1分）、紧急信息瞒报")
    carol.says(f"扣分 燃气科 迟报 {number}号 晚了两天")
    carol.hears(f"{number}号《电梯维保检查》是物业科的稿件")
    carol.says(f"扣分 物业科 迟报 {number}号 9月18日")
    carol.hears("物业科迟报：请写明事由")
    carol.says("超过时限两天")
    assert carol.hears("已登记扣分").text.startswith(
        f"已登记扣分：物业科9月18日迟报（{number}号《电梯维保检查》，超过时限两天），计入9月。"
        "得分：-1分（规则扣分“迟报”：扣1分），物业科9月累计5分。"
    )
    for phone in (alice, bob):
        phone.hears("办公室登记了扣分：物业科9月18日迟报", "计入9月。得分：-1分")
    carol.says(f"扣分 {number}号 迟报 9月18日 再说一遍")
    carol.hears("已登记过：物业科9月18日迟报")
    bureau.advance(seconds=10)
    assert points(bureau) == 5
    alice.says("得分")
    alice.hears(f"-1 稿件{number}的迟报（9月18日，超过时限两天），扣1分")

    bureau.nobody_hears_more()


def test_a_deduction_is_undone_at_once_and_taken_back_later_with_a_reason(bureau: Chat) -> None:
    bureau.import_rules(RULES)
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    carol.says("扣分 物业科 瞒报 9月18日 隐瞒火情")
    carol.hears("物业科紧急信息瞒报（隐瞒火情）按规则全年得分清零。确定登记吗")
    carol.says("确定")
    carol.hears("已登记扣分：物业科9月18日紧急信息瞒报（隐瞒火情）")
    bureau.advance(seconds=10)
    assert points(bureau) == 0
    carol.says("撤销")
    carol.hears("已撤销：物业科9月18日紧急信息瞒报")
    bureau.advance(seconds=10)
    assert points(bureau) == 6
    for phone in (alice, bob):
        phone.hears("办公室登记了扣分")
        phone.hears("扣分已作废")

    carol.says("给物业科记一次迟报，原因是晚了三天")
    carol.hears("已登记扣分：物业科9月21日迟报", "晚了三天")
    bureau.advance(minutes=30)
    carol.says("作废扣分 物业科")
    carol.hears("请写明理由")
    carol.says("经核实按时报送")
    carol.hears("已作废扣分：物业科9月21日迟报", "理由：经核实按时报送")
    carol.says("扣分")
    carol.hears("9月没有扣分事项")
    bureau.advance(seconds=10)
    assert points(bureau) == 6
    tags = [row["tag"] for row in all_rows(bureau.services.database)["audit_entries"]]
    assert [tag for tag in tags if tag.startswith("deduction:")] == [
        *("deduction:enter", "deduction:take_back") * 2
    ]


def test_a_call_that_is_answered_counts_until_its_draft_is_withdrawn(bureau: Chat) -> None:
    bureau.import_rules(RULES.replace("base = 6", CALLS))
    alice, carol = bureau.phones("alice", "carol")
    carol.says("约稿 节前燃气检查做法 周五下班前 物业科 1篇")
    alice.says("应约 1")
    alice.says("投稿 燃气检查的做法\n节前，物业科联合燃气公司入户检查。")
    alice.says("应约 1")
    alice.says("完成")
    bureau.advance(seconds=10)
    alice.says("得分")
    alice.hears("得分8分", "+2 约稿完成1篇（1号约稿“节前燃气检查做法”），每篇2分")
    alice.says("撤稿 1")
    bureau.advance(seconds=10)
    assert points(bureau) == 6
