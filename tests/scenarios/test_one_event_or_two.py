"""疑似同一事件: whoever may say so is asked once whether two cases are one, and both show it."""

from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat

FEES = "报舆情 翠湖小区物业收费涨价业主不满"
INCOME = "报舆情 翠湖小区业主质疑公共收益去向"
ONE, TWO = "1号舆情《翠湖小区物业收费涨价业主不满》", "2号舆情《翠湖小区业主质疑公共收益去向》"
LIAISON = (
    "userid,name,unit,roles,aliases,in_charge_of\nlena,林娜,区住建局/办公室,opinion_liaison,,\n"
)


def test_the_liaison_is_asked_once_and_says_that_they_differ(bureau: Chat) -> None:
    bureau.enrol(LIAISON)
    alice, bob, carol, lena = bureau.phones("alice", "bob", "carol", "lena")
    alice.says(FEES)
    alice.says(INCOME)
    alice.hears_all()
    lena.hears(
        f"{TWO}可能与{ONE}是同一件事",
        "是：发送 合并舆情 2 1（2号并入1号）",
        "不是：发送 不是同一件事 2 1，以后不再问",
    )
    for case, other in ((1, TWO), (2, ONE)):
        bob.hears_all()
        bob.says(f"舆情 {case}")
        bob.hears(f"疑似同一事件：{other}（已登记，待定级）")
    bob.says("不是同一件事 2 1")
    bob.hears(f"您不能认定不是同一件事{ONE}，办公室、舆情联络员、局领导可以")
    carol.hears_all()

    lena.says("1号和2号舆情不是一回事")
    lena.hears(f"已记下，{ONE}和{TWO}不是同一件事，不再问")
    lena.says("舆情 2")
    shown = lena.hears("认定不是同一件事").text
    assert "疑似同一事件" not in shown
    alice.says(INCOME.replace("业主", "住户"))
    alice.hears_all()
    lena.hears_nothing()


@on_sqlite
def test_without_a_liaison_the_office_is_asked_and_a_holder_who_may_say_it_alone(
    bureau: Chat,
) -> None:
    alice, carol, dan = bureau.phones("alice", "carol", "dan")
    alice.says(FEES)
    carol.says("定级 1 黄色")
    dan.says("收到")
    for phone in (alice, carol, dan):
        phone.hears_all()
    alice.says(INCOME)
    alice.hears(f"（可能与{ONE}是同一件事，已请刘伟看）")
    dan.hears("可能与")
    carol.hears_nothing()
    dan.says("是同一件事")
    dan.hears(f"{TWO}已并入{ONE}")


@on_sqlite
def test_who_finds_it_and_may_say_hears_both_steps_and_a_split_is_said(bureau: Chat) -> None:
    (carol,) = bureau.phones("carol")
    carol.says(FEES)
    carol.says(INCOME)
    steps = "是的话发送 合并舆情 2 1；不是发送 不是同一件事 2 1"
    assert steps in "".join(carol.hears_all())
    carol.says("把2号舆情并到1号")
    carol.hears(f"{TWO}已并入{ONE}")
    carol.says("拆分舆情 1 条目2")
    carol.hears("条目2已从1号舆情")
    kept = all_rows(bureau.services.database)["case_doubts"]
    assert sorted(row["differ"] for row in kept) == [False, True]
