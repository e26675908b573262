"""Who stands in for somebody has his rights to cases, and what he does is written down so."""

from handlers.cases.capability import may_read_ledger
from storage.vocabulary import NOBODY, UserId
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat

RED = "抖音直播金色家园塔吊倒塌，致3人死亡10人受伤，上百人聚集，已上全国热搜"
LIMITS = """\
[[case_limits]]
grades = ["red"]
facts = "20m"
"""


def reads_the_ledger(bureau: Chat, userid: str) -> bool:
    with bureau.services.database.begin() as uow:
        me = uow.members.person(UserId(userid))
        return may_read_ledger(bureau.services.context(uow, me=me))


def test_who_stands_in_for_the_deputy_decides_as_he_would(bureau: Chat) -> None:
    """Not his own wording, nor that of whom he stands in for; and no more once it is over."""
    alice, dan, mallory = bureau.phones("alice", "dan", "mallory")
    assert bureau.import_rules(LIMITS) == []
    alice.says(RED)
    alice.hears("已登记1号舆情")
    mallory.says("舆情 1")
    mallory.hears("没有找到1号舆情")
    bureau.delegate("dan", "mallory", days=0.1)
    mallory.says("舆情 1")
    mallory.hears("1号舆情《", "核实：今天 10:20前")
    mallory.says("定级 1 红色")
    mallory.hears("已定为红色")
    dan.says("口径 1 事故原因正在调查，伤员已送医。")
    dan.hears("口径已送")
    mallory.hears("1号舆情口径")
    mallory.says("同意口径 1")
    mallory.hears("要由别人审")
    mallory.says("交办 1 物业科")
    mallory.hears("已交办物业科")
    dan.says("舆情 1")
    dan.hears("陈静（代刘伟）定级：红色（特别重大）", "陈静（代刘伟）交办")
    rows = all_rows(bureau.services.database)
    graded = [row for row in rows["audit_entries"] if row["tag"] == "case:grade"]
    assert [(row["actor"], row["on_behalf_of"]) for row in graded] == [("mallory", "dan")]
    bureau.advance(hours=3)
    mallory.says("舆情 1")
    mallory.hears("没有找到1号舆情")


@on_sqlite
def test_who_stands_in_for_the_deputy_grades_and_ends_emergencies(bureau: Chat) -> None:
    alice, dan, mallory = bureau.phones("alice", "dan", "mallory")
    alice.says("紧急信息：人民路燃气泄漏，2人受伤")
    alice.says("就这些")
    mallory.says("紧急定级1 重大")
    mallory.hears("没有找到紧急1号")
    bureau.delegate("dan", "mallory", days=0.1)
    mallory.says("紧急定级1 重大")
    mallory.hears("已定为重大")
    mallory.says("办结紧急1 不需终报，虚惊一场")
    mallory.hears("已办结")
    rows = all_rows(bureau.services.database)
    log = [row["words"] for row in rows["incident_entries"] if row["actor"] == "mallory"]
    assert log == ["重大（代刘伟）", "虚惊一场（代刘伟）"]
    done = [
        row for row in rows["audit_entries"] if row["tag"] in {"incident:grade", "incident:end"}
    ]
    assert [(row["actor"], row["on_behalf_of"]) for row in done] == [("mallory", "dan")] * 2
    assert dan.hears_all()


@on_sqlite
def test_what_was_found_before_belongs_to_the_case_that_opens(bureau: Chat) -> None:
    """With what is demanded in it, and how many places say it."""
    words = (
        "金色家园三期5号楼电梯又停了，物业说在等配件，住户只能走楼梯上下",
        "金色家园三期5号楼电梯又停了，物业还说在等配件，住户只能走楼梯",
        "金色家园三期5号楼电梯又停了，物业说在等配件，住户走楼梯摔倒，2人受伤，强烈要求更换电梯",
    )
    for number, said in enumerate(words):
        found(bureau, said, source=f"网友{number}", platform="微博")
    rows = all_rows(bureau.services.database)
    [case] = rows["cases"]
    assert {item["case_id"] for item in rows["opinion_items"]} == {case["id"]}
    assert case["demands"] == "更换电梯"
    assert case["finder"] == NOBODY
    assert [row["words"] for row in rows["case_events"] if row["move"] == "add"] == [
        "此前同一件事的2条"
    ]


@on_sqlite
def test_who_stands_in_registers_items_reads_the_ledger_and_opens_what_he_has_to_sign(
    bureau: Chat,
) -> None:
    """Mallory is an officer of another section, and dan the deputy; alone she may nothing of it."""
    alice, mallory = bureau.phones("alice", "mallory")
    found(bureau, "路灯不亮")
    alice.says("紧急信息：人民路燃气泄漏，2人受伤")
    mallory.says("立案 1")
    mallory.hears("条目由办公室、舆情联络员、值班和局领导立案")
    assert not reads_the_ledger(bureau, "mallory")
    mallory.says("签发紧急1")
    mallory.hears("没有找到紧急1号")

    bureau.delegate("dan", "mallory")
    mallory.says("立案 1")
    mallory.hears("条目1已立案")
    mallory.says("舆情 1")
    mallory.hears("陈静（代刘伟）登记")
    mallory.says("签发紧急1")
    mallory.hears("已签发紧急1号")
    rows = all_rows(bureau.services.database)
    assert reads_the_ledger(bureau, "mallory")
    mallory.says("看紧急1")
    mallory.hears("紧急1号《", "初报")
    acted = {
        row["tag"]: row["on_behalf_of"]
        for row in rows["audit_entries"]
        if row["actor"] == "mallory"
    }
    assert acted["case:register"] == acted["incident:sign"] == "dan"
