"""应急预案 of a case: from a post to its plan's tasks, taken, done or climbing, and their times."""

import pytest

from storage.vocabulary import Grade
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, until
from tests.scenarios.test_contingencies import code_of

POST = "青山小区燃气泄漏爆炸，2人死亡，居民围观拍视频"
RULES = """\
[[contingency]]
name = "燃气泄漏应急预案"
words = ["燃气"]
of = ["incident", "case"]
at_least = "orange"
task = [
  { words = "联系燃气企业关阀停气", tell = ["section_head"], within = "10m" },
  { words = "带队赶赴现场", tell = ["deputy"], within = "30m" },
]
"""


def test_a_post_starts_a_plan_whose_tasks_are_taken_done_or_climb(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    carol, dan, eve, heidi = bureau.phones("carol", "dan", "eve", "heidi")
    found(bureau, POST)
    bureau.settle()
    eve.hears("橙色警报 01")
    eve.says("定级 1 橙色")
    eve.hears(
        "1号舆情《青山小区燃气泄漏爆炸，2人死亡，居民围观拍视频》已定为橙色",
        "已启动1号预案《燃气泄漏应急预案》，2项任务已发出",
        "1. 联系燃气企业关阀停气（没有人，已转值班和领导，10:10前）",
        "2. 带队赶赴现场（刘伟，10:30前）",
    )
    dan.hears("1号预案《燃气泄漏应急预案》已为舆情1号", "看进度发送 看预案 1")
    lead = code_of(dan.hears("第2项", "带队赶赴现场"))
    carol.hears("第1项", "联系燃气企业关阀停气")
    until(bureau, "2026-09-21 10:02")
    eve.says("交办 1 燃气科")
    eve.hears("已交办燃气科")
    valve = code_of(heidi.hears("第1项", "联系燃气企业关阀停气", "10:10前办好"))
    heidi.says(f"收到 {valve}")
    heidi.hears("由您处理")
    dan.says(f"收到 {lead}")
    until(bureau, "2026-09-21 10:12")
    heidi.hears("第1项“联系燃气企业关阀停气”已到时限（10:10）还没办好（赵磊）")
    eve.hears_all()
    eve.says("预案进展怎么样")
    eve.hears("办好0/2项", "1. 联系燃气企业关阀停气：赵磊今天 10:02接了", "已超时")
    heidi.says(f"解除 {valve} 阀门已关")
    dan.says(f"解除 {lead} 已到现场")
    eve.hears(
        "1号预案《燃气泄漏应急预案》：2项任务办好2项，用时12分钟，最慢2分钟接下，超时1项",
        "1. 联系燃气企业关阀停气：赵磊2分钟接下，今天 10:12办好，用12分钟，超时2分钟：阀门已关",
        "2. 带队赶赴现场：刘伟2分钟接下，今天 10:12办好，用12分钟：已到现场",
    )
    eve.says("定级 1 红色")
    assert "已启动" not in eve.hears("已定为红色").text
    rows = all_rows(bureau.services.database)
    assert len(rows["contingency_runs"]) == 1
    assert sorted(row["told"] for row in rows["contingency_tasks"]) == [["dan"], ["heidi"]]


@on_sqlite
def test_a_grade_that_is_taken_back_ends_what_it_started(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, eve = bureau.phones("alice", "eve")
    alice.says(f"报舆情 {POST}")
    eve.says("定级 1 橙色")
    eve.hears("已启动1号预案")
    eve.says("撤销")
    eve.hears("已撤销：1号舆情")
    eve.says("看预案 1")
    eve.hears("已结束：定级已撤销")


@on_sqlite
def test_what_runs_for_a_case_that_is_merged_goes_on_for_the_other(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, eve = bureau.phones("alice", "eve")
    alice.says(f"报舆情 {POST}")
    alice.says("报舆情 桂花苑电梯坏了半个月没人修")
    eve.says("定级 1 橙色")
    eve.says("合并舆情 1 2")
    eve.hears_all()
    eve.says("看预案 1")
    eve.hears("办好0/2项")
    eve.says("误报 2 演练视频")
    eve.says("看预案 1")
    eve.hears("已结束：事件已办结")


@on_sqlite
def test_what_a_merge_or_an_end_did_to_a_plan_is_taken_back_with_it(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, dan, eve = bureau.phones("alice", "dan", "eve")
    alice.says(f"报舆情 {POST}")
    alice.says("报舆情 桂花苑电梯坏了半个月没人修")
    eve.says("定级 1 橙色")
    eve.says("合并舆情 1 2")
    eve.says("撤销")
    eve.hears_all()
    eve.says("误报 2 演练视频")
    eve.says("看预案 1")
    assert "已结束" not in "".join(eve.hears_all()), "it was never the other's"
    lead = code_of(dan.hears("第2项", "带队赶赴现场"))
    eve.says("误报 1 演练视频")
    eve.says("看预案 1")
    eve.hears("已结束：事件已办结")
    dan.hears_all()
    eve.says("撤销")
    eve.hears_all()
    eve.says("看预案 1")
    eve.hears("办好0/2项")
    again = code_of(dan.hears("第2项", "带队赶赴现场"))
    assert again != lead
    dan.says(f"收到 {again}")
    dan.says(f"解除 {again} 已到现场")
    eve.says("看预案 1")
    eve.hears("办好1/2项")


@on_sqlite
def test_merges_one_after_the_other_are_taken_back_one_after_the_other(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, carol, eve = bureau.phones("alice", "carol", "eve")
    hands_in(alice, "燃气处置情况")
    alice.says(f"报舆情 {POST} 点赞9万")
    alice.says("报舆情 桂花苑电梯坏了半个月没人修 点赞2万")
    alice.says("报舆情 金色家园烂尾两年没人管 点赞3万")
    alice.says("紧急信息：青山小区燃气泄漏，2人受伤")
    carol.says("舆情1 关联 稿件1")
    carol.says("关联舆情 1 紧急1")
    eve.says("定级 1 橙色")
    began = whose(bureau)
    assert began == [
        ("9万", [POST], ["draft", "incident", "plan"]),
        ("2万", ["桂花苑电梯坏了半个月没人修"], []),
        ("3万", ["金色家园烂尾两年没人管"], []),
    ]
    eve.says("合并舆情 1 2")
    between = whose(bureau)
    assert between[1] == ("9万", ["桂花苑电梯坏了半个月没人修", POST], began[0][2])
    carol.says("合并舆情 2 3")
    assert [len(items) for _, items, _ in whose(bureau)] == [0, 0, 3]
    carol.says("撤销")
    assert whose(bureau) == between
    eve.says("撤销")
    assert whose(bureau) == began

    eve.says("合并舆情 1 2")
    carol.says("合并舆情 2 3")
    eve.says("撤销")
    assert whose(bureau)[0] == began[0], "through the two that it went, the first taken back first"
    eve.says("误报 3 演练视频")
    eve.hears_all()
    eve.says("看预案 1")
    eve.hears("办好0/2项")


def whose(bureau: Chat) -> list[tuple[str, list[str], list[str]]]:
    """Return of each case its heat, its posts, and what else belongs to it."""
    rows = all_rows(bureau.services.database)
    beside = [
        *(("draft", row["case"]) for row in rows["case_drafts"]),
        *(("incident", row["case"]) for row in rows["incidents"]),
        *(("plan", row["subject"].removeprefix("case:")) for row in rows["contingency_runs"]),
    ]
    return [
        (
            case["heat_peak"],
            sorted(
                row["words"].partition(" ")[0]
                for row in rows["opinion_items"]
                if row["case_id"] == case["id"]
            ),
            sorted(kind for kind, of in beside if of == case["id"]),
        )
        for case in sorted(rows["cases"], key=lambda row: int(row["number"]))
    ]


@on_sqlite
@pytest.mark.parametrize(
    "grades",
    [("紧急定级1 重大", "定级 1 橙色"), ("定级 1 橙色", "紧急定级1 重大")],
    ids=["the emergency first", "the case first"],
)
def test_an_emergency_and_its_case_start_a_plan_once(bureau: Chat, grades: tuple[str, str]) -> None:
    assert bureau.import_rules(RULES) == []
    alice, dan = bureau.phones("alice", "dan")
    alice.says("青山小区燃气泄漏爆炸，2人死亡，有人拍了视频")
    alice.says("3")
    alice.hears("已登记紧急1号", "已登记1号舆情")
    first, second = grades
    dan.says(first)
    dan.hears("已启动1号预案《燃气泄漏应急预案》")
    dan.says(second)
    assert "已启动" not in "".join(dan.hears_all())
    assert len(all_rows(bureau.services.database)["contingency_runs"]) == 1


@on_sqlite
@pytest.mark.parametrize(
    "said",
    ["启动预案 燃气 1号舆情", "1号舆情启动燃气泄漏预案", "马上为1号舆情启动燃气预案"],
)
def test_a_plan_is_started_by_hand_below_its_grade(bureau: Chat, said: str) -> None:
    assert bureau.import_rules(RULES) == []
    alice, carol = bureau.phones("alice", "carol")
    alice.says("报舆情 桂花苑燃气管道检修停气，业主不满")
    alice.says("启动预案 燃气 1号舆情")
    alice.hears("预案由办公室、值班、带班和领导启动")
    carol.hears_all()
    carol.says(said)
    carol.hears("已启动1号预案《燃气泄漏应急预案》")
    carol.says(said)
    carol.hears("《燃气泄漏应急预案》已为舆情1号《桂花苑燃气管道检修停气，业主不满》启动过")
    [run] = all_rows(bureau.services.database)["contingency_runs"]
    assert (run["exercise"], run["grade"]) == (False, Grade.BLUE)


@on_sqlite
def test_what_a_plan_is_started_for_has_to_be_said(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    alice, carol = bureau.phones("alice", "carol")
    carol.says("启动预案 燃气")
    carol.hears("为哪一件启动？例如：启动预案 燃气泄漏应急预案 紧急2")
    carol.says("启动预案 燃气 9号舆情")
    carol.hears("没有在办的9号舆情")
    carol.says("预案进展怎么样")
    carol.hears("没有启动过预案")
    alice.says("紧急信息：人民路燃气泄漏，2人受伤")
    carol.hears_all()
    carol.says("启动燃气泄漏应急预案")
    carol.hears("已启动1号预案", "联系燃气企业关阀停气（李强")
    carol.says("启动预案 燃气 紧急9")
    carol.hears("没有在办的紧急9号")
