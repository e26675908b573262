"""关联稿件: a case names the drafts that answer it."""

from datetime import timedelta

from handlers.cases.ledger import COLUMNS, ledger_rows
from handlers.kit.asked import Form
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in


def in_ledger(bureau: Chat) -> list[object]:
    """Return what the ledger says of each case's drafts."""
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        day = timedelta(days=1)
        rows = list(ledger_rows(ctx, ctx.sender.bureau, ctx.now - day, ctx.now + day))
    place = [title for title, _ in COLUMNS].index("关联稿件")
    return [row[place] for row in rows]


def test_a_case_names_the_drafts_that_answer_it_and_their_titles_to_who_may_see_them(
    bureau: Chat,
) -> None:
    alice, carol, heidi = bureau.phones("alice", "carol", "heidi")
    hands_in(alice, "停水处置情况")
    alice.says("报舆情 翠湖小区停水三天没人管")
    carol.says("交办 1 燃气科")
    for phone in (alice, carol, heidi):
        phone.hears_all()
    carol.says("舆情1 关联 稿件1")
    carol.hears("已把1号稿件《停水处置情况》关联到1号舆情《翠湖小区停水三天没人管》")
    carol.says("关联舆情 1 稿件1")
    carol.hears("已经关联到1号舆情")
    carol.says("舆情 1")
    carol.hears("稿件：1号稿件《停水处置情况》")
    heidi.says("舆情 1")
    assert "稿件：1号稿件\n" in heidi.hears("稿件：1号稿件").text
    assert in_ledger(bureau) == ["1号稿件《停水处置情况》"]
    lines = all_rows(bureau.services.database)["case_events"]
    assert lines[-1]["words"] == "1号稿件", "who reads the lines of a case need not see its drafts"

    heidi.says("取消关联 1 稿件1")
    heidi.hears("没有找到1号稿件")
    carol.says("关联舆情 7 稿件1")
    carol.hears("没有找到7号舆情")
    carol.says("把9号稿件和1号舆情关联起来")
    carol.hears("没有找到9号稿件")
    for said in ("已取消1号舆情", "没有关联到1号舆情"):
        carol.says("取消关联 1 稿件1")
        carol.hears(said)
    assert in_ledger(bureau) == [""]
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        fields = {"case": lines[-1]["case"], "do": "link", "words": "稿件1"}
        assert "已把1号稿件" in bureau.services.registry.forms["case"](ctx, Form(fields=fields))
    assert in_ledger(bureau) == ["1号稿件《停水处置情况》"]


@on_sqlite
def test_what_a_merge_gave_goes_back_when_it_is_taken_back(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    hands_in(alice, "停水处置情况")
    alice.says("报舆情 翠湖小区停水三天没人管 点赞3万")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    carol.says("舆情1 关联 稿件1")
    assert in_ledger(bureau) == ["1号稿件《停水处置情况》", ""]
    carol.says("合并舆情 1 2")
    assert in_ledger(bureau) == ["", "1号稿件《停水处置情况》"]
    assert heat(bureau) == ["3万", "3万"]
    carol.says("撤销")
    carol.hears_all()
    assert in_ledger(bureau) == ["1号稿件《停水处置情况》", ""]
    assert heat(bureau) == ["3万", "2万"]
    carol.says("舆情 2")
    carol.hears("周敏撤销：1号舆情《翠湖小区停水三天没人管》的并入")


def heat(bureau: Chat) -> list[object]:
    rows = all_rows(bureau.services.database)["cases"]
    return [row["heat_peak"] for row in sorted(rows, key=lambda row: str(row["number"]))]
