"""舆情: what is said before an answer is late comes also where another step is late with it."""

from tests.harness.databases import on_sqlite
from tests.harness.finding import in_ledger
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until

pytestmark = on_sqlite


def test_four_fifths_of_the_answers_time_are_told_with_the_plan_that_is_late(bureau: Chat) -> None:
    """Of an orange case: five hours to answer, four to say what will be done."""
    alice, carol = bureau.phones("alice", "carol")
    alice.says("抖音视频 青山小区燃气泄漏爆炸 2人死亡")
    alice.hears("已登记1号舆情", "建议橙色")
    until(bureau, "2026-09-21 13:59")
    carol.hears_all()
    until(bureau, "2026-09-21 14:00")
    heard = carol.hears_all()
    assert sum("公开回应时限已过80%" in text for text in heard) == 1
    assert sum("处置方案" in text and "超" in text for text in heard) == 1


def test_a_limit_in_working_hours_is_told_as_that(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("报舆情 业主群里有人说翠湖小区保洁不到位")
    until(bureau, "2026-09-21 17:30")
    late = [one["words"] for one in all_rows(bureau.services.database)["case_events"]]
    assert [one for one in late if one.startswith("定级超时") and one.endswith("限2个工作小时")]
    for why in ("人在外地", "没有信号"):
        carol.says(f"超时原因 1 {why}")
    [row] = in_ledger(bureau)
    assert "定级超时" in str(row["超时"])
    assert row["超时原因"] == "人在外地；没有信号"
