"""得分: what counts is in the ledger at once, with its reasons, and only for those it concerns."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.config import Config
from handlers.kit.context import Context
from handlers.kit.events import MonthCounted
from handlers.kit.rulefile import read_rule_file
from handlers.kit.scoring import RankingPolicy
from handlers.scores.importing import take_rule_sets
from storage.vocabulary import UnitId
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import is_signed, leap

URL = "https://www.example.gov.cn/a/1.html"
RULES = """\
[[rule_set]]
name = "bureau"
title = "区住建局信息宣传考核办法"
period = "month"
base = 6
stacking = "max"
adoption = [
  { level = "county", points = 4 },
  { level = "city", points = 8 },
]
instruction = [{ points = 5 }]
modifier = [{ flag = "headline", mul = 2 }]

[[rule_set.quota]]
measure = "submitted"
targets = 2
on_short = { mode = "per_missing", points = -0.5 }
"""


def take(bureau: Chat, text: str) -> tuple[list[str], str]:
    """Bring rule sets in; return the faults with their lines, and what was said."""
    with bureau.services.database.begin() as uow:
        whose = uow.members.unit_at("区住建局")
        assert whose
        tables = read_rule_file(text.encode()).tables["rule_set"]
        taken = take_rule_sets(bureau.services.context(uow), whose, tables)
    return [f"{fault.line}: {fault.text}" for fault in taken.faults], taken.said


def ledger(bureau: Chat, path: str, period: str) -> Decimal | None:
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at(path)
        assert unit
        return uow.scores.totals([UnitId(unit.id)], period).get(unit.id)


def test_without_rules_there_are_no_points(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("得分")
    assert "请办公室导入计分规则" in alice.hears("9月还没有计分规则").text
    carol = bureau.phone("carol")
    carol.says("得分 物业科")
    assert "下一步：请选一套接近的规则" in carol.hears("9月还没有计分规则").text
    bureau.nobody_hears_more()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_taken_down_counts_no_longer_once_that_is_agreed_to(bureau: Chat) -> None:
    """Taken down in a hurry it counts until the sign-off role has agreed; the entry stays."""
    take(bureau, RULES)
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = is_signed(bureau, "电梯维保检查")
    carol.says(f"{number}号被市政府网站采用 今天 {URL}")
    alice.says(f"登记采用 {number} 市日报 今天 第3期")
    bureau.advance(minutes=3)
    carol.hears("已登记")
    card = carol.hears(f"{number}号", "市日报")
    carol.says(f"紧急撤下 {number} 数据有误")
    carol.hears("已紧急撤下。已请刘伟补批")
    dan.says(f"稿件 {number}")
    assert "（待确认）" in dan.hears_all()[-1]
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("13.5")

    dan.says(f"同意撤下 {number}")
    dan.hears("已补批", "市政府网站", "的采用不再计入9月")
    assert card.greyed == "刘伟已撤下稿件"
    bureau.advance(seconds=5)
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("5.5")
    for phone, whose in ((alice, "您的"), (bob, "本科室的")):
        assert f"{whose}{number}号《电梯维保检查》已撤下，" in "".join(phone.hears_all())
    alice.says(f"稿件 {number}")
    assert alice.hears_all()[-1].count("（已撤下，不计分）") == 2
    carol.hears_all()
    alice.says("得分")
    assert "市政府网站" not in alice.hears("得分5.5分").text
    traces = all_rows(bureau.services.database)["audit_entries"]
    marked = [row["before"]["status"] for row in traces if row["tag"] == "adoption:retract"]
    assert sorted(marked) == ["confirmed", "proposed"]
    bureau.nobody_hears_more()


def test_a_section_sees_each_point_of_its_own_score_and_nobody_elses(bureau: Chat) -> None:
    assert take(bureau, RULES) == ([], "rule sets of 区住建局: bureau")
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    alice.says("得分")
    assert alice.hears("得分").text == (
        "物业科9月得分5分（按《区住建局信息宣传考核办法》）：\n"
        "+6 基础分\n"
        "-1 报送0条，任务2条，差2条，每条扣0.5分"
    )
    for phone in (mallory, carol):
        phone.says("得分 物业科")
    mallory.hears("您看不到物业科的得分，或没有这个科室。发送 得分 看本科室的。")
    carol.hears("物业科9月得分5分")
    carol.says("得分 水电科")
    carol.hears("您看不到水电科的得分，或没有这个科室。")
    carol.says("得分 物业科 12月")
    carol.hears("物业科2025年12月得分5分")
    carol.says("得分 物业科 2026-12")
    carol.hears("12月还没到。")
    bureau.nobody_hears_more()


def test_rules_that_were_used_are_not_changed_any_more(bureau: Chat) -> None:
    take(bureau, RULES)
    assert take(bureau, RULES.replace("base = 6", "base = 7"))[1].endswith(": bureau")
    assert take(bureau, RULES.replace("base = 6", "base = 7"))[1].endswith("nothing new")
    alice = bureau.phone("alice")
    alice.says("得分")
    alice.hears("得分6分")
    faults, _ = take(bureau, RULES)
    assert len(faults) == 1
    assert faults[0].startswith("1: bureau: bureau 从 0001-01-01 起的规则已用于计分，不能再改")
    later = RULES.replace("base = 6", "base = 9\nvalid_from = 2026-09-01")
    assert take(bureau, later)[1].endswith(": bureau")
    alice.says("得分")
    alice.hears("得分8分")
    alice.says("得分 8月")
    alice.hears("8月得分6分")
    bureau.nobody_hears_more()


def test_a_fault_in_one_set_takes_none(bureau: Chat) -> None:
    other = '[[rule_set]]\nname = "other"\nsubject = "group"\nbase = 1\n'
    faults, _ = take(bureau, RULES + other)
    assert len(faults) == 1
    assert faults[0].startswith("20: other: 按组计分还不能入账")
    alice = bureau.phone("alice")
    alice.says("得分")
    alice.hears("9月还没有计分规则")
    bureau.nobody_hears_more()


def audited(bureau: Chat) -> list[tuple[str, str]]:
    rows = all_rows(bureau.services.database)["audit_entries"]
    changed = [row for row in rows if row["tag"] == "score:change"]
    return [(row["before"]["points"], row["after"]["points"]) for row in changed]


def test_a_use_is_in_the_ledger_after_it_was_confirmed_and_leaves_it_when_it_is_taken_back(
    bureau: Chat,
) -> None:
    take(bureau, RULES)
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "电梯维保检查")
    bureau.advance(seconds=5)
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("5.5")
    carol.says(f"{number}号被市政府网站采用 今天 {URL}")
    carol.hears("已登记", "计入9月")
    for phone in (alice, bob):
        assert phone.hears("被市政府网站").text.splitlines()[1] == (
            "得分：+8分（规则采用第2行：8分），物业科9月累计13.5分。"
        )
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("5.5")
    bureau.advance(seconds=5)
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("13.5")

    alice.says("为什么是13.5分")
    assert alice.hears("得分").text.splitlines()[1:] == [
        f"+8 稿件{number}：市政府网站采用（单篇），8分",
        "+6 基础分",
        "-0.5 报送1条，任务2条，差1条，每条扣0.5分",
    ]

    carol.says("撤销")
    carol.hears("已撤销")
    for phone in (alice, bob):
        phone.hears("")
    bureau.advance(seconds=5)
    assert ledger(bureau, "区住建局/物业科", "2026-09") == Decimal("5.5")
    assert audited(bureau) == [("5.5", "13.5"), ("13.5", "5.5")]
    bureau.nobody_hears_more()


class Notices:
    """Stands where the monthly notice does: hears which months were counted."""

    def __init__(self, bureau: Chat) -> None:
        self.heard: list[tuple[str, Decimal]] = []
        self._bureau = bureau
        around = bureau.services.surroundings
        reactions = {**around.reactions, MonthCounted: [self._hear]}
        bureau.services = replace(
            bureau.services, surroundings=replace(around, reactions=reactions)
        )

    def _hear(self, ctx: Context, event: MonthCounted) -> None:
        lines = ctx.uow.scores.standings(event.bureau, [event.month])
        self.heard.append(
            (
                event.month,
                sum((each.points for unit in lines.values() for each in unit), Decimal(0)),
            )
        )


def test_a_month_is_counted_once_after_its_cut_off_and_later_entries_show_what_they_change(
    bureau: Chat,
) -> None:
    """3 October 2026 is a Saturday: Monday is the cut-off, on Tuesday morning it is counted."""
    take(bureau, RULES.replace("base = 6", 'base = 6\ncutoff = {day = 3, workday_shift = "next"}'))
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    notices = Notices(bureau)
    number = is_signed(bureau, "电梯维保检查")
    leap(bureau, "2026-10-06 08:00")
    assert notices.heard == []
    bureau.advance(days=2)
    (month, together) = notices.heard.pop()
    assert month == "2026-09"
    assert notices.heard == []
    with bureau.services.database.begin() as uow:
        whose = uow.members.unit_at("区住建局")
        assert whose
        standing = uow.scores.standings(whose.id, ["2026-09"])
    assert len(standing) == 3
    assert together == Decimal("15.5")

    carol.says(f"{number}号被市政府网站采用 9月28日 {URL}")
    carol.hears("已登记", "10月5日已截止，算迟登记，仍计入9月")
    bureau.advance(seconds=5)
    for phone in (alice, bob):
        phone.hears("被市政府网站", "物业科9月累计13.5分")
    for phone in (bob, carol):
        assert phone.hears("得分由").text == (
            "物业科9月得分由5.5分变为13.5分（已过截止日，按《区住建局信息宣传考核办法》）：\n"
            f"+8 稿件{number}：市政府网站采用（单篇），8分"
        )
    bureau.nobody_hears_more()


GROUPS = 'groups = {"业务科室" = ["物业科", "燃气科"], "综合科室" = ["办公室"]}\nstacking'


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_section_sees_its_place_and_the_office_all_of_them(bureau: Chat) -> None:
    """Before the first use both sections have the same, and share the place."""
    take(bureau, RULES.replace("stacking", GROUPS))
    alice, carol, dan, mallory, root = bureau.phones("alice", "carol", "dan", "mallory", "root")
    number = is_signed(bureau, "电梯维保检查")
    mallory.says("排名")
    mallory.hears("燃气科9月得分0分，在业务科室2个单位中排并列第1名（另有1个单位同分），还未截止")
    bureau.advance(seconds=5)
    carol.says(f"{number}号被市政府网站采用 今天 {URL}")
    carol.hears("已登记")
    bureau.advance(minutes=1)
    alice.hears_all()
    for phone, said in ((carol, "三季度排名"), (carol, "业务科室组谁垫底"), (dan, "排名")):
        phone.says(said)
    assert carol.hears("三季度").text.split("\n\n") == [
        f"三季度得分排名·{group}（{count}个单位，还未截止，名次会变）：\n{lines}"
        for group, count, lines in (
            ("业务科室", 2, "第1名 物业科 23.5分\n第2名 燃气科 15分"),
            ("综合科室", 1, "第1名 办公室 15分"),
        )
    ]
    assert carol.hears("9月").text.splitlines()[1:] == ["第2名 燃气科 5分"]
    dan.hears("第1名 物业科 13.5分\n第2名 燃气科 5分")
    alice.says("我们科排第几")
    assert alice.hears("物业科9月得分13.5分，在业务科室2个单位中排第1名，").text.count("燃气") == 0
    alice.says("燃气科排第几")
    alice.hears("您看不到燃气科的名次")
    alice.says("得分 三季度")
    assert alice.hears("三季度得分23.5分").text.splitlines()[1] == "+13.5 2026-09得分"
    root.says("个人采用排行榜前十")
    root.hears("没有个人排名")
    bureau.phone("bob").hears_all()
    bureau.nobody_hears_more()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bureau_may_let_everybody_see_the_whole_ranking(config: Config) -> None:
    ranking = RankingPolicy(public=True)
    with chat(config.model_copy(update={"ranking": ranking})) as bureau:
        take(bureau, RULES)
        mallory = bureau.phone("mallory")
        mallory.says("排名")
        mallory.hears("9月得分排名（3个单位", "并列第1名 燃气科", "并列第1名 物业科")
