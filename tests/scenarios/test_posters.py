"""Who posts is nobody's business: what is pushed, titled and taken away names no citizen."""

import json
from datetime import timedelta

from handlers.cases.ledger import ledger_rows
from tests.harness.databases import on_sqlite
from tests.harness.finding import found, in_ledger, ours
from tests.harness.rows import all_rows
from tests.harness.service import Chat

POST = (
    "网友“阳光小雨”发帖：金色家园塔吊倒塌，致3人死亡。要求严惩，联系李女士13812345678，"
    "身份证11010519491231002X"
)
PRIVATE = ("阳光小雨", "李女士", "13812345678", "11010519491231002X")


@on_sqlite
def test_a_poster_is_named_to_nobody_but_who_judges_the_item(bureau: Chat) -> None:
    found(bureau, POST, source="阳光小雨")
    bureau.settle()
    carol, eve = bureau.phones("carol", "eve")
    eve.hears("金色家园塔吊倒塌")
    carol.says("舆情 1")
    shown = carol.hears("1号舆情《").text
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        day = timedelta(days=1)
        ledger = [*ledger_rows(ctx, ours(bureau), ctx.now - day, ctx.now + day)]
    rows = all_rows(bureau.services.database)
    told = json.dumps([rows["outbox"], rows["alerts"], ledger], default=str, ensure_ascii=False)
    assert "金色家园塔吊倒塌" in told
    assert [one for one in PRIVATE if one in told + shown] == []
    assert rows["opinion_items"][0]["words"] == POST
    eve.says("续报 1 已约谈李女士13812345678，定了整改方案")
    [row] = in_ledger(bureau)
    assert "定了整改方案" in str(row["处置措施"])
    assert [one for one in PRIVATE if one in str(row)] == []
