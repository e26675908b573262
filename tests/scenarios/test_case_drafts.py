"""关联稿件: a case names the drafts that answer it."""

from datetime import timedelta

from handlers.cases.ledger import COLUMNS, ledger_rows
from handlers.kit.asked import Form
from storage.vocabulary import UserId
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in


def in_ledger(bureau: Chat) -> object:
    """Return what the ledger says of the first case's drafts."""
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        day = timedelta(days=1)
        [row] = ledger_rows(ctx, ctx.sender.bureau, ctx.now - day, ctx.now + day)
    return row[[title for title, _ in COLUMNS].index("关联稿件")]


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
    assert in_ledger(bureau) == "1号稿件《停水处置情况》"
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
    assert in_ledger(bureau) == ""
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("carol")))
        fields = {"case": lines[-1]["case"], "do": "link", "words": "稿件1"}
        assert "已把1号稿件" in bureau.services.registry.forms["case"](ctx, Form(fields=fields))
    assert in_ledger(bureau) == "1号稿件《停水处置情况》"
